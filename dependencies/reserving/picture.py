"""The picture of a reserve in a scenario: what is wanted and what is there over the hours, as corners of lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from dependencies.outcome import HORIZON_H
from dependencies.reserving.balance import HOUR, Balance, Stock, Stretch

WIDTH, HEIGHT = 720, 260  #: of the picture
LEFT, RIGHT, TOP, FOOT = 76, 16, 16, 34  #: what stays free at its edges
HORIZON = HORIZON_H * HOUR
STEPS_H = (1, 2, 4, 6, 12, 24, 48, 72, 168, 336, 720, 2160)  #: distances between two marks of the hours
MOST_MARKS = 9


@dataclass(frozen=True)
class Mark:
    """A mark on an axis: where it stands, and the hours or the amount that it tells."""

    at: float
    value: float


@dataclass(frozen=True)
class Picture:
    """Two lines and the places where they cross, with the marks of both axes."""

    wanted: str
    there: str
    missing: tuple[str, ...]  #: outlines of what is wanted and not there
    hours: tuple[Mark, ...]
    amounts: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    ground: int = HEIGHT - FOOT
    right: int = WIDTH - RIGHT


@dataclass(frozen=True)
class _Scale:
    end: int
    top: float

    def x(self, minute: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(minute, self.end) / self.end, 1)

    def y(self, amount: float) -> float:
        return round(HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * amount / self.top, 1)

    def corners(self, points: Sequence[tuple[int, float]]) -> str:
        return " ".join(f"{self.x(minute):g},{self.y(amount):g}" for minute, amount in points)


def drawn(stock: Stock, found: Balance) -> Picture | None:
    """The reserve in a scenario as a picture; None where nothing is known that could be drawn."""
    if stock.quantity is None or not found.stretches:
        return None
    end = _end(found.stretches)
    scale = _Scale(end, max(stock.quantity, *(one.wanted for one in found.stretches)) or 1.0)
    wanted = _rising(found.stretches) if stock.is_consumable else _standing(found.stretches)
    return Picture(
        scale.corners([*wanted, (end, wanted[-1][1])]),
        scale.corners(_supply(stock, found, end)),
        tuple(scale.corners(_gap(one, stock)) for one in found.stretches if one.missing),
        _hours(scale),
        _amounts(scale),
    )


def _end(stretches: Sequence[Stretch]) -> int:
    """The last minute that is shown: what is not over within the horizon is shown a while longer than the rest."""
    edges = [edge for one in stretches for edge in (one.start, one.end) if edge < HORIZON]
    return max(HOUR, int(max(edges) * 1.1))


def _standing(stretches: Sequence[Stretch]) -> list[tuple[int, float]]:
    """What is wanted at a time: it changes at once."""
    found: list[tuple[int, float]] = [(0, 0.0)]
    for one in stretches:
        if one.start > found[-1][0]:
            found += [(found[-1][0], 0.0), (one.start, 0.0)]
        found += [(one.start, one.wanted), (one.end, one.wanted)]
    return [*found, (stretches[-1].end, 0.0)]


def _rising(stretches: Sequence[Stretch]) -> list[tuple[int, float]]:
    """What has been wanted so far: it rises from the start of a stretch to its end."""
    found, before = [(0, 0.0)], 0.0
    for one in stretches:
        found += [(one.start, before), (one.end, one.wanted)]
        before = one.wanted
    return found


def _supply(stock: Stock, found: Balance, end: int) -> list[tuple[int, float]]:
    since = found.ready if found.ready is not None else found.called or 0
    amount = stock.quantity or 0.0
    line = [(0, 0.0), (since, 0.0), (since, amount)]
    if stock.lasts is not None and since + stock.lasts < end:
        over = since + stock.lasts
        return [*line, (over, amount), (over, 0.0), (end, 0.0)]
    return [*line, (max(end, since), amount)]


def _gap(one: Stretch, stock: Stock) -> list[tuple[int, float]]:
    """The outline of what is missing in a stretch."""
    low = one.there if not stock.is_consumable else max(0.0, one.wanted - one.missing)
    return [(one.start, low), (one.start, one.wanted), (one.end, one.wanted), (one.end, low)]


def _hours(scale: _Scale) -> tuple[Mark, ...]:
    whole = scale.end / HOUR
    step = next((one for one in STEPS_H if whole / one <= MOST_MARKS), STEPS_H[-1])
    return tuple(Mark(scale.x(hour * HOUR), hour) for hour in range(0, int(whole) + 1, step))


def _amounts(scale: _Scale) -> tuple[Mark, ...]:
    return tuple(Mark(scale.y(scale.top * part / 4), round(scale.top * part / 4, 1)) for part in range(5))
