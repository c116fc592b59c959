"""From indicators to scores: dimensions, sectors and the city, with caps so that an average cannot hide a hole.

A dimension's score is the mean of its indicators that have something to ask about; a sector's is the mean of its
dimensions; the city's is the mean of its sectors, each weighing as much as its functions do (domain.md 4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from continuity.scoring import cooperating, knowing, leading, planning
from continuity.scoring.cases import FunctionFacts, SectorFacts
from continuity.scoring.indicator import Indicator, Item, Mark, Row, together
from continuity.scoring.vocabulary import Code, Tone, weight_of
from prepare.months import months_after
from prepare.registration import VITAL
from prepare.texts import N_
from prepare.vocabulary import CapabilityBasis, Criticality, Dimension

GOOD, FAIR = 80, 60
#: With less than this share known a score has no colour.
ENOUGH = 0.5
#: Data of K1-K2 functions older than so many months is old; with more than this share old a score is stale.
OLD_MONTHS, MOST_OLD = 12, 0.25


@dataclass(frozen=True)
class Cap:
    """A highest score of a dimension, and the hole for which it holds (an N_() sentence)."""

    dimension: Dimension
    highest: int
    reason: str
    rows: tuple[Row, ...]  #: the records that make the hole


@dataclass(frozen=True)
class Hole:
    """Which rows cap a dimension: those of the indicators `codes` that bear the mark of a hole."""

    dimension: Dimension
    highest: int
    codes: tuple[Code, ...]
    reason: str


HOLES = (
    Hole(Dimension.PLAN, 59, (Code.PLANNED,), N_("A vital function has no approved plan.")),
    Hole(Dimension.KNOW, 59, (Code.RISKS,), N_("A critical risk has no owner or no treatment.")),
    Hole(
        Dimension.COOP,
        59,
        (Code.TRANSFERS, Code.AGREEMENTS),
        N_("Something was lost in a transfer, or an agreement under a vital function has run out."),
    ),
)
UNEXERCISED = N_("No plan of a vital function has been exercised in 36 months.")
LEAST_EXERCISED = 39


@dataclass(frozen=True)
class DimensionScore:
    """One side of readiness of a sector, or of the city."""

    dimension: Dimension
    mean: float | None  #: before the caps
    score: float | None  #: from 0 to 100; None when no indicator has anything to ask about
    coverage: float  #: which share of what its indicators ask is known, from 0 to 1
    left_out: tuple[Code, ...] = ()  #: indicators with nothing to ask about

    @property
    def tone(self) -> Tone:
        """What the score means."""
        return tone(self.score, self.coverage)


@dataclass(frozen=True)
class SectorScore:
    """A sector's readiness with everything that it is made of."""

    item: Item
    weight: float  #: of its functions together
    indicators: Mapping[Code, Indicator]
    dimensions: Mapping[Dimension, DimensionScore]
    caps: tuple[Cap, ...]
    functions: int = 0
    vital: int = 0  #: K1-K2 functions
    old: int = 0  #: those of them that were not reviewed within a year
    exercised_share: float | None = None  #: K1 functions whose capability is known from an exercise or an event

    @property
    def score(self) -> float | None:
        """The mean of its dimensions."""
        return mean(one.score for one in self.dimensions.values())

    @property
    def coverage(self) -> float:
        """Which share of what all indicators ask is known."""
        return sum(indicator.known for indicator in self.indicators.values()) / len(Code)

    @property
    def is_stale(self) -> bool:
        """Whether too much of the data is old for the score to be called good."""
        return stale(self.old, self.vital)

    @property
    def tone(self) -> Tone:
        """What the score means; a stale one is never good."""
        return tone(self.score, self.coverage, is_stale=self.is_stale)


@dataclass(frozen=True)
class CityScore:
    """The readiness of a city: of all its sectors."""

    item: Item
    sectors: tuple[SectorScore, ...]
    indicators: Mapping[Code, Indicator]
    dimensions: Mapping[Dimension, DimensionScore]
    outcomes: tuple[tuple[Item, Indicator], ...] = ()  #: O1: survivability in each scenario, beside the score

    @property
    def score(self) -> float | None:
        """The mean of the sectors' scores, by weight."""
        return weighted((sector.weight, sector.score) for sector in self.sectors)

    @property
    def coverage(self) -> float:
        """As a sector's, by weight."""
        return weighted((sector.weight, sector.coverage) for sector in self.sectors) or 0.0

    @property
    def is_stale(self) -> bool:
        """As a sector's, over all of them."""
        return stale(sum(sector.old for sector in self.sectors), sum(sector.vital for sector in self.sectors))

    @property
    def lowest(self) -> SectorScore | None:
        """The sector with the lowest score."""
        scored = [sector for sector in self.sectors if sector.score is not None]
        return min(scored, key=lambda sector: (sector.score, sector.item.code), default=None)

    @property
    def tone(self) -> Tone:
        """What the score means; a stale one is never good."""
        return tone(self.score, self.coverage, is_stale=self.is_stale)


def points(value: float | None) -> int | None:
    """A score as it is shown: whole points, halves upwards. Colours and levels go by what is shown."""
    return None if value is None else int(value + 0.5)


def tone(value: float | None, coverage: float, *, is_stale: bool = False) -> Tone:
    """What a score means; nothing where less than half is known."""
    shown = points(value)
    if shown is None or coverage < ENOUGH:
        return Tone.UNKNOWN
    if shown >= GOOD:
        return Tone.FAIR if is_stale else Tone.GOOD
    return Tone.FAIR if shown >= FAIR else Tone.WEAK


def stale(old: int, vital: int) -> bool:
    """Whether more than a quarter of the K1-K2 functions have not been reviewed within a year."""
    return old > MOST_OLD * vital


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of those that are known; None of none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def weighted(pairs: Iterable[tuple[float, float | None]]) -> float | None:
    """The mean by weight of those that are known; None of none, and when nothing weighs anything."""
    known = [(weight, value) for weight, value in pairs if value is not None]
    total = sum(weight for weight, _value in known)
    return sum(weight * value for weight, value in known) / total if total else None


def indicators(facts: SectorFacts, on: date) -> dict[Code, Indicator]:
    """Every indicator of a sector on the day `on`, in order."""
    functions = facts.functions
    rows: dict[Code, Iterable[Row | None]] = {
        Code.COMPLETE: map(knowing.complete, functions),
        Code.REVIEWED: (knowing.reviewed(one, on) for one in functions),
        Code.PLANNED: (planning.planned(one, on) for one in functions),
        Code.CURRENT: (planning.current(one, on) for one in functions),
        Code.EXERCISED: (planning.exercised(one, on) for one in functions),
        Code.ACHIEVABLE: map(knowing.achievable, functions),
        Code.LOSSES: map(leading.loss, facts.losses),
        Code.REDUNDANT: map(planning.redundant, facts.needs),
        Code.INTERFACES: (cooperating.interface(one, on) for one in facts.interfaces),
        Code.AGREEMENTS: map(cooperating.agreement, facts.agreements),
        Code.RISKS: (knowing.risk(one, on) for one in facts.risks),
        Code.MEASURES: [
            *(leading.measure(one, on) for one in facts.measures),
            *(leading.observation(one, on) for one in facts.observations),
        ],
        Code.TRANSFERS: map(cooperating.transfer, facts.transfers),
        Code.CADENCE: (leading.meets(one, on) for one in facts.bodies),
        Code.HOLDERS: map(leading.holders, facts.holders),
        Code.GUIDANCE: map(leading.answered, facts.answers),
        Code.CONFIRMED: (cooperating.confirmed(one, on) for one in facts.dependencies),
    }
    return {code: Indicator(code, tuple(row for row in rows[code] if row)) for code in Code}


def caps(found: Mapping[Code, Indicator]) -> tuple[Cap, ...]:
    """The caps in force."""
    held = []
    for hole in HOLES:
        rows = tuple(row for code in hole.codes for row in found[code].rows if row.mark is Mark.HOLE and not row.counts)
        if rows:
            held.append(Cap(hole.dimension, hole.highest, hole.reason, rows))
    vital = tuple(row for row in found[Code.EXERCISED].rows if row.mark)
    if vital and not any(row.counts or row.mark is Mark.RECENT for row in vital):
        held.append(Cap(Dimension.EXER, LEAST_EXERCISED, UNEXERCISED, vital))
    return tuple(held)


def dimensions(found: Mapping[Code, Indicator], held: Iterable[Cap]) -> dict[Dimension, DimensionScore]:
    """The six dimensions, each no higher than its caps."""
    highest = {cap.dimension: cap.highest for cap in held}
    scored = {}
    for dimension in Dimension:
        own = [found[code] for code in Code if code.dimension is dimension]
        average = mean(indicator.value for indicator in own)
        score = None if average is None else min(average, highest.get(dimension, 100))
        coverage = sum(indicator.known for indicator in own) / len(own)
        left_out = tuple(code for code in Code if code.dimension is dimension and found[code].value is None)
        scored[dimension] = DimensionScore(dimension, average, score, coverage, left_out)
    return scored


def sector(facts: SectorFacts, on: date) -> SectorScore:
    """The score of one sector on the day `on`."""
    found = indicators(facts, on)
    held = caps(found)
    vital = [one for one in facts.functions if one.criticality in VITAL]
    return SectorScore(
        facts.item,
        sum(weight_of(one.criticality) for one in facts.functions),
        found,
        dimensions(found, held),
        held,
        len(facts.functions),
        len(vital),
        sum(is_old(one, on) for one in vital),
        _exercised_share(facts.functions),
    )


def is_old(case: FunctionFacts, on: date) -> bool:
    """Whether a function was not reviewed within a year; one of which nobody knows it counts as old."""
    return case.reviewed_on is None or case.reviewed_on < months_after(on, -OLD_MONTHS)


def _exercised_share(functions: Iterable[FunctionFacts]) -> float | None:
    proven = (CapabilityBasis.EXERCISED, CapabilityBasis.REAL_EVENT)
    return mean(float(one.capability_basis in proven) for one in functions if one.criticality is Criticality.K1)


def city(item: Item, sectors: Iterable[SectorScore], outcomes: Iterable[tuple[Item, Indicator]] = ()) -> CityScore:
    """The score of a city from those of its sectors."""
    every = tuple(sectors)
    found = {code: together(code, (one.indicators[code] for one in every)) for code in Code}
    return CityScore(item, every, found, {d: _of_city(d, every, found) for d in Dimension}, tuple(outcomes))


def _of_city(dimension: Dimension, sectors: Iterable[SectorScore], found: Mapping[Code, Indicator]) -> DimensionScore:
    own = [(one.weight, one.dimensions[dimension]) for one in sectors]
    left_out = tuple(code for code in Code if code.dimension is dimension and found[code].value is None)
    return DimensionScore(
        dimension,
        weighted((weight, score.mean) for weight, score in own),
        weighted((weight, score.score) for weight, score in own),
        weighted((weight, score.coverage) for weight, score in own) or 0.0,
        left_out,
    )
