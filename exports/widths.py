"""How wide a text is in the workbook's font, so that columns and rows can be made to fit.

The widths are those of Carlito, which has the same metrics as Calibri; Excel and LibreOffice
therefore break the lines where this module says.
"""

import csv
import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
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
#: A longer word may be broken.
WIDEST_WORD = 24.0


@cache
def _advances(face: str) -> dict[str, float]:
    with (Path(__file__).parent / "widths.csv").open(encoding="utf-8", newline="") as lines_of_file:
        rows = [row for row in csv.DictReader(lines_of_file) if row["face"] == face]
    return {letter: int(row["width"]) / UNITS_PER_EM for row in rows for letter in row["letters"]}


def pixels(text: str, size: float = BODY_PT, *, bold: bool = False) -> float:
    """The width of one line of text on a screen of 96 dots an inch; an unknown letter counts as an m."""
    advances = _advances("bold" if bold else "regular")
    widest = advances["m"]
    return sum(advances.get(letter, widest) for letter in text) * size * 96 / 72


def lines(text: str, width: float, size: float = BODY_PT, *, bold: bool = False, less_px: float = 0.0) -> int:
    """How many lines a wrapped text needs in a column of `width` characters.

    `less_px` is room that something else takes, such as a filter button.
    """
    room = max(width * UNIT_PX - PADDING_PX - less_px, UNIT_PX)
    return sum(_lines_of_paragraph(paragraph, room, size, bold) for paragraph in text.split("\n"))


def _lines_of_paragraph(paragraph: str, room: float, size: float, bold: bool) -> int:
    count, used = 1, 0.0
    for word in re.findall(r"\S+\s*", paragraph):
        bare = pixels(word.rstrip(), size, bold=bold)
        if used and used + bare > room:
            count, used = count + 1, 0.0
        if bare > room:
            broken = math.ceil(bare / room)
            count, used = count + broken - 1, bare - (broken - 1) * room
        else:
            used += pixels(word, size, bold=bold)
    return count


def joined(parts: Sequence[str], joint: str, width: float) -> str:
    """Parts as one text that is broken only between them where it does not fit a column of `width` characters."""
    room, rows = width * UNIT_PX - PADDING_PX, [""]
    for place, part in enumerate(parts):
        piece = part + (joint if place < len(parts) - 1 else "")
        if rows[-1] and pixels(rows[-1] + piece.rstrip()) > room:
            rows.append("")
        rows[-1] += piece
    return "\n".join(row.rstrip() for row in rows)


def longest_word(texts: Iterable[object]) -> float:
    """The least column width, in characters, in which no word of the texts is broken, up to `WIDEST_WORD`."""
    words = {word for text in texts if isinstance(text, str) for word in re.split(r"[\s/–-]+", text)}
    longest = max((pixels(word) for word in words), default=0.0)
    return min((longest + PADDING_PX) / UNIT_PX, WIDEST_WORD)


def narrowest(heading: str, *, filters: bool) -> float:
    """The least column width, in characters, in which no word of the heading is broken."""
    longest = max((pixels(word, bold=True) for word in heading.split()), default=0.0)
    return (longest + PADDING_PX + (BUTTON_PX if filters else 0.0)) / UNIT_PX
