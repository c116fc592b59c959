"""What indicators ask about dependencies, risks, measures, observations and bodies of a city: all at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import aliased

from continuity.models.exercises import Exercise
from continuity.models.situations import Observation, Situation
from continuity.readiness.items import Land, Sorted, columns, item
from continuity.scoring.cases import BodyFacts, DependencyFacts, MeasureFacts, ObservationFacts, RiskFacts
from continuity.scoring.indicator import Item
from continuity.scoring.vocabulary import Kind
from continuity.vocabulary.situations import ObservationKind
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import Strength
from prepare.clock import day_of
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.registration import VITAL
from prepare.vocabulary import Criticality, FunctionState
from risks.matrix import Level
from risks.models.bodies import Body, Meeting
from risks.models.measures import Measure
from risks.models.risks import Risk, risk_measure
from risks.vocabulary.bodies import MeetingState
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import OPEN_STATES, MeasureState
from risks.vocabulary.risks import RiskState, Treatment

#: Other rows of the same tables; made once, since making one costs more than a query.
Supplier = aliased(Function, name="supplier")
SupplierOwner = aliased(Organisation, name="supplier_owner")


@dataclass(frozen=True)
class Edge:
    """An essential dependency of a K1-K2 function, by what an agreement may cover."""

    supplier: int
    interface: int | None
    is_vital: bool  #: whether the function is of class K1


@dataclass
class Needed:
    """What the functions of a city need."""

    facts: Sorted  #: the essential dependencies of K1-K2 functions, by sector
    edges: dict[int, list[Edge]]  #: the same, for the agreements
    needing: set[int]  #: functions of which any need is registered


def dependencies(land: Land) -> Needed:
    """What the functions of the city need, from whom, and what the supplier says."""
    names = [getattr(Supplier, f"name_{code}").label(f"supplier_{code}") for code in ("fi", "sv", "en")]
    of_supplier = (Supplier.id.label("supplier_id"), Supplier.code.label("supplier"), *names)
    told = (Dependency.id, Dependency.code, Dependency.standing, Dependency.answered_on, Dependency.confidentiality)
    of_need = (Need.ref, Need.name, Need.strength, Dependency.interface_id, Function.id.label("consumer"))
    of_consumer = (Function.criticality, Function.organisation_id, Function.confidentiality.label("closed"))
    rows: Any = select(*told, *of_need, *of_consumer, *of_supplier)
    rows = rows.add_columns(
        Supplier.confidentiality.label("supplier_closed"), SupplierOwner.path.label("supplier_path")
    )
    rows = rows.join(Need, Need.id == Dependency.need_id).join(Function, Function.id == Need.consumer_id)
    rows = rows.join(Supplier, Supplier.id == Dependency.supplier_id)
    rows = land.kept(rows.join(SupplierOwner, SupplierOwner.id == Supplier.organisation_id), Function)
    rows = rows.where(Dependency.retired.is_(False), Need.retired.is_(False), Function.state != FunctionState.RETIRED)
    found = db.session.execute(rows.order_by(Dependency.code)).all()
    vital = [row for row in found if row.strength is Strength.ESSENTIAL and row.criticality in VITAL]
    facts, edges = land.sorted_out(vital, lambda row: _dependency(land, row)), land.sorted_out(vital, _edge)
    return Needed(facts, edges, {row.consumer for row in found})


def _edge(row: Any) -> Edge:
    return Edge(row.supplier_id, row.interface_id, row.criticality is Criticality.K1)


def _dependency(land: Land, row: Any) -> DependencyFacts:
    closed, path = max(row.confidentiality, row.closed, key=lambda one: one.rank), land.paths[row.organisation_id]
    one = Item(Kind.DEPENDENCY, row.code, str(row.ref), row.name, None, None, row.id, path, closed)
    names = (row.supplier_fi, row.supplier_sv, row.supplier_en)
    supplier = Item(Kind.FUNCTION, row.supplier, "", *names, row.supplier_id, row.supplier_path, row.supplier_closed)
    return DependencyFacts(one, supplier, row.standing, row.answered_on, row.criticality)


def risks(land: Land, on: date) -> Sorted:
    """The open risks from the level "significant" up, by sector."""
    treated = exists().where(
        risk_measure.c.risk_id == Risk.id,
        risk_measure.c.measure_id == Measure.id,
        Measure.state != MeasureState.CANCELLED,
    )
    told = (Risk.level, Risk.state, Risk.owner_role, Risk.next_review, Risk.treatment)
    accepted = (Risk.accepted_by, Risk.accepted_on, Risk.accepted_reason, Risk.accepted_until)
    rows: Any = land.kept(select(*columns(Risk, *told, *accepted, treated.label("treated"), named_by="title")), Risk)
    rows = rows.where(Risk.state != RiskState.CLOSED, Risk.level.in_((Level.SIGNIFICANT, Level.CRITICAL)))
    return land.sorted_out(db.session.execute(rows.order_by(Risk.code)), lambda row: _risk(land, row, on))


def _risk(land: Land, row: Any, on: date) -> RiskFacts:
    stated = all((row.accepted_by, row.accepted_on, row.accepted_reason, row.accepted_until))
    return RiskFacts(
        item(Kind.RISK, row, land.paths[row.organisation_id], named_by="title"),
        row.level is Level.CRITICAL,
        bool(row.owner_role),
        row.next_review,
        bool(row.treated) or row.treatment is Treatment.AVOID,
        stated and row.state is RiskState.ACCEPTED and row.accepted_until >= on,
    )


def measures(land: Land) -> Sorted:
    """The measures on which somebody is still to work, by sector."""
    rows: Any = land.kept(select(*columns(Measure, Measure.due, Measure.level)), Measure)
    rows = rows.where(Measure.state.in_(OPEN_STATES)).order_by(Measure.code)
    return land.sorted_out(db.session.execute(rows), lambda row: _measure(land, row))


def _measure(land: Land, row: Any) -> MeasureFacts:
    one = item(Kind.MEASURE, row, land.paths[row.organisation_id])
    return MeasureFacts(one, row.due, row.level is not SteeringLevel.AREA)


def observations(land: Land) -> Sorted:
    """The gaps that situations and exercises showed, by sector."""
    told = (Observation.id, Observation.ref, Observation.code, Observation.text.label("name"))
    rows: Any = select(*told, Observation.confidentiality, Observation.organisation_id, Observation.closed_on)

    rows = rows.add_columns(Situation.began_at, Exercise.held_on)
    rows = rows.outerjoin(Situation, Situation.id == Observation.situation_id)
    rows = rows.outerjoin(Exercise, Exercise.id == Observation.exercise_id)
    rows = land.kept(rows, Observation).where(Observation.kind == ObservationKind.GAP).order_by(Observation.code)
    return land.sorted_out(db.session.execute(rows), lambda row: _observation(land, row))


def _observation(land: Land, row: Any) -> ObservationFacts:
    one = item(Kind.OBSERVATION, row, land.paths[row.organisation_id], is_binding=True)
    return ObservationFacts(one, day_of(row.began_at) if row.began_at else row.held_on, row.closed_on)


def bodies(land: Land, on: date) -> Sorted:
    """The bodies in use that meet at intervals, with the days of their last meetings, by sector."""
    held, failed = (
        func.max(case((Meeting.state == state, Meeting.meets_on))) for state in (MeetingState.HELD, MeetingState.MISSED)
    )
    told = columns(Body, Body.cadence_months, Body.appointed_on)
    rows: Any = select(*told, held.label("held_on"), failed.label("failed_on"))
    rows = rows.outerjoin(Meeting, and_(Meeting.body_id == Body.id, Meeting.meets_on <= on))
    rows = land.kept(rows, Body).where(Body.active.is_(True), Body.cadence_months.is_not(None))
    rows = rows.group_by(*told).order_by(Body.code)
    return land.sorted_out(db.session.execute(rows), lambda row: _body(land, row))


def _body(land: Land, row: Any) -> BodyFacts:
    one = item(Kind.BODY, row, land.paths[row.organisation_id], is_binding=True)
    return BodyFacts(one, row.cadence_months, row.held_on, row.failed_on, row.appointed_on)
