"""A chart of a table by the names of its columns: what is drawn, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from exports import native
from exports.book import Book
from exports.columns import Column, Kind
from exports.native import Chart, Shape
from prepare.texts import _, day, number


@dataclass(frozen=True)
class Diagram:
    """A chart of a table: the key of what names its rows, which is its first column, and those of what is drawn.

    `up` says what the figures are; nothing means that they are counts.
    """

    title: str
    series: Sequence[str]
    shape: Shape = Shape.COLUMNS
    most: float | None = None  #: end of the scale; None = by the figures
    up: str = ""
    colours: Sequence[str] = native.PALETTE
    width_px: int = 900
    height_px: int = 340


def place(
    book: Book, sheet: Worksheet, diagram: Diagram, table: tuple[int, Sequence[Column], pd.DataFrame], row: int
) -> int:
    """Draw a table (its heading row, columns and rows) at `row`, and give the first free row below the chart."""
    heading, columns, frame = table
    keys = [column.key for column in columns]
    chart = Chart(
        title=diagram.title,
        shows=in_words(diagram, columns, frame),
        row=heading,
        rows=len(frame),
        offsets=[keys.index(key) for key in diagram.series],
        shape=diagram.shape,
        across=_(columns[0].heading),
        up=diagram.up or _("Count"),
        colours=diagram.colours,
        most=diagram.most,
        width_px=diagram.width_px,
        height_px=diagram.height_px,
    )
    native.draw(book, sheet, chart, row)
    return native.below(row, diagram.height_px)


def in_words(diagram: Diagram, columns: Sequence[Column], frame: pd.DataFrame) -> str:
    """The chart for those who cannot see it: every row with its figures."""
    first, headings = columns[0], {column.key: _(column.heading) for column in columns}
    told = []
    for row in frame.to_dict("records"):
        name = day(row[first.key]) if first.kind is Kind.DATE else row[first.key]
        told.append(f"{name}: {', '.join(f'{headings[key]} {_figure(row[key])}' for key in diagram.series)}")
    return f"{diagram.title}. {'; '.join(told)}."


def _figure(value: object) -> str:
    return number(float(value), 0) if isinstance(value, (int, float)) and not pd.isna(value) else _("unknown")
