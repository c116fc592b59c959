"""Readings of what the register knows about a plan's functions: needs, interfaces and exercises."""

from sqlalchemy import Select, or_, select

from continuity.models.exercises import Exercise, exercise_plan
from continuity.models.plans import Plan, plan_function
from dependencies import queries as dependency_queries
from dependencies.models.interfaces import Interface, interface_sector
from dependencies.models.needs import Dependency, Need
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.queries.scopes import within


def needs(scope: Scope, plan: Plan) -> Select[Need]:
    """What the functions of an opened plan need, with suppliers; use `scope.names` before one of these is shown."""
    rows = dependency_queries.needs(scope).where(Need.consumer_id.in_(_covered(plan)))
    return rows.order_by(None).order_by(Function.code, Need.id)


def interfaces(scope: Scope, plan: Plan) -> Select[Interface]:
    """Interfaces in the scope of the plan's organisation, and those over which its functions' needs run."""
    carried = (
        select(Dependency.interface_id)
        .join(Need, Need.id == Dependency.need_id)
        .where(Need.consumer_id.in_(_covered(plan)), Dependency.retired.is_(False), Need.retired.is_(False))
        .where(Dependency.interface_id.is_not(None))
    )
    shared = select(interface_sector.c.interface_id).where(interface_sector.c.organisation_id == plan.organisation_id)
    own = or_(Interface.organisation_id == plan.organisation_id, Interface.id.in_(shared), Interface.id.in_(carried))
    return dependency_queries.interfaces(scope).where(own)


def exercises(scope: Scope, plan: Plan) -> Select[Exercise]:
    """The exercises in the scope that test an opened plan, the newest first."""
    rows = select(Exercise).join(Exercise.organisation).join(exercise_plan, exercise_plan.c.exercise_id == Exercise.id)
    rows = rows.where(exercise_plan.c.plan_id == plan.id, within(scope, Exercise.confidentiality))
    return rows.order_by(Exercise.held_on.desc(), Exercise.code)


def _covered(plan: Plan) -> Select[int]:
    return select(plan_function.c.function_id).where(plan_function.c.plan_id == plan.id)
