"""How loss spreads: dependencies, interfaces, agreements and reserves."""

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from dependencies import agreements as rules
from dependencies import queries
from dependencies.analysing import agreements, reserves
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency, Need
from dependencies.models.reserves import Reserve
from dependencies.reserving.vocabulary import ReserveKind, ReserveUnit, ReserveUse
from dependencies.vocabulary import (
    AgreementKind,
    AgreementState,
    Clause,
    DependencyKind,
    InterfaceLevel,
    InterfaceState,
    Standing,
    Strength,
    ToleranceBasis,
    Validity,
)
from exports.registers.field import CODE, CONFIDENTIAL, INTERNAL, OWNER, REF, SECRECY, Field, Kind, Sight, names
from exports.registers.register import Records, Register, owned
from prepare.access import Action
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below
from prepare.texts import N_
from prepare.vocabulary import Criticality, Organiser

WORD, NUMBER, WHOLE, DATE, YES_NO = Kind.WORD, Kind.NUMBER, Kind.WHOLE, Kind.DATE, Kind.YES_NO
CODES = Kind.CODES


#: What is told of the functions at both ends of a dependency, and of whose they are: not their long texts.
TOLD = (
    Function.ref,
    Function.code,
    Function.name_fi,
    Function.confidentiality,
    Function.organisation_id,
    Function.rto_h,
    Function.committed_recovery_h,
)
OWNER_TOLD = (Organisation.code, Organisation.path, Organisation.kind)


def _need_ids(scope: Scope) -> Select[Any]:
    return queries.needs(scope).options().with_only_columns(Need.id, maintain_column_froms=True).order_by(None)


def _needs(scope: Scope) -> Select[Any]:
    rows = select(Need).join(Need.consumer).join(Function.organisation).where(Need.id.in_(_need_ids(scope)))
    alternatives = selectinload(Need.alternatives).lazyload(Dependency.need)
    return rows.options(contains_eager(Need.consumer).contains_eager(Function.organisation), alternatives)


def _dependencies(scope: Scope) -> Select[Any]:
    """The dependencies in use of the needs that are read, each with its need, consumer and supplier."""
    rows = select(Dependency).join(Dependency.need).join(Need.consumer).join(Function.organisation)
    rows = rows.where(Dependency.need_id.in_(_need_ids(scope)), Dependency.retired.is_(False))
    loaded = contains_eager(Dependency.need).contains_eager(Need.consumer)
    supplier = joinedload(Dependency.supplier, innerjoin=True)
    return rows.options(
        loaded.load_only(*TOLD).contains_eager(Function.organisation).load_only(*OWNER_TOLD),
        supplier.load_only(*TOLD).joinedload(Function.organisation, innerjoin=True).load_only(*OWNER_TOLD),
        joinedload(Dependency.interface).selectinload(Interface.sectors),
    )


def _supplier(one: Dependency, see: Sight) -> Function | None:
    return one.supplier if see.names(one.supplier) else None


def _promised(one: Dependency, see: Sight) -> float | None:
    supplier = _supplier(one, see)
    if supplier is None:
        return None
    return supplier.rto_h if supplier.owner_is_own else supplier.committed_recovery_h


def _interface(one: Dependency, see: Sight) -> str | None:
    held = one.interface
    paths = held.reader_paths if held is not None else ()
    return held.code if held and any(see.scope.covers(path, held.confidentiality) for path in paths) else None


NEEDS = Register(
    "needs",
    N_("Needs of functions"),
    N_("What each function cannot do without, and how long it manages when it is gone"),
    (
        REF,
        Field("function", N_("Function"), value=lambda one, _: one.consumer.code, always=True),
        Field("function_ref", N_("Reference of the function"), Kind.REF, value=lambda one, _: one.consumer.ref),
        Field("organisation", N_("Organisation"), value=lambda one, _: one.consumer.organisation.code, always=True),
        Field("name", N_("Need"), always=True),
        Field("strength", N_("Importance"), WORD, Strength, always=True),
        Field("min_required", N_("How many must work"), WHOLE, always=True),
        Field("wished", N_("How many are wished for"), WHOLE),
        Field("alternatives", N_("How many there are"), WHOLE, value=lambda one, _: len(one.in_force), always=True),
        Field("tolerance_h", N_("Tolerance h"), NUMBER, always=True),
        Field("tolerance_basis", N_("Basis"), WORD, ToleranceBasis),
        Field("workaround", N_("Workaround")),
        Field("note", N_("Note")),
    ),
    Records(_needs, Need, lambda path: Need.consumer.has(owned(Function)(path))),
    Action.VIEW_ANALYSIS,
    least=CONFIDENTIAL,
)
DEPENDENCIES = Register(
    "dependencies",
    N_("Dependencies"),
    N_("What the functions need, how long they manage without, and what the suppliers promise"),
    (
        REF,
        CODE,
        Field("function", N_("Function"), value=lambda one, _: one.need.consumer.code, always=True),
        Field("function_ref", N_("Reference of the function"), Kind.REF, value=lambda one, _: one.need.consumer.ref),
        Field(
            "organisation", N_("Organisation"), value=lambda one, _: one.need.consumer.organisation.code, always=True
        ),
        Field("need", N_("Need"), value=lambda one, _: one.need.name, always=True),
        Field("need_ref", N_("Reference of the need"), Kind.REF, value=lambda one, _: one.need.ref),
        Field("supplier", N_("Supplier"), value=lambda one, see: see.code(one.supplier)),
        Field(
            "supplier_name_fi",
            N_("Name of the supplier"),
            value=lambda one, see: getattr(_supplier(one, see), "name_fi", None),
        ),
        Field("kind", N_("Kind"), WORD, DependencyKind, always=True),
        Field("strength", N_("Importance"), WORD, Strength, lambda one, _: one.need.strength, always=True),
        Field("min_required", N_("How many must work"), WHOLE, value=lambda one, _: one.need.min_required, always=True),
        Field(
            "tolerance_h",
            N_("Tolerance h"),
            NUMBER,
            value=lambda one, _: one.need.tolerance_h + one.extra_tolerance_h,
            always=True,
        ),
        Field("workaround", N_("Workaround"), value=lambda one, _: one.need.workaround or one.workaround),
        Field("interface", N_("Interface"), value=_interface),
        Field("promised_h", N_("Promised h"), NUMBER, value=_promised),
        Field("standing", N_("Confirmed"), WORD, Standing, always=True),
        Field("answered_on", N_("Answered on"), DATE),
    ),
    Records(_dependencies, Dependency, lambda path: Dependency.need.has(Need.consumer.has(owned(Function)(path)))),
    Action.VIEW_ANALYSIS,
    least=CONFIDENTIAL,
)


def _interfaces(scope: Scope) -> Select[Any]:
    return queries.interfaces(scope).options(joinedload(Interface.organisation), selectinload(Interface.agreements))


def _works(path: str) -> ColumnElement[bool]:
    return or_(Interface.organisation.has(below(path)), Interface.sectors.any(below(path)))


INTERFACES = Register(
    "interfaces",
    N_("Interfaces"),
    N_("Where the city and an outside partner share a chain, and whether both sides are ready"),
    (
        REF,
        CODE,
        *names(N_("Interface")),
        *OWNER,
        Field("party", N_("Partner"), value=lambda one, _: one.party.code, always=True),
        Field("sectors", N_("Sectors"), CODES, value=lambda one, _: [each.code for each in one.sectors], always=True),
        Field("state", N_("Status"), WORD, InterfaceState, always=True),
        Field("level", N_("Level"), WORD, InterfaceLevel, always=True),
        Field("criticality", N_("Class"), WORD, Criticality, always=True),
        *names(N_("Description"), "description", always=False),
        Field("city_owner_role", N_("Owner on the city's side"), least=INTERNAL),
        Field("party_owner_role", N_("Owner on the partner's side"), least=INTERNAL),
        Field("alerting_documented", N_("Alerting practice documented"), YES_NO, least=INTERNAL),
        Field("alerting_tested_on", N_("Alerting tested"), DATE, least=INTERNAL),
        Field(
            "agreements", N_("Agreements"), CODES, value=lambda one, see: see.codes_of(one.agreements), least=INTERNAL
        ),
        Field("joint_plan", N_("Joint plan"), least=INTERNAL),
        Field("exercised_on", N_("Exercised"), DATE, least=INTERNAL),
        Field("organiser", N_("Organiser"), WORD, Organiser),
        Field("transferred", N_("Responsibility transferred"), YES_NO, always=True),
        Field("reviewed_on", N_("Reviewed"), DATE, least=INTERNAL),
        Field("next_review", N_("Next review"), DATE, least=INTERNAL),
        *SECRECY,
    ),
    Records(_interfaces, Interface, _works),
    Action.VIEW_INTERFACE,
)


def _agreements(scope: Scope) -> Select[Any]:
    told = selectinload(Agreement.functions).joinedload(Function.organisation)
    return agreements.agreements(scope).options(told)


AGREEMENTS = Register(
    "agreements",
    N_("Agreements"),
    N_("What partners are bound to, also in a disruption"),
    (
        REF,
        CODE,
        *names(N_("Agreement")),
        *OWNER,
        Field("party", N_("Partner"), value=lambda one, _: one.party.code, always=True),
        Field("kind", N_("Kind"), WORD, AgreementKind, always=True),
        Field("state", N_("Status"), WORD, AgreementState, always=True),
        Field("validity", N_("Validity"), WORD, Validity, lambda one, see: rules.validity(one, see.on), always=True),
        Field("reference", N_("Case number")),
        Field("valid_from", N_("In force from"), DATE),
        Field("valid_to", N_("Runs until"), DATE),
        Field("ended_on", N_("Last day on which it binds"), DATE),
        Field(
            "decide_by",
            N_("Last day to decide"),
            DATE,
            value=lambda one, _: None if one.ended_on else rules.decide_by(one),
        ),
        Field("notice_months", N_("Notice in months"), WHOLE),
        Field("auto_renew", N_("Renews itself"), YES_NO, always=True),
        Field("preparedness_clause", N_("Preparedness clause"), WORD, Clause, least=INTERNAL),
        Field("recovery_h", N_("Promised recovery time"), NUMBER, least=INTERNAL),
        Field("capacity", N_("How much is delivered in a disruption"), least=INTERNAL),
        Field("audit_right", N_("Right to audit or exercise"), WORD, Clause, least=INTERNAL),
        Field("emergency_priority", N_("The city is served first"), WORD, Clause, least=INTERNAL),
        Field("subcontracting_controlled", N_("Subcontractors are bound too"), WORD, Clause, least=INTERNAL),
        Field("services", N_("What it covers"), CODES, value=lambda one, see: see.codes(one.functions), always=True),
        Field("owner_role", N_("Owner (role)"), least=INTERNAL),
        Field("reviewed_on", N_("Reviewed"), DATE, least=INTERNAL),
        *SECRECY,
    ),
    Records(_agreements, Agreement, owned(Agreement)),
    Action.VIEW_AGREEMENT,
)
RESERVES = Register(
    "reserves",
    N_("Reserves"),
    N_("What is held for a disruption: generators, fuel, premises, people, vehicles"),
    (
        REF,
        CODE,
        *names(N_("Reserve")),
        *OWNER,
        Field("kind", N_("Kind"), WORD, ReserveKind, always=True),
        Field("use", N_("Use"), WORD, ReserveUse, always=True),
        Field("quantity", N_("Quantity"), NUMBER),
        Field("unit", N_("Unit"), WORD, ReserveUnit, always=True),
        Field("location", N_("Place"), least=INTERNAL),
        Field("ready_h", N_("Ready h"), NUMBER, least=INTERNAL),
        Field("lasts_h", N_("Lasts h"), NUMBER, least=INTERNAL),
        Field("contact_role", N_("Contact (role)"), least=INTERNAL),
        Field("shared", N_("The whole city may count on it"), YES_NO, always=True),
        Field("next_review", N_("Next review"), DATE, least=INTERNAL),
        *SECRECY,
    ),
    Records(reserves.reserves, Reserve, owned(Reserve)),
    Action.VIEW_RESERVE,
)
REGISTERS = (NEEDS, DEPENDENCIES, INTERFACES, AGREEMENTS, RESERVES)
