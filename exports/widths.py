"""How wide a text is in the workbook's font, so that columns and rows can be made to fit.

The widths are those of Carlito, which has the same metrics as Calibri; Excel and LibreOffice
therefore break the lines where this module says.
"""

import csv
import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

FONT = "Calibri"
BODY_PT = 11.0
#: The unit of widths.csv, in which the font was drawn.
UNITS_PER_EM = 2048
#: Pixels of one unit of column width: the widest digit of the body font.
UNIT_PX = 7.0
#: Pixels that a cell keeps free at its sides, one step of indent included.
PADDING_PX = 15.0
#: Pixels that a filter button takes of a heading.
BUTTON_PX = 18.0
#: What rounding may take of a column, in characters.
SPARE = 0.15
#: A longer word may be broken.
WIDEST_WORD = 24.0
#: A line may be broken behind these as well.
BREAKS = "/–-"
#: Texts whose words are gathered together.
AT_ONCE = 1_000
#: The most words whose widths are remembered.
REMEMBERED = 50_000


class Advances(dict[str, float]):
    """Letter → its width; one that is not known counts as an m."""

    def __missing__(self, _letter: str) -> float:
        return self["m"]


@cache
def _advances(face: str) -> Advances:
    with (Path(__file__).parent / "widths.csv").open(encoding="utf-8", newline="") as lines_of_file:
        rows = [row for row in csv.DictReader(lines_of_file) if row["face"] == face]
    return Advances({letter: int(row["width"]) / UNITS_PER_EM for row in rows for letter in row["letters"]})


def pixels(text: str, size: float = BODY_PT, *, bold: bool = False) -> float:
    """The width of one line of text on a screen of 96 dots an inch; an unknown letter counts as an m."""
    return sum(map(_advances("bold" if bold else "regular").__getitem__, text)) * size * 96 / 72


@cache
def widest_letter(size: float = BODY_PT) -> float:
    """The width of the widest letter that is known."""
    return max(_advances("regular").values()) * size * 96 / 72


def lines(text: str, width: float, size: float = BODY_PT, *, bold: bool = False, less_px: float = 0.0) -> int:
    """How many lines a wrapped text needs in a column of `width` characters.

    `less_px` is room that something else takes, such as a filter button.
    """
    room = max(width * UNIT_PX - PADDING_PX - less_px, UNIT_PX)
    if "\n" not in text:
        return _lines_of_paragraph(text, room, size, bold)
    return sum(_lines_of_paragraph(paragraph, room, size, bold) for paragraph in text.split("\n"))


def _lines_of_paragraph(paragraph: str, room: float, size: float, bold: bool) -> int:
    blank = _word(" ", size, bold)
    count, used = 1, 0.0
    for word in paragraph.split():
        bare = _word(word, size, bold)
        if used and used + bare > room:
            count, used = count + 1, 0.0
        if bare > room:
            broken = math.ceil(bare / room)
            count, used = count + broken - 1, bare - (broken - 1) * room
        else:
            used += bare + blank
    return count


@lru_cache(maxsize=REMEMBERED)
def _word(word: str, size: float, bold: bool) -> float:
    """The width of a word in pixels: most words of a register stand in it often."""
    return pixels(word, size, bold=bold)


def joined(parts: Sequence[str], joint: str, width: float) -> str:
    """Parts as one text that is broken only between them where it does not fit a column of `width` characters."""
    room, rows = width * UNIT_PX - PADDING_PX, [""]
    for place, part in enumerate(parts):
        piece = part + (joint if place < len(parts) - 1 else "")
        if rows[-1] and pixels(rows[-1] + piece.rstrip()) > room:
            rows.append("")
        rows[-1] += piece
    return "\n".join(row.rstrip() for row in rows)


def longest_word(texts: Iterable[object], *, beyond: float = 0.0) -> float:
    """The least column width, in characters, in which no word of the texts is broken, up to `WIDEST_WORD`.

    Words that stay whole in a column of the width `beyond` are not looked at.
    """
    shortest = int(max(beyond * UNIT_PX - PADDING_PX, 0) / widest_letter()) + 1
    told, words = [text for text in texts if isinstance(text, str)], set[str]()
    for start in range(0, len(told), AT_ONCE):
        some = " ".join(told[start : start + AT_ONCE])
        for behind in BREAKS:
            some = some.replace(behind, " ")
        words.update(word for word in set(some.split()) if len(word) >= shortest)
    longest = max((pixels(word) for word in words), default=0.0)
    return min((longest + PADDING_PX) / UNIT_PX + SPARE, WIDEST_WORD)


def longest_text(texts: Iterable[object]) -> float:
    """The least column width, in characters, in which each text stands on one line, up to `WIDEST_WORD`."""
    told = {text for text in texts if isinstance(text, str)}
    longest = max(map(pixels, told), default=0.0)
    return min((longest + PADDING_PX) / UNIT_PX + SPARE, WIDEST_WORD) if told else 0.0


def narrowest(heading: str, *, filters: bool) -> float:
    """The least column width, in characters, in which no word of the heading is broken."""
    longest = max((pixels(word, bold=True) for word in heading.split()), default=0.0)
    return (longest + PADDING_PX + (BUTTON_PX if filters else 0.0)) / UNIT_PX
