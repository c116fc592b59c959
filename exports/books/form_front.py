"""The first sheet of the fill-in workbook: how it is filled in, and how far it is, counted by the workbook itself."""

from collections.abc import Sequence

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Protection
from openpyxl.worksheet.table import Table as NativeTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from exports import cells, heights, sheets, styles, widths
from exports.book import Book
from exports.books import form_styles
from exports.books.form_sheet import FIRST_ROW, Written, protect
from exports.columns import Kind
from exports.filling import states
from exports.filling.fields import Kind as Filled
from prepare.texts import N_, _

WIDTHS = (46.0, 13.0, 13.0, 20.0, 13.0, 15.0)
STEPS = (
    N_("Fill in the light yellow cells only. Grey cells are locked: the system gives or calculates them."),
    N_("Write what is new on a spare row below the others, one row for each."),
    N_("Choose from the list where a cell offers one. Paste copied cells as values only."),
    N_("Emptying or deleting a row removes nothing. Choose “Yes” in its column “To be removed” to take it out of use."),
    N_("The last column of each row says what is missing. You may hand the workbook in before all is filled in."),
    N_("Hand the workbook in to the system. You see every change before anything is saved."),
)
HEADINGS = (N_("Sheet"), N_("Rows"), N_("Ready"), N_("To be filled in"), N_("Missing"), N_("To be checked"))


def begin(book: Book) -> Worksheet:
    """Add the sheet as the first; it is filled when the others are written."""
    return book.add(_("Instructions"), "front")


def write(book: Book, sheet: Worksheet, written: Sequence[Written]) -> dict[str, str | float]:
    """Fill the sheet in; gives the values of its formulas."""
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEF"[number]].width = width
    imprint = book.imprint
    _line(sheet, 1, imprint.title, styles.COVER_TITLE, 46.0)
    _line(sheet, 2, f"{imprint.organisation} · {imprint.city} · {imprint.standing}", styles.SUBTITLE, 22.0)
    _line(sheet, 3, imprint.marking, styles.MARKING, 20.0)
    _line(sheet, 5, _("How to fill in"), styles.SECTION, 26.0)
    for number, text in enumerate(STEPS, start=1):
        _line(sheet, 5 + number, f"{number}. {_(text)}", styles.SUBTITLE, 19.0)
    row = 5 + len(STEPS) + 2
    _line(sheet, row, _("How far you are"), styles.SECTION, 26.0)
    values = _counts(book, sheet, row + 1, written)
    _legend(sheet, row + len(written) + 4)
    sheet.page_setup.fitToHeight = 1
    protect(sheet)
    return values


def _line(sheet: Worksheet, row: int, text: str, style: str, height: float) -> None:
    cells.write_text(sheet.cell(row, 1), text)
    sheet.cell(row, 1).style = style
    sheet.row_dimensions[row].height = height


def _counts(book: Book, sheet: Worksheet, top: int, written: Sequence[Written]) -> dict[str, str | float]:
    missing, open_, check = states.begins()
    values: dict[str, str | float] = {}
    for column, heading in enumerate(HEADINGS, start=1):
        cells.write_text(sheet.cell(top, column), _(heading))
        sheet.cell(top, column).style = styles.HEADING if column == 1 else styles.FIGURE_HEADING
    sheet.row_dimensions[top].height = 24.0
    for row, one in enumerate(written, start=top + 1):
        cells.write_text(sheet.cell(row, 1), one.title)
        sheets.link(sheet, row, 1, one.title, _(one.table.description))
        sheet.cell(row, 1).style = styles.of(Kind.LINK)
        quoted = one.title.replace("'", "''")
        area = f"'{quoted}'!${one.state}${FIRST_ROW}:${one.state}${one.last}"
        tests = [f'=SUMPRODUCT(--({area}<>""))', f'=COUNTIF({area},"{states.READY}")']
        tests += [f'=COUNTIF({area},"{word}*")' for word in (open_, missing, check)]
        told = [str(one.values[f"{one.state}{number}"]) for number in range(FIRST_ROW, one.last + 1)]
        counts = [sum(state != "" for state in told), told.count(states.READY)]
        counts += [sum(state.startswith(word) for state in told) for word in (open_, missing, check)]
        for column, (test, count) in enumerate(zip(tests, counts, strict=True), start=2):
            cell = sheet.cell(row, column)
            cell.value, cell.style = test, styles.of(Kind.COUNT)
            values[cell.coordinate] = float(count)
        sheet.row_dimensions[row].height = heights.LEAST_HEIGHT
    last = top + len(written)
    _native(book, sheet, f"A{top}:F{last}")
    rule = CellIsRule(operator="greaterThan", formula=["0"], fill=form_styles.told(form_styles.MISSING_FILL))
    sheet.conditional_formatting.add(f"E{top + 1}:F{last}", rule)
    return values


def _native(book: Book, sheet: Worksheet, reference: str) -> None:
    table = NativeTable(displayName=book.table_name(_("How far you are")), ref=reference)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    table._initialise_columns()
    for column, heading in zip(table.tableColumns, HEADINGS, strict=True):
        column.name = _(heading)
    table.autoFilter = None
    sheet.add_table(table)
    book.table_texts[table.displayName] = _("How many rows of each sheet are ready, and how many lack something")


def _legend(sheet: Worksheet, row: int) -> None:
    """What the colours say; the words stand in the rows as well."""
    missing, open_, check = states.begins()
    _line(sheet, row, _("What the colours say"), styles.SECTION, 26.0)
    told = (
        (_("A cell to be filled in"), form_styles.INPUT),
        (_("Locked: given or calculated by the system"), form_styles.CALCULATED),
        (": ".join((states.READY, _("the row is ready"))), form_styles.READY_FILL),
        (": ".join((open_, _("may wait"))), form_styles.OPEN_FILL),
        (": ".join((missing, _("the row cannot be taken in without it"))), form_styles.MISSING_FILL),
        (": ".join((check, _("the row contradicts itself"))), form_styles.CHECK_FILL),
        (": ".join((states.removed(), _("asked once more when you hand the workbook in"))), form_styles.REMOVED_FILL),
    )
    for offset, (text, colour) in enumerate(told, start=1):
        height = heights.of_lines(widths.lines(text, WIDTHS[0]))
        _line(sheet, row + offset, text, f"{styles.PREFIX}locked {Filled.FIXED.name.lower()}", height)
        sheet.cell(row + offset, 1).fill = styles.fill(colour)
        sheet.cell(row + offset, 1).protection = Protection(locked=True)
