"""How a sheet prints: on its side, one page wide, headings repeated, page n of N, marking on each page."""

from openpyxl.worksheet.worksheet import Worksheet

from exports.properties import Imprint
from exports.styles import WARNING
from exports.widths import FONT
from prepare.texts import _

A4, A3 = 9, 8
#: The longest text that a printed header or footer may have, with room for its codes.
LONGEST_PART = 100


def set_up(sheet: Worksheet, imprint: Imprint) -> None:
    """Set the sheet up for A4 landscape, one page wide and as many pages high as it needs."""
    page = sheet.page_setup
    page.orientation, page.paperSize = "landscape", A4
    page.fitToWidth, page.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.8, 0.7
    margins.header = margins.footer = 0.35
    _write_edges(sheet, imprint)


def repeat(sheet: Worksheet, row: int) -> None:
    """Let every printed page begin with the headings in `row`."""
    sheet.print_title_rows = f"{row}:{row}"


def on_one_page(sheet: Worksheet) -> None:
    """Let the whole sheet print on one page."""
    sheet.page_setup.fitToHeight = 1


def _write_edges(sheet: Worksheet, imprint: Imprint) -> None:
    header, footer = sheet.oddHeader, sheet.oddFooter
    header.left.text, header.left.size = _escaped(imprint.marking), 9
    header.left.font, header.left.color = f"{FONT},Bold", WARNING
    header.right.text = _escaped(f"{imprint.city} – {imprint.title} – {sheet.title}")
    footer.left.text = _escaped(imprint.footer)
    footer.right.text = _escaped(_("Page")) + " &P / &N"
    # Marking and page numbers stay legible on a sheet that is made smaller to fit.
    sheet.HeaderFooter.scaleWithDoc = False
    header.right.size, footer.left.size, footer.right.size = 9, 8, 8
    header.right.font = footer.left.font = footer.right.font = f"{FONT},Regular"


def _escaped(text: str) -> str:
    """A text whose ampersands are not taken for codes, short enough for the file format."""
    return text[:LONGEST_PART].replace("&", "&&")
