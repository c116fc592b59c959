"""What the fill-in workbook says of itself in its hidden sheet, under a seal that only this installation makes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exports.filling.tables.every import SCHEMA
from prepare import sealing

SHEET = "_meta"
#: Tells this seal from every other that the same key makes.
PURPOSE = "fill-in workbook"
SEAL = "seal"


@dataclass(frozen=True)
class Stamp:
    """Which hand-over a workbook is: schema, export, organisation, language, revision, moment, sheets by table."""

    schema: str
    export: str
    organisation: str
    language: str
    revision: int
    made_at: str
    sheets: Mapping[str, str]

    def lines(self) -> list[tuple[str, str]]:
        """The stamp as the rows of the hidden sheet, the seal last."""
        lines = [(name, _text(value)) for name, value in vars(self).items()]
        return [*lines, (SEAL, sealing.seal(_sealed(lines)))]


class Unsealed(Exception):
    """The hidden sheet is missing or is not as it was made; `code` is stable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(rows: Sequence[Sequence[Any]]) -> Stamp:
    """The stamp that the rows of the hidden sheet hold. Raises Unsealed."""
    lines = [(str(row[0]), str(row[1])) for row in rows if len(row) > 1 and row[0] is not None and row[1] is not None]
    told = dict(lines)
    unsealed = [(name, value) for name, value in lines if name != SEAL]
    if not sealing.matches(_sealed(unsealed), told.get(SEAL, "")):
        raise Unsealed("meta_tampered")
    if told.get("schema") != SCHEMA:
        raise Unsealed("schema_version")
    return Stamp(
        schema=told["schema"],
        export=told["export"],
        organisation=told["organisation"],
        language=told["language"],
        revision=int(told["revision"]),
        made_at=told["made_at"],
        sheets=json.loads(told["sheets"]),
    )


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else str(value)


def _sealed(lines: Sequence[tuple[str, str]]) -> str:
    return json.dumps([PURPOSE, *lines], ensure_ascii=False)
