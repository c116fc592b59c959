"""A score as it is kept for later: plain figures by sector and indicator, how two are compared, and their course."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from continuity.scoring import scores
from continuity.scoring.indicator import Indicator, ratio
from continuity.scoring.maturity import Known, maturity
from continuity.scoring.scores import CityScore, DimensionScore, SectorScore, points
from continuity.scoring.vocabulary import Code, Tone
from prepare.vocabulary import Dimension

#: Figures of the city stand under this name among those of its sectors.
CITY = ""
Figures = Mapping[str, Any]


def figures(city: CityScore, before: Sequence[Figures] = ()) -> dict[str, Any]:
    """What a snapshot keeps of a city's score; `before` are the figures of earlier ones, the newest first."""
    sectors = {one.item.code: _sector(one, known_of(one, before)) for one in city.sectors}
    outcomes = {item.code: _counts(indicator) for item, indicator in city.outcomes}
    whole = {
        "score": city.score,
        "coverage": city.coverage,
        "stale": city.is_stale,
        "dimensions": _dimensions(city.dimensions),
        "indicators": _indicators(city.indicators),
    }
    return {"city": whole, "sectors": sectors, "outcomes": outcomes}


def _sector(one: SectorScore, known: Known) -> dict[str, Any]:
    return {
        "weight": one.weight,
        "score": one.score,
        "coverage": one.coverage,
        "stale": one.is_stale,
        "dimensions": _dimensions(one.dimensions),
        "indicators": _indicators(one.indicators),
        "caps": [cap.dimension.value for cap in one.caps],
        "level": int(maturity(known).level),
    }


def _dimensions(found: Mapping[Dimension, DimensionScore]) -> dict[str, list[float | None]]:
    """Score and coverage of each."""
    return {dimension.value: [one.score, one.coverage] for dimension, one in found.items()}


def _indicators(found: Mapping[Code, Indicator]) -> dict[str, list[float]]:
    return {code.value: _counts(indicator) for code, indicator in found.items()}


def _counts(indicator: Indicator) -> list[float]:
    return [indicator.numerator, indicator.denominator, indicator.unknown]


def counted(city: CityScore) -> list[list[Any]]:
    """Every row that was counted, in one order: what the print of the data is taken of."""
    rows = (
        [sector.item.code, code.value, row.item.code, row.weight, round(row.share, 9), row.unknown]
        for sector in city.sectors
        for code, indicator in sector.indicators.items()
        for row in indicator.rows
    )
    return sorted(rows, key=str)


def of(kept: Figures, sector: str = CITY) -> Figures:
    """What the figures of a snapshot say of a sector, or of the city; nothing of one that was not there."""
    found: Figures = kept.get("sectors", {}).get(sector, {}) if sector else kept.get("city", {})
    return found


def score(kept: Figures, sector: str = CITY, dimension: Dimension | None = None) -> float | None:
    """A score in a snapshot: of one dimension, or the whole."""
    return _score(kept, sector, dimension)[0]


def tone(kept: Figures, sector: str = CITY, dimension: Dimension | None = None) -> Tone:
    """What a score in a snapshot meant."""
    told, coverage = _score(kept, sector, dimension)
    is_stale = dimension is None and bool(of(kept, sector).get("stale"))
    return scores.tone(told, coverage or 0.0, is_stale=is_stale)


def _score(kept: Figures, sector: str, dimension: Dimension | None) -> tuple[float | None, float | None]:
    told = of(kept, sector)
    if dimension is None:
        return told.get("score"), told.get("coverage")
    score, coverage = told.get("dimensions", {}).get(dimension.value, (None, None))
    return score, coverage


def value(kept: Figures, code: Code, sector: str = CITY) -> float | None:
    """An indicator's value in a snapshot."""
    counts = of(kept, sector).get("indicators", {}).get(code.value)
    return ratio(counts[0], counts[1]) if counts else None


def known_of(sector: SectorScore, before: Sequence[Figures]) -> Known:
    """What the levels of maturity ask about a sector; `before` are the figures of snapshots, the newest first."""
    code = sector.item.code
    told = tuple({None: score(one, code), **{d: score(one, code, d) for d in Dimension}} for one in before)
    return Known(sector, told)


@dataclass(frozen=True)
class Change:
    """A score now and in an earlier snapshot, in whole points as they are shown."""

    now: int | None
    before: int | None

    @property
    def points(self) -> int | None:
        """By how much it has risen; None when one of the two is unknown."""
        return None if self.now is None or self.before is None else self.now - self.before


def change(now: float | None, before: float | None) -> Change:
    """How a score has changed."""
    return Change(points(now), points(before))


WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 220, 36, 12, 12, 28
#: Points at which the chart has a line.
LINES = (0, 20, 40, 60, 80, 100)


@dataclass(frozen=True)
class Dot:
    """One snapshot in a chart: its day, its value and where it stands."""

    day: date
    value: int
    x: float
    y: float


def course(values: Iterable[tuple[date, float | None]]) -> list[Dot]:
    """The dots of a chart from the oldest to the newest, as far apart as their days; unknown values leave a gap out."""
    known = sorted((day, shown) for day, one in values if (shown := points(one)) is not None)
    if not known:
        return []
    first, last = known[0][0], known[-1][0]
    span = max((last - first).days, 1)
    return [Dot(day, shown, _x((day - first).days / span), line(shown)) for day, shown in known]


def _x(part: float) -> float:
    return round(LEFT + part * (WIDTH - LEFT - RIGHT), 1)


def line(shown: int) -> float:
    """How far down in a chart so many points stand."""
    return round(TOP + (100 - shown) / 100 * (HEIGHT - TOP - BOTTOM), 1)
