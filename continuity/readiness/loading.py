"""The records that an organisation keeps, as a reader may see them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, lazyload, selectinload, undefer

from continuity.findings.cases import OverlapCase, PlanCase
from continuity.models.plans import Plan, PlanVersion, plan_function
from continuity.queries import figures
from continuity.queries import plans as queries
from continuity.readiness import cases
from continuity.vocabulary.plans import PlanState
from dependencies import queries as dependency_queries
from dependencies.models.interfaces import Interface, interface_sector
from prepare.actor import Scope
from prepare.criticality import Impacts
from prepare.db import db
from prepare.models.functions import BiaImpact
from prepare.models.organisations import Organisation
from prepare.queries import organisations as organisation_queries
from prepare.queries.scopes import below
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


def organisations(scope: Scope, organisation: Organisation) -> list[Organisation]:
    """The city group's own organisations at this one and below it, with what stands above each."""
    rows = organisation_queries.organisations(scope).where(below(organisation.path))
    found = list(db.session.scalars(rows.options(joinedload(Organisation.parent))))
    return found if organisation in found else [organisation, *found]


def keepers(organisation: Organisation, kept: Collection[Organisation]) -> set[int]:
    """The ids of these organisations; what the city itself keeps counts as its coordinating unit's too."""
    ids = {one.id for one in [organisation, *kept]}
    return ids | {organisation.parent_id} if organisation.is_coordinator and organisation.parent_id else ids


def impacts(ids: list[int]) -> dict[int, Impacts]:
    """The impacts over time of these functions."""
    found: dict[int, dict[Any, Any]] = {}
    for row in db.session.scalars(select(BiaImpact).where(BiaImpact.function_id.in_(ids))):
        found.setdefault(row.function_id, {})[row.category] = row.steps
    return dict(found)


def approved(ids: list[int]) -> dict[int, tuple[Plan, PlanVersion]]:
    """The plan in force for each function: of several the one that is valid longest."""
    rows = (
        select(plan_function.c.function_id, Plan, queries.Approved)
        .join(Plan, Plan.id == plan_function.c.plan_id)
        .join(queries.Approved, and_(queries.Approved.plan_id == Plan.id, queries.Approved.state == PlanState.APPROVED))
        .where(plan_function.c.function_id.in_(ids), Plan.retired.is_(False))
        .order_by(queries.Approved.next_review.nulls_first(), Plan.code)
    )
    return {function_id: (plan, version) for function_id, plan, version in db.session.execute(rows)}


def plans(scope: Scope, organisation: Organisation) -> list[tuple[Plan, PlanVersion | None, PlanCase]]:
    """The plans of the organisation, each with the version in force or in work."""
    # A version's own plan is loaded by an inner join, which would drop every plan that lacks one of the two.
    alone = lazyload(queries.Approved.plan), lazyload(queries.Pending.plan)
    rows = queries.plans(scope, organisation=organisation.path).options(selectinload(Plan.functions), *alone)
    found = db.session.execute(queries.ordered(rows, "code").options(undefer(queries.Approved.figures))).all()
    kept = [plan for plan, approved, _pending in found if approved and approved.figures]
    now = figures.of_functions(function for plan in kept for function in plan.functions)
    return [
        (plan, approved or pending, cases.plan_case(scope, plan, approved, now)) for plan, approved, pending in found
    ]


def risks(scope: Scope, organisation: Organisation) -> list[Risk]:
    """The risks of the organisation with their functions, measures and scenarios, the gravest first."""
    loaded = selectinload(Risk.functions), selectinload(Risk.measures), selectinload(Risk.scenario)
    rows = risk_queries.risks(scope, organisation=organisation.path).options(*loaded)
    return list(db.session.scalars(risk_queries.ordered(rows, "level", descending=True)))


def measures(scope: Scope, organisation: Organisation) -> list[Measure]:
    """The measures of the organisation with their risks, by day."""
    wanted = measure_queries.Wanted(organisation=organisation.path)
    rows = measure_queries.measures(scope, wanted).options(selectinload(Measure.risks))
    return list(db.session.scalars(measure_queries.ordered(rows, "due")))


def interfaces(scope: Scope, ids: Collection[int]) -> list[Interface]:
    """The interfaces that these organisations lead or work across."""
    works = select(interface_sector.c.interface_id).where(interface_sector.c.organisation_id.in_(ids))
    rows = dependency_queries.interfaces(scope)
    return list(db.session.scalars(rows.where(Interface.organisation_id.in_(ids) | Interface.id.in_(works))))


def bodies(scope: Scope, keepers: Collection[int]) -> list[tuple[Body, Days]]:
    """The bodies with an interval that these organisations keep, each with the days of its last meetings."""
    found = db.session.scalars(body_queries.rhythmic(scope).where(Body.organisation_id.in_(keepers))).all()
    if not found:
        return []
    days = {
        one: Days(held, failed)
        for one, held, failed in db.session.execute(body_queries.last_days(scope, until=date.max))
    }
    return [(body, days.get(body.id, Days())) for body in found]


def overlaps(scope: Scope, keepers: Collection[int]) -> list[OverlapCase]:
    """The overlaps among the networks that these organisations keep."""
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
