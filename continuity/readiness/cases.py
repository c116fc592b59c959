"""Records as the rules of the findings see them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from continuity import frozen
from continuity.findings.cases import (
    BodyCase,
    FunctionCase,
    InterfaceCase,
    MeasureCase,
    NeedCase,
    OrganisationCase,
    OverlapCase,
    PlanCase,
    RiskCase,
    SupplierCase,
)
from continuity.findings.consequences import CascadeCase
from continuity.findings.finding import Subject, Thing
from continuity.frozen import Figure
from continuity.models.plans import Plan, PlanVersion
from continuity.queries import figures
from dependencies.analysing.consequences import Told
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import Standing, Strength
from prepare.actor import Scope
from prepare.criticality import Impacts
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.registration import VITAL, Gap, of_record
from prepare.texts import N_, _, name_of, named
from prepare.vocabulary import Criticality, FunctionState, OrganisationKind
from risks import lifecycle, measuring
from risks.matrix import Level
from risks.models.bodies import Body
from risks.models.measures import Measure
from risks.models.networks import Network
from risks.models.risks import Risk
from risks.networks import Overlap
from risks.queries.bodies import Days
from risks.vocabulary.risks import RiskState, Treatment

#: As the function's page tells it (E11).
NO_NEEDS = Gap(
    None,
    N_("What the function needs, or that it needs nothing"),
    N_("Without them nobody sees what would bring the function down."),
)
#: What stands for a supplier whose name the reader may not see.
OUTSIDE = N_("a function outside your view")


def function_case(
    scope: Scope, function: Function, needs: list[Need], impacts: Impacts, has_plan: bool
) -> FunctionCase:
    """A function with its needs as the rules see them."""
    lacks_needs = function.criticality in VITAL and not needs and not function.no_dependencies
    return FunctionCase(
        thing_of(Subject.FUNCTION, function, name_of(function)),
        of_record(function),
        impacts,
        tuple(need_case(scope, need) for need in needs),
        (NO_NEEDS,) if lacks_needs else (),
        has_approved_plan=has_plan,
        reviewed_on=function.reviewed_on,
        next_review=function.next_review,
    )


def need_case(scope: Scope, need: Need) -> NeedCase:
    """A need as the rules see it, its suppliers named as the scope allows."""
    suppliers = tuple(supplier_case(scope, dependency) for dependency in need.in_force)
    return NeedCase(
        need_name(scope, need),
        need.strength is Strength.ESSENTIAL,
        need.strength is Strength.SUPPORTING,
        need.tolerance_h,
        bool(need.workaround) or any(dependency.workaround for dependency in need.in_force),
        suppliers,
        need.min_required,
    )


def need_name(scope: Scope, need: Need) -> str:
    """The need's name in the language in use; one named after a supplier outside the scope is told by its kind."""
    only = need.in_force[0].supplier if len(need.in_force) == 1 else None
    if only is None or need.name != only.name_fi:
        return need.name
    told = scope.names(only.id, only.owner_path, only.confidentiality)
    return name_of(only) if told else need.in_force[0].kind.label


def supplier_case(scope: Scope, dependency: Dependency) -> SupplierCase:
    """A supplier as the rules see it; a name that the reader may not see is not told."""
    supplier = dependency.supplier
    told = scope.names(supplier.id, supplier.owner_path, supplier.confidentiality)
    return SupplierCase(
        supplier.code if told else "",
        name_of(supplier) if told else _(OUTSIDE),
        supplier.owner_is_own,
        supplier.criticality,
        supplier.mtpd_h,
        supplier.committed_recovery_h,
        supplier.commodity,
        dependency.interface_id is not None,
        dependency.standing is Standing.CONFIRMED,
        dependency.standing is Standing.DISPUTED,
        dependency.answered_on,
        str(supplier.id),
    )


def plan_case(scope: Scope, plan: Plan, approved: PlanVersion | None, now: dict[int, Figure] | None = None) -> PlanCase:
    """A plan with its approved version as the rules see it; `now` holds what its functions are at present, by id."""
    in_force = [f for f in plan.functions if f.state is not FunctionState.RETIRED]
    classes = sorted(f.criticality.value for f in in_force if f.criticality)
    thing = thing_of(Subject.PLAN, plan, name_of(plan))
    worst = Criticality(classes[0]) if classes else None
    if approved is None:
        return PlanCase(thing, worst)
    return PlanCase(
        thing,
        worst,
        approved.approved_on,
        approved.next_review,
        approved.valid_until,
        approved.last_exercised_on,
        {f.code: f.reviewed_on for f in in_force if f.reviewed_on and _tells(scope, plan, f)},
        _differences(scope, plan, approved, now or {}),
    )


def _differences(scope: Scope, plan: Plan, approved: PlanVersion, now: dict[int, Figure]) -> tuple[str, ...] | None:
    """What differs from what the plan was approved on; None when that was not kept. On whom it depends is not told."""
    kept = figures.frozen(approved)
    if kept is None:
        return None
    found = frozen.differences(kept, figures.of_plan(plan.functions, now))
    told = frozen.told(found, scope, plan.confidentiality)
    return tuple(dict.fromkeys(f"{one.function.code} {one.discreet}" for one in told))


def _tells(scope: Scope, plan: Plan, function: Function) -> bool:
    """Whether a finding on the plan may name the function: it is no more secret than the plan."""
    open_enough = function.confidentiality.rank <= plan.confidentiality.rank
    return open_enough and scope.names(function.id, function.owner_path, function.confidentiality)


def risk_case(risk: Risk, on: date) -> RiskCase:
    """A risk as the rules see it."""
    accepts = risk.treatment is Treatment.ACCEPT or risk.state is RiskState.ACCEPTED
    stated = all((risk.accepted_by, risk.accepted_on, risk.accepted_reason, risk.accepted_until))
    return RiskCase(
        thing_of(Subject.RISK, risk, named(risk, "title")),
        risk.level.label if risk.level else "",
        risk.level in (Level.SIGNIFICANT, Level.CRITICAL),
        risk.level is Level.CRITICAL,
        risk.level is not None,
        risk.treatment is not None,
        stated and risk.state is RiskState.ACCEPTED and not lifecycle.has_lapsed(risk, on=on),
        accepts,
        risk.treatment is Treatment.AVOID,
        bool(measuring.in_force(risk.measures)),
        bool(risk.owner_role),
        risk.next_review,
    )


def measure_case(measure: Measure, on: date) -> MeasureCase:
    """A measure as the rules see it."""
    late = measuring.overdue_days(measure.state, measure.due, on=on)
    thing = thing_of(Subject.MEASURE, measure, name_of(measure))
    return MeasureCase(thing, measure.due, late, bool(measure.overdue_reason))


def cascade_case(risk: Risk, told: Told | None) -> CascadeCase | None:
    """A risk whose assessed impact and cascade want a second look; None when they do not."""
    if told is None or risk.impact is None or told.computed is None or not told.differs(risk.impact):
        return None
    scenario = risk.scenario.code if risk.scenario else ""
    thing = thing_of(Subject.RISK, risk, named(risk, "title"))
    return CascadeCase(thing, scenario, risk.impact, told.computed)


def interface_case(interface: Interface, *, is_reached: bool | None) -> InterfaceCase:
    """An interface as the rules see it; `is_reached` tells whether both sides can be reached."""
    return InterfaceCase(
        thing_of(Subject.INTERFACE, interface, name_of(interface)),
        interface.criticality,
        bool(is_reached),
        bool(interface.alerting_documented),
        interface.exercised_on,
    )


def overlap_case(overlap: Overlap, networks: Mapping[str, Network], areas: Mapping[str, str]) -> OverlapCase:
    """Two networks that overlap as the rules see them; `areas` are the names of areas by their codes."""
    pair = (networks[overlap.one.code], networks[overlap.other.code])
    one, other = sorted(pair, key=lambda network: -network.confidentiality.rank)
    return OverlapCase(
        thing_of(Subject.NETWORK, one, name_of(one)),
        f"{other.code} {name_of(other)}",
        tuple(areas.get(code, code) for code in overlap.areas),
        tuple(group.label for group in overlap.target_groups),
    )


def body_case(body: Body, days: Days) -> BodyCase:
    """A body as the rules see it."""
    thing = thing_of(Subject.BODY, body, name_of(body))
    return BodyCase(thing, body.cadence_months, days.held, days.failed, body.appointed_on, body.active)


def organisation_case(organisation: Organisation, *, has_police_interface: bool) -> OrganisationCase:
    """An organisation's duty holders and its tie to the police as the rules see them."""
    parent = organisation.parent
    return OrganisationCase(
        thing_of(Subject.ORGANISATION, organisation, name_of(organisation)),
        organisation.contact_id is not None,
        organisation.deputy_id is not None,
        organisation.director_role is not None,
        organisation.kind.is_own and parent is not None and parent.kind is OrganisationKind.CITY,
        has_police_interface,
        bool(organisation.police_interface_reason),
    )


def thing_of(subject: Subject, record: Any, name: str) -> Thing:
    """What a finding on a record is about."""
    owner = record if subject is Subject.ORGANISATION else record.organisation
    return Thing(subject, record.code, name, str(record.ref), owner.code, record.confidentiality)
