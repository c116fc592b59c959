"""On paper: letters stay legible, and no page ends in the midst of what belongs together."""

from datetime import UTC, date, datetime
from io import BytesIO

import pandas as pd
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Drawing

from exports import cover, pagination, pictures, printing, spreads
from exports.book import Book, Entry
from exports.columns import Column, Kind, Tone
from exports.cover import Cover
from exports.diagrams import Diagram
from exports.pagination import Block
from exports.printing import A3, A4
from exports.properties import Imprint
from exports.spreads import Section, Spread
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality

IMPRINT = Imprint(
    "Report",
    "All of it",
    "Meri",
    "Meri",
    "M",
    date(2026, 3, 1),
    datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
    Confidentiality.INTERNAL,
)


def sheet_of(widths: list[float], rows: int = 3, height: float = 20.0) -> Worksheet:
    sheet = Workbook().active
    printing.set_up(sheet, IMPRINT)
    for number, width in enumerate(widths, start=1):
        sheet.cell(rows, number, "x")
        sheet.column_dimensions["ABCDEFGHIJ"[number - 1]].width = width
    for row in range(1, rows + 1):
        sheet.cell(row, 1, "x")
        sheet.row_dimensions[row].height = height
    return sheet


def test_a_sheet_too_wide_to_be_read_on_a4_prints_on_a3() -> None:
    narrow, wide = sheet_of([20, 20]), sheet_of([70, 70, 70, 70])

    pagination.lay_out(narrow)
    pagination.lay_out(wide)

    assert (narrow.page_setup.paperSize, wide.page_setup.paperSize) == (A4, A3)
    assert pagination.letters_pt(wide, pagination.width_pt(wide), A4) < pagination.READABLE_PT
    assert pagination.letters_pt(wide, pagination.width_pt(wide), A3) >= pagination.READABLE_PT


def test_a_sheet_too_wide_for_any_paper_prints_on_pages_that_all_name_the_row() -> None:
    readable, huge = sheet_of([70, 70, 70, 70]), sheet_of([12, 30, *[60.0] * 8])

    pagination.lay_across(readable, 2)
    pagination.lay_across(huge, 2)
    pagination.lay_out(huge)

    assert (readable.page_setup.fitToWidth, readable.print_title_cols) == (1, None)
    assert (huge.page_setup.fitToWidth, huge.page_setup.paperSize) == (3, A4)
    assert huge.print_title_cols == "$A:$B"


def test_hidden_columns_take_no_paper() -> None:
    sheet = sheet_of([20, 200])
    sheet.column_dimensions["B"].hidden = True

    assert pagination.width_pt(sheet) == (20 * 7 + 5) * 0.75


def test_a_page_ends_before_a_block_that_would_be_cut() -> None:
    sheet = sheet_of([20], rows=30)

    assert pagination.breaks(sheet, [Block(18, 22, 22)], page=400.0) == [17]
    assert pagination.breaks(sheet, [Block(16, 20, 20)], page=400.0) == []


def test_a_heading_alone_is_no_page() -> None:
    sheet = sheet_of([20.0], rows=40)

    assert pagination.breaks(sheet, [Block(4, 22, 22)], page=400.0) == []
    assert pagination.breaks(sheet, [Block(7, 25, 25)], page=400.0) == [6]


def test_what_begins_just_behind_a_full_page_begins_a_page_whoever_counts() -> None:
    sheet = sheet_of([20.0], rows=50)

    assert pagination.breaks(sheet, [Block(1, 21, 3), Block(22, 26, 26)], page=400.0) == [21]
    assert pagination.breaks(sheet, [Block(1, 24, 3), Block(25, 29, 29)], page=400.0) == []


def test_empty_rows_before_a_block_go_to_the_next_page_with_it() -> None:
    sheet = sheet_of([20], rows=30)
    for row in (16, 17):
        sheet.cell(row, 1).value = None

    assert pagination.breaks(sheet, [Block(18, 22, 22)], page=400.0) == [15]


def test_of_a_block_longer_than_a_page_only_the_beginning_must_fit() -> None:
    sheet = sheet_of([20], rows=60)

    assert pagination.breaks(sheet, [Block(10, 60, 13)], page=400.0) == []
    assert pagination.breaks(sheet, [Block(19, 60, 22)], page=400.0) == [18]


def test_repeated_rows_take_room_of_every_page_but_the_first() -> None:
    sheet = sheet_of([20], rows=60)
    sheet.print_title_rows = "1:2"

    assert pagination.breaks(sheet, [Block(37, 39, 39)], page=400.0) == [36]


def test_a_high_picture_is_made_to_fit_below_the_title() -> None:
    book = Book(IMPRINT)
    sheet = book.add("Map", "front")

    below = pictures.place(book, sheet, png(400, 800), 5, 1000, "Map", "who needs whom")

    assert (sheet._images[0].width, sheet._images[0].height) == (250, 500)
    assert book.blocks["Map"] == [Block(5, below - 3, below - 3)]


def png(width: int, height: int) -> bytes:
    drawn = BytesIO()
    Drawing.new("RGB", (width, height)).save(drawn, "PNG")
    return drawn.getvalue()


def test_a_chart_stands_whole_on_a_page_with_its_axes_named() -> None:
    columns = (Column("name", "Sector", 20, Kind.CODE), Column("count", "Open", 10, Kind.COUNT))
    frame = pd.DataFrame([{"name": f"S{n}", "count": n} for n in range(12)], dtype=object)
    chart = Diagram("Open measures", ("count",))
    book = Book(IMPRINT)
    with speaking("en"):
        cover.begin(book)
        spreads.write_spread(book, Spread("Sums", "told", [Section("Sums", columns, frame, chart)]))
        sheet = load_workbook(BytesIO(book.to_bytes()))["Sums"]

    assert [one.id for one in sheet.row_breaks.brk] == [17]
    assert sheet.print_title_rows == "$1:$2"
    titles = [axis.title.tx.rich.p[0].r[0].t for axis in (sheet._charts[0].x_axis, sheet._charts[0].y_axis)]
    assert titles == ["Sector", "Count"]


def test_a_word_in_the_place_of_a_figure_is_not_cut() -> None:
    columns = (Column("name", "Risk", 10), Column("until", "Until", 8, Kind.DATE))
    frame = pd.DataFrame([{"name": "R", "until": "without an end"}], dtype=object)
    book = Book(IMPRINT)
    with speaking("en"):
        cover.begin(book)
        sheet = spreads.write_spread(book, Spread("Ends", "told", [Section("Ends", columns, frame)]))

    assert sheet.column_dimensions["B"].width > len("without an end")


def test_the_contents_of_many_sheets_begin_a_page_and_are_one_click_away() -> None:
    book = Book(IMPRINT)
    with speaking("en"):
        cover.begin(book)
        for number in range(26):
            book.add(f"Sheet {number}", "front")
            book.contents.append(Entry(f"Sheet {number}", "what it holds", 1))
        cover.write(book, Cover([("City", "Meri")], [("Risks", 2)], [(Tone.HIGH, "late")], ["Read it."]))
        sheet = load_workbook(BytesIO(book.to_bytes())).worksheets[0]

    heading = next(row for row in range(1, sheet.max_row) if sheet.cell(row, 1).value == "Contents")
    assert sheet["F2"].hyperlink.location == f"'Cover'!A{heading}"
    assert [one.id for one in sheet.row_breaks.brk] == [heading - 2]
    assert sheet.cell(heading + 2, 1).hyperlink.location == "'Sheet 0'!A1"
    assert sheet["A2"].value.startswith("Meri · ")
