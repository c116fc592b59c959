"""What an organisation keeps, and the findings on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from continuity.findings import agreements as agreement_rules
from continuity.findings import bodies as body_rules
from continuity.findings import consequences as consequence_rules
from continuity.findings import functions as function_rules
from continuity.findings import guidance as guidance_rules
from continuity.findings import interfaces as interface_rules
from continuity.findings import losses as loss_rules
from continuity.findings import measures as measure_rules
from continuity.findings import needs as need_rules
from continuity.findings import networks as network_rules
from continuity.findings import plans as plan_rules
from continuity.findings import reserves as reserve_rules
from continuity.findings import transfers as transfer_rules
from continuity.findings.agreements import AgreementCase
from continuity.findings.cases import FunctionCase, OrganisationCase, OverlapCase, PlanCase
from continuity.findings.finding import Finding
from continuity.findings.transfers import TransferCase
from continuity.models.plans import Plan, PlanVersion
from continuity.readiness import agreed, answers, cases, loading, whole
from continuity.readiness.whole import Chains
from dependencies import queries as dependency_queries
from dependencies.analysing import completeness
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Need
from prepare.actor import Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions as function_queries
from risks.models.bodies import Body
from risks.models.measures import Measure
from risks.models.risks import Risk
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
    reach: dict[int, bool | None]  #: interface id → whether both sides can be reached; no contact at all: not there
    overlaps: list[OverlapCase]  #: networks that do the same work, of a city and of its coordinating unit
    measures: list[Measure]
    bodies: list[tuple[Body, Days]]  #: with the days of their last meetings
    organisations: list[OrganisationCase]  #: the organisation and those of the city group below it
    agreements: list[AgreementCase]
    transfers: list[TransferCase]
    chains: Chains  #: what the whole graph shows
    scope: Scope  #: of the reader


def holdings(scope: Scope, organisation: Organisation, *, on: date) -> Holdings:
    """What the scope shows of an organisation and everything below it on a day, the most critical functions first.

    A plan covers a function even when the reader may not read the plan.
    """
    rows = function_queries.functions(scope, organisation=organisation.path)
    functions = list(db.session.scalars(function_queries.ordered(rows, "criticality")))
    needs = _needs(scope, [function.id for function in functions])
    risks = loading.risks(scope, organisation)
    chains = whole.chains(scope, organisation, functions, risks, on=on)
    kept = loading.organisations(scope, organisation)
    keepers = loading.keepers(organisation, kept)
    approved = loading.approved(list(needs))
    interfaces = loading.interfaces(scope, {one.id for one in kept})
    return Holdings(
        organisation,
        functions,
        needs,
        _function_cases(scope, functions, needs, approved, chains),
        loading.plans(scope, organisation),
        approved,
        risks,
        interfaces,
        completeness.reach([one.id for one in interfaces]),
        loading.overlaps(scope, keepers),
        loading.measures(scope, organisation),
        loading.bodies(scope, keepers),
        agreed.organisation_cases(kept),
        agreed.agreement_cases(scope, {one.id for one in kept}, on=on),
        agreed.transfer_cases(scope, organisation),
        chains,
        scope,
    )


def _needs(scope: Scope, ids: list[int]) -> dict[int, list[Need]]:
    needs: dict[int, list[Need]] = {one: [] for one in ids}
    for need in db.session.scalars(dependency_queries.needs(scope).where(Need.consumer_id.in_(ids))):
        needs[need.consumer_id].append(need)
    return needs


def _function_cases(
    scope: Scope,
    functions: list[Function],
    needs: dict[int, list[Need]],
    approved: dict[int, tuple[Plan, PlanVersion]],
    chains: Chains,
) -> dict[int, FunctionCase]:
    impacts, found = loading.impacts(list(needs)), {}
    for one in functions:
        case = cases.function_case(scope, one, needs[one.id], impacts.get(one.id, {}), one.id in approved)
        found[one.id] = chains.with_recovery(one.id, case)
    return found


def findings(held: Holdings, on: date) -> list[Finding]:
    """Every finding on what the organisation keeps, the gravest first, in the language in use."""
    return function_rules.sorted_by_weight([*_on_functions(held, on), *_on_others(held, on), *_on_chains(held.chains)])


def _on_functions(held: Holdings, on: date) -> Iterator[Finding]:
    for function in held.cases.values():
        yield from function_rules.of_function(function, on)
        yield from need_rules.of_needs(function, on)
    for _plan, _version, plan_case in held.plans:
        yield from plan_rules.of_plan(plan_case, on)
    for risk in held.risks:
        yield from plan_rules.of_risk(cases.risk_case(risk, on), on)
    for measure in held.measures:
        yield from measure_rules.of_measure(cases.measure_case(measure, on))


def _on_others(held: Holdings, on: date) -> Iterator[Finding]:
    for organisation in held.organisations:
        yield from function_rules.of_organisation(organisation)
        yield from interface_rules.of_organisation(organisation)
    for interface in held.interfaces:
        case = cases.interface_case(interface, is_reached=held.reach.get(interface.id))
        yield from interface_rules.of_interface(case, on)
    for agreement in held.agreements:
        yield from agreement_rules.of_agreement(agreement)
    for item in held.transfers:
        yield from transfer_rules.of_transfer(item)
    for body, days in held.bodies:
        yield from body_rules.of_body(cases.body_case(body, days), on)
    for overlap in held.overlaps:
        yield from network_rules.of_overlap(overlap)
    for answer in answers.cases(held, on):
        yield from guidance_rules.of_answer(answer)


def _on_chains(chains: Chains) -> Iterator[Finding]:
    for cascade in chains.cascades:
        yield from consequence_rules.of_cascade(cascade)
    for loss in chains.losses:
        yield from loss_rules.of_loss(loss)
    for defeat in chains.defeats:
        yield from loss_rules.of_defeat(defeat)
    for circle in chains.circles:
        yield from loss_rules.of_circle(circle)
    for reserve in chains.reserves:
        yield from reserve_rules.of_reserve(reserve)
