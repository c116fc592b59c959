"""A chart of counts that only rise: a step for every duration at which more functions are affected."""

from collections.abc import Sequence
from types import SimpleNamespace

from prepare.texts import hours, number

WIDTH, HEIGHT = 880, 340
LEFT, RIGHT, TOP, BOTTOM = 44, 168, 14, 40
GAP = 17  #: least distance of two labels at the right edge
TICKS_H = (1, 2, 4, 6, 12, 24, 48, 72, 168, 336, 720, 1440, 2880)
TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def draw(series: Sequence[tuple[str, str, Sequence[tuple[int, int]]]], longest: int, marks: Sequence[int]) -> object:
    """The drawing of some series: each its look, its label and its (minute, count) from left to right.

    A count holds from its minute on; before the first it is 0. `marks` are minutes to be marked.
    """
    highest = max((count for _look, _label, steps in series for _minute, count in steps), default=0)
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(minute: int) -> int:
        return LEFT + round(wide * min(minute, longest) / longest)

    def y(count: int) -> int:
        return TOP + high - round(high * count / max(1, highest))

    lines, taken = [], HEIGHT
    ends = [(steps[-1][1] if steps else 0, look, label, steps) for look, label, steps in series]
    for count, look, label, steps in sorted(ends, key=lambda end: end[0]):
        path = f"M{LEFT} {y(0)}" + "".join(f"H{x(minute)}V{y(value)}" for minute, value in steps) + f"H{WIDTH - RIGHT}"
        taken = min(y(count), taken - GAP)
        lines.append(SimpleNamespace(look=look, path=path, label=f"{label}: {number(count)}", at=taken))
    return SimpleNamespace(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        bottom=HEIGHT - BOTTOM,
        top=TOP,
        lines=lines,
        across=[(x(minute), hours(minute / 60)) for minute in _steps(longest, [60 * t for t in TICKS_H], 9)],
        up=[(y(count), number(count)) for count in _steps(highest, TICKS, 6)],
        marks=[x(minute) for minute in marks if minute <= longest],
    )


def _steps(highest: int, sizes: Sequence[int], most: int) -> range:
    """Round figures from 0 up to the highest, at most so many."""
    size = next((size for size in sizes if highest <= size * most), sizes[-1])
    return range(0, highest + 1, size)
