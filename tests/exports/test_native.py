"""Charts that the reader's own program draws: figures, words and marks that hold in every program."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from exports import charts, cover, native, pictures, sheets
from exports.book import Book
from exports.columns import Column, Kind
from exports.cover import Cover
from exports.frames.reader import frame_of
from exports.native import Chart, Shape
from tests.exports.test_sheets import imprint

COLUMNS = (Column("hour", "Hour"), Column("down", "Down", 10, Kind.COUNT), Column("weak", "Weak", 10, Kind.LEVEL))
ROWS: list[dict[str, object]] = [{"hour": f"{hour} h", "down": hour, "weak": hour % 5} for hour in range(4)]


def made(shape, rows=ROWS):
    book = Book(imprint())
    cover.begin(book)
    sheet = book.add("Extent", "scenario")
    row = native.below(5)
    picture = charts.cascade_map([charts.Node("A", "Grid", 0, 0)], [], {})
    sheets.write_table(book, sheet, frame_of(rows, COLUMNS), COLUMNS, "Extent", "All.", sheets.Place(row))
    pictures.place(book, sheet, picture, row + 20, 200, "Map", "The grid.")
    chart = Chart("Extent", "Three go down.", row, len(rows), (1, 2), shape=shape, across="Hour", up="Functions")
    native.draw(book, sheet, chart, 5)
    cover.write(book, Cover([], [], [], []))
    return book.to_bytes()


@pytest.mark.parametrize(
    ("shape", "kind"),
    [(Shape.STACKED, b"<barChart>"), (Shape.BARS, b'<barDir val="bar"'), (Shape.LINES, b"<lineChart>")],
)
def test_a_chart_draws_the_table_below_it_with_its_axes(shape, kind):
    package = ZipFile(BytesIO(made(shape)))
    chart = package.read("xl/charts/chart1.xml")

    assert kind in chart
    assert b"'Extent'!$B$25:$B$28" in chart
    assert chart.count(b'<delete val="0"') == 2
    assert b'roundedCorners val="0"' in chart
    assert b'sourceLinked="0"' in chart
    assert chart.count(b"srgbClr") > 2


def test_chart_and_picture_on_one_sheet_are_each_told_in_words():
    drawing = ZipFile(BytesIO(made(Shape.COLUMNS))).read("xl/drawings/drawing1.xml").decode()

    assert drawing.index('descr="Three go down."') < drawing.index('descr="The grid."')


def test_nothing_is_drawn_of_a_table_without_rows():
    assert not [name for name in ZipFile(BytesIO(made(Shape.STACKED, []))).namelist() if "charts" in name]


def test_levels_are_coloured_by_their_figure_and_a_zero_is_not_shown():
    sheet = load_workbook(BytesIO(made(Shape.STACKED)))["Extent"]

    (held,) = sheet.conditional_formatting
    assert str(held.sqref) == "C25:C28"
    assert [rule.formula for rule in held.rules] == [["1"], ["2"], ["3"], ["4"]]
    assert sheet["C26"].number_format == "0;;"
