"""The first sheet: what this is, how secret, as of when, what is inside and how to read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from exports import cells, columns, printing, sheets, styles
from exports.book import Book
from exports.columns import Column, Kind, Tone
from exports.sheets import Place
from prepare.texts import N_, _

#: Widths of the cover's columns: label, text, rows, left out, gap, label, figure, change, meaning.
WIDTHS = (30.0, 84.0, 9.0, 14.0, 3.0, 42.0, 10.0, 14.0, 18.0)
RIGHT = 6
TABLES_ROW = 7
#: Rows between the end of a table and the headings of the next one, whose title stands above them.
BETWEEN = 2
#: Of more sheets than these the contents begin a printed page.
MOST_ON_ONE_PAGE = 12

FACTS = (Column("label", N_("Matter"), 30, Kind.CODE), Column("value", N_("Content"), 60))
FIGURES = (Column("label", N_("Figure"), 40), Column("value", N_("Count"), 10, Kind.COUNT))
CONTENTS = (
    Column("sheet", N_("Sheet"), 30, Kind.LINK),
    Column("description", N_("What it shows"), 60),
    Column("rows", N_("Rows"), 9, Kind.COUNT),
    Column("left_out", N_("Left out"), 12, Kind.COUNT),
)
SCORES = (
    Column("label", N_("Side of readiness"), 40),
    Column("points", N_("Points"), 10, Kind.COUNT, tone="tone"),
    Column("change", N_("Change"), 12, Kind.CHANGE),
    Column("meaning", N_("In words"), 18),
)
LEGEND = (
    Column("colour", N_("Colour"), 30, tone="tone"),
    Column("meaning", N_("What the colours say"), 84),
)
COLOURS = {
    Tone.CRITICAL: N_("Red"),
    Tone.HIGH: N_("Orange"),
    Tone.MODERATE: N_("Yellow"),
    Tone.GOOD: N_("Green"),
    Tone.UNKNOWN: N_("Grey"),
}


@dataclass(frozen=True)
class Score:
    """Points from 0 to 100, what they mean, and by how much they have changed; None is not known."""

    label: str
    points: int | None
    tone: Tone
    meaning: str
    change: int | None = None


@dataclass(frozen=True)
class Cover:
    """What the cover says beyond the imprint; every text is already in the workbook's language."""

    facts: Sequence[tuple[str, str | date | None]]
    figures: Sequence[tuple[str, int | None]]
    legend: Sequence[tuple[Tone, str]]
    advice: Sequence[str]
    notice: str = ""
    scores: Sequence[Score] = ()
    scores_title: str = ""


def begin(book: Book) -> Worksheet:
    """Add the cover as the first sheet; it is filled when the other sheets are known."""
    return book.add(_("Cover"), "front")


def write(book: Book, cover: Cover) -> None:
    """Fill the cover: facts and figures side by side, then the contents; long ones have a printed page of their own."""
    sheet = book.workbook.worksheets[0]
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    _write_title(book, sheet, cover)
    left = _write_below(book, sheet, 1, TABLES_ROW, _facts(cover)) + BETWEEN
    right = _write_below(book, sheet, RIGHT, TABLES_ROW, _figures(cover)) + BETWEEN
    _mark_date(book, sheet, cover)
    if len(book.contents) > MOST_ON_ONE_PAGE:
        _write_two_pages(book, sheet, cover, left, right)
    else:
        _write_one_page(book, sheet, cover, left, right)


def _write_one_page(book: Book, sheet: Worksheet, cover: Cover, left: int, right: int) -> None:
    """Contents and legend below the facts, scores below the figures, advice below it all."""
    below = _write_contents(book, sheet, left) + BETWEEN
    below = _write_below(book, sheet, 1, below, _legend(cover))
    scores = _scores(cover)
    right = _write_below(book, sheet, RIGHT, right, scores) if scores.rows else right
    _write_lines(sheet, max(below, right) + 1, _("How to use this workbook"), cover.advice)
    printing.on_one_page(sheet)


def _write_two_pages(book: Book, sheet: Worksheet, cover: Cover, left: int, right: int) -> None:
    """What a reader must know on the first page, the contents on the second, with a link to them at the top."""
    left = _write_below(book, sheet, 1, left, _legend(cover))
    scores = _scores(cover)
    right = _write_below(book, sheet, RIGHT, right, scores) if scores.rows else right - BETWEEN
    row = _write_lines(sheet, left + 1, _("How to use this workbook"), cover.advice)
    row = max(row, right) + BETWEEN
    below = _write_contents(book, sheet, row)
    book.keep_together(sheet, row - 1, below - 1)
    cells.write_text(sheet.cell(2, RIGHT), f"↓ {_('Contents')}")
    sheets.link(sheet, 2, RIGHT, sheet.title, _("Contents"), cell=f"A{row - 1}")
    sheet.cell(2, RIGHT).style = styles.BACK


def _write_contents(book: Book, sheet: Worksheet, row: int) -> int:
    """The list of the sheets with a link to each; gives the row below it."""
    below = _write_below(book, sheet, 1, row, _contents(book))
    for offset, entry in enumerate(book.contents, start=1):
        sheets.link(sheet, row + offset, 1, entry.sheet, entry.description)
        sheet.cell(row + offset, 1).style = styles.of(Kind.LINK)
    return below


def _write_title(book: Book, sheet: Worksheet, cover: Cover) -> None:
    imprint = book.imprint
    lines = (
        (imprint.title, styles.COVER_TITLE, 46.0),
        (f"{imprint.owner} · {imprint.standing}", styles.SUBTITLE, 22.0),
        (imprint.marking, styles.MARKING, 20.0),
        (cover.notice, styles.MARKING, 20.0),
    )
    for row, (text, style, height) in enumerate(lines, start=1):
        cells.write_text(sheet.cell(row, 1), text)
        sheet.cell(row, 1).style = style
        sheet.row_dimensions[row].height = height
    for column in range(1, len(WIDTHS) + 1):
        sheet.cell(4, column).border = Border(bottom=Side(style="thick", color=styles.ACCENT))


@dataclass(frozen=True)
class _Block:
    """A headed table of the cover."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[dict[str, object]]


def _facts(cover: Cover) -> _Block:
    return _Block(_("Document"), FACTS, [{"label": label, "value": value} for label, value in cover.facts])


def _figures(cover: Cover) -> _Block:
    return _Block(_("In figures"), FIGURES, [{"label": label, "value": value} for label, value in cover.figures])


def _contents(book: Book) -> _Block:
    rows: list[dict[str, object]] = [
        {"sheet": e.sheet, "description": e.description, "rows": e.rows, "left_out": e.left_out or None}
        for e in book.contents
    ]
    return _Block(_("Contents"), CONTENTS, rows)


def _legend(cover: Cover) -> _Block:
    rows: list[dict[str, object]] = [
        {"tone": tone, "colour": _(COLOURS[tone]), "meaning": text} for tone, text in cover.legend
    ]
    return _Block(_("Legend"), LEGEND, rows)


def _scores(cover: Cover) -> _Block:
    rows: list[dict[str, object]] = [vars(score) for score in cover.scores]
    return _Block(cover.scores_title, SCORES, rows)


def _write_below(book: Book, sheet: Worksheet, column: int, row: int, block: _Block) -> int:
    """Write a headed table with its headings in `row` and give the row below it."""
    heading = sheet.cell(row - 1, column)
    cells.write_text(heading, block.title)
    heading.style = styles.SECTION
    sheet.row_dimensions[row - 1].height = 26.0
    frame = pd.DataFrame(block.rows, columns=_keys(block), dtype=object)
    place = Place(row, column, sets_widths=False, filters=False)
    return sheets.write_table(book, sheet, frame, block.columns, block.title, block.title, place)


def _keys(block: _Block) -> list[str]:
    """The keys of the block's columns and of the colours that they name."""
    return [key for column in block.columns for key in (column.key, column.tone) if key]


def _mark_date(book: Book, sheet: Worksheet, cover: Cover) -> None:
    """Show the as-of date as a date and give its cell the name AsOf."""
    for offset, (_label, value) in enumerate(cover.facts, start=1):
        if isinstance(value, date):
            cell = sheet.cell(TABLES_ROW + offset, 2)
            cell.number_format = columns.number_format(Kind.DATE)
            reference = f"'{sheet.title}'!$B${TABLES_ROW + offset}"
            book.workbook.defined_names["AsOf"] = DefinedName("AsOf", attr_text=reference)


def _write_lines(sheet: Worksheet, row: int, title: str, lines: Sequence[str]) -> int:
    """Write numbered sentences under a heading and give the row below them."""
    cells.write_text(sheet.cell(row, 1), title)
    sheet.cell(row, 1).style = styles.SECTION
    sheet.row_dimensions[row].height = 26.0
    for number, line in enumerate(lines, start=1):
        cells.write_text(sheet.cell(row + number, 1), f"{number}. {line}")
        sheet.cell(row + number, 1).style = styles.SUBTITLE
        sheet.row_dimensions[row + number].height = 18.0
    return row + len(lines) + 1
