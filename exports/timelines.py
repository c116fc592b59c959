"""Where a disruption is drawn on a time line that shows an hour as well as a month.

The line is divided into bands (at once to an hour, to four hours, to a day …) that are equally wide; within one, time
runs evenly. So the first hour, in which most is decided, is as wide as the weeks in which little is.
"""

from bisect import bisect_left
from dataclasses import dataclass

from prepare.texts import hours

#: Ends of the bands in hours; what lies beyond the last one stands at its end.
BANDS_H = (0, 1, 4, 24, 72, 168, 720, 8760)
#: Width of a band, of the names before the line and of the times behind it; height of a row, a bar and the head.
BAND, NAMES, TIMES, ROW, BAR, HEAD = 90, 250, 140, 26, 14, 30
#: The shortest bar that can be seen.
SHORTEST = 4


@dataclass(frozen=True)
class Bar:
    """A time in which a function is out, out for longer than is tolerable, or degraded."""

    look: str
    x: int
    width: int


@dataclass(frozen=True)
class Spell:
    """The same in minutes; `end` None: not over within the time that is looked at."""

    look: str
    start: int
    end: int | None


def place(minute: int | None) -> int:
    """Where a minute stands on the line, from its beginning; None and what lies beyond stand at its end."""
    bands = len(BANDS_H) - 1
    if minute is None or minute >= BANDS_H[-1] * 60:
        return bands * BAND
    hour = minute / 60
    band = max(bisect_left(BANDS_H, hour) - 1, 0)
    start, end = BANDS_H[band], BANDS_H[band + 1]
    return round((band + (hour - start) / (end - start)) * BAND)


def bars(spells: list[Spell]) -> list[Bar]:
    """The spells as they are drawn; none is too short to be seen, and none leaves the line."""
    found = []
    for spell in spells:
        x = min(place(spell.start), place(None) - SHORTEST)
        found.append(Bar(spell.look, x, max(place(spell.end) - x, SHORTEST)))
    return found


def marks() -> list[tuple[int, str]]:
    """Where the bands begin and end, and what stands there."""
    return [(place(hour * 60), hours(hour)) for hour in BANDS_H[:-1]]
