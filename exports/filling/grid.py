"""Where the rows stand in a workbook that was handed in: sheets by their names, columns by their headings.

Rows and columns may have been inserted, sorted or hidden; what is found is told when it stands elsewhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from exports.filling.fields import Field, Table
from exports.filling.issues import WARNING, Issue
from exports.filling.values import folded
from prepare.texts import _

#: Row of the headings in a workbook that nobody has changed, and the headings of its hidden columns.
HEADING_ROW = 5
KEY, BASE = "_key", "_base"


class SheetOf(Protocol):
    """A sheet as the gate gives it."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def rows(self) -> Sequence[Sequence[Any]]:
        """Its values from the first row and column on."""

    @property
    def formulas(self) -> frozenset[str]:
        """The addresses of its formulas."""


@dataclass
class Place:
    """Where a table's fields stand on its sheet: the row of headings, and the columns of each field, from 0."""

    sheet: SheetOf
    heading: int
    columns: dict[str, list[int]]
    key: int | None
    issues: list[Issue] = field(default_factory=list)

    def cell(self, key: str, row: int, place: int = 0) -> str:
        """The address of a field's cell in the row with this number, from 1."""
        columns = self.columns.get(key) or [0]
        return f"{letters(columns[min(place, len(columns) - 1)] + 1)}{row}"


def letters(number: int) -> str:
    """The letters of a column, 1 = A."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def headings(table: Table) -> Iterator[tuple[Field, int, str]]:
    """Every column of a table in its order: the field, the place among its columns, the heading."""
    for one in table.fields:
        for place in range(one.columns):
            yield one, place, one.title(place)


def located(table: Table, sheets: Mapping[str, SheetOf], name: str) -> Place | Issue:
    """Where the table stands; an issue when its sheet is gone."""
    sheet = sheets.get(name)
    if sheet is None:
        return Issue("SHEET_MISSING", name, "A1", {"sheet": name})
    wanted = {folded(text): (one, place, text) for one, place, text in headings(table)}
    wanted |= {folded(text).rstrip(" *"): found for text, found in list(wanted.items())}
    row = _heading_row(sheet, wanted)
    place = Place(sheet, row + 1, {}, None)
    if row + 1 != HEADING_ROW:
        place.issues.append(Issue("HEADER_MOVED", name, f"A{row + 1}", {"row": row + 1}, WARNING))
    _find_columns(table, place, wanted)
    for one, _place, text in headings(table):
        if one.is_input and one.key not in place.columns:
            place.issues.append(Issue("HEADER_MISSING", name, f"A{row + 1}", {"field": text}))
    if place.key is None:
        place.issues.append(Issue("HEADER_MISSING", name, f"A{row + 1}", {"field": KEY}))
    return place


def _heading_row(sheet: SheetOf, wanted: Mapping[str, Any]) -> int:
    """The row, from 0, that holds most of the headings; the rows far below are not looked at."""
    rows = sheet.rows[:60]
    hits = [sum(isinstance(cell, str) and folded(cell) in wanted for cell in row) for row in rows]
    return max(range(len(rows)), key=lambda number: (hits[number], -number), default=0)


def _find_columns(table: Table, place: Place, wanted: Mapping[str, tuple[Field, int, str]]) -> None:
    row = place.sheet.rows[place.heading - 1] if place.sheet.rows else []
    found: dict[str, dict[int, int]] = {}
    for column, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip():
            continue
        address = f"{letters(column + 1)}{place.heading}"
        if cell.strip() == KEY:
            place.key = column
        elif match := wanted.get(folded(cell)):
            one, number, text = match
            found.setdefault(one.key, {}).setdefault(number, column)
            if cell != text:
                told = {"field": text}
                place.issues.append(Issue("HEADERS_NORMALISED", place.sheet.name, address, told, WARNING))
        elif cell.strip() not in (BASE, status_heading()):
            told = {"value": cell.strip()[:60]}
            place.issues.append(Issue("UNKNOWN_COLUMN", place.sheet.name, address, told, WARNING))
    place.columns = {key: [columns[number] for number in sorted(columns)] for key, columns in found.items()}


def status_heading() -> str:
    """The heading of the column that says how far a row is."""
    return _("State of the row")


def cells_of(place: Place, one: Field, row: Sequence[Any]) -> list[Any]:
    """What stands in the columns of a field."""
    return [row[column] if column < len(row) else None for column in place.columns.get(one.key, [])]


def rows_of(table: Table, place: Place) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows below the headings in which a person could have written anything, each with its number."""
    inputs = [column for one in table.inputs for column in place.columns.get(one.key, [])]
    for number, row in enumerate(place.sheet.rows[place.heading :], start=place.heading + 1):
        if any(column < len(row) and row[column] is not None for column in inputs):
            yield number, row
