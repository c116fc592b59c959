"""What fails in an exercise: the cascade of its scenario, with what the registers know of each function."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from continuity.injects import Course, Failing
from continuity.models.exercises import Exercise
from continuity.models.plans import Plan, PlanVersion, plan_function
from continuity.vocabulary.plans import PlanState
from dependencies import tracing
from dependencies.models.needs import Need
from dependencies.outcome import Hit
from dependencies.reduction import SeenOutcome, SeenTrace
from dependencies.vocabulary import State
from prepare.actor import Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.texts import name_of, named
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries

MOST_REACHED = 6_000  #: functions on the way of a disruption that are computed while somebody waits


def scenario_of(scope: Scope, exercise: Exercise) -> Scenario | None:
    """The scenario that an exercise rehearses, if it may be read."""
    if exercise.scenario is None:
        return None
    return db.session.scalars(scenario_queries.scenario(scope, exercise.scenario.ref)).one_or_none()


def rehearsed(scope: Scope, exercise: Exercise, scenario: Scenario) -> tuple[Course, list[Failing]]:
    """The course of the exercise's scenario, and what goes down in it, in the language in use.

    What is more confidential than the exercise is left out, since whoever takes part reads the injects. Raises
    TooFar when the disruption reaches too many functions.
    """
    hits = tracing.hits_of(scenario)
    seen = tracing.run_near(scope.up_to(exercise.confidentiality), hits, most=MOST_REACHED)
    course = Course(
        scenario=f"{scenario.code} {name_of(scenario)}",
        description=named(scenario, "description") or None,
        ends_min=_end(hits),
    )
    return course, _failing(seen, exercise)


def _end(hits: Collection[Hit]) -> int | None:
    return max((hit.end_min for hit in hits), default=None)


def _failing(seen: SeenTrace, exercise: Exercise) -> list[Failing]:
    down = [one for one in seen.outcomes if one.outcome.state is State.DOWN and one.function.card]
    ids = [one.outcome.function.id for one in down]
    functions = _functions(ids)
    plans = _plans(ids)
    workarounds = _workarounds([step.need.id for one in down for step in one.steps[-1:] if step.need])
    tested = {one.id for one in exercise.functions} | {one.id for plan in exercise.plans for one in plan.functions}
    taking_part = (exercise.owner_path, *(one.path for one in exercise.participants))
    return [_one(one, functions[one.outcome.function.id], plans, workarounds, tested, taking_part) for one in down]


def _one(
    seen: SeenOutcome,
    function: Function,
    plans: dict[int, str],
    workarounds: dict[int, str | None],
    tested: Collection[int],
    taking_part: tuple[str, ...],
) -> Failing:
    step = seen.steps[-1]
    supplier = seen.steps[-2].function if len(seen.steps) > 1 else None
    return Failing(
        code=function.code,
        name=name_of(function),
        organisation=name_of(function.organisation),
        at_min=seen.outcome.down_at_min,
        is_own=function.owner_is_own,
        tier=0 if function.id in tested else 1 if function.owner_path.startswith(taking_part) else 2,
        criticality=function.criticality,
        need=step.need.name if step.need else None,
        supplier=f"{supplier.code} {name_of(supplier.card)}" if supplier and supplier.card else None,
        tolerance_min=step.tolerance_min or 0,
        workaround=workarounds.get(step.need.id) if step.need else None,
        mtpd_min=seen.outcome.function.mtpd_min,
        owner_role=function.owner_role or function.organisation.contact_role,
        customers=function.customers,
        plan=plans.get(function.id),
    )


def _functions(ids: Collection[int]) -> dict[int, Function]:
    rows = select(Function).options(joinedload(Function.organisation)).where(Function.id.in_(ids))
    return {one.id: one for one in db.session.scalars(rows)}


def _workarounds(ids: Collection[int]) -> dict[int, str | None]:
    rows = select(Need.id, Need.workaround).where(Need.id.in_(ids))
    found: dict[int, str | None] = dict(db.session.execute(rows).all())
    return found


def _plans(ids: Collection[int]) -> dict[int, str]:
    """Function id → code and name of a plan in force that covers it; with several, of the first code."""
    rows = select(plan_function.c.function_id, Plan).join(Plan, Plan.id == plan_function.c.plan_id)
    rows = rows.join(PlanVersion, PlanVersion.plan_id == Plan.id)
    rows = rows.where(PlanVersion.state == PlanState.APPROVED, plan_function.c.function_id.in_(ids))
    found = db.session.execute(rows.where(Plan.retired.is_(False)).order_by(Plan.code.desc()))
    return {function: f"{plan.code} {name_of(plan)}" for function, plan in found}
