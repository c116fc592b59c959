"""What an organisation keeps, and the findings on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import lazyload, selectinload, undefer

from continuity.findings import bodies as body_rules
from continuity.findings import consequences as consequence_rules
from continuity.findings import functions as function_rules
from continuity.findings import guidance as guidance_rules
from continuity.findings import interfaces as interface_rules
from continuity.findings import measures as measure_rules
from continuity.findings import needs as need_rules
from continuity.findings import networks as network_rules
from continuity.findings import plans as plan_rules
from continuity.findings.cases import FunctionCase, OverlapCase, PlanCase
from continuity.findings.consequences import CascadeCase
from continuity.findings.finding import Finding
from continuity.models.plans import Plan, PlanVersion, plan_function
from continuity.queries import figures
from continuity.queries import plans as queries
from continuity.readiness import answers, cases
from continuity.vocabulary.plans import PlanState
from dependencies import queries as dependency_queries
from dependencies.analysing import consequences
from dependencies.models.interfaces import Interface, interface_sector
from dependencies.models.needs import Need
from dependencies.tracing import TooFar
from prepare.actor import Scope
from prepare.criticality import Impacts
from prepare.db import db
from prepare.models.functions import BiaImpact, Function
from prepare.models.organisations import Organisation
from prepare.queries import functions as function_queries
from prepare.texts import name_of
from prepare.vocabulary import CodeList
from risks import areas, networks
from risks.models.bodies import Body
from risks.models.measures import Measure
from risks.models.networks import Network
from risks.models.risks import Risk
from risks.queries import bodies as body_queries
from risks.queries import codelists as code_queries
from risks.queries import measures as measure_queries
from risks.queries import networks as network_queries
from risks.queries import risks as risk_queries
from risks.queries.bodies import Days


@dataclass(frozen=True)
class Holdings:
    """What an organisation keeps, each record with what the rules see of it."""

    organisation: Organisation
    functions: list[Function]
    needs: dict[int, list[Need]]  #: function id → its needs
    cases: dict[int, FunctionCase]  #: function id → its case
    plans: list[tuple[Plan, PlanVersion | None, PlanCase]]
    approved: dict[int, tuple[Plan, PlanVersion]]  #: function id → its plan in force
    risks: list[Risk]
    interfaces: list[Interface]
    overlaps: list[OverlapCase]  #: networks that do the same work, of a city and of its coordinating unit
    measures: list[Measure]
    bodies: list[tuple[Body, Days]]  #: with the days of their last meetings
    cascades: list[CascadeCase]
    scope: Scope  #: of the reader


def holdings(scope: Scope, organisation: Organisation) -> Holdings:
    """What the scope shows of an organisation and everything below it, the most critical functions first.

    A plan covers a function even when the reader may not read the plan.
    """
    rows = function_queries.functions(scope, organisation=organisation.path)
    functions = list(db.session.scalars(function_queries.ordered(rows, "criticality")))
    ids = [function.id for function in functions]
    needs: dict[int, list[Need]] = {one: [] for one in ids}
    for need in db.session.scalars(dependency_queries.needs(scope).where(Need.consumer_id.in_(ids))):
        needs[need.consumer_id].append(need)
    impacts, approved = _impacts(ids), _approved(ids)
    seen = {
        one.id: cases.function_case(scope, one, needs[one.id], impacts.get(one.id, {}), one.id in approved)
        for one in functions
    }
    risks = _risks(scope, organisation)
    return Holdings(
        organisation,
        functions,
        needs,
        seen,
        _plans(scope, organisation),
        approved,
        risks,
        _interfaces(scope, organisation),
        _overlaps(scope, organisation),
        _measures(scope, organisation),
        _bodies(scope, organisation),
        _cascades(scope, risks),
        scope,
    )


def findings(held: Holdings, on: date) -> list[Finding]:
    """Every finding on what the organisation keeps, the gravest first, in the language in use."""
    found = list(function_rules.of_organisation(cases.organisation_case(held.organisation)))
    for function in held.cases.values():
        found += [*function_rules.of_function(function, on), *need_rules.of_needs(function, on)]
    for _plan, _version, plan_case in held.plans:
        found += plan_rules.of_plan(plan_case, on)
    for risk in held.risks:
        found += plan_rules.of_risk(cases.risk_case(risk, on), on)
    for measure in held.measures:
        found += measure_rules.of_measure(cases.measure_case(measure, on))
    for case in held.cascades:
        found += consequence_rules.of_cascade(case)
    for interface in held.interfaces:
        found += interface_rules.of_interface(cases.interface_case(interface), on)
    for body, days in held.bodies:
        found += body_rules.of_body(cases.body_case(body, days), on)
    for overlap in held.overlaps:
        found += network_rules.of_overlap(overlap)
    for answer in answers.cases(held, on):
        found += guidance_rules.of_answer(answer)
    return function_rules.sorted_by_weight(found)


def _impacts(ids: list[int]) -> dict[int, Impacts]:
    found: dict[int, dict[Any, Any]] = {}
    for row in db.session.scalars(select(BiaImpact).where(BiaImpact.function_id.in_(ids))):
        found.setdefault(row.function_id, {})[row.category] = row.steps
    return dict(found)


def _approved(ids: list[int]) -> dict[int, tuple[Plan, PlanVersion]]:
    """The plan in force for each function: of several the one that is valid longest."""
    rows = (
        select(plan_function.c.function_id, Plan, queries.Approved)
        .join(Plan, Plan.id == plan_function.c.plan_id)
        .join(queries.Approved, and_(queries.Approved.plan_id == Plan.id, queries.Approved.state == PlanState.APPROVED))
        .where(plan_function.c.function_id.in_(ids), Plan.retired.is_(False))
        .order_by(queries.Approved.next_review.nulls_first(), Plan.code)
    )
    return {function_id: (plan, version) for function_id, plan, version in db.session.execute(rows)}


def _plans(scope: Scope, organisation: Organisation) -> list[tuple[Plan, PlanVersion | None, PlanCase]]:
    # A version's own plan is loaded by an inner join, which would drop every plan that lacks one of the two.
    alone = lazyload(queries.Approved.plan), lazyload(queries.Pending.plan)
    rows = queries.plans(scope, organisation=organisation.path).options(selectinload(Plan.functions), *alone)
    found = db.session.execute(queries.ordered(rows, "code").options(undefer(queries.Approved.figures))).all()
    kept = [plan for plan, approved, _pending in found if approved and approved.figures]
    now = figures.of_functions(function for plan in kept for function in plan.functions)
    return [
        (plan, approved or pending, cases.plan_case(scope, plan, approved, now)) for plan, approved, pending in found
    ]


def _risks(scope: Scope, organisation: Organisation) -> list[Risk]:
    loaded = selectinload(Risk.functions), selectinload(Risk.measures), selectinload(Risk.scenario)
    rows = risk_queries.risks(scope, organisation=organisation.path).options(*loaded)
    return list(db.session.scalars(risk_queries.ordered(rows, "level", descending=True)))


def _measures(scope: Scope, organisation: Organisation) -> list[Measure]:
    wanted = measure_queries.Wanted(organisation=organisation.path)
    rows = measure_queries.measures(scope, wanted).options(selectinload(Measure.risks))
    return list(db.session.scalars(measure_queries.ordered(rows, "due")))


def _cascades(scope: Scope, risks: list[Risk]) -> list[CascadeCase]:
    """The risks whose assessed impact and cascade differ; none where the graph is too large to wait for."""
    try:
        told = consequences.of_risks(scope, risks)
    except TooFar:
        return []
    found = (cases.cascade_case(risk, told.get(risk.id)) for risk in risks)
    return [case for case in found if case]


def _interfaces(scope: Scope, organisation: Organisation) -> list[Interface]:
    """The interfaces that the organisation leads or works across."""
    works = Interface.id.in_(
        select(interface_sector.c.interface_id).where(interface_sector.c.organisation_id == organisation.id)
    )
    rows = dependency_queries.interfaces(scope).where(or_(Interface.organisation_id == organisation.id, works))
    return list(db.session.scalars(rows))


def _bodies(scope: Scope, organisation: Organisation) -> list[tuple[Body, Days]]:
    """The bodies with an interval that the organisation keeps, or coordinates for the city that does."""
    keepers = {organisation.id, organisation.parent_id if organisation.is_coordinator else organisation.id}
    found = db.session.scalars(body_queries.rhythmic(scope).where(Body.organisation_id.in_(keepers))).all()
    if not found:
        return []
    days = {
        one: Days(held, failed)
        for one, held, failed in db.session.execute(body_queries.last_days(scope, until=date.max))
    }
    return [(body, days.get(body.id, Days())) for body in found]


def _overlaps(scope: Scope, organisation: Organisation) -> list[OverlapCase]:
    """The overlaps among the networks that the organisation keeps, or coordinates for the city that does."""
    keepers = {organisation.id, organisation.parent_id if organisation.is_coordinator else organisation.id}
    rows = network_queries.networks(scope).where(Network.organisation_id.in_(keepers))
    found = {one.code: one for one in db.session.scalars(rows)}
    if len(found) < 2:
        return []
    items = db.session.scalars(code_queries.listed(CodeList.AREA)).all()
    codes = {item.id: item.code for item in items}
    lines = areas.above(areas.Place(item.code, codes.get(item.parent_id or 0)) for item in items)
    names = {item.code: name_of(item) for item in items}
    pairs = networks.overlaps([network_queries.case(one) for one in found.values()], lines)
    return [cases.overlap_case(pair, found, names) for pair in pairs]
