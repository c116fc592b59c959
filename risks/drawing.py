"""Where things stand in the pictures of risks: the matrix with its arrows, and the history of a risk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import hypot, sqrt
from typing import NamedTuple

from risks.matrix import Level, Scale

#: Sizes of the matrix in units of its picture; a phone shows five columns in their own size.
CELL_WIDTH, CELL_HEIGHT = 68, 52
LEFT, TOP, BOTTOM = 26, 22, 40
#: An arrow begins and ends so far from the middle of its cells, so that their counts stay readable.
CLEAR = 16
THINNEST, THICKEST = 1.25, 4.0


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix: its steps, score, level and count, and the upper left corner of its box."""

    likelihood: int
    impact: int
    level: Level
    count: int
    x: int
    y: int

    @property
    def score(self) -> int:
        """Likelihood times impact."""
        return self.likelihood * self.impact

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return self.x + CELL_WIDTH / 2, self.y + CELL_HEIGHT / 2


@dataclass(frozen=True)
class Arrow:
    """How many risks go from one cell to another, and the line that shows it."""

    count: int
    start: tuple[int, int]
    end: tuple[int, int]
    path: str
    width: float

    @property
    def halo(self) -> float:
        """The width of the light line under it, on which it stands out from the cells."""
        return self.width + 2.5


@dataclass(frozen=True)
class Picture:
    """The matrix as it is drawn, the likeliest row on top."""

    width: int
    height: int
    cells: tuple[Cell, ...]
    arrows: tuple[Arrow, ...]
    columns: tuple[tuple[int, float], ...]  #: (step of impact, middle of its column)
    rows: tuple[tuple[int, float], ...]  #: (step of likelihood, middle of its row)


@dataclass(frozen=True, order=True)
class Move:
    """So many risks go from one (likelihood, impact) to another."""

    start: tuple[int, int]
    end: tuple[int, int]
    count: int


def picture(scale: Scale, counts: Mapping[tuple[int, int], int], moves: Iterable[Move] = ()) -> Picture:
    """The matrix of this scale: `counts` are the risks in each cell; a move within one cell is not drawn."""
    tall = len(scale.likelihoods)
    cells = {
        (likelihood, impact): Cell(
            likelihood,
            impact,
            level,
            counts.get((likelihood, impact), 0),
            LEFT + (impact - 1) * CELL_WIDTH,
            TOP + (tall - likelihood) * CELL_HEIGHT,
        )
        for likelihood, impact, level in scale.cells()
    }
    drawn = [move for move in moves if move.start != move.end and {move.start, move.end} <= cells.keys()]
    most = max((move.count for move in drawn), default=1)
    return Picture(
        width=LEFT + len(scale.impacts) * CELL_WIDTH + 4,
        height=TOP + tall * CELL_HEIGHT + BOTTOM,
        cells=tuple(cells.values()),
        arrows=tuple(_arrow(move, cells, most) for move in sorted(drawn)),
        columns=tuple((step, LEFT + (step - 0.5) * CELL_WIDTH) for step in scale.impact_steps),
        rows=tuple((step, TOP + (tall - step + 0.5) * CELL_HEIGHT) for step in scale.likelihood_steps),
    )


def _arrow(move: Move, cells: Mapping[tuple[int, int], Cell], most: int) -> Arrow:
    """A bow from cell to cell: two that run the same way between the same cells would lie on one another otherwise."""
    (x1, y1), (x2, y2) = cells[move.start].middle, cells[move.end].middle
    length = hypot(x2 - x1, y2 - y1)
    along, across = ((x2 - x1) / length, (y2 - y1) / length), (-(y2 - y1) / length, (x2 - x1) / length)
    begin = (x1 + along[0] * CLEAR, y1 + along[1] * CLEAR)
    stop = (x2 - along[0] * CLEAR, y2 - along[1] * CLEAR)
    bend = length / 8
    over = ((x1 + x2) / 2 + across[0] * bend, (y1 + y2) / 2 + across[1] * bend)
    path = f"M{begin[0]:.1f} {begin[1]:.1f}Q{over[0]:.1f} {over[1]:.1f} {stop[0]:.1f} {stop[1]:.1f}"
    width = THINNEST + (THICKEST - THINNEST) * sqrt(move.count / most) if most > 1 else THINNEST + 1
    return Arrow(move.count, move.start, move.end, path, round(width, 1))


#: Sizes of the history: a band for each level, the gravest on top, its name at the left.
BAND, WIDE, EDGE, LABEL = 26, 640, 14, 110


class Point(NamedTuple):
    """An assessment in the history of a risk."""

    x: float
    y: float
    level: Level


@dataclass(frozen=True)
class History:
    """The levels of a risk over time: the bands, and the points of what it was and of what treatment promised."""

    width: int
    height: int
    bands: tuple[tuple[Level, int], ...]  #: (level, upper edge of its band)
    points: tuple[Point, ...]
    expected: tuple[Point, ...]

    @property
    def line(self) -> str:
        """The line through the points, which steps when the level was judged anew."""
        return _steps_of(self.points)

    @property
    def expected_line(self) -> str:
        """The line of what was expected after treatment."""
        return _steps_of(self.expected)


def history(told: Sequence[tuple[date, Level | None, Level | None]], on: date) -> History | None:
    """The picture of assessments (day, level, level expected after treatment) in their order, up to the day `on`.

    None while there are not two days to show.
    """
    days = [day for day, level, _residual in told if level]
    if not days or max(days[-1], on) == days[0]:
        return None
    span = (max(days[-1], on) - days[0]).days

    def place(day: date, level: Level) -> Point:
        x = LABEL + (WIDE - LABEL - EDGE) * (day - days[0]).days / span
        return Point(round(x, 1), (len(Level) - level + 0.5) * BAND, level)

    points = [place(day, level) for day, level, _residual in told if level]
    expected = [place(day, residual) for day, level, residual in told if level and residual]
    bands = tuple((level, (len(Level) - level) * BAND) for level in reversed(Level))
    return History(WIDE, len(Level) * BAND, bands, tuple(points), tuple(expected))


def _steps_of(points: Sequence[Point]) -> str:
    """A line that stays level until the next point, and from the last one to the right edge."""
    if not points:
        return ""
    parts = [f"M{points[0].x:g} {points[0].y:g}"]
    parts += [f"H{point.x:g}V{point.y:g}" for point in points[1:]]
    return "".join([*parts, f"H{WIDE - EDGE}"])


@dataclass(frozen=True)
class Share:
    """A piece of a bar: a level, its count, and where the piece begins and how wide it is, in hundredths of the bar."""

    level: Level
    count: int
    x: float
    width: float


def bar(counts: Mapping[Level, int]) -> tuple[Share, ...]:
    """A bar of the counts by level, the gravest first; levels without a risk are left out."""
    total, x, shares = sum(counts.values()), 0.0, []
    for level in reversed(Level):
        if count := counts.get(level, 0):
            width = 100 * count / total
            shares.append(Share(level, count, round(x, 2), round(width, 2)))
            x += width
    return tuple(shares)
