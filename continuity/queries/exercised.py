"""When functions, plans and interfaces were last exercised, and which never were."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import contains_eager

from continuity.models.exercises import Exercise, exercise_function, exercise_interface, exercise_plan
from continuity.models.plans import Plan, PlanVersion, plan_function
from continuity.queries import plans as plan_queries
from continuity.queries.exercises import exercises
from continuity.vocabulary.exercises import HELD
from dependencies import queries as dependency_queries
from dependencies.models.interfaces import Interface
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, within
from prepare.vocabulary import OWN_KINDS, Criticality, FunctionState

WAS_HELD = and_(Exercise.state.in_(HELD), Exercise.held_on.is_not(None))


def last_days() -> Subquery:
    """Function id → the last day on which it was exercised, by itself or through a plan that covers it."""
    direct = select(exercise_function.c.function_id.label("id"), Exercise.held_on.label("held_on"))
    direct = direct.join(Exercise, Exercise.id == exercise_function.c.exercise_id).where(WAS_HELD)
    covered = select(plan_function.c.function_id.label("id"), Exercise.held_on.label("held_on"))
    covered = covered.join(exercise_plan, exercise_plan.c.plan_id == plan_function.c.plan_id)
    covered = covered.join(Exercise, Exercise.id == exercise_plan.c.exercise_id).where(WAS_HELD)
    both = union_all(direct, covered).subquery()
    return select(both.c.id, func.max(both.c.held_on).label("last_on")).group_by(both.c.id).subquery("last_days")


def functions(scope: Scope, *, organisation: str = "") -> Select[Function, Any]:
    """(Function, the last day on which it was exercised or None) of the K1 and K2 functions in the scope."""
    days = last_days()
    rows = select(Function, days.c.last_on).join(Function.organisation)
    rows = rows.options(contains_eager(Function.organisation)).outerjoin(days, days.c.id == Function.id)
    rows = rows.where(within(scope, Function.confidentiality), Organisation.kind.in_(OWN_KINDS))
    rows = rows.where(Function.criticality.in_((Criticality.K1, Criticality.K2)))
    rows = rows.where(Function.state != FunctionState.RETIRED)
    if organisation:
        rows = rows.where(below(organisation))
    return rows.order_by(Function.criticality, Function.code)


def counts(rows: Select[Function, Any], first: Mapping[Criticality, date]) -> Select[Any]:
    """(class, all, those exercised on the first day of their class or later, those never exercised) of `functions`."""
    last_on = rows.selected_columns["last_on"]
    in_time = or_(*((Function.criticality == one) & (last_on >= day) for one, day in first.items()))
    every = func.count(Function.id)
    columns = (every, func.sum(case((in_time, 1), else_=0)), every - func.count(last_on))
    grouped: Any = rows.with_only_columns(Function.criticality, *columns, maintain_column_froms=True).order_by(None)
    counted: Select[Any] = grouped.group_by(Function.criticality)
    return counted


def functions_counted(rows: Select[Function, Any]) -> Select[int]:
    """How many functions there are."""
    return rows.with_only_columns(func.count(Function.id), maintain_column_froms=True).order_by(None)


def since(rows: Select[Function, Any], first: date, *, kept: bool) -> Select[Function, Any]:
    """Those of the functions that were exercised on `first` or later, or (`kept` False) that were not."""
    last_on = rows.selected_columns["last_on"]
    return rows.where(last_on >= first) if kept else rows.where(or_(last_on < first, last_on.is_(None)))


def interfaces_never(scope: Scope) -> Select[Interface]:
    """The interfaces in the scope for which no joint exercise is known."""
    held = _held(exercise_interface.c.exercise_id, exercise_interface.c.interface_id == Interface.id)
    return dependency_queries.interfaces(scope).where(Interface.exercised_on.is_(None), ~held)


def plans_never(scope: Scope, *, organisation: str = "") -> Select[Plan, PlanVersion, PlanVersion]:
    """The plans in force in the scope that were never exercised."""
    held = _held(exercise_plan.c.exercise_id, exercise_plan.c.plan_id == Plan.id)
    approved = plan_queries.Approved
    rows = plan_queries.plans(scope, organisation=organisation)
    rows = rows.where(approved.id.is_not(None), approved.last_exercised_on.is_(None), ~held)
    return plan_queries.ordered(rows, "code")


def by_kind(scope: Scope, *, from_day: date) -> Select[Any]:
    """(kind, how many exercises were held, how many people took part, how many of them have no headcount)."""
    columns = (Exercise.kind, func.count(Exercise.id), func.sum(Exercise.headcount))
    rows = exercises(scope).where(WAS_HELD, Exercise.held_on >= from_day)
    without = func.count(Exercise.id) - func.count(Exercise.headcount)
    grouped: Any = rows.with_only_columns(*columns, without, maintain_column_froms=True).order_by(None)
    counted: Select[Any] = grouped.group_by(Exercise.kind)
    return counted


def _held(exercise: Any, link: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(link, Exercise.id == exercise, WAS_HELD)
