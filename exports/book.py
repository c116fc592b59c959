"""A workbook in the making: its sheets, what its cover must list and what the finisher must add."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports import finish, pagination, printing, properties, styles
from exports.pagination import Block
from exports.properties import Imprint
from exports.streaming import Stream

#: Characters that a sheet's name must not have, and its greatest length.
FORBIDDEN_IN_NAMES = re.compile(r"[\\/*?:\[\]]")
LONGEST_NAME = 31


@dataclass(frozen=True)
class Entry:
    """A line of the cover's contents: the sheet, what it holds, how many rows, how many were left out."""

    sheet: str
    description: str
    rows: int | None = None
    left_out: int = 0


@dataclass
class Book:
    """A workbook being written in the language in use."""

    imprint: Imprint
    workbook: Workbook = field(default_factory=Workbook)
    contents: list[Entry] = field(default_factory=list)
    #: What each table, chart and picture shows, for those who cannot see it.
    table_texts: dict[str, str] = field(default_factory=dict)
    chart_texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    #: Large tables by the name of their sheet; the last step writes their rows.
    streams: dict[str, Stream] = field(default_factory=dict)
    picture_texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    #: Rows that should not be cut by the end of a page, by the name of their sheet.
    blocks: dict[str, list[Block]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.workbook.remove(self.workbook.active)
        styles.register(self.workbook)
        properties.describe(self.workbook, self.imprint)

    @property
    def cover_name(self) -> str:
        """The name of the first sheet."""
        return str(self.workbook.worksheets[0].title)

    def add(self, name: str, tab: str) -> Worksheet:
        """A new empty sheet, marked and set up to print; `tab` is a key of the colours of tabs."""
        sheet = self.workbook.create_sheet(FORBIDDEN_IN_NAMES.sub(" ", name)[:LONGEST_NAME])
        sheet.sheet_properties.tabColor = styles.TABS[tab]
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = 90
        printing.set_up(sheet, self.imprint)
        return sheet

    def keep_together(self, sheet: Worksheet, first: int, last: int, least: int | None = None) -> None:
        """Let no page end between these rows; of more rows than a page holds, those up to `least` stay together."""
        self.blocks.setdefault(sheet.title, []).append(Block(first, last, least or last))

    def table_name(self, wanted: str) -> str:
        """A name for a table that no other table has and that no cell could have."""
        plain = re.sub(r"\W+", "_", wanted).strip("_")
        name = stem = f"tbl_{plain}"
        while name in self.table_texts:
            name = f"{stem}_{len(self.table_texts)}"
        return name

    def to_bytes(self) -> bytes:
        """The finished file: the same rows and the same imprint give the same bytes."""
        for sheet in self.workbook.worksheets:
            _go_home(sheet)
            pagination.lay_out(sheet, self.blocks.get(sheet.title, ()))
        self.workbook.active = 0
        raw = BytesIO()
        self.workbook.save(raw)
        return finish.finished(
            raw.getvalue(), self.imprint.made_at, self.table_texts, self._drawn_texts(), self.streams
        )

    def _drawn_texts(self) -> dict[str, list[tuple[str, str]]]:
        """Sheet → what its charts and then its pictures show: the order in which they are written."""
        sheets = [*self.chart_texts, *(one for one in self.picture_texts if one not in self.chart_texts)]
        return {one: [*self.chart_texts.get(one, ()), *self.picture_texts.get(one, ())] for one in sheets}


def _go_home(sheet: Worksheet) -> None:
    """Let the sheet open at its first cell, whatever part of it is frozen."""
    selections: Sequence[object] = sheet.sheet_view.selection
    for selection in selections:
        selection.activeCell = selection.sqref = "A1"  # type: ignore[attr-defined]
