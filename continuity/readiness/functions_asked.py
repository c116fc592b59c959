"""What indicators ask about functions and their plans: all functions of a city at once."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import lazyload

from continuity.models.exercises import exercise_plan
from continuity.models.plans import Plan, PlanVersion, plan_function
from continuity.readiness import rehearsed
from continuity.readiness.graph_asked import GraphFacts
from continuity.readiness.items import Land, item
from continuity.scoring import knowing
from continuity.scoring.cases import FunctionFacts, PlanFacts
from continuity.scoring.vocabulary import Kind
from continuity.vocabulary.plans import PENDING_STATES, PlanState
from prepare.db import db
from prepare.models.functions import BiaImpact, Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below
from prepare.registration import of_record
from prepare.vocabulary import FunctionState

IN_USE = PENDING_STATES | {PlanState.APPROVED}


def functions(land: Land, graph: GraphFacts, needing: set[int], on: date) -> dict[int, list[FunctionFacts]]:
    """The functions in use by sector; `needing` are the ids of those of which needs are registered."""
    assessed = exists().where(BiaImpact.function_id == Function.id)
    rows: Any = land.kept(
        select(Function, assessed.label("assessed")).options(lazyload(Function.organisation)), Function
    )
    rows = rows.where(Function.state != FunctionState.RETIRED).order_by(Function.code)
    plans, found = _plans(land, on), defaultdict(list)
    for function, has_impacts in db.session.execute(rows):
        number = land.of(function.organisation_id)
        if number is not None:
            has_needs = function.no_dependencies or function.id in needing
            lacking = knowing.mandatory(of_record(function), has_impacts=has_impacts, has_needs=has_needs)
            path = land.paths[function.organisation_id]
            found[number].append(_facts(function, path, graph, lacking, plans[function.id]))
    return found


def _facts(
    function: Function, path: str, graph: GraphFacts, facts: tuple[int, tuple[str, ...]], plans: list[PlanFacts]
) -> FunctionFacts:
    status, blockers = graph.recovery.get(function.id, (None, 0))
    return FunctionFacts(
        item(Kind.FUNCTION, function, path),
        function.criticality,
        *facts,
        function.reviewed_on,
        tuple(plans),
        status,
        blockers,
        function.capability_basis,
    )


def _plans(land: Land, on: date) -> dict[int, list[PlanFacts]]:
    """The approved and pending versions of the plans that cover each function of the city, the approved first."""
    named = [Plan.id, Plan.ref, Plan.code, Plan.name_fi, Plan.name_sv, Plan.name_en, Plan.confidentiality]
    told = [PlanVersion.state, PlanVersion.next_review, PlanVersion.valid_until, PlanVersion.last_exercised_on]
    held = rehearsed.last_held(exercise_plan.c.plan_id, on)
    rows: Any = select(plan_function.c.function_id, Organisation.path, *named, *told, held.c.held_on)
    rows = rows.join(Plan, Plan.id == plan_function.c.plan_id).join(PlanVersion, PlanVersion.plan_id == Plan.id)
    rows = rows.join(Organisation, Organisation.id == Plan.organisation_id).where(below(land.city.path))
    rows = rows.outerjoin(held, held.c.tested == Plan.id).where(Plan.retired.is_(False), PlanVersion.state.in_(IN_USE))
    found: dict[int, list[PlanFacts]] = defaultdict(list)
    for row in db.session.execute(rows.order_by(PlanVersion.state, Plan.code)):
        found[row.function_id].append(_plan(row))
    return found


def _plan(row: Any) -> PlanFacts:
    is_approved = row.state is PlanState.APPROVED
    days = (row.next_review, row.valid_until, rehearsed.newest(row.last_exercised_on, row.held_on))
    return PlanFacts(item(Kind.PLAN, row, row.path), is_approved, *(days if is_approved else ()))
