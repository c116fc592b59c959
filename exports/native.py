"""Charts that the reader's own program draws and can change: their figures stand in a table on the same sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.book import Book
from exports.pictures import ROW_PX
from exports.styles import LINE, TEXT, WHITE
from exports.widths import FONT

PX_PER_CM = 96 / 2.54
#: Tones of what is drawn beside each other: neighbours differ in grey as well.
PALETTE = ("17324D", "DD7F35", "0B7A75", "E3B93F", "8F2020", "6FAF82", "7A5BA6")
#: Lines are told apart by their marks and strokes too.
MARKS = ("circle", "square", "triangle", "diamond", "x", "circle", "square")
STROKES = ("solid", "solid", "solid", "dash", "dash", "sysDot", "sysDot")


class Shape(Enum):
    """How figures are drawn."""

    COLUMNS = "columns"  #: one beside the other
    STACKED = "stacked"  #: one on top of the other
    BARS = "bars"  #: lying, the first row on top
    LYING = "lying"  #: lying, one behind the other, the first row on top
    LINES = "lines"


LIES = (Shape.BARS, Shape.LYING)


@dataclass(frozen=True)
class Chart:
    """A chart of a table on the same sheet; its texts are in the workbook's language.

    The table's headings stand in `row`, its first column, which names the rows, in `column`, and the columns that are
    drawn lie `offsets` to the right of it. `rows` is how many rows it has, `shows` the chart in words for those who
    cannot see it. `most` is the highest value of the axis, when it does not follow from the figures.
    """

    title: str
    shows: str
    row: int
    rows: int
    offsets: Sequence[int]
    across: str  #: what the rows are
    up: str  #: what the figures count
    column: int = 1
    shape: Shape = Shape.STACKED
    colours: Sequence[str] = PALETTE
    most: float | None = None
    width_px: int = 900
    height_px: int = 340


def below(row: int, chart_height_px: int = Chart.height_px) -> int:
    """The first free row below a chart that begins in `row`."""
    return row + int(chart_height_px / ROW_PX) + 2


def draw(book: Book, sheet: Worksheet, chart: Chart, at: int, *, column: int = 1) -> None:
    """Place a chart with its upper left corner in row `at` and `column`; nothing is drawn of a table without rows."""
    if not chart.rows:
        return
    drawn = _drawn(chart)
    names = Reference(sheet, min_col=chart.column, min_row=chart.row + 1, max_row=chart.row + chart.rows)
    for offset in chart.offsets:
        place = chart.column + offset
        values = Reference(sheet, min_col=place, min_row=chart.row, max_row=chart.row + chart.rows)
        drawn.add_data(values, titles_from_data=True)
    drawn.set_categories(names)
    for number, series in enumerate(drawn.series):
        colour = chart.colours[number % len(chart.colours)]
        if chart.shape is Shape.LINES:
            _stroke(series, colour, number)
        else:
            _paint(series, colour)
    sheet.add_chart(drawn, f"{get_column_letter(column)}{at}")
    book.chart_texts.setdefault(sheet.title, []).append((chart.title, chart.shows))


def _drawn(chart: Chart) -> Any:
    drawn: Any = LineChart() if chart.shape is Shape.LINES else BarChart()
    if chart.shape is not Shape.LINES:
        is_stacked = chart.shape in (Shape.STACKED, Shape.LYING)
        drawn.type = "bar" if chart.shape in LIES else "col"
        drawn.grouping = "stacked" if is_stacked else "clustered"
        drawn.overlap = 100 if is_stacked else None
        drawn.gapWidth = 60
    drawn.title = chart.title
    drawn.title.overlay = False
    drawn.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_letters(1300, bold=True))
    drawn.width, drawn.height = chart.width_px / PX_PER_CM, chart.height_px / PX_PER_CM
    drawn.roundedCorners = False
    drawn.legend = drawn.legend if len(chart.offsets) > 1 else None
    if drawn.legend:
        drawn.legend.position, drawn.legend.overlay, drawn.legend.txPr = "b", False, _text(1000)
    drawn.x_axis.title, drawn.y_axis.title = chart.across, chart.up
    for axis in (drawn.x_axis, drawn.y_axis):
        # Without saying so some programs leave the axis out.
        axis.delete, axis.txPr, axis.title.overlay = False, _text(1000), False
        axis.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_letters(1000))
    _set_axes(drawn, chart)
    return drawn


def _set_axes(drawn: Any, chart: Chart) -> None:
    drawn.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=6350))
    drawn.y_axis.scaling.min = 0
    drawn.y_axis.scaling.max = chart.most
    drawn.y_axis.number_format, drawn.y_axis.numFmt.sourceLinked = "#,##0", False
    if chart.shape in LIES:
        drawn.x_axis.scaling.orientation = "maxMin"
        drawn.y_axis.crosses = "max"


def _stroke(series: Any, colour: str, number: int) -> None:
    """A line with its mark; the first one is the heaviest."""
    line = LineProperties(solidFill=colour, w=28575 if number else 44450)
    line.prstDash = STROKES[number % len(STROKES)]
    series.graphicalProperties = GraphicalProperties(ln=line)
    series.marker.symbol, series.marker.size = MARKS[number % len(MARKS)], 7
    series.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
    series.marker.graphicalProperties.line.solidFill = colour
    series.smooth = False


def _paint(series: Any, colour: str) -> None:
    """A filled bar, with a white edge that parts it from its neighbour in any print."""
    series.graphicalProperties = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=WHITE, w=9525))
    series.invertIfNegative = False


def _letters(size: int, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=TEXT, latin=Font(typeface=FONT))


def _text(size: int) -> RichText:
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=_letters(size)), endParaRPr=_letters(size))])
