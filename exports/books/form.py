"""The fill-in workbook: a sector does its whole work in it offline and hands it back."""

from dataclasses import dataclass
from datetime import datetime

from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection

from exports import cells, formulas, styles
from exports.book import Book
from exports.books import form_front, form_rules, form_styles
from exports.books.form_sheet import FIRST_ROW, Writer, Written, protect
from exports.filling import seals, values
from exports.filling.fields import Kind, Table
from exports.filling.rowing import Rows, Values, widened
from exports.filling.seals import Stamp
from exports.filling.tables.every import COINED, TABLES, spare_keys
from exports.filling.values import Lists, provisional_code
from exports.frames.held import Held
from exports.properties import Imprint
from exports.sheets import write_head
from prepare.texts import _, name_of
from prepare.vocabulary import ImpactCategory

LISTS = "Lists"


@dataclass(frozen=True)
class Handed:
    """What is handed out: rows by table, what fields are chosen from, and the stamp that comes back with it."""

    held: Held
    lists: Lists
    stamp: Stamp


def titles() -> dict[str, str]:
    """The name of each table's sheet in the language in use."""
    return {table.key: _(table.title) for table in TABLES}


def form_book(imprint: Imprint, handed: Handed, made_at: datetime) -> bytes:
    """The workbook in the language in use: instructions, a sheet for each table, hidden lists and stamp."""
    book = Book(imprint)
    form_styles.register(book.workbook)
    front = form_front.begin(book)
    written = [_sheet(book, table, handed) for table in TABLES]
    counts = form_front.write(book, front, written)
    lists = _write_lists(book, handed, written)
    _write_stamp(book, handed.stamp)
    book.workbook.security = WorkbookProtection(lockStructure=True)
    told = {one.title: one.values for one in written} | {front.title: counts, LISTS: lists}
    return formulas.with_values(book.to_bytes(), told, made_at)


def _sheet(book: Book, table: Table, handed: Handed) -> Written:
    rows: Rows = handed.held.rows[table.key]
    table = widened(table, rows)
    sheet = book.add(_(table.title), "register")
    write_head(book, sheet, _(table.title), _(table.description), _("Cells marked with * are needed."))
    if table.key == "impacts":
        rows = {key: _told(key, row, handed.held) for key, row in rows.items()}
    return Writer(book, sheet, table, handed.lists).write(rows)


def _told(key: str, row: Values, held: Held) -> Values:
    """A row of impacts with the names of its function and category."""
    function, _colon, category = key.partition(":")
    named = {"function": name_of(held.records["impacts"][function]), "category": ImpactCategory(category).label}
    return {**row, **named}


def _write_lists(book: Book, handed: Handed, written: list[Written]) -> dict[str, str | float]:
    """The hidden sheet of lists, a column for each; gives the values of its formulas."""
    sheet = book.workbook.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    shown: dict[str, str | float] = {}
    coined = {name: _coined(next(one for one in written if one.table.key == table)) for name, table in COINED.items()}
    for column, (name, options) in enumerate(_lists(handed).items(), start=1):
        letter = sheet.cell(1, column).column_letter
        cells.write_text(sheet.cell(1, column), name)
        sheet.cell(1, column).style = styles.HEADING
        for row, text in enumerate(options, start=2):
            code = text.removesuffix(values.BETWEEN)
            if cell := coined.get(name.removeprefix("list_"), {}).get(code):
                sheet.cell(row, column).value = f'="{code}{values.BETWEEN}"&{cell}'
                shown[f"{letter}{row}"] = text
            else:
                cells.write_text(sheet.cell(row, column), text)
        reference = f"'{LISTS}'!${letter}$2:${letter}${max(len(options), 1) + 1}"
        book.workbook.defined_names[name] = DefinedName(name, attr_text=reference)
        sheet.column_dimensions[letter].width = 44
    protect(sheet)
    return shown


def _coined(of: Written) -> dict[str, str]:
    """The provisional codes of a sheet's spare rows → the cell in which the name is written."""
    quoted, first = of.title.replace("'", "''"), FIRST_ROW + of.count
    cells = (f"'{quoted}'!{of.name_column}{first + place}" for place in range(of.table.spare))
    return dict(zip(map(provisional_code, spare_keys(of.table.key)), cells, strict=True))


def _lists(handed: Handed) -> dict[str, list[str]]:
    """Every list that a field is chosen from, by its defined name."""
    found: dict[str, list[str]] = {}
    for one in (one for table in TABLES for one in table.fields):
        name = form_rules.list_name(one)
        if name and name not in found:
            if one.kind is Kind.YES_NO:
                found[name] = [_("Yes"), _("No")]
            elif one.words:
                found[name] = [word.option for word in one.words]
            else:
                found[name] = [values.option(code, label) for code, label in handed.lists.of(one.items).items()]
    return found


def _write_stamp(book: Book, stamp: Stamp) -> None:
    sheet = book.workbook.create_sheet(seals.SHEET)
    sheet.sheet_state = "veryHidden"
    for row, line in enumerate(stamp.lines(), start=1):
        for column, text in enumerate(line, start=1):
            cells.write_text(sheet.cell(row, column), text)
            sheet.cell(row, column).number_format = "@"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 100
    protect(sheet)
