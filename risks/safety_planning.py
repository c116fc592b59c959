"""What a safety plan and its priorities must satisfy, what they lack, how far they have come (S003 #45, #47, #69)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from prepare.errors import RuleBroken
from prepare.registration import Gap
from prepare.texts import N_
from risks import measuring, planning
from risks.entries.safety_plans import AdoptionEntry, EndingEntry, PriorityEntry, SafetyPlanEntry
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureState
from risks.vocabulary.safety import SafetyPlanKind, SafetyPlanState

#: Kinds of plans that belong to one level; a plan for one theme may stand at any.
LEVELS: Mapping[SafetyPlanKind, SteeringLevel] = {
    SafetyPlanKind.STRATEGY: SteeringLevel.STRATEGIC,
    SafetyPlanKind.CITY_PLAN: SteeringLevel.CITY,
    SafetyPlanKind.AREA_PLAN: SteeringLevel.AREA,
    SafetyPlanKind.RESIDENT_LED: SteeringLevel.AREA,
}
#: States in which a plan is still written; what has been replaced or has ended stays as it was.
OPEN = frozenset({SafetyPlanState.DRAFT, SafetyPlanState.IN_FORCE})
#: How far along a measure is thought to be when nothing more is done about it.
WHOLE = 100

#: field → what is missing, why it matters
PLAN_NEEDS: tuple[tuple[str, str, str], ...] = (
    ("kind", N_("Kind of plan"), N_("It tells at which level the plan stands and who decides on it.")),
    ("period_from", N_("Begins"), N_("Without it nobody knows which plan is to be followed.")),
    ("purpose_fi", N_("Purpose"), N_("Those who take part must know what for.")),
    ("owner_role", N_("Who answers for it"), N_("Without an owner nobody can be asked.")),
    ("participants", N_("Organisations that take part"), N_("Safety is made together; name those who do it.")),
    ("prepared_by", N_("Prepared by"), N_("It shows whose knowledge the plan rests on.")),
    ("document_ref", N_("Decision or document"), N_("There the plan is to be read as it was decided.")),
)
PRIORITY_NEEDS: tuple[tuple[str, str, str], ...] = (
    ("theme", N_("Theme"), N_("By theme, area and target group double work is found.")),
    ("target_groups", N_("Target groups"), N_("By theme, area and target group double work is found.")),
    ("measures", N_("Measures"), N_("A priority comes true by what is done about it.")),
)


def plan_problems(entry: SafetyPlanEntry) -> list[RuleBroken]:
    """Every rule that a plan's entry breaks; its period is free, and either end may be open."""
    found = planning.name_problems(entry)
    found += planning.period_problems(entry.period_from, entry.period_to, "period_to")
    wanted = LEVELS.get(entry.kind) if entry.kind else None
    if wanted and entry.level is not wanted:
        found.append(RuleBroken(N_("A plan of this kind stands at another level."), field="level"))
    if entry.kind is SafetyPlanKind.RESIDENT_LED and not entry.support_role:
        found.append(RuleBroken(N_("Say who supports the residents in their plan."), field="support_role"))
    return found + planning.secrecy_problems(entry)


def order_problems(code: str | None, predecessor: str | None, before: Mapping[str, str | None]) -> list[RuleBroken]:
    """A plan follows another one and never, by any way, itself. `before` gives the plan before each, by codes."""
    at, passed = predecessor, set[str]()
    while at is not None and at not in passed:
        if at == code:
            return [RuleBroken(N_("A plan cannot come before itself."), field="predecessor")]
        passed.add(at)
        at = before.get(at)
    return []


def refuse_closed(state: SafetyPlanState) -> None:
    """Raise RuleBroken when the plan has been replaced or has ended."""
    if state not in OPEN:
        raise RuleBroken(N_("The plan is no longer in force and stays as it was."))


def adoption_problems(
    plan: SafetyPlanEntry, entry: AdoptionEntry, *, state: SafetyPlanState, priorities: int, on: date
) -> list[RuleBroken]:
    """What keeps a plan from being taken into force: it is a draft, says what it is about, and somebody approved it."""
    if state is not SafetyPlanState.DRAFT:
        return [RuleBroken(N_("Only a draft is taken into force."))]
    found = []
    if plan.kind is None:
        found.append(RuleBroken(N_("Say first what kind of plan it is.")))
    if plan.level is SteeringLevel.AREA and not plan.area:
        found.append(RuleBroken(N_("Say first which area the plan is for.")))
    if not priorities:
        found.append(RuleBroken(N_("Give the plan a priority first.")))
    if not (entry.approved_by or "").strip():
        found.append(RuleBroken(N_("Say which body approved the plan."), field="approved_by"))
    return found + _day_problems(entry.approved_on, "approved_on", on=on)


def ending_problems(entry: EndingEntry, *, state: SafetyPlanState, on: date) -> list[RuleBroken]:
    """What keeps a plan from being ended: it is in force, and a day and a reason are given."""
    if state is not SafetyPlanState.IN_FORCE:
        return [RuleBroken(N_("Only a plan in force can be ended."))]
    found = _day_problems(entry.ended_on, "ended_on", on=on)
    if not (entry.state_reason or "").strip():
        found.append(RuleBroken(N_("Say why the plan ends."), field="state_reason"))
    return found


def _day_problems(day: date | None, field: str, *, on: date) -> list[RuleBroken]:
    if day is None:
        return [RuleBroken(N_("Give the day."), field=field)]
    return [RuleBroken(N_("The day cannot lie ahead."), field=field)] if day > on else []


def priority_problems(entry: PriorityEntry) -> list[RuleBroken]:
    """Every rule that a priority breaks; a measure of an area needs no day by which it is done."""
    return planning.name_problems(entry)


def plan_gaps(entry: SafetyPlanEntry) -> list[Gap]:
    """What a plan still lacks, in the order of the form."""
    area = ("area", N_("Area"), N_("Residents look for the plan of their own area."))
    needs = [*PLAN_NEEDS, area] if entry.level is SteeringLevel.AREA else PLAN_NEEDS
    return planning.gaps(entry, needs)


def priority_gaps(entry: PriorityEntry) -> list[Gap]:
    """What a priority still lacks."""
    return planning.gaps(entry, PRIORITY_NEEDS)


@dataclass(frozen=True)
class Progress:
    """How far some measures have come: how many there are in each state, and what the plan's follow-up asks of them.

    `progress_pct` is the mean over those that are not cancelled, None where there is none.
    """

    total: int
    states: Mapping[MeasureState, int]
    progress_pct: int | None
    overdue: int
    budgeted: int
    in_action_plan: int


def progress(measures: Iterable[Any], *, on: date) -> Progress:
    """How far measures have come on the day `on`; cancelled ones count only among the states."""
    every = list(measures)
    live = [one for one in every if one.state is not MeasureState.CANCELLED]
    return Progress(
        total=len(live),
        states=Counter(one.state for one in every),
        progress_pct=round(sum(one.progress_pct for one in live) / len(live)) if live else None,
        overdue=sum(measuring.is_overdue(one.state, one.due, on=on) for one in live),
        budgeted=sum(bool(one.budget_ref) for one in live),
        in_action_plan=sum(bool(one.action_plan_ref) for one in live),
    )


@dataclass(frozen=True)
class Piece:
    """A piece of a bar that is 100 wide: the state it stands for, how many, where it begins and how wide it is."""

    state: MeasureState
    count: int
    begins: float
    width: float


def pieces(states: Mapping[MeasureState, int]) -> list[Piece]:
    """The bar of these measures by state, in the order of the life cycle; empty where there is none."""
    total, begins, found = sum(states.values()), 0.0, []
    for state in MeasureState:
        if count := states.get(state, 0):
            width = round(WHOLE * count / total, 2)
            found.append(Piece(state, count, round(begins, 2), width))
            begins += width
    return found


def stretch(begins: date | None, ends: date | None, *, first: date, last: date) -> tuple[float, float]:
    """Where a period lies between two days: its beginning and its length in per cent; open ends reach the edges."""
    days = max(1, (last - first).days)
    start, end = max(begins or first, first), min(ends or last, last)
    left = WHOLE * (start - first).days / days
    return round(left, 1), round(max(1.0, WHOLE * (end - start).days / days), 1)
