"""Small charts of figures over time: where each point stands in a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, EDGE = 240, 72, 10  #: of a picture, and what stays free at its edges


@dataclass(frozen=True)
class Dot:
    """A figure in the picture: its place from the left and from the top, its day and value."""

    x: float
    y: float
    day: date
    value: float


@dataclass(frozen=True)
class Line:
    """Figures as a line; `points` as a picture writes them."""

    dots: tuple[Dot, ...]

    @property
    def points(self) -> str:
        """The corners of the line."""
        return " ".join(f"{dot.x:g},{dot.y:g}" for dot in self.dots)

    @property
    def change(self) -> float:
        """How much the last figure differs from the first."""
        return self.dots[-1].value - self.dots[0].value


def bounds(values: Sequence[float]) -> tuple[float, float]:
    """The lowest and highest value that a picture shows; of one value half as much on either side."""
    low, high = min(values), max(values)
    room = (high - low) or abs(high) or 1.0
    return (low, high) if high > low else (low - room / 2, high + room / 2)


def drawn(figures: Sequence[tuple[date, float]], scale: tuple[float, float] | None = None) -> Line:
    """Figures by day as a line; `scale` is the lowest and highest value that several pictures share.

    A single figure stands in the middle. There is at least one figure.
    """
    low, high = scale or bounds([value for _day, value in figures])
    first, last = figures[0][0], figures[-1][0]
    days = (last - first).days
    wide, tall = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    return Line(
        tuple(
            Dot(
                round(EDGE + (wide * (day - first).days / days if days else wide / 2), 1),
                round(EDGE + tall * (high - value) / (high - low), 1),
                day,
                value,
            )
            for day, value in figures
        )
    )
