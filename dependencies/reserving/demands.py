"""When a function takes a reserve into use: what the cascade of a scenario says of the loss that it is kept for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dependencies.intervals import Interval, Intervals, endured, union
from dependencies.outcome import Trace
from dependencies.reserving.balance import Draw
from dependencies.reserving.vocabulary import ClaimTrigger, Consent
from dependencies.vocabulary import State
from prepare.vocabulary import Criticality

#: Who is served first. A class that nobody has given stands behind K2, as elsewhere.
ORDER = {Criticality.K1: 0, Criticality.K2: 1, None: 2, Criticality.K3: 3, Criticality.K4: 4}
LAST = 1_000_000  #: the place of a claim without a priority


@dataclass(frozen=True)
class Happening:
    """What a scenario does, as far as claims ask: function id → when it is down, and when it is degraded."""

    down: Mapping[int, Intervals] = field(default_factory=dict)
    degraded: Mapping[int, Intervals] = field(default_factory=dict)


@dataclass(frozen=True)
class ClaimFacts:
    """A claim as the calculation sees it; times in minutes."""

    id: int
    function: int
    code: str  #: of the function
    criticality: Criticality | None
    amount: float | None  #: None also when it is told in another unit than the reserve
    per_hour: bool
    trigger: ClaimTrigger
    suppliers: frozenset[int] = frozenset()  #: whose loss it waits for, if it waits for one
    from_min: int = 0
    for_min: int | None = None
    priority: int | None = None
    consent: Consent = Consent.ASKED

    @property
    def counts(self) -> bool:
        """Whether it is a demand on the reserve: what the owner has refused is none."""
        return self.consent is not Consent.REFUSED


def happening(trace: Trace) -> Happening:
    """What a traced scenario does."""
    down = {one.function.id: one.intervals for one in trace.outcomes if one.state is State.DOWN}
    return Happening(down, {one.function.id: one.degraded for one in trace.outcomes if one.degraded})


def draw(claim: ClaimFacts, seen: Happening) -> Draw:
    """What the claim takes of its reserve in a scenario; without spans it is not called on."""
    spans = endured(_losses(claim, seen), claim.from_min)
    if claim.for_min is not None:
        spans = [(start, min(end, start + claim.for_min)) for start, end in spans]
    rank = (ORDER[claim.criticality], claim.priority or LAST, claim.code)
    called = spans[0][0] - claim.from_min if spans else 0
    return Draw(rank, claim.id, claim.amount, claim.per_hour, tuple(spans), called)


def draws(claims: Iterable[ClaimFacts], seen: Happening) -> list[Draw]:
    """What these claims take in a scenario, those that count."""
    return [draw(one, seen) for one in claims if one.counts]


def _losses(claim: ClaimFacts, seen: Happening) -> list[Interval]:
    """When what the claim waits for is lost."""
    if claim.trigger is ClaimTrigger.DOWN:
        return list(seen.down.get(claim.function, ()))
    if claim.trigger is ClaimTrigger.DEGRADED:
        return union([seen.down.get(claim.function, ()), seen.degraded.get(claim.function, ())])
    return union(seen.down.get(one, ()) for one in claim.suppliers)
