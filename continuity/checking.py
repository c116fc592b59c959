"""What the register counts for the requirements of the guidance: a rule for each automatic check (domain.md 2.3).

Each rule gives one yes or no for each thing that it looks at. What nobody has recorded is no: a check tells what can
be shown, not what may be so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from dependencies import confirming
from prepare.checks import NOTHING, Check, Checked
from prepare.months import months_after
from prepare.registration import VITAL
from prepare.vocabulary import Criticality
from risks import cadence

#: Evidence counts for so many months: of exercises, and of reviews; of suppliers `dependencies.confirming` tells.
FRESH_MONTHS, REVIEW_MONTHS = 24, 12
BRIDGED_H = 72  #: what a household is asked to manage, and a vital function too


@dataclass(frozen=True)
class FunctionFact:
    """A function in use, and its plan in force."""

    criticality: Criticality | None
    is_confirmed: bool = False
    is_analysed: bool = False  #: impacts, MTPD, RTO and minimum level are all there
    reviewed_on: date | None = None
    is_planned: bool = False
    exercised_on: date | None = None  #: when its plan was last exercised


@dataclass(frozen=True)
class NeedFact:
    """An essential need of a function, or one supplier of it."""

    criticality: Criticality | None
    tolerance_h: float = 0.0
    has_workaround: bool = False
    confirmed_on: date | None = None  #: when the supplier confirmed; None = it did not
    has_supplier: bool = True


@dataclass(frozen=True)
class PlanFact:
    """A plan in use."""

    is_approved: bool = False  #: by the director, which is the only way
    has_all_levels: bool = False  #: tasks for each level of preparedness


@dataclass(frozen=True)
class RiskFact:
    """A risk that is not closed."""

    has_threat: bool
    is_assessed: bool


@dataclass(frozen=True)
class InterfaceFact:
    """An interface that is not dissolved."""

    criticality: Criticality | None
    has_owners: bool = False
    has_alerting: bool = False
    exercised_on: date | None = None


@dataclass(frozen=True)
class SeatFact:
    """A seat in a network of preparedness contacts, with the days of the network's meetings."""

    cadence_months: int | None
    held_on: date | None = None
    failed_on: date | None = None
    appointed_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """Everything that the checks look at, of one organisation and what stands below it."""

    duties: tuple[bool, ...] = ()  #: contact and deputy named
    functions: tuple[FunctionFact, ...] = ()
    needs: tuple[NeedFact, ...] = ()
    suppliers: tuple[NeedFact, ...] = ()
    plans: tuple[PlanFact, ...] = ()
    risks: tuple[RiskFact, ...] = ()
    interfaces: tuple[InterfaceFact, ...] = ()
    seats: tuple[SeatFact, ...] = ()
    measures: tuple[bool, ...] = ()  #: open ones: in time, or late for a stated reason
    observations: tuple[bool, ...] = ()  #: of what is missing: a measure or a reason is there
    agreements: tuple[bool, ...] = ()  #: active ones: with clause and recovery time
    transfers: tuple[bool, ...] = ()  #: secured
    points: tuple[bool, ...] = ()  #: single points of failure: treated or accepted


Rule = Callable[[Facts, date], list[bool]]


def _fresh(day: date | None, on: date, months: int = FRESH_MONTHS) -> bool:
    return day is not None and day >= months_after(on, -months)


def _met(seat: SeatFact, on: date) -> bool:
    missed = cadence.is_missed(seat.cadence_months, seat.held_on, seat.appointed_on, on=on, failed_on=seat.failed_on)
    return seat.held_on is not None and not missed


def _k1(things: tuple[FunctionFact, ...]) -> list[FunctionFact]:
    return [one for one in things if one.criticality is Criticality.K1]


def _vital(things: tuple[FunctionFact, ...]) -> list[FunctionFact]:
    return [one for one in things if one.criticality in VITAL]


def _k1_interfaces(facts: Facts) -> list[InterfaceFact]:
    return [one for one in facts.interfaces if one.criticality is Criticality.K1]


#: Check → its rule. A call-out of staff is recorded nowhere, so that its check has none and stays unknown.
RULES: Mapping[Check, Rule] = {
    Check.CONTACT_AND_DEPUTY: lambda facts, on: list(facts.duties),
    Check.PLANS_APPROVED: lambda facts, on: [one.is_approved for one in facts.plans],
    Check.MEETING_ATTENDANCE: lambda facts, on: [_met(one, on) for one in facts.seats],
    Check.FUNCTIONS_REGISTERED: lambda facts, on: [
        one.is_confirmed and bool(one.criticality) for one in facts.functions
    ],
    Check.BIA_COMPLETE: lambda facts, on: [one.is_analysed for one in _vital(facts.functions)],
    Check.DEPENDENCIES_CONFIRMED: lambda facts, on: [
        one.has_supplier and confirming.is_fresh(one.confirmed_on, one.criticality, on=on)
        for one in facts.suppliers
        if one.criticality in VITAL
    ],
    Check.RISK_COVERAGE: lambda facts, on: [one.has_threat and one.is_assessed for one in facts.risks],
    Check.PLAN_APPROVED: lambda facts, on: [one.is_planned for one in _vital(facts.functions)],
    Check.WORKAROUND_72H: lambda facts, on: [
        one.has_workaround and one.tolerance_h >= BRIDGED_H for one in facts.needs if one.criticality is Criticality.K1
    ],
    Check.LEVEL_TASKS: lambda facts, on: [one.has_all_levels for one in facts.plans],
    Check.INTERFACE_OWNERS: lambda facts, on: [one.has_owners for one in facts.interfaces],
    Check.INTERFACE_ALERTING: lambda facts, on: [one.has_alerting for one in _k1_interfaces(facts)],
    Check.TRANSFER_CLOSED: lambda facts, on: list(facts.transfers),
    Check.AGREEMENTS_CLAUSE: lambda facts, on: list(facts.agreements),
    Check.INTERFACE_EXERCISED: lambda facts, on: [_fresh(one.exercised_on, on) for one in _k1_interfaces(facts)],
    Check.PLAN_EXERCISED: lambda facts, on: [_fresh(one.exercised_on, on) for one in _k1(facts.functions)],
    Check.OBSERVATIONS_MEASURED: lambda facts, on: list(facts.observations),
    Check.REVIEWED: lambda facts, on: [_fresh(one.reviewed_on, on, REVIEW_MONTHS) for one in facts.functions],
    Check.OVERDUE_EXPLAINED: lambda facts, on: list(facts.measures),
    Check.SPOF_TREATED: lambda facts, on: list(facts.points),
}


def checked(check: Check, facts: Facts, *, on: date) -> Checked:
    """How many of how many things are in order on the day `on`; what no rule counts is nothing."""
    rule = RULES.get(check)
    if rule is None:
        return NOTHING
    answers = rule(facts, on)
    return Checked(sum(answers), len(answers))
