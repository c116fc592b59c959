"""Large tables: their rows are written straight into the file, alike to the byte of what cells would have given.

A cell object for each value takes six times as long and all the memory that there is. So the sheet gets a few sample
rows, one for each look that a column's cells have; the last step reads their styles and writes the true rows instead.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product, repeat
from typing import Any, cast

import pandas as pd
from openpyxl.utils import get_column_letter

from exports import cells, widths
from exports.columns import WRAPPED, Column, Tone
from exports.heights import of_lines
from exports.separated import FORMULA_LIKE

#: A table of so many rows is streamed.
FROM_ROWS = 1_000
#: Rows that are put together at a time, and the most values of a column that are remembered as written.
CHUNK, REMEMBERED = 512, 50_000
#: The day 0 of the file format, counted as Python counts days.
DAY_ZERO = date(1899, 12, 30).toordinal()
#: A text that begins so is quoted, or keeps its blank.
MARKED = frozenset((*FORMULA_LIKE, " "))
ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


@dataclass(frozen=True)
class Look:
    """How a cell looks beside its kind: its tone, the word behind its figure, and whether it is quoted as text."""

    tone: Tone | None = None
    word: str | None = None
    quoted: bool = False


@dataclass(frozen=True)
class Stream:
    """The true rows of a table whose samples stand on its sheet from row `first` on; the table begins in column A."""

    table: str
    frame: pd.DataFrame
    columns: Sequence[Column]
    looks: Sequence[Sequence[Look]]  #: of each column, in the order of the samples
    widths: Sequence[float]
    first: int

    @property
    def samples(self) -> int:
        """How many sample rows there are."""
        return max(len(looks) for looks in self.looks)

    @property
    def last(self) -> int:
        """The row of the last record."""
        return self.first + len(self.frame) - 1

    def rows(self, styles: Sequence[Sequence[str]]) -> Iterator[bytes]:
        """The rows as the file has them; `styles` are the numbers of each column's looks."""
        ends = [f'<c r="{get_column_letter(number)}' for number in range(2, len(self.columns) + 1)] + ["</row>"]
        dressed = [dict(zip(looks, numbers, strict=True)) for looks, numbers in zip(self.looks, styles, strict=True)]
        makers = [
            _Maker(self.frame, *of_column) for of_column in zip(self.columns, dressed, self.widths, ends, strict=True)
        ]
        for start in range(0, len(self.frame), CHUNK):
            yield self._chunk(makers, start, min(start + CHUNK, len(self.frame))).encode()

    def _chunk(self, makers: Sequence["_Maker"], start: int, end: int) -> str:
        told = [maker.cells(start, end) for maker in makers]
        lines = [maker.lines(start, end) for maker in makers if maker.wraps] or [[1] * (end - start)]
        tallest = map(max, zip(*lines, strict=True)) if len(lines) > 1 else iter(lines[0])
        places = range(self.first + start, self.first + end)
        # The number of the row stands before each cell's value, so it joins them.
        rows = [
            str(number).join(('<row r="', _begun(most), *row))
            for number, most, row in zip(places, tallest, zip(*told, strict=True), strict=True)
        ]
        return "".join(rows)


@cache
def _begun(lines: int) -> str:
    """What stands between the number of a row and that of its first cell."""
    return f'" ht="{of_lines(lines)!r}" customHeight="1"><c r="A'


class _Maker:
    """Writes the cells of one column, each without the number of its row; `end` follows each.

    What has been written once is remembered: most columns hold few values.
    """

    def __init__(self, frame: pd.DataFrame, column: Column, styles: Mapping[Look, str], width: float, end: str) -> None:
        self.column, self.width, self.end = column, width, end
        self.styles = {(look.tone, look.word, look.quoted): style for look, style in styles.items()}
        self.wraps = column.kind in WRAPPED
        self.values: list[Any] = frame[column.key].tolist()
        self.tones: list[Any] | None = frame[column.tone].tolist() if column.tone else None
        self.words: list[Any] | None = frame[column.word].tolist() if column.word else None
        #: No text of fewer letters can need a second line.
        self.safe = int(max(width * widths.UNIT_PX - widths.PADDING_PX, 0) / widths.widest_letter())
        self._made: dict[type, dict[Any, str]] = defaultdict(dict)
        self._lines: dict[Any, int] = {}
        plain = self.styles[None, word_of(column, None), False]
        self._before, self._behind = f'" s="{plain}" t="inlineStr"><is><t>', f"</t></is></c>{end}"

    def cells(self, start: int, end: int) -> list[str]:
        """The column's cells in these records."""
        values = self.values[start:end]
        kinds = set(map(type, values))
        if self.tones or self.words or len(kinds) > 1:
            return self._mixed(start, end)
        made = self._made[kinds.pop()]
        _forget(made)
        found = list(map(made.get, values))
        for place, one in enumerate(found):
            if one is None:
                value = values[place]
                if value.__class__ is str and is_plain(value):
                    found[place] = made[value] = f"{self._before}{value}{self._behind}"
                else:
                    found[place] = made[value] = self._cell(value, None, None)
        return cast(list[str], found)

    def _mixed(self, start: int, end: int) -> list[str]:
        """The same where values of several classes stand together (yes, one and 1.0 are equal) or look differently."""
        values, made = self.values[start:end], self._made[object]
        _forget(made)
        tones = self.tones[start:end] if self.tones else repeat(None)
        words = self.words[start:end] if self.words else repeat(None)
        found = []
        for key in zip(map(type, values), values, tones, words, strict=False):
            one = made.get(key)
            if one is None:
                one = made[key] = self._cell(*key[1:])
            found.append(one)
        return found

    def lines(self, start: int, end: int) -> list[int]:
        """How many lines each of these records needs in the column."""
        known, values = self._lines, self.values[start:end]
        _forget(known)
        found = list(map(known.get, values))
        for place, most in enumerate(found):
            if most is None:
                found[place] = known[values[place]] = self._lines_of(values[place])
        return cast(list[int], found)

    def _lines_of(self, value: Any) -> int:
        if value.__class__ is not str or (len(value) <= self.safe and "\n" not in value):
            return 1
        return widths.lines(value if value.isprintable() else cells.clean(value), self.width)

    def _cell(self, value: Any, tone: Any, word: Any) -> str:
        tone = tone if tone.__class__ is Tone else None
        shown = value if value.__class__ is str else cells.figure(value, self.column.kind)
        if shown is None:
            return f'" s="{self.styles[tone, None, False]}"/>{self.end}'
        word = word_of(self.column, word)
        if isinstance(shown, str):
            style = self.styles[tone, word, shown.startswith(FORMULA_LIKE)]
            return f'" s="{style}" t="inlineStr"><is>{_text(shown)}</is></c>{self.end}'
        told = shown.toordinal() - DAY_ZERO if isinstance(shown, date) else shown
        return f'" s="{self.styles[tone, word, False]}"><v>{told!r}</v></c>{self.end}'


def _forget(made: dict[Any, Any]) -> None:
    """Begin anew when too much is remembered."""
    if len(made) > REMEMBERED:
        made.clear()


def is_plain(text: str) -> bool:
    """Whether a text stands in the file just as it is."""
    return (
        text.isprintable()
        and text[:1] not in MARKED
        and text[-1:] != " "
        and "&" not in text
        and "<" not in text
        and ">" not in text
        and "_x" not in text
        and len(text) <= cells.LONGEST
    )


def _text(value: str) -> str:
    """A text as the file has it."""
    shown = cells.clean(value)
    kept = ' xml:space="preserve"' if shown != shown.strip() or "\n" in shown else ""
    return f"<t{kept}>{shown.translate(ESCAPED)}</t>"


def word_of(column: Column, word: Any) -> str | None:
    """The word behind a figure; None in a column whose figures have none."""
    return (word if isinstance(word, str) else "") if column.word else None


def looks_of(frame: pd.DataFrame, column: Column) -> list[Look]:
    """Every look that a cell of the column may have, in an order that follows from the looks alone."""
    tones = {one for one in frame[column.tone] if isinstance(one, Tone)} if column.tone else set()
    words = {word_of(column, one) or "" for one in frame[column.word]} if column.word else set()
    starts = {value[:1] for value in frame[column.key].tolist() if value.__class__ is str}
    quoted = [False, True] if starts & set(FORMULA_LIKE) else [False]
    return [Look(*look) for look in product([None, *sorted(tones)], [None, *sorted(words)], quoted)]
