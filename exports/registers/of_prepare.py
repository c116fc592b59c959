"""What must run: organisations, functions, partners' services, impacts over time and resources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from exports.registers.field import CODE, INTERNAL, OWNER, REF, SECRECY, Field, Kind, Sight, names
from exports.registers.register import Records, Register, at, executed, made_ref, owned
from prepare.access import Action
from prepare.actor import Scope
from prepare.criticality import suggested
from prepare.db import db
from prepare.models.functions import BiaImpact, Function, Resource
from prepare.models.organisations import Organisation
from prepare.queries import functions, organisations
from prepare.texts import N_
from prepare.vocabulary import (
    CapabilityBasis,
    Criticality,
    FunctionState,
    ImpactCategory,
    OrganisationKind,
    Organiser,
    Production,
    RelationBasis,
    ResourceKind,
)

WORD, NUMBER, WHOLE, DATE, YES_NO = Kind.WORD, Kind.NUMBER, Kind.WHOLE, Kind.DATE, Kind.YES_NO


def _organisations(scope: Scope) -> Select[Any]:
    rows = organisations.tree(scope, own=None)
    return rows.options(joinedload(Organisation.parent))


ORGANISATIONS = Register(
    "organisations",
    N_("Organisations"),
    N_("The city, its sectors, enterprises and subsidiaries, and outside partners"),
    (
        REF,
        CODE,
        *names(N_("Name")),
        Field("kind", N_("Kind"), WORD, OrganisationKind, always=True),
        Field(
            "part_of", N_("Part of"), value=lambda one, sight: one.parent.code if _reads(one.parent, sight) else None
        ),
        Field("is_own", N_("City group"), YES_NO, value=lambda one, _: one.kind.is_own, always=True),
        Field("description", N_("Description")),
        Field("contact_role", N_("Title of the contact"), least=INTERNAL),
        Field("director_role", N_("Title of the director"), least=INTERNAL),
        Field("relation_basis", N_("Basis of the relation"), WORD, RelationBasis),
        Field("business_id", N_("Business ID")),
        Field("cer_designated", N_("Critical entity under the CER act"), YES_NO, least=INTERNAL),
        Field("nis2_scope", N_("Under the Cybersecurity Act"), YES_NO, least=INTERNAL),
    ),
    Records(_organisations, Organisation, at),
    Action.VIEW_ORGANISATION,
)


def _reads(organisation: Organisation | None, sight: Sight) -> bool:
    return organisation is not None and any(organisation.path.startswith(root.path) for root in sight.scope.roots)


FUNCTION_FIELDS = (
    REF,
    CODE,
    *names(N_("Name")),
    *OWNER,
    Field("state", N_("Status"), WORD, FunctionState, always=True),
    *names(N_("Description"), "description", always=False),
    Field("organiser", N_("Organiser"), WORD, Organiser),
    Field("production", N_("Production"), WORD, Production),
    Field("owner_role", N_("Owner (role)"), least=INTERNAL),
    Field("deputy_role", N_("Deputy"), least=INTERNAL),
    Field("statutory_basis", N_("Statutory basis")),
    Field("vital_function", N_("Vital function of society")),
    Field("customers", N_("Customers")),
    Field("vulnerable_groups", N_("Vulnerable groups"), YES_NO),
    Field("criticality", N_("Class"), WORD, Criticality),
    Field("criticality_by_mtpd", N_("Class by MTPD"), WORD, Criticality, lambda one, _: suggested(one.mtpd_h)),
    Field("criticality_reason", N_("Reason for another class"), least=INTERNAL),
    Field("rto_h", N_("RTO h"), NUMBER),
    Field("mtpd_h", N_("MTPD h"), NUMBER),
    Field("rpo_h", N_("RPO h"), NUMBER, least=INTERNAL),
    Field("mbco_pct", N_("Minimum level %"), NUMBER),
    Field("mbco_text", N_("Minimum level in words")),
    Field("recovery_capability_h", N_("Capability h"), NUMBER, least=INTERNAL),
    Field("capability_basis", N_("Basis"), WORD, CapabilityBasis, least=INTERNAL),
    Field("capability_on", N_("Capability known on"), DATE, least=INTERNAL),
    Field("restart_h", N_("Restart h"), NUMBER, least=INTERNAL),
    Field("min_staff", N_("Minimum staff"), WHOLE, least=INTERNAL),
    Field("key_skills", N_("Key skills"), least=INTERNAL),
    Field("peak_periods", N_("Peak periods")),
    Field("no_dependencies", N_("Needs nobody"), YES_NO, least=INTERNAL, always=True),
    Field("committed_recovery_h", N_("Promised h"), NUMBER, least=INTERNAL),
    Field("commitment_basis", N_("Basis of the promise"), WORD, RelationBasis, least=INTERNAL),
    Field("confirmed_on", N_("Confirmed on"), DATE, least=INTERNAL),
    Field("reviewed_on", N_("Reviewed"), DATE, least=INTERNAL),
    Field("next_review", N_("Next review"), DATE, least=INTERNAL),
    *SECRECY,
)
FUNCTIONS = Register(
    "functions",
    N_("Functions"),
    N_("What must run, how soon it must be back and what is achieved today"),
    FUNCTION_FIELDS,
    Records(functions.functions, Function, owned(Function)),
    Action.VIEW_FUNCTION,
)
SERVICES = Register(
    "services",
    N_("Partners' services"),
    N_("What outside partners provide, and how soon they promise that it is back"),
    FUNCTION_FIELDS,
    Records(lambda scope: functions.functions(scope, outside=True), Function, owned(Function)),
    Action.VIEW_FUNCTION,
)


def _impacts(scope: Scope) -> Select[Any]:
    """The impact rows of the functions that are read."""
    ids = _ids(functions.functions(scope))
    found = select(BiaImpact).join(BiaImpact.function).join(Function.organisation).where(Function.id.in_(ids))
    return found.options(contains_eager(BiaImpact.function).contains_eager(Function.organisation))


def _ids(rows: Select[Any]) -> Select[Any]:
    return rows.options().with_only_columns(Function.id, maintain_column_froms=True)


def _impact_ref(function: Any, category: Any) -> Any:
    return made_ref("impact", function, category.value)


@dataclass(frozen=True)
class Impacts(Records):
    """Rows that have no reference of their own: it is made of the function and the kind of impact."""

    knows_changes: bool = False

    def one(self, sight: Sight, ref: UUID) -> BiaImpact | None:
        """The row with this reference."""
        rows = self.query(sight.scope).with_only_columns(BiaImpact.id, Function.ref, BiaImpact.category)
        told = db.session.execute(rows)
        number = next((one for one, function, category in told if _impact_ref(function, category) == ref), None)
        found = executed(self.query(sight.scope).where(BiaImpact.id == number))
        return found[0] if found else None

    def changed(self, records: Sequence[Any]) -> dict[str, datetime]:
        """The trail tells of the function."""
        return {}

    def mark(self, record: BiaImpact) -> str:
        """The function and the kind of impact."""
        return f"{record.function.ref} {record.category.value}"

    def placed(self, mark: str) -> ScalarSelect[int]:
        """The place that they tell."""
        function, _, category = mark.partition(" ")
        rows = select(BiaImpact.id).join(BiaImpact.function).where(Function.ref == UUID(function))
        return rows.where(BiaImpact.category == ImpactCategory(category)).scalar_subquery()


def _step(band: int) -> Field:
    """Harm of an outage that has lasted so long; nothing said is unknown."""
    return Field(f"t{band}", f"T{band}", WHOLE, value=lambda one, _: one.steps[band - 1] or None)


IMPACTS = Register(
    "impacts",
    N_("Impacts"),
    N_("How grave an outage is as it lasts longer: a row for each function and kind of impact, steps 1 to 5"),
    (
        Field(
            "ref",
            N_("Reference"),
            Kind.REF,
            value=lambda one, _: _impact_ref(one.function.ref, one.category),
            always=True,
        ),
        Field("function", N_("Function"), value=lambda one, _: one.function.code, always=True),
        Field("function_ref", N_("Reference of the function"), Kind.REF, value=lambda one, _: one.function.ref),
        Field("organisation", N_("Organisation"), value=lambda one, _: one.function.organisation.code, always=True),
        Field("category", N_("Kind of impact"), WORD, ImpactCategory, always=True),
        *(_step(band) for band in range(1, 8)),
        Field("note", N_("Note")),
    ),
    Impacts(_impacts, BiaImpact, at),
    Action.VIEW_FUNCTION,
)


def _resources(scope: Scope) -> Select[Any]:
    ids = or_(
        Resource.function_id.in_(_ids(functions.functions(scope))),
        Resource.function_id.in_(_ids(functions.functions(scope, outside=True))),
    )
    rows = select(Resource).join(Resource.function).join(Function.organisation).where(ids, Resource.retired.is_(False))
    return rows.options(contains_eager(Resource.function).contains_eager(Function.organisation))


RESOURCES = Register(
    "resources",
    N_("Resources"),
    N_("What the functions need of staff, premises, equipment and data, in normal times and at their minimum level"),
    (
        REF,
        Field("function", N_("Function"), value=lambda one, _: one.function.code, always=True),
        Field("function_ref", N_("Reference of the function"), Kind.REF, value=lambda one, _: one.function.ref),
        Field("organisation", N_("Organisation"), value=lambda one, _: one.function.organisation.code, always=True),
        Field("kind", N_("Kind"), WORD, ResourceKind, always=True),
        Field("name", N_("Name"), always=True),
        Field("normal_qty", N_("Normally"), NUMBER),
        Field("minimum_qty", N_("At least"), NUMBER),
        Field("unit", N_("Unit")),
        Field("needed_from_band", N_("Needed from")),
        Field("stock_lasts_h", N_("Stock lasts h"), NUMBER),
        Field("alternative", N_("Alternative")),
    ),
    Records(_resources, Resource, at),
    Action.VIEW_FUNCTION,
)
REGISTERS = (ORGANISATIONS, FUNCTIONS, SERVICES, IMPACTS, RESOURCES)
