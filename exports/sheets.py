"""How rows become a sheet: title, standing and marking above, then one native table, set up to print."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from exports import cells, printing, scales, streaming, styles, widths
from exports.book import LONGEST_NAME, Book, Entry
from exports.columns import FIGURES, WRAPPED, Column, Kind, Tone, with_word
from exports.heights import LINE_HEIGHT, of_lines
from exports.notes import attach
from exports.streaming import Stream
from prepare.texts import _, ngettext

#: Every register's headings stand in this row, so that a reader always finds them.
HEADING_ROW = 5
#: The most records that a sheet holds; more are told on further sheets.
MOST_ROWS = 1_048_576 - HEADING_ROW


@dataclass(frozen=True)
class Register:
    """One sheet that holds one table: texts are already in the workbook's language."""

    title: str
    description: str
    columns: Sequence[Column]
    frame: pd.DataFrame
    tab: str = "register"
    frozen: int = 1
    left_out: int = 0
    hint: str = ""
    key: str = ""


@dataclass(frozen=True)
class Place:
    """Where a table stands on its sheet and whether it may set the widths and have filter buttons."""

    row: int = HEADING_ROW
    column: int = 1
    sets_widths: bool = True
    filters: bool = True


def write_register(book: Book, register: Register) -> Worksheet:
    """Add a sheet with one table and list it on the cover.

    The first `frozen` columns stay in view; `left_out` rows above the variant's class are stated,
    as is `hint`, a sentence on how to read the sheet. More records than a sheet holds go on on further sheets.
    """
    if len(register.frame) > MOST_ROWS:
        return _write_parts(book, register)
    sheet = book.add(register.title, register.tab)
    write_head(book, sheet, register.title, register.description, _remarks(register))
    write_table(book, sheet, register.frame, register.columns, register.title, register.description)
    sheet.freeze_panes = f"{get_column_letter(register.frozen + 1)}{HEADING_ROW + 1}"
    printing.repeat(sheet, HEADING_ROW)
    book.contents.append(Entry(sheet.title, register.description, len(register.frame), register.left_out))
    return sheet


def _write_parts(book: Book, register: Register) -> Worksheet:
    """Write as many sheets as the records need, each saying which of them it is, and give the first one."""
    starts = range(0, len(register.frame), MOST_ROWS)
    sheets = []
    for number, start in enumerate(starts, start=1):
        told = _("Sheet %(number)s of %(count)s: Excel holds no more rows on one.", number=number, count=len(starts))
        part = replace(
            register,
            title=register.title if number == 1 else f"{register.title[: LONGEST_NAME - 5]} ({number})",
            frame=register.frame.iloc[start : start + MOST_ROWS],
            left_out=register.left_out if number == 1 else 0,
            hint=" ".join(filter(None, (told, register.hint))),
        )
        sheets.append(write_register(book, part))
    return sheets[0]


def _remarks(register: Register) -> str:
    return " ".join(filter(None, (register.hint, told_left_out(register.left_out))))


def told_left_out(count: int) -> str:
    """How many rows the variant leaves out of a sheet, in a sentence; empty when it leaves out none."""
    if not count:
        return ""
    return ngettext("%(n)s row of a higher class was left out.", "%(n)s rows of a higher class were left out.", count)


def write_head(book: Book, sheet: Worksheet, title: str, description: str, remarks: str = "") -> None:
    """Rows 1 to 4: title, description with as-of date and variant, link back, marking and remarks."""
    lines = (
        (title, styles.TITLE, 32.0),
        (f"{description} · {book.imprint.standing}", styles.SUBTITLE, 18.0),
        (f"← {_('Contents')}", styles.BACK, 18.0),
        (book.imprint.marking, styles.MARKING, 20.0),
    )
    for row, (text, style, height) in enumerate(lines, start=1):
        cell = sheet.cell(row, 1)
        cells.write_text(cell, text)
        cell.style = style
        sheet.row_dimensions[row].height = height
    link(sheet, 3, 1, book.cover_name, _("Back to the contents"))
    sheet["A3"].style = styles.BACK
    if remarks:
        _add_remarks(sheet["A4"], remarks)


def _add_remarks(cell: Cell, remarks: str) -> None:
    """Put the remarks behind the marking, in the letters of plain text: they are no warning."""
    warning = InlineFont(rFont=widths.FONT, sz=widths.BODY_PT, b=True, color=styles.WARNING)
    plain = InlineFont(rFont=widths.FONT, sz=widths.BODY_PT, color=styles.MUTED)
    marking = str(cell.value)
    cell.value = CellRichText(TextBlock(warning, marking), TextBlock(plain, cells.clean(f"   {remarks}")))


def link(sheet: Worksheet, row: int, column: int, target: str, tip: str, *, cell: str = "A1") -> None:
    """Let a cell lead to a `cell` of a sheet of the workbook."""
    linked = sheet.cell(row, column)
    quoted = target.replace("'", "''")
    linked.hyperlink = Hyperlink(
        ref=linked.coordinate, location=f"'{quoted}'!{cell}", display=str(linked.value), tooltip=tip[:255]
    )


def write_table(
    book: Book,
    sheet: Worksheet,
    frame: pd.DataFrame,
    columns: Sequence[Column],
    name: str,
    shows: str,
    place: Place = Place(),
) -> int:
    """Write `frame` as a native table and give the row below it.

    Only `columns` are written, in their order, one row per record. Text is stored as text, so a
    title that begins with "=" never runs as a formula; a missing value leaves its cell empty. A
    table without rows says so, since the file format knows no empty table.
    """
    _write_headings(sheet, frame, columns, place)
    is_large = place.column == 1 and len(frame) >= streaming.FROM_ROWS and sheet.title not in book.streams
    table_name, last_row = book.table_name(name), place.row + max(len(frame), 1)
    if is_large:
        book.streams[sheet.title] = _write_samples(sheet, table_name, frame, columns, place)
    else:
        for offset, row in enumerate(frame.to_dict("records"), start=1):
            _write_row(sheet, place.row + offset, row, columns, place)
    if not len(frame):
        _write_nothing(sheet, place)
    last_column = get_column_letter(place.column + len(columns) - 1)
    # The last step gives a large table its true end: openpyxl would make a cell for each of its values.
    reference = f"{get_column_letter(place.column)}{place.row}:{last_column}{place.row + 1 if is_large else last_row}"
    table = Table(displayName=table_name, ref=reference)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    table._initialise_columns()
    for column, declared in zip(table.tableColumns, columns, strict=True):
        column.name = _(declared.heading)
    if not place.filters:
        table.autoFilter = None
    scales.colour_levels(sheet, columns, (place.row + 1, last_row), place.column)
    sheet.add_table(table)
    book.table_texts[table.displayName] = shows
    return last_row + 1


def _write_nothing(sheet: Worksheet, place: Place) -> None:
    cells.write_text(sheet.cell(place.row + 1, place.column), _("Nothing to show."))
    sheet.cell(place.row + 1, place.column).style = styles.EMPTY
    sheet.row_dimensions[place.row + 1].height = of_lines(1)


def _write_headings(sheet: Worksheet, frame: pd.DataFrame, columns: Sequence[Column], place: Place) -> None:
    tallest = 1
    button = widths.BUTTON_PX if place.filters else 0.0
    for number, column in enumerate(columns, start=place.column):
        cell = sheet.cell(place.row, number)
        heading = _(column.heading)
        cells.write_text(cell, heading)
        cell.style = _heading_style(column.kind, place)
        if place.sets_widths:
            sheet.column_dimensions[cell.column_letter].width = _width(frame, column, heading, place)
        if column.note:
            attach(cell, _(column.note))
        width = sheet.column_dimensions[cell.column_letter].width
        tallest = max(tallest, widths.lines(heading, width, bold=True, less_px=button))
    sheet.row_dimensions[place.row].height = tallest * LINE_HEIGHT + 8


def _width(frame: pd.DataFrame, column: Column, heading: str, place: Place) -> float:
    """The width that its values need, or more where a word of the heading would be broken."""
    return max(needed(frame, column), widths.narrowest(heading, filters=place.filters))


def needed(frame: pd.DataFrame, column: Column) -> float:
    """The declared width, or more where a word of a text, or a word that stands for a figure, would be cut."""
    if column.kind in WRAPPED:
        return max(column.width, widths.longest_word(frame[column.key], beyond=column.width))
    return max(column.width, widths.longest_text(frame[column.key]) if frame[column.key].dtype == object else 0.0)


def _heading_style(kind: Kind, place: Place) -> str:
    """Headings stand like their values, but to the left where a filter button takes the right edge."""
    if kind in (Kind.HEAT, Kind.LEVEL) or (kind is Kind.STEP and not place.filters):
        return styles.CENTRED_HEADING
    return styles.FIGURE_HEADING if kind in FIGURES and not place.filters else styles.HEADING


def _write_row(sheet: Worksheet, number: int, row: dict[str, object], columns: Sequence[Column], place: Place) -> None:
    most = 1
    for offset, column in enumerate(columns):
        cell = sheet.cell(number, place.column + offset)
        cell.style = styles.of(column.kind)
        cells.write(cell, row.get(column.key), column.kind)
        word = streaming.word_of(column, row.get(column.word)) if cell.value is not None else None
        _dress(cell, row.get(column.tone), word)
        if column.kind in WRAPPED and isinstance(cell.value, str):
            width = sheet.column_dimensions[cell.column_letter].width
            most = max(most, widths.lines(cell.value, width))
    sheet.row_dimensions[number].height = max(of_lines(most), sheet.row_dimensions[number].height or 0.0)


def _dress(cell: Cell, tone: object, word: str | None) -> None:
    """Give a cell the colour of its tone and the word behind its figure."""
    if isinstance(tone, Tone):
        cell.fill = styles.fill(styles.FILLS[tone])
        cell.font = Font(name=widths.FONT, size=widths.BODY_PT, bold=tone is Tone.CRITICAL, color=styles.TEXT)
    if word is not None:
        cell.number_format = with_word(word)


def _write_samples(
    sheet: Worksheet, table: str, frame: pd.DataFrame, columns: Sequence[Column], place: Place
) -> Stream:
    """Write a row for each look that cells of the table have; the last step writes the true rows in their place."""
    looks = [streaming.looks_of(frame, column) for column in columns]
    for number, (column, found) in enumerate(zip(columns, looks, strict=True), start=1):
        for offset, look in enumerate(found, start=1):
            cell = sheet.cell(place.row + offset, number)
            cell.style = styles.of(column.kind)
            _dress(cell, look.tone, look.word)
            cell.quotePrefix = look.quoted
    held = [sheet.column_dimensions[get_column_letter(number)].width for number in range(1, len(columns) + 1)]
    return Stream(table, frame, columns, looks, held, place.row + 1)
