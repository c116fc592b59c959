"""On which paper a sheet prints so that it can be read, and where its pages end, so that nothing is cut in two."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from exports.printing import A3, A4
from exports.widths import BODY_PT, UNIT_PX

#: Letters of a printed sheet are no smaller than this where a larger paper can help.
READABLE_PT = 6.5
#: The sides of the papers, landscape, in inches.
PAPERS = {A4: (11.69, 8.27), A3: (16.54, 11.69)}
POINTS = 72.0
PT_PER_PX = 0.75
PX_PER_CM = 96 / 2.54
#: Programs differ a little in how much a page takes.
SURE = 0.96
#: A page that is less full than this does not end before a block: a heading alone is no page.
LEAST_FULL = 0.25
#: So near behind a full page, by our count, another program may still be on that page.
UNSURE = 0.15
#: What Excel adds to a column's width, in pixels, and the height of a row that nobody has set, in points.
CELL_PX, ROW_PT = 5.0, 15.0


@dataclass(frozen=True)
class Block:
    """Rows that should stand on one page; of a block longer than that, the rows up to `least` stay together."""

    first: int
    last: int
    least: int


def lay_out(sheet: Worksheet, blocks: Sequence[Block] = ()) -> None:
    """Choose the paper of a sheet by its width, and let a page end before a block that would be cut."""
    page = sheet.page_setup
    if (page.fitToWidth or 1) > 1:
        return  # it was said how it prints: see `lay_across`
    wide = width_pt(sheet)
    page.paperSize = A4 if letters_pt(sheet, wide, A4) >= READABLE_PT else A3
    if page.fitToHeight == 1:
        return
    for row in breaks(sheet, blocks, _page_pt(sheet, wide)):
        sheet.row_breaks.append(Break(id=row))


def lay_across(sheet: Worksheet, last: int) -> None:
    """Let a sheet that is too wide even for A3 print on pages beside each other, its columns up to `last` on each."""
    wide, page = width_pt(sheet), sheet.page_setup
    if letters_pt(sheet, wide, A3) >= READABLE_PT:
        return
    repeated = sum(_column_pt(sheet, number) for number in range(1, last + 1))
    room = (PAPERS[A4][0] - sheet.page_margins.left - sheet.page_margins.right) * POINTS * BODY_PT / READABLE_PT
    page.paperSize, page.fitToWidth = A4, ceil((wide - repeated) / (room - repeated))
    sheet.print_title_cols = f"A:{get_column_letter(last)}"


def width_pt(sheet: Worksheet) -> float:
    """How wide the columns and drawings of a sheet are together, in points."""
    columns = sum(_column_pt(sheet, number) for number in range(1, sheet.max_column + 1)) / PT_PER_PX
    charts = (chart.width * PX_PER_CM for chart in sheet._charts)
    images = (float(image.width) for image in sheet._images)
    return float(max(columns, *charts, *images, 1.0)) * PT_PER_PX


def _column_pt(sheet: Worksheet, number: int) -> float:
    one = sheet.column_dimensions[get_column_letter(number)]
    return 0.0 if one.hidden else float(one.width * UNIT_PX + CELL_PX) * PT_PER_PX


def letters_pt(sheet: Worksheet, wide: float, paper: int) -> float:
    """How high the letters are, in points, when a sheet so wide prints one page wide on the paper."""
    return BODY_PT * _scale(sheet, wide, paper)


def _scale(sheet: Worksheet, wide: float, paper: int) -> float:
    margins = sheet.page_margins
    room = (PAPERS[paper][0] - margins.left - margins.right) * POINTS
    return float(min(1.0, int(room / wide * 100) / 100))


def _page_pt(sheet: Worksheet, wide: float) -> float:
    """The height of rows that a page takes, in points of the sheet."""
    paper, margins = int(sheet.page_setup.paperSize), sheet.page_margins
    room = (PAPERS[paper][1] - margins.top - margins.bottom) * POINTS
    return float(room / _scale(sheet, wide, paper)) * SURE


def breaks(sheet: Worksheet, blocks: Sequence[Block], page: float) -> list[int]:
    """The rows after which a page must end: the program that prints ends the others where they are full.

    Empty rows before a block go with it, so that none of them can fill a page of its own.
    """
    starts = {_lead(sheet, block, blocks): block for block in blocks}
    found, used, repeated, ended = list[int](), 0.0, _repeated_pt(sheet), False
    last = max([sheet.max_row, *(block.last for block in blocks)])
    for row in range(1, last + 1):
        block = starts.get(row)
        height = _height(sheet, row)
        needed = _needed(sheet, row, block, page - repeated) if block else height
        over = used + needed > page and used > (page * LEAST_FULL if block else repeated)
        unsure = bool(block) and ended and used < repeated + page * UNSURE
        if over or unsure:
            if block:
                found.append(row - 1)
            used, ended = repeated, not block
        used += height
    return found


def _lead(sheet: Worksheet, block: Block, blocks: Sequence[Block]) -> int:
    """The first of the empty rows before a block."""
    covered = {row for one in blocks for row in range(one.first, one.last + 1)}
    row = block.first
    while row > 1 and row - 1 not in covered and all(cell.value is None for cell in sheet[row - 1]):
        row -= 1
    return row


def _needed(sheet: Worksheet, lead: int, block: Block, page: float) -> float:
    whole = sum(_height(sheet, row) for row in range(lead, block.last + 1))
    return whole if whole <= page else sum(_height(sheet, row) for row in range(lead, block.least + 1))


def _repeated_pt(sheet: Worksheet) -> float:
    """The height of the rows that every page begins with."""
    if not sheet.print_title_rows:
        return 0.0
    first, last = (int(end.strip("$")) for end in sheet.print_title_rows.split(":"))
    return sum(_height(sheet, row) for row in range(first, last + 1))


def _height(sheet: Worksheet, row: int) -> float:
    return float(sheet.row_dimensions[row].height or ROW_PT) if row in sheet.row_dimensions else ROW_PT
