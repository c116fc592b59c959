"""A sheet that holds more than one table: each under its heading, with a chart or a picture where that tells more."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from exports import cells, diagrams, pictures, printing, sheets, styles, widths
from exports.book import Book, Entry
from exports.columns import Column
from exports.diagrams import Diagram
from exports.sheets import HEADING_ROW, Place
from prepare.texts import _

#: A table of more rows than these keeps its headings in view.
LONG = 15
#: A table that needs more than one page begins with at least so many rows on the first one.
FEW = 4
#: Height of a heading above a table.
SECTION_HEIGHT = 26.0


@dataclass(frozen=True)
class Picture:
    """A drawn picture: the PNG, what it is called and what it shows in words."""

    content: bytes
    name: str
    shows: str
    width_px: int = 1000


@dataclass(frozen=True)
class Section:
    """One table of a sheet, with the picture above it or the chart of its figures below it."""

    title: str
    columns: Sequence[Column]
    frame: pd.DataFrame
    diagram: Diagram | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class Spread:
    """One sheet of several tables: texts are already in the workbook's language.

    `left_out` counts the rows above the variant's class; `is_one_page` lets it print on a single page.
    """

    title: str
    description: str
    sections: Sequence[Section]
    tab: str = "register"
    left_out: int = 0
    hint: str = ""
    is_one_page: bool = False
    key: str = ""

    @property
    def frames(self) -> list[tuple[Sequence[Column], pd.DataFrame]]:
        """Its tables, for the fingerprint of the data."""
        return [(section.columns, section.frame) for section in self.sections]

    @property
    def row_count(self) -> int:
        """How many rows its tables have."""
        return sum(len(section.frame) for section in self.sections)


def write_spread(book: Book, spread: Spread) -> Worksheet:
    """Add a sheet with these tables one below the other and list it on the cover."""
    sheet = book.add(spread.title, spread.tab)
    remarks = " ".join(filter(None, (spread.hint, sheets.told_left_out(spread.left_out))))
    sheets.write_head(book, sheet, spread.title, spread.description, remarks)
    _set_widths(sheet, spread.sections)
    row = HEADING_ROW
    for number, section in enumerate(spread.sections):
        row = _write_section(book, sheet, row, section, is_only=len(spread.sections) == 1, is_first=not number)
    _keep_in_view(sheet, spread)
    book.contents.append(Entry(sheet.title, spread.description, spread.row_count, spread.left_out))
    return sheet


def _keep_in_view(sheet: Worksheet, spread: Spread) -> None:
    """Let printed pages begin with the sheet's title, and keep the headings of a long first table in view."""
    first, is_only = spread.sections[0], len(spread.sections) == 1
    heading = HEADING_ROW if is_only else HEADING_ROW + 1
    if len(first.frame) > LONG and first.picture is None:
        sheet.freeze_panes = f"B{heading + 1}"
    if spread.is_one_page:
        printing.on_one_page(sheet)
    elif not sheet.print_title_rows:
        sheet.print_title_rows = "1:2"


def _write_section(book: Book, sheet: Worksheet, row: int, section: Section, *, is_only: bool, is_first: bool) -> int:
    """Write one section and give the row at which the next one begins."""
    begins = row = row if is_only or is_first else row + 1
    if not is_only:
        cells.write_text(sheet.cell(row, 1), section.title)
        sheet.cell(row, 1).style = styles.SECTION
        sheet.row_dimensions[row].height = SECTION_HEIGHT
        row += 1
    if picture := section.picture:
        row = pictures.place(book, sheet, picture.content, row, picture.width_px, picture.name, picture.shows)
        book.keep_together(sheet, begins, row - 3)
        begins = row
    place = Place(row, sets_widths=False, filters=False)
    below = sheets.write_table(book, sheet, section.frame, section.columns, section.title, section.title, place)
    book.keep_together(sheet, begins, below - 1, min(row + FEW, below - 1))
    if is_only and (section.diagram is None or len(section.frame) > LONG):
        printing.repeat(sheet, row)
    if section.diagram and len(section.frame):
        begins = below + 1
        below = diagrams.place(book, sheet, section.diagram, (row, section.columns, section.frame), begins)
        book.keep_together(sheet, begins, below - 2)
    return below


def _set_widths(sheet: Worksheet, sections: Sequence[Section]) -> None:
    """Every column as wide as the widest of the tables needs it."""
    for section in sections:
        for number, column in enumerate(section.columns):
            wide = max(sheets.needed(section.frame, column), widths.narrowest(_(column.heading), filters=False))
            dimension = sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number]]
            held = dimension.width if dimension.customWidth else 0.0
            dimension.width = max(wide, held)
