"""One sheet of the fill-in workbook: the rows that are there, spare rows below, keys in hidden columns."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as NativeTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from exports import cells, heights, pagination, printing, styles, widths
from exports.book import Book
from exports.books import form_rules, form_styles
from exports.columns import Kind as Shown
from exports.filling import grid, states
from exports.filling.fields import REASON, REMOVE, Field, Kind, Table
from exports.filling.rowing import Rows, Values
from exports.filling.values import Lists, provisional_code, shown, shown_items
from prepare.texts import _

FIRST_ROW = grid.HEADING_ROW + 1
STATE_WIDTH = 34.0
#: So many columns stay in sight and print on every page: they say which row it is.
FEWEST, MOST = 2, 3


@dataclass
class Written:
    """What a written sheet is known by: its name, its rows, the column of states, and the values of its formulas."""

    table: Table
    title: str
    count: int
    last: int
    state: str
    name_column: str
    values: dict[str, str | float] = field(default_factory=dict)


@dataclass
class Writer:
    """Writes one table to its sheet."""

    book: Book
    sheet: Worksheet
    table: Table
    lists: Lists
    columns: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, str | float] = field(default_factory=dict)

    def write(self, rows: Rows) -> Written:
        """Write headings, rows and spare rows, then what watches over them."""
        self._headings()
        state, last = self._letter(0), FIRST_ROW - 1
        spare: dict[str, Values] = {f"+{self.table.letter}{number:02}": {} for number in range(1, self.table.spare + 1)}
        for key, values in [*rows.items(), *spare.items()]:
            last += 1
            self._row(last, key, values, is_new=key in spare)
        self._finish(state, last)
        name = next((self.columns[key][0] for key in ("name_fi", "title_fi") if key in self.columns), "")
        return Written(self.table, self.sheet.title, len(rows), last, state, name, self.values)

    def _letter(self, beyond: int) -> str:
        """The column so many places behind the fields: of the state, the key, and the row's fingerprint."""
        return str(get_column_letter(sum(one.columns for one in self.table.fields) + 1 + beyond))

    def _headings(self) -> None:
        tallest = 1
        texts = [(one, text) for one, _place, text in grid.headings(self.table)]
        for number, (one, text) in enumerate(texts, start=1):
            letter = get_column_letter(number)
            self.columns.setdefault(one.key, []).append(letter)
            width = max(one.width, widths.narrowest(text, filters=True))
            self._heading(letter, text, width)
            tallest = max(tallest, widths.lines(text, width, bold=True, less_px=widths.BUTTON_PX))
        for beyond, (text, width) in enumerate([(grid.status_heading(), STATE_WIDTH), (grid.KEY, 38), (grid.BASE, 18)]):
            self._heading(self._letter(beyond), text, width)
        for beyond in (1, 2):
            self.sheet.column_dimensions[self._letter(beyond)].hidden = True
        self.sheet.row_dimensions[grid.HEADING_ROW].height = tallest * heights.LINE_HEIGHT + 8

    def _heading(self, letter: str, text: str, width: float) -> None:
        cell = self.sheet[f"{letter}{grid.HEADING_ROW}"]
        cells.write_text(cell, text)
        cell.style = styles.HEADING
        self.sheet.column_dimensions[letter].width = width

    def _row(self, number: int, key: str, values: Values, *, is_new: bool) -> None:
        most = 1
        for one in self.table.fields:
            most = max(most, self._cells(number, one, key, values, is_new=is_new))
        self._formula(f"{self._letter(0)}{number}", states.formula(self.table, self._addresses(number)))
        self.values[f"{self._letter(0)}{number}"] = states.state(self.table, values)
        self.sheet[f"{self._letter(0)}{number}"].style = form_styles.STATE
        for beyond, text in ((1, key), (2, "" if is_new else fingerprint(values))):
            cell = self.sheet[f"{self._letter(beyond)}{number}"]
            cells.write_text(cell, text)
            cell.style = form_styles.HIDDEN_KEY
        self.sheet.row_dimensions[number].height = heights.of_lines(most)

    def _addresses(self, number: int) -> dict[str, list[str]]:
        return {key: [f"{letter}{number}" for letter in letters] for key, letters in self.columns.items()}

    def _cells(self, number: int, one: Field, key: str, values: Values, *, is_new: bool) -> int:
        """Write the cells of a field and tell how many lines the longest text takes."""
        if one.kind is Kind.SCORE:
            address = f"{self.columns[one.key][0]}{number}"
            self._formula(address, states.score_formula(self._addresses(number)))
            self.values[address] = states.score(values)
            self.sheet[address].style = form_styles.of(one)
            return 1
        most, value = 1, values.get(one.key)
        if one.kind is Kind.CODE and is_new:
            value = provisional_code(key)
        found = shown_items(one, value, self.lists) if one.columns > 1 else [shown(one, value, self.lists)]
        fixed = (one.key == "function" and not is_new) or (one.key in (REMOVE, REASON) and is_new)
        for letter, text in zip(self.columns[one.key], found, strict=True):
            cell = self.sheet[f"{letter}{number}"]
            cells.write(cell, text, Shown.QUANTITY)
            cell.style = form_styles.locked_of(one) if fixed else form_styles.of(one)
            if isinstance(text, str):
                most = max(most, widths.lines(text, self.sheet.column_dimensions[letter].width))
        return most

    def _formula(self, address: str, text: str) -> None:
        self.sheet[address].value = text

    def _finish(self, state: str, last: int) -> None:
        self._table(last)
        for one in self.table.inputs:
            letters = self.columns[one.key]
            area = f"{letters[0]}{FIRST_ROW}:{letters[-1]}{last}"
            form_rules.validate(self.sheet, one, area)
        form_rules.colour(self.sheet, self.table, self.columns, state, FIRST_ROW, last)
        place = next(number for number, one in enumerate(self.table.fields) if one.is_input)
        named = min(max(place, FEWEST), MOST)
        self.sheet.freeze_panes = f"{get_column_letter(named + 1)}{FIRST_ROW}"
        printing.repeat(self.sheet, grid.HEADING_ROW)
        pagination.lay_across(self.sheet, named)
        self.sheet.print_area = f"A1:{state}{last}"
        protect(self.sheet)

    def _table(self, last: int) -> None:
        reference = f"A{grid.HEADING_ROW}:{self._letter(2)}{last}"
        table = NativeTable(displayName=self.book.table_name(self.sheet.title), ref=reference)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        table._initialise_columns()
        for column in table.tableColumns:
            letter = get_column_letter(column.id)
            column.name = str(self.sheet[f"{letter}{grid.HEADING_ROW}"].value)
        self.sheet.add_table(table)
        self.book.table_texts[table.displayName] = _(self.table.description)


def protect(sheet: Worksheet) -> None:
    """Lock what is not filled in, without a password; widths, heights and filters stay free."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = protection.sort = False


def fingerprint(values: Mapping[str, Any]) -> str:
    """What tells a row's values from any other, should the rows that were handed out be gone."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
