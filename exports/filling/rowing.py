"""The rows of a workbook that was handed in, each read as the values of its fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from exports.filling import grid
from exports.filling.fields import Field, Kind, Table
from exports.filling.grid import Place
from exports.filling.issues import WARNING, Issue
from exports.filling.reading import Read, read
from exports.filling.values import Lists, shown, shown_items
from prepare.texts import clean

Values = dict[str, Any]
#: Row's key → its values, as they were handed out or as they are now.
Rows = Mapping[str, Values]


@dataclass
class Row:
    """A row as it was handed in; `is_bad` rows have told why and change nothing."""

    table: Table
    place: Place
    number: int
    key: str
    code: str
    values: Values = field(default_factory=dict)
    is_bad: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the row is no record yet."""
        return self.key.startswith("+")

    def cell(self, key: str, at: int = 0) -> str:
        """The address of a field's cell in this row."""
        return self.place.cell(key, self.number, at)

    def issue(self, code: str, key: str, severity: str = "error", at: int = 0, **values: Any) -> Issue:
        """Something to be told at a field's cell; an error makes the row a bad one."""
        self.is_bad = self.is_bad or severity != WARNING
        return Issue(code, self.place.sheet.name, self.cell(key, at), values, severity)


@dataclass
class Reader:
    """Reads the rows of one table; `base` is what was handed out, `made` which spare row has become what record."""

    table: Table
    place: Place
    base: Rows
    lists: Lists
    made: Mapping[str, str]
    issues: list[Issue] = field(default_factory=list)

    def rows(self) -> list[Row]:
        """Every row that holds anything."""
        seen: dict[str, int] = {}
        found = []
        for number, cells in grid.rows_of(self.table, self.place):
            row = self._row(number, cells)
            first = self.table.inputs[0].key
            if row.key in seen:
                self.issues.append(row.issue("DUP_KEY", first, other=seen[row.key]))
            elif not row.is_new and row.key not in self.base:
                self.issues.append(row.issue("UNKNOWN_KEY", first))
            seen.setdefault(row.key, number)
            self._read(row, cells)
            found.append(row)
        self._tell_gone(seen)
        return found

    def _row(self, number: int, cells: Sequence[Any]) -> Row:
        typed = self._text(cells, self.place.key)
        key = self.made.get(typed, typed) or f"+{self.table.letter}row{number}"
        columns = self.place.columns.get("code", [None])
        code = self._text(cells, columns[0])
        if typed in self.made:
            # The row still shows its provisional code; the record has got one of its own.
            code = self.base.get(key, {}).get("code", code)
        return Row(self.table, self.place, number, key, code)

    @staticmethod
    def _text(cells: Sequence[Any], column: int | None) -> str:
        value = cells[column] if column is not None and column < len(cells) else None
        return clean(value) if isinstance(value, str) else ""

    def _read(self, row: Row, cells: Sequence[Any]) -> None:
        base = self.base.get(row.key, {})
        if self.table.is_coded and base and row.code != base["code"]:
            self.issues.append(row.issue("CODE_CHANGED", "code", was=base["code"], value=row.code[:40]))
        for one in self.table.inputs:
            typed = grid.cells_of(self.place, one, cells)
            formulas = self.place.sheet.formulas and self._formulas(row, one)
            if formulas:
                self.issues.append(row.issue("FORMULA", one.key, at=formulas[0]))
            elif row.key in self.base and self._is_untouched(one, typed, base.get(one.key)):
                row.values[one.key] = base.get(one.key)
            else:
                row.values[one.key] = self._several(row, one, typed) if one.columns > 1 else self._one(row, one, typed)

    def _formulas(self, row: Row, one: Field) -> list[int]:
        """The places among a field's columns in which there is a formula."""
        return [at for at in range(one.columns) if row.cell(one.key, at) in self.place.sheet.formulas]

    def _is_untouched(self, one: Field, typed: Sequence[Any], base: Any) -> bool:
        """Whether the cells hold what was handed out, so that nothing of it is judged."""
        if one.columns > 1:
            wanted: list[Any] = list(shown_items(one, base, self.lists))
            return [_plain(cell) for cell in typed] == [_plain(cell) for cell in wanted]
        return len(typed) == 1 and _plain(typed[0]) == _plain(shown(one, base, self.lists))

    def _one(self, row: Row, one: Field, typed: Sequence[Any]) -> Any:
        found = read(one, typed[0] if typed else None, self.lists)
        return self._told(row, one, found, 0)

    def _several(self, row: Row, one: Field, typed: Sequence[Any]) -> Any:
        values = [self._told(row, one, read(one, cell, self.lists), at) for at, cell in enumerate(typed)]
        return sorted(value for value in values if value is not None)

    def _told(self, row: Row, one: Field, found: Read, at: int) -> Any:
        for code, values in found.remarks:
            self.issues.append(row.issue(code, one.key, WARNING, at, **values))
        if found.problem:
            code, values = found.problem
            self.issues.append(row.issue(code, one.key, at=at, **values))
        return found.value

    def _tell_gone(self, seen: Mapping[str, int]) -> None:
        """Tell which rows are not in the workbook any more; nothing is ever removed because of that."""
        for key, values in self.base.items():
            if key not in seen and any(values.get(one.key) not in (None, [], "") for one in self.table.inputs):
                told = {"value": values.get("code") or values.get("name") or key}
                first = self.place.cell(self.table.fields[0].key, self.place.heading)
                self.issues.append(Issue("ROW_GONE", self.place.sheet.name, first, told, WARNING))


def _plain(cell: Any) -> Any:
    """A cell's value so that the same value compares alike, whatever program wrote it."""
    if isinstance(cell, str):
        return clean(cell) or None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date) or cell is None:
        return cell
    return round(float(cell), 9) if isinstance(cell, int | float) else str(cell)


def widened(table: Table, rows: Rows) -> Table:
    """The table with as many columns for several codes as the fullest of these rows needs."""
    fields = []
    for one in table.fields:
        if one.kind is Kind.ITEMS:
            most = max((len(values.get(one.key) or ()) for values in rows.values()), default=0)
            one = replace(one, columns=max(one.columns, most + 1 if most >= one.columns else most))
        fields.append(one)
    return replace(table, fields=tuple(fields))
