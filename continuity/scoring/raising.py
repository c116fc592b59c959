"""What would raise a sector's score most: for each thing to do the gain, were it done and all else as it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from continuity.scoring.indicator import Effect, Indicator, Row, Step
from continuity.scoring.scores import SectorScore, caps, dimensions, mean
from continuity.scoring.vocabulary import Code

MOST = 10  #: things that are named


@dataclass(frozen=True)
class Gain:
    """A thing to do, by how many points it raises the sector's score, and in which indicators."""

    step: Step
    points: float
    codes: tuple[Code, ...]
    rows: int  #: how many rows would count then


def gains(sector: SectorScore, *, most: int = MOST) -> list[Gain]:
    """The things that would raise the score most, the greatest gain first; what raises nothing is left out.

    One thing may make several rows count: an approved plan covers several functions. A thing that lifts a cap gains
    what the cap held back.
    """
    if sector.score is None:
        return []
    found = [_gain(sector, step, rows, sector.score) for step, rows in _by_step(sector).items()]
    raising = [gain for gain in found if gain.points > 0]
    return sorted(raising, key=lambda gain: (-round(gain.points, 6), gain.step.item.code, gain.step.do))[:most]


def _by_step(sector: SectorScore) -> dict[Step, list[tuple[Code, Row]]]:
    found: dict[Step, list[tuple[Code, Row]]] = defaultdict(list)
    for code, indicator in sector.indicators.items():
        for row in indicator.rows:
            if row.step and row.step.effect is not Effect.NONE and not row.counts:
                found[row.step].append((code, row))
    return found


def _gain(sector: SectorScore, step: Step, rows: list[tuple[Code, Row]], now: float) -> Gain:
    codes = {code for code, _row in rows}
    return Gain(step, score_if(sector, step, codes) - now, tuple(code for code in Code if code in codes), len(rows))


def score_if(sector: SectorScore, step: Step, codes: Iterable[Code] = Code) -> float:
    """The sector's score if one thing were done, as far as it touches these indicators."""
    found = dict(sector.indicators)
    for code in codes:
        rows = (_done(row) if row.step == step else row for row in found[code].rows)
        found[code] = Indicator(code, tuple(row for row in rows if row))
    return mean(one.score for one in dimensions(found, caps(found)).values()) or 0.0


def _done(row: Row) -> Row | None:
    """The row once its step has been taken."""
    leaves = row.step is not None and row.step.effect is Effect.LEAVES
    return None if leaves else replace(row, share=1.0, unknown=0.0)
