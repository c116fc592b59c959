"""What people enter, as values: the same from a page, a workbook or a command."""

from dataclasses import dataclass
from datetime import date

from prepare.vocabulary import (
    CapabilityBasis,
    Confidentiality,
    Criticality,
    OrganisationKind,
    Organiser,
    Production,
    RelationBasis,
    ResourceKind,
)


@dataclass(frozen=True, kw_only=True)
class FunctionEntry:
    """A function as its sector describes it; field names are those of the form and of the table."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    description_fi: str | None = None
    description_sv: str | None = None
    description_en: str | None = None
    organiser: Organiser | None = None
    production: Production | None = None
    owner_role: str | None = None
    deputy_role: str | None = None
    statutory_basis: str | None = None
    vital_function: str | None = None
    customers: str | None = None
    vulnerable_groups: bool | None = None
    area_scope: str | None = None
    criticality: Criticality | None = None
    criticality_reason: str | None = None
    rto_h: float | None = None
    mtpd_h: float | None = None
    rpo_h: float | None = None
    mbco_pct: float | None = None
    mbco_text: str | None = None
    recovery_capability_h: float | None = None
    capability_basis: CapabilityBasis | None = None
    capability_on: date | None = None
    restart_h: float | None = None
    min_staff: int | None = None
    key_skills: str | None = None
    peak_periods: str | None = None
    no_dependencies: bool = False
    commodity: bool = False
    committed_recovery_h: float | None = None
    commitment_basis: RelationBasis | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class ResourceEntry:
    """What a function needs of staff, premises, data …, in normal times and at its minimum level."""

    name: str
    kind: ResourceKind | None = None
    normal_qty: float | None = None
    minimum_qty: float | None = None
    unit: str | None = None
    needed_from_band: str | None = None
    stock_lasts_h: float | None = None
    alternative: str | None = None


@dataclass(frozen=True, kw_only=True)
class OrganisationEntry:
    """An organisation to be kept: the city itself, one of its own, or an outside partner."""

    code: str
    kind: OrganisationKind
    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None


@dataclass(frozen=True, kw_only=True)
class UserEntry:
    """A person to be given an account."""

    email: str
    name: str
    language: str = "fi"
