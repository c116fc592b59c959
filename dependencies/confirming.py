"""Two-sided confirmation: what each side of a dependency has signed, how long it holds, and whether it matches.

The consumer signs "I need it back within X hours, at least at so many per cent"; the provider signs "I deliver within
Y hours, at Z per cent". A signature holds for 24 months, for a function of class K1 for 12 (W9 and I17 rest on the
same rule), and only while the need is what it was when it was signed: its tolerance, strength, number of suppliers
and kind. Agreement is reached when both signatures hold and what is delivered is no later and no less than needed.
What nobody knows is told as unknown; it never counts as a match.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from dependencies.vocabulary import Accord, DependencyKind, Standing, Strength
from prepare.months import months_after
from prepare.vocabulary import Criticality

#: For how many months a signature holds.
USUAL_MONTHS, STRICT_MONTHS = 24, 12
STRICT = frozenset({Criticality.K1})
#: After how many days without an answer whoever asked is told.
PATIENCE_DAYS = 14


@dataclass(frozen=True)
class Basis:
    """What a signature rests on: the dependency as it was then."""

    tolerance_h: float  #: of the need and this supplier together
    strength: Strength
    min_required: int
    flow: DependencyKind


@dataclass(frozen=True)
class Signed:
    """What one side signed on a day; None = not known. `delivers` is False when a supplier says that it does not."""

    hours: float | None
    capacity_pct: float | None
    stated_on: date
    basis: Basis
    delivers: bool = True


class Signature(Enum):
    """Whether one side's signature holds."""

    MISSING = "missing"
    ANEW = "anew"  #: what it rested on has changed since
    EXPIRED = "expired"
    HOLDS = "holds"


@dataclass(frozen=True)
class Judged:
    """How the two sides stand to each other, and whether the signature of each holds."""

    accord: Accord
    need: Signature
    delivery: Signature

    @property
    def waits_for_provider(self) -> bool:
        """Whether the supplier is to answer or to settle a mismatch."""
        return self.accord is Accord.MISMATCH or self.delivery is not Signature.HOLDS

    @property
    def waits_for_consumer(self) -> bool:
        """Whether whoever needs it is to sign or to settle a mismatch."""
        return self.accord is Accord.MISMATCH or self.need is not Signature.HOLDS


@dataclass(frozen=True)
class Promise:
    """The hours in which a supplier delivers by an agreement: when the later side signed, and who for the supplier."""

    hours: float
    agreed_on: date
    by: str


def months(criticality: Criticality | None) -> int:
    """For how many months a confirmation of what a function of this class needs holds."""
    return STRICT_MONTHS if criticality in STRICT else USUAL_MONTHS


def oldest(criticality: Criticality | None, *, on: date) -> date:
    """The earliest day of a signature that still holds on the day `on`."""
    return months_after(on, -months(criticality))


def last_day(stated_on: date, criticality: Criticality | None) -> date:
    """The last day on which a signature of the day `stated_on` holds."""
    return months_after(stated_on, months(criticality))


def is_fresh(stated_on: date | None, criticality: Criticality | None, *, on: date) -> bool:
    """Whether a confirmation of this day still holds for what a function of this class needs (W9, I17)."""
    return stated_on is not None and stated_on >= oldest(criticality, on=on)


def basis_of(dependency: Any) -> Basis:
    """What a dependency's record is now."""
    need = dependency.need
    return Basis(
        need.tolerance_h + dependency.extra_tolerance_h, need.strength, need.min_required or 1, dependency.kind
    )


def signed_of(statement: Any) -> Signed | None:
    """What a statement's record says; None when there is none."""
    if statement is None:
        return None
    basis = Basis(statement.tolerance_h, statement.strength, statement.min_required, statement.flow)
    return Signed(
        statement.hours, statement.capacity_pct, statement.stated_on, basis, delivers=statement.delivers is not False
    )


def signature(signed: Signed | None, basis: Basis, criticality: Criticality | None, *, on: date) -> Signature:
    """Whether what one side signed holds on the day `on`, the dependency being what `basis` says now."""
    if signed is None:
        return Signature.MISSING
    if signed.basis != basis:
        return Signature.ANEW
    return Signature.HOLDS if is_fresh(signed.stated_on, criticality, on=on) else Signature.EXPIRED


def judge(
    need: Signed | None, delivery: Signed | None, basis: Basis, criticality: Criticality | None, *, on: date
) -> Judged:
    """How the two sides stand to each other on the day `on`.

    `need` and `delivery` are the latest that each side signed, `criticality` the class of the function that needs it.
    """
    of_need, of_delivery = (signature(one, basis, criticality, on=on) for one in (need, delivery))
    return Judged(_accord(need, delivery, of_need, of_delivery), of_need, of_delivery)


def _accord(need: Signed | None, delivery: Signed | None, of_need: Signature, of_delivery: Signature) -> Accord:
    answered = delivery is not None and of_delivery is Signature.HOLDS
    if delivery and answered and not delivery.delivers:
        return Accord.MISMATCH
    if need and delivery and answered and of_need is Signature.HOLDS:
        if falls_short(need, delivery):
            return Accord.MISMATCH
        return Accord.UNKNOWN if is_unknown(need, delivery) else Accord.AGREED
    if Signature.EXPIRED in (of_need, of_delivery):
        return Accord.EXPIRED
    if answered:
        return Accord.WAITS_CONSUMER
    return Accord.WAITS_PROVIDER if of_need is Signature.HOLDS else Accord.UNSTATED


def falls_short(need: Signed, delivery: Signed) -> bool:
    """Whether what is delivered is later or less than what is needed, as far as both are known."""
    return is_late(need, delivery) or is_little(need, delivery)


def is_late(need: Signed, delivery: Signed) -> bool:
    """Whether it is delivered later than it is needed."""
    return need.hours is not None and delivery.hours is not None and delivery.hours > need.hours


def is_little(need: Signed, delivery: Signed) -> bool:
    """Whether less of it is delivered than is needed."""
    known = need.capacity_pct is not None and delivery.capacity_pct is not None
    return known and delivery.capacity_pct < need.capacity_pct  # type: ignore[operator]


def is_unknown(need: Signed, delivery: Signed) -> bool:
    """Whether a figure is missing without which nobody can say that it matches."""
    lacks_capacity = need.capacity_pct is not None and delivery.capacity_pct is None
    return need.hours is None or delivery.hours is None or lacks_capacity


def standing(need: Signed | None, delivery: Signed | None, basis: Basis) -> Standing:
    """What the supplier says of the dependency, whatever the day: it is kept beside the day of its answer.

    An answer to another need than that of now counts as none. One that falls short of what the consumer signed
    disputes it, and so does a supplier that does not deliver; a supplier that cannot say when is told apart.
    """
    if delivery is None or delivery.basis != basis:
        return Standing.PROPOSED
    wanted = need if need and need.basis == basis else None
    if not delivery.delivers or (wanted and falls_short(wanted, delivery)):
        return Standing.DISPUTED
    return Standing.UNKNOWN if delivery.hours is None else Standing.CONFIRMED


def suggested_h(tolerance_h: float, rto_h: float | None, mtpd_h: float | None) -> float | None:
    """Within how many hours a function needs its supplier back, as far as the register knows (cascade.md 2.4).

    It keeps its recovery time objective (RTO) when the supplier is back before the tolerance and the objective have
    passed together; without an objective its MTPD stands for it. None when neither is known.
    """
    objective = rto_h if rto_h is not None else mtpd_h
    return None if objective is None else tolerance_h + objective


def slowest(promises: Iterable[Promise]) -> Promise | None:
    """The promise by which a supplier's recovery is reckoned: the slowest one; of equal ones the latest agreed."""
    return max(promises, key=lambda one: (one.hours, one.agreed_on, one.by), default=None)


def differs_from_own(promised_h: float | None, capability_h: float | None, rto_h: float | None) -> float | None:
    """What a supplier of the city's own says of itself, in hours, when it is later than what it promises; else None.

    Its own word is its recovery capability, or its objective (RTO) while the capability is not known.
    """
    own = capability_h if capability_h is not None else rto_h
    return own if own is not None and promised_h is not None and own > promised_h else None
