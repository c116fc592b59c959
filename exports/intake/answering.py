"""The answer: the sender's own workbook with what is wrong marked where it stands, and a sheet that leads to it."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports import cells, heights, printing, styles, widths
from exports.books import form_styles
from exports.filling.issues import ERROR, WARNING, Issue
from exports.intake import telling
from exports.intake.taking import Looked
from prepare.texts import N_, _, ngettext, speaking

FILLS = {ERROR: form_styles.CHECK_FILL, WARNING: form_styles.OPEN_FILL, "conflict": form_styles.MISSING_FILL}
_WORDS = {ERROR: N_("Error"), WARNING: N_("Note"), "conflict": N_("Conflict")}
HEADINGS = (N_("Kind"), N_("Sheet"), N_("Cell"), N_("What stands there"), N_("What it is and how it is mended"))
WIDTHS = (13, 20, 9, 34, 92)
#: The row of the headings of the list, and the place of the cell's address among them.
HEADING_ROW, ADDRESS = 4, 3
#: A comment's size in pixels, enough for two sentences.
WIDTH, HEIGHT = 320, 110
#: So many cells are told, and so many letters of what stands in one.
MOST, LONGEST = 2_000, 80


def answer_file(content: bytes, looked: Looked, at: datetime) -> bytes:
    """The workbook that was handed in, its cells marked and commented, in the workbook's own language."""
    with speaking(looked.stamp.language):
        book = load_workbook(BytesIO(content))
        told = [*looked.plan.errors, *_conflicts(looked), *_warnings(looked)][:MOST]
        for issue in told:
            _mark(book, issue)
        _list(book, told)
        book.properties.modified = at.replace(tzinfo=None, microsecond=0)
        out = BytesIO()
        book.save(out)
        return out.getvalue()


def _warnings(looked: Looked) -> Iterable[Issue]:
    return (one for one in looked.plan.issues if one.severity != ERROR)


def _conflicts(looked: Looked) -> Iterable[Issue]:
    for one in looked.plan.conflicts:
        told = telling.change(looked, one)
        yield Issue("CONFLICT", one.sheet, one.cell, {"base": told["base"], "now": told["before"]}, "conflict")


def _mark(book: Workbook, issue: Issue) -> None:
    """Fill the cell and say why in a comment; several things about one cell stand in one comment."""
    if issue.sheet not in book.sheetnames:
        return
    cell = book[issue.sheet][issue.cell]
    cell.fill = PatternFill("solid", start_color=FILLS[issue.severity], end_color=FILLS[issue.severity])
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(f"{before}{issue.message}", "prepare", height=HEIGHT, width=WIDTH)


def _list(book: Workbook, told: list[Issue]) -> None:
    """Add the sheet that leads to every cell, in the order in which they stand in the workbook."""
    title = _("Errors")
    while title in book.sheetnames:
        title += " 2"
    book.security.lockStructure = False
    sheet: Worksheet = book.create_sheet(title, 1)
    _write_head(sheet, title, sum(issue.severity != WARNING for issue in told))
    places = {name: place for place, name in enumerate(book.sheetnames)}
    ordered = sorted(told, key=lambda one: (places.get(one.sheet, 0), *_row_and_column(one.cell)))
    for row, issue in enumerate(ordered, start=HEADING_ROW + 1):
        texts = (_(_WORDS[issue.severity]), issue.sheet, issue.cell, _held(book, issue), issue.message)
        for column, text in enumerate(texts, start=1):
            cells.write_text(sheet.cell(row, column), text)
            sheet.cell(row, column).alignment = styles.left()
            sheet.cell(row, column).font = styles.font()
        lines = max(widths.lines(text, width) for text, width in zip(texts, WIDTHS, strict=True))
        sheet.row_dimensions[row].height = heights.of_lines(lines)
        if issue.sheet in book.sheetnames:
            _lead(sheet, row, issue)
    _set_up(book, sheet)
    book.active = 1


def _write_head(sheet: Worksheet, title: str, count: int) -> None:
    told = ngettext("%(n)s cell is to be mended.", "%(n)s cells are to be mended.", count)
    how = _("Follow the link, mend the cell, save, and hand this same workbook in again.")
    cells.write_text(sheet["A1"], title)
    sheet["A1"].font = styles.font(16, styles.INK, bold=True)
    cells.write_text(sheet["A2"], f"{told} {how}")
    sheet["A2"].font = styles.font()
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), start=1):
        cell = sheet.cell(HEADING_ROW, column)
        cells.write_text(cell, _(heading))
        cell.font, cell.fill = styles.font(colour=styles.WHITE, bold=True), styles.fill(styles.INK)
        cell.alignment = styles.left()
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.row_dimensions[1].height, sheet.row_dimensions[HEADING_ROW].height = 26.0, 22.0


def _set_up(book: Workbook, sheet: Worksheet) -> None:
    """Let the sheet print as the others do, under the marking that they bear."""
    first = book.worksheets[0]
    sheet.oddHeader.left.text, sheet.oddFooter.right.text = first.oddHeader.left.text, first.oddFooter.right.text
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", printing.A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    printing.repeat(sheet, HEADING_ROW)
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.sheet_view.showGridLines = False


def _held(book: Workbook, issue: Issue) -> str:
    """What stands in the cell, as a person sees it, cut when it is long."""
    value = book[issue.sheet][issue.cell].value if issue.sheet in book.sheetnames else None
    text = f"{value.day}.{value.month}.{value.year}" if isinstance(value, date) else str(value or "")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _row_and_column(cell: str) -> tuple[int, int]:
    row, column = coordinate_to_tuple(cell)
    return row, column


def _lead(sheet: Worksheet, row: int, issue: Issue) -> None:
    cell, quoted = sheet.cell(row, ADDRESS), issue.sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{issue.cell}", display=issue.cell)
    cell.font = styles.font(colour=styles.LINK, line="single")
