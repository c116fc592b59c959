"""Readings of the safety plans, their priorities and their measures."""

from datetime import date

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from prepare.actor import Scope
from prepare.queries.scopes import bound_by, containing
from prepare.texts import search_key
from risks.models.measures import Measure
from risks.models.national_programmes import NationalLine
from risks.models.safety_plans import SafetyPlan, SafetyPriority, safety_priority_measure
from risks.queries import measures as measure_queries
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.safety import SafetyPlanKind, SafetyPlanState

#: States that a list shows unless it is asked for another; old plans stand in the archive.
CURRENT = (SafetyPlanState.DRAFT, SafetyPlanState.IN_FORCE)


def safety_plans(
    scope: Scope,
    *,
    q: str = "",
    level: SteeringLevel | None = None,
    kind: SafetyPlanKind | None = None,
    area: str = "",
    state: SafetyPlanState | None = None,
    old: bool = False,
) -> Select[SafetyPlan]:
    """Safety plans of the scope, strategic ones first and then by period.

    `q` finds words of code and names; without `state` drafts and plans in force are listed, or the `old` ones.
    """
    rows = select(SafetyPlan).join(SafetyPlan.organisation).options(contains_eager(SafetyPlan.organisation))
    rows = rows.where(_readable(scope))
    if folded := search_key(q):
        rows = rows.where(containing(SafetyPlan.search_text, folded))
    for column, value in ((SafetyPlan.level, level), (SafetyPlan.kind, kind), (SafetyPlan.area, area)):
        if value:
            rows = rows.where(column == value)
    if state:
        rows = rows.where(SafetyPlan.state == state)
    else:
        rows = rows.where(SafetyPlan.state.not_in(CURRENT) if old else SafetyPlan.state.in_(CURRENT))
    steps = case({one.value: place for place, one in enumerate(SteeringLevel)}, value=SafetyPlan.level)
    return rows.order_by(steps, func.coalesce(SafetyPlan.period_from, date.min).desc(), SafetyPlan.code)


def counted(rows: Select[SafetyPlan]) -> Select[int]:
    """How many rows there are."""
    return rows.with_only_columns(func.count(SafetyPlan.id), maintain_column_froms=True).order_by(None)


def every(scope: Scope) -> Select[SafetyPlan]:
    """Every plan of the scope, whatever its state, by code: to tell which came before which."""
    rows = select(SafetyPlan).join(SafetyPlan.organisation).options(contains_eager(SafetyPlan.organisation))
    return rows.where(_readable(scope)).order_by(SafetyPlan.code)


def priorities(scope: Scope, *plans: int) -> Select[SafetyPriority]:
    """The priorities of these plans (by id) in their order, with who takes part and what they serve."""
    rows = (
        select(SafetyPriority)
        .join(SafetyPriority.safety_plan)
        .join(SafetyPlan.organisation)
        .options(
            contains_eager(SafetyPriority.safety_plan).contains_eager(SafetyPlan.organisation),
            selectinload(SafetyPriority.participants),
            joinedload(SafetyPriority.objective),
            joinedload(SafetyPriority.national_line).joinedload(NationalLine.national_programme),
        )
        .where(_readable(scope), SafetyPriority.out_of_use.is_(False))
    )
    rows = rows.where(SafetyPlan.id.in_(plans)) if plans else rows.where(SafetyPlan.state.in_(CURRENT))
    return rows.order_by(SafetyPlan.code, SafetyPriority.rank)


def priorities_counted(scope: Scope) -> Select[int]:
    """How many priorities the open plans of the scope have."""
    rows = priorities(scope).with_only_columns(func.count(SafetyPriority.id), maintain_column_froms=True)
    return rows.order_by(None)


def measures(scope: Scope, *plans: int) -> Select[Measure, int]:
    """The measures in the scope under the priorities of these plans, each with the id of its priority, by day."""
    rows = measure_queries.measures(scope)
    rows = rows.join(safety_priority_measure, safety_priority_measure.c.measure_id == Measure.id)
    rows = rows.join(SafetyPriority, SafetyPriority.id == safety_priority_measure.c.safety_priority_id)
    rows = rows.where(SafetyPriority.safety_plan_id.in_(plans), SafetyPriority.out_of_use.is_(False))
    return measure_queries.ordered(rows, "due").add_columns(SafetyPriority.id)


def linked(plan: SafetyPlan) -> Select[int]:
    """How many measures an opened plan has under its priorities, whoever may read them."""
    links = safety_priority_measure
    rows = select(func.count(links.c.measure_id.distinct())).join(
        SafetyPriority, SafetyPriority.id == links.c.safety_priority_id
    )
    return rows.where(SafetyPriority.safety_plan_id == plan.id, SafetyPriority.out_of_use.is_(False))


def _readable(scope: Scope) -> ColumnElement[bool]:
    return bound_by(scope, SafetyPlan.confidentiality, open_below=SafetyPlan.open_below)
