"""Readings of the plans."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, lazyload

from continuity.models.contents import ActionCard, CardTask
from continuity.models.plans import Plan, PlanSection, PlanVersion, plan_function
from continuity.vocabulary.plans import PENDING_STATES, WAITING_STATES, PlanKind, PlanState, Section
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, containing, within
from prepare.registration import VITAL
from prepare.texts import search_key
from prepare.vocabulary import FunctionState

Approved = aliased(PlanVersion, name="approved")
Pending = aliased(PlanVersion, name="pending")
#: Orders of the register: name of the order → columns.
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "name": (Plan.sort_name,),
    "code": (Plan.code,),
    "kind": (Plan.kind, Plan.sort_name),
    "organisation": (Organisation.sort_name, Plan.code),
    "state": (case((Approved.id.is_(None), 0), else_=1), Plan.code),
    "next_review": (func.coalesce(Approved.next_review, date.max),),
    "last_exercised_on": (func.coalesce(Approved.last_exercised_on, date.min),),
}


def plans(
    scope: Scope,
    *,
    q: str = "",
    organisation: str = "",
    kind: PlanKind | None = None,
    state: PlanState | None = None,
    overdue_on: date | None = None,
) -> Select[Plan, PlanVersion, PlanVersion]:
    """Plans in the scope, each with its approved and its pending version (None where there is none), unordered.

    `q` finds words of code and names; `organisation` is a path; `state` is that of either version;
    `overdue_on` leaves only plans in force whose review or validity had run out by that day.
    """
    rows = (
        select(Plan, Approved, Pending)
        .join(Plan.organisation)
        .outerjoin(Approved, and_(Approved.plan_id == Plan.id, Approved.state == PlanState.APPROVED))
        .outerjoin(Pending, and_(Pending.plan_id == Plan.id, Pending.state.in_(PENDING_STATES)))
        .options(contains_eager(Plan.organisation), lazyload(Approved.plan), lazyload(Pending.plan))
        .where(within(scope, Plan.confidentiality), Plan.retired.is_(False))
    )
    if folded := search_key(q):
        rows = rows.where(containing(Plan.search_text, folded))
    if organisation:
        rows = rows.where(below(organisation))
    if kind:
        rows = rows.where(Plan.kind == kind)
    if state:
        rows = rows.where(or_(Approved.state == state, Pending.state == state))
    if overdue_on:
        rows = rows.where(or_(Approved.next_review < overdue_on, Approved.valid_until < overdue_on))
    return rows


def ordered(
    rows: Select[Plan, PlanVersion, PlanVersion], order: str, *, descending: bool = False
) -> Select[Plan, PlanVersion, PlanVersion]:
    """The same rows in one of `ORDERS`, ties by code."""
    columns = ORDERS.get(order, ORDERS["code"])
    return rows.order_by(*(column.desc() if descending else column for column in columns), Plan.code)


def counted(rows: Select[Plan, PlanVersion, PlanVersion]) -> Select[int]:
    """How many rows there are."""
    return rows.with_only_columns(func.count(Plan.id), maintain_column_froms=True).order_by(None)


def waiting(scope: Scope) -> Select[Plan, PlanVersion, PlanVersion]:
    """Plans with a version that waits for a decision, the oldest first."""
    since = Pending.submitted_at
    return plans(scope).where(Pending.state.in_(WAITING_STATES)).order_by(since.is_(None), since, Plan.code)


def unsettled(scope: Scope, *, on: date) -> Select[Plan, PlanVersion, PlanVersion]:
    """Plans with a version in preparation, and plans in force that were out of date by that day."""
    late = or_(Approved.next_review < on, Approved.valid_until < on)
    return plans(scope).where(or_(Pending.id.is_not(None), late)).order_by(Plan.code)


def by_code(scope: Scope, code: str) -> Select[Plan]:
    """The plan with this code."""
    return select(Plan).join(Plan.organisation).where(Plan.code == code, within(scope, Plan.confidentiality))


def versions(scope: Scope, plan: Plan) -> Select[PlanVersion]:
    """Every version of an opened plan, newest first."""
    rows = select(PlanVersion).join(PlanVersion.plan).join(Plan.organisation)
    own = within(scope, Plan.confidentiality)
    return rows.where(PlanVersion.plan_id == plan.id, own).order_by(PlanVersion.id.desc())


def sections(scope: Scope, version: PlanVersion) -> Select[PlanSection]:
    """The written sections of a version of an opened plan."""
    rows = select(PlanSection).join(PlanSection.plan_version).join(PlanVersion.plan).join(Plan.organisation)
    return rows.where(PlanSection.plan_version_id == version.id, within(scope, Plan.confidentiality))


def functions_of(scope: Scope, plan: Plan) -> Select[Function]:
    """The functions of an opened plan that may be read."""
    return (
        select(Function)
        .join(Function.organisation)
        .options(contains_eager(Function.organisation))
        .join(plan_function, plan_function.c.function_id == Function.id)
        .where(plan_function.c.plan_id == plan.id)
        .where(within(scope, Function.confidentiality, shared=Function.id))
        .order_by(Function.code)
    )


def covered(scope: Scope, ids: Collection[int]) -> Select[int]:
    """Ids of those of the given functions that an approved plan covers, whether or not the plan may be read."""
    return (
        select(plan_function.c.function_id)
        .join(Plan, Plan.id == plan_function.c.plan_id)
        .join(PlanVersion, and_(PlanVersion.plan_id == Plan.id, PlanVersion.state == PlanState.APPROVED))
        .join(Function, Function.id == plan_function.c.function_id)
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(within(scope, Function.confidentiality, shared=Function.id.in_(scope.functions)))
        .where(Function.id.in_(ids), Plan.retired.is_(False))
        .distinct()
    )


def of_function(scope: Scope, function: Function) -> Select[Plan, PlanVersion, PlanVersion]:
    """The plans in the scope that cover a function."""
    rows = plans(scope).join(plan_function, plan_function.c.plan_id == Plan.id)
    return rows.where(plan_function.c.function_id == function.id).order_by(Plan.code)


def vital_with_plans(scope: Scope, organisations: Collection[int]) -> Select[int, int, int]:
    """Of each organisation: its id, how many vital functions it keeps, and how many of them a plan in force covers
    that says what is done in the first hour, whether or not the plan may be read."""
    approved = and_(PlanVersion.plan_id == Plan.id, PlanVersion.state == PlanState.APPROVED)
    planned = (
        select(plan_function.c.function_id)
        .join(Plan, Plan.id == plan_function.c.plan_id)
        .join(PlanVersion, approved)
        .where(plan_function.c.function_id == Function.id, Plan.retired.is_(False), _tells_first_hour())
        .exists()
    )
    covered = func.sum(case((planned, 1), else_=0))
    rows = select(Function.organisation_id, func.count(Function.id), covered).join(Function.organisation)
    rows = rows.where(within(scope, Function.confidentiality), Function.organisation_id.in_(organisations))
    rows = rows.where(Function.state != FunctionState.RETIRED, Function.criticality.in_(VITAL))
    return rows.group_by(Function.organisation_id)


def _tells_first_hour() -> ColumnElement[bool]:
    """Whether a version has an action card with something on it, or says in words what is done first."""
    carded = exists().where(
        ActionCard.plan_version_id == PlanVersion.id, ActionCard.retired.is_(False), CardTask.card_id == ActionCard.id
    )
    told = exists().where(PlanSection.plan_version_id == PlanVersion.id, PlanSection.section == Section.FIRST_HOUR)
    return carded | told
