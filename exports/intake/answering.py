"""The answer: the sender's own workbook with what is wrong marked where it stands, and a sheet that leads to it."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from exports import cells, styles
from exports.books import form_styles
from exports.filling.issues import ERROR, WARNING, Issue
from exports.intake import telling
from exports.intake.taking import Looked
from prepare.texts import N_, _, speaking

FILLS = {ERROR: form_styles.CHECK_FILL, WARNING: form_styles.OPEN_FILL, "conflict": form_styles.MISSING_FILL}
_WORDS = {ERROR: N_("Error"), WARNING: N_("Note"), "conflict": N_("Conflict")}
HEADINGS = (N_("Kind"), N_("Sheet"), N_("Cell"), N_("What it is and how it is mended"))
WIDTHS = (14, 22, 10, 110)
#: A comment's size in pixels, enough for two sentences.
WIDTH, HEIGHT = 320, 110
MOST = 2_000


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
    title = _("Errors")
    while title in book.sheetnames:
        title += " 2"
    book.security.lockStructure = False
    sheet: Worksheet = book.create_sheet(title, 1)
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), start=1):
        cell = sheet.cell(1, column)
        cells.write_text(cell, _(heading))
        cell.font, cell.fill = styles.font(colour=styles.WHITE, bold=True), styles.fill(styles.INK)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, issue in enumerate(told, start=2):
        texts = (_(_WORDS[issue.severity]), issue.sheet, issue.cell, issue.message)
        for column, text in enumerate(texts, start=1):
            cells.write_text(sheet.cell(row, column), text)
            sheet.cell(row, column).alignment = styles.left()
        if issue.sheet in book.sheetnames:
            _lead(sheet, row, issue)
    sheet.freeze_panes = "A2"
    sheet.sheet_view.showGridLines = False
    book.active = 1


def _lead(sheet: Worksheet, row: int, issue: Issue) -> None:
    cell, quoted = sheet.cell(row, 3), issue.sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{issue.cell}", display=issue.cell)
    cell.font = styles.font(colour=styles.LINK, line="single")
