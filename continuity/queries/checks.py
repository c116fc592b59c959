"""What the automatic checks count, as rows that begin with the path of their owner."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from continuity.models.contents import LevelTask
from continuity.models.plans import Plan, PlanVersion, plan_function
from continuity.models.situations import Observation
from continuity.models.transfers import TransferItem
from continuity.queries import transfers
from continuity.vocabulary.plans import PlanState
from continuity.vocabulary.situations import ObservationKind
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface, interface_sector
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import AgreementState, InterfaceState, Strength
from prepare.actor import Scope
from prepare.models.functions import BiaImpact, Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, bound_by, within
from prepare.vocabulary import FunctionState
from risks.models.bodies import Body, BodyMember, Meeting
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.vocabulary.bodies import BodyKind, MeetingState
from risks.vocabulary.measures import OPEN_STATES
from risks.vocabulary.risks import RiskState

#: Other rows of the same tables; made once, since making one costs more than a query.
Version = aliased(PlanVersion, name="version")
Sector = aliased(Organisation, name="sector")
Sitting = aliased(Organisation, name="sitting")

Paths = Collection[str]
Rows = Select[*tuple[Any, ...]]


def _under(paths: Paths, organisation: type[Organisation] = Organisation) -> ColumnElement[bool]:
    return or_(false(), *(below(path, organisation) for path in paths))


def functions(scope: Scope, paths: Paths) -> Rows:
    """(path, function, whether it has impacts, whether a plan covers it, when that was last exercised)."""
    covering = (
        select(func.max(func.coalesce(PlanVersion.last_exercised_on, date.min)))
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .join(plan_function, plan_function.c.plan_id == Plan.id)
        .where(plan_function.c.function_id == Function.id, PlanVersion.state == PlanState.APPROVED)
        .where(Plan.retired.is_(False))
        .scalar_subquery()
    )
    assessed = exists().where(BiaImpact.function_id == Function.id)
    rows = select(Organisation.path, Function, assessed, covering).join(Function.organisation)
    return rows.where(within(scope, Function.confidentiality), _under(paths), Function.state != FunctionState.RETIRED)


def needs(scope: Scope, paths: Paths) -> Rows:
    """(path, class, need, tolerance, workaround, and of each supplier: workaround, standing, day of its answer)."""
    used = and_(Dependency.need_id == Need.id, Dependency.retired.is_(False))
    rows = select(
        Organisation.path,
        Function.criticality,
        Need.id,
        Need.tolerance_h,
        Need.workaround,
        Dependency.workaround,
        Dependency.standing,
        Dependency.answered_on,
    )
    rows = rows.join(Function, Function.organisation_id == Organisation.id).join(Need, Need.consumer_id == Function.id)
    rows = rows.outerjoin(Dependency, used).where(within(scope, Function.confidentiality), _under(paths))
    in_use = Need.retired.is_(False), Function.state != FunctionState.RETIRED
    return rows.where(*in_use, Need.strength == Strength.ESSENTIAL).order_by(Need.id)


def plans(scope: Scope, paths: Paths) -> Rows:
    """(path, when the version in force was approved, for how many levels it has tasks) of the plans in use."""
    levels = select(func.count(LevelTask.level.distinct())).where(
        LevelTask.plan_version_id == Version.id, LevelTask.retired.is_(False)
    )
    rows = select(Organisation.path, Version.approved_on, levels.scalar_subquery()).join(
        Plan, Plan.organisation_id == Organisation.id
    )
    rows = rows.outerjoin(Version, and_(Version.plan_id == Plan.id, Version.state == PlanState.APPROVED))
    return rows.where(within(scope, Plan.confidentiality), _under(paths), Plan.retired.is_(False))


def interfaces(scope: Scope, paths: Paths) -> Rows:
    """(path of a sector that works across it, interface), once for each of its sectors, among them the leading one."""
    rows = select(Sector.path, Interface).join(Interface.organisation)
    rows = rows.join(interface_sector, interface_sector.c.interface_id == Interface.id)
    rows = rows.join(Sector, Sector.id == interface_sector.c.organisation_id)
    readable = within(scope, Interface.confidentiality), _under(paths, Sector)
    return rows.where(*readable, Interface.state != InterfaceState.DISSOLVED)


def seats(scope: Scope, paths: Paths, *, on: date) -> Rows:
    """(path of who sits there, interval, last held and last failed meeting, appointed) in networks of contacts."""
    known = MeetingState.HELD, MeetingState.MISSED
    days = [func.max(case((Meeting.state == state, Meeting.meets_on))) for state in known]
    rows = select(Sitting.path, Body.cadence_months, *days, Body.appointed_on).select_from(Body)
    rows = rows.join(Organisation, Organisation.id == Body.organisation_id).join(
        BodyMember, BodyMember.body_id == Body.id
    )
    rows = rows.join(Sitting, Sitting.id == BodyMember.organisation_id)
    rows = rows.outerjoin(Meeting, and_(Meeting.body_id == Body.id, Meeting.meets_on <= on))
    kept = bound_by(scope, Body.confidentiality, open_below=Body.open_below)
    rows = rows.where(kept, _under(paths, Sitting), Body.active.is_(True), Body.kind == BodyKind.CONTACTS)
    return rows.group_by(Sitting.path, Body.id, Body.cadence_months, Body.appointed_on)


def small_things(scope: Scope, paths: Paths) -> CompoundSelect[Any]:
    """(part of the facts, path, word, text, day) of what few words tell, of every part at once.

    risks not closed: threat, level. Open measures: state, reason for being late, due. Observed gaps: measure, reason
    for none. Agreements in force: preparedness clause, "yes" where a recovery time is stated. Transfers: state, "yes"
    where the measure has been verified.
    """
    verified = case((transfers.is_verified(), "yes"))
    stated = case((Agreement.recovery_time_stated.is_(True), "yes"))
    is_gap = Observation.kind == ObservationKind.GAP
    return union_all(
        _small(scope, paths, Risk, "risks", Risk.threat, Risk.level, Risk.state != RiskState.CLOSED),
        _small(
            scope,
            paths,
            Measure,
            "measures",
            Measure.state,
            Measure.overdue_reason,
            Measure.state.in_(OPEN_STATES),
            Measure.due,
        ),
        _small(scope, paths, Observation, "observations", Observation.measure_id, Observation.no_action_reason, is_gap),
        _small(
            scope,
            paths,
            Agreement,
            "agreements",
            Agreement.preparedness_clause,
            stated,
            Agreement.state == AgreementState.ACTIVE,
        ),
        _small(scope, paths, TransferItem, "transfers", TransferItem.state, verified, true()),
    )


def _small(
    scope: Scope, paths: Paths, kind: Any, part: str, word: Any, text: Any, counts: Any, day: Any = None
) -> Select[Any, Any, Any, Any, Any]:
    told = cast(word, String), cast(text, String), cast(null(), Date) if day is None else day
    rows = select(literal(part), Organisation.path, *told).join(kind, kind.organisation_id == Organisation.id)
    return rows.where(within(scope, kind.confidentiality), _under(paths), counts)
