"""The gate for files from outside: a file comes in as rows of values, or not at all, with a code that says why.

Reading happens in a process of its own with little memory and time, so that no file can hurt the others who work.
"""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import exports
from exports.intake.limits import MOST_BYTES, WALL_SECONDS, Unfit
from exports.intake.parts import column_letters
from prepare.texts import LINE_BREAK, clean

ROOT = Path(exports.__file__).parent.parent
COMMAND = (sys.executable, "-s", "-m", "exports.intake.child")
#: So many files are read at once; others wait their turn.
_READING = threading.BoundedSemaphore(2)
#: What is noted and changes nothing of what is read: it makes an accepted file one with a warning, without a code.
SILENT = frozenset({"includes_ignored", "names_ignored", "validations_ignored"})
ODD_BREAK = re.compile("[\x85\u2028\u2029]")


@dataclass(frozen=True)
class CellError:
    """What stands in a cell where a formula failed or a value is none, as #N/A."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Place:
    """Where something stands: the sheet's name and the cell's address; either may be empty."""

    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Note:
    """Something that was seen and is told, as a hidden row; `code` is stable."""

    code: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet's values from its first row and column on, and the addresses of its formulas."""

    name: str
    rows: Sequence[Sequence[Any]]
    is_visible: bool = True
    formulas: frozenset[str] = frozenset()

    def filled(self) -> Iterator[tuple[int, Sequence[Any]]]:
        """The rows that hold anything, each with its number in the workbook (from 1)."""
        for number, row in enumerate(self.rows, start=1):
            if any(value is not None for value in row):
                yield number, row


@dataclass(frozen=True)
class Admitted:
    """A file that came through the gate."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()

    @property
    def verdict(self) -> str:
        """accept, or accept_warn when something is to be told."""
        return "accept_warn" if self.notes else "accept"

    @property
    def code(self) -> str:
        """The first thing to be told, else ok."""
        return next((note.code for note in self.notes if note.code not in SILENT), "ok")


def admit(name: str, content: bytes, *, formulas: bool = False) -> Admitted:
    """The values of the file called `name`. With `formulas` a workbook may hold some; its sheets say where.

    Raises Unfit with a stable code when the file is not taken in.
    """
    if not content:
        raise Unfit("empty_file")
    if len(content) > MOST_BYTES:
        raise Unfit("too_large")
    told = _read_apart(name, content)
    if told["code"] != "ok":
        raise Unfit(told["code"], [(sheet, cell) for sheet, cell in told["cells"]])
    normal: list[Place] = []
    sheets = tuple(_sheet(sheet, normal) for sheet in told["sheets"])
    if not formulas and (cells := [(sheet.name, cell) for sheet in sheets for cell in sorted(sheet.formulas)]):
        raise Unfit("formula_cells", cells)
    if not any(sheet.formulas or len(list(sheet.filled())) > 1 for sheet in sheets if sheet.is_visible):
        raise Unfit("no_rows")
    notes = [Note(code, tuple(Place(*place) for place in places)) for code, places in told["noted"]]
    if normal:
        notes.append(Note("text_normalised", tuple(normal)))
    return Admitted(name, sha256(content).hexdigest(), sheets, tuple(notes))


def list_of(admitted: Admitted) -> Sheet | None:
    """The sheet that is read when a file is brought as a plain list: the first that is seen and has rows."""
    filled = (one for one in admitted.sheets if one.is_visible and len(list(one.filled())) > 1)
    return next(filled, None)


def _read_apart(name: str, content: bytes) -> dict[str, Any]:
    """What the child process answers; one that was ended for its greed answers with a code of its own."""
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    if sys.platform == "win32":
        environment["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")
    command = [*COMMAND, Path(name).suffix]
    with _READING:
        try:
            ended = subprocess.run(  # noqa: S603 - our own module; of the file's name only the suffix is given
                command,
                input=content,
                capture_output=True,
                timeout=WALL_SECONDS,
                cwd=ROOT,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"code": "too_slow", "cells": []}
    if ended.returncode == 0:
        found: dict[str, Any] = json.loads(ended.stdout.decode("utf-8", "surrogatepass"))
        return found
    return {"code": "too_slow" if ended.returncode in (-24, -9, -15) else "too_large", "cells": []}


def _sheet(told: dict[str, Any], normal: list[Place]) -> Sheet:
    rows = []
    for number, row in enumerate(told["rows"], start=1):
        values = [_value(value) for value in row]
        for column, value in enumerate(values, start=1):
            if isinstance(value, str) and not value.isascii() and is_normalised(value):
                normal.append(Place(told["name"], f"{column_letters(column)}{number}"))
        rows.append(values)
    return Sheet(told["name"], rows, told["state"] == "visible", frozenset(told["formulas"]))


def is_normalised(text: str) -> bool:
    """Whether the text is stored otherwise than it stands: its letters composed, odd line breaks made plain."""
    return bool(ODD_BREAK.search(text)) or clean(text) != LINE_BREAK.sub("\n", text).strip()


def _value(told: Any) -> Any:
    if not isinstance(told, dict):
        return told
    ((kind, text),) = told.items()
    if kind == "e":
        return CellError(text)
    if kind == "t":
        return text
    moment = datetime.fromisoformat(text)
    return moment.date() if kind == "d" else moment
