"""A whole register as a file: text for spreadsheets, or JSON with the fields and words of the API."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from exports.registers.field import Field, Kind, Sight, heading
from exports.registers.register import Filter, Register
from exports.separated import inert, lines
from prepare.texts import _, language

#: Smaller files stay in memory.
IN_MEMORY = 2_000_000


@dataclass(frozen=True)
class Taken:
    """A finished file, ready to be sent, and what the trail tells of it."""

    name: str
    stream: IO[bytes]
    sha256: str
    rows: int


@dataclass
class Counter:
    """Counts the rows that go by."""

    rows: int = 0

    def counting(self, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The same rows."""
        for row in rows:
            self.rows += 1
            yield row


def as_text(register: Register, sight: Sight, wanted: Filter, name: str, between: str) -> Taken:
    """The register as separated values in the language in use: headings and words as people read them."""
    counter, fields = Counter(), told(register, sight)
    rows = counter.counting(register.every(sight, wanted))
    return _written(name, lines(_cells(fields, rows), between), counter)


def as_json(register: Register, sight: Sight, wanted: Filter, name: str) -> Taken:
    """The register as a list of records with the names, words and units of the API."""
    counter = Counter()
    return _written(name, _json(register, counter.counting(register.every(sight, wanted)), sight), counter)


def told(register: Register, sight: Sight) -> list[Field]:
    """The fields that may be told up to this class."""
    return [field for field in register.fields if sight.admits(field.least)]


def _written(name: str, parts: Iterable[str], counter: Counter) -> Taken:
    """Write part after part, so that a register of any size takes little memory."""
    stream, seal = SpooledTemporaryFile(max_size=IN_MEMORY), sha256()  # noqa: SIM115 - closed once it has been sent
    for part in parts:
        content = part.encode("utf-8", "replace")
        seal.update(content)
        stream.write(content)
    stream.seek(0)
    return Taken(name, stream, seal.hexdigest(), counter.rows)


def _cells(fields: list[Field], rows: Iterable[dict[str, Any]]) -> Iterator[list[str]]:
    yield [heading(field) for field in fields]
    for row in rows:
        yield [cell(field, row[field.name]) for field in fields]


def cell(field: Field, value: Any) -> str:
    """A value as it stands in a text file: figures with the language's decimal sign, dates as 2026-12-31."""
    if value is None:
        return ""
    if field.kind is Kind.YES_NO:
        return _("Yes") if value else _("No")
    if field.kind in (Kind.WHOLE, Kind.NUMBER):
        return figure(value)
    if field.kind is Kind.CODES:
        return inert(", ".join(value))
    return inert(field.label_of(value))


def figure(value: float) -> str:
    """A number without needless decimals, with the language's decimal sign."""
    text = f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return text if language() == "en" else text.replace(".", ",")


def _json(register: Register, rows: Iterable[dict[str, Any]], sight: Sight) -> Iterator[str]:
    """The same names as in the API; each record on a line of its own."""
    head = {"register": register.name, "as_of": sight.on.isoformat(), "withheld": register.withheld(sight)}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "items": [\n'
    between = ""
    for row in rows:
        yield between + json.dumps(row, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"
