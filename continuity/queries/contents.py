"""Readings of what versions of plans hold: strategies, action cards, level tasks and documents in use."""

from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from continuity.models.contents import ActionCard, DocumentRef, LevelTask, Strategy
from continuity.models.plans import Plan, PlanVersion, plan_function
from prepare.actor import Scope
from prepare.models.functions import Function, Resource
from prepare.queries.scopes import within

P = TypeVar("P", Strategy, ActionCard, LevelTask, DocumentRef)


def strategies(scope: Scope, version: PlanVersion | None = None) -> Select[Strategy]:
    """Strategies of one version, or of every version that may be read, with their resources."""
    rows = _parts(Strategy, scope, version).options(selectinload(Strategy.resources))
    return rows.order_by(Strategy.lost_resource, Strategy.id)


def cards(scope: Scope, version: PlanVersion | None = None) -> Select[ActionCard]:
    """Action cards of one version, or of every version that may be read, with their steps in order."""
    function = joinedload(ActionCard.function).joinedload(Function.organisation)
    rows = _parts(ActionCard, scope, version).options(selectinload(ActionCard.tasks), function)
    return rows.order_by(ActionCard.plan_version_id, ActionCard.place)


def level_tasks(scope: Scope, version: PlanVersion | None = None) -> Select[LevelTask]:
    """Level tasks of one version, or of every version that may be read; the soonest first."""
    return _parts(LevelTask, scope, version).order_by(LevelTask.level, LevelTask.within_h, LevelTask.id)


def documents(scope: Scope, version: PlanVersion | None = None) -> Select[DocumentRef]:
    """Documents of one version, or of every version that may be read."""
    return _parts(DocumentRef, scope, version).order_by(DocumentRef.id)


def resources_of(scope: Scope, plan: Plan) -> Select[Resource]:
    """Resources in use of the functions of an opened plan that may be read."""
    rows = (
        select(Resource).join(Resource.function).join(Function.organisation).options(contains_eager(Resource.function))
    )
    rows = rows.join(plan_function, plan_function.c.function_id == Function.id)
    readable = within(scope, Function.confidentiality, shared=Function.id)
    rows = rows.where(plan_function.c.plan_id == plan.id, Resource.retired.is_(False), readable)
    return rows.order_by(Function.code, Resource.id)


def _parts(model: type[P], scope: Scope, version: PlanVersion | None) -> Select[P]:
    part: Any = model
    rows = select(model).join(part.plan_version).join(PlanVersion.plan).join(Plan.organisation)
    rows = rows.where(part.retired.is_(False), within(scope, Plan.confidentiality), Plan.retired.is_(False))
    return rows.where(part.plan_version_id == version.id) if version else rows
