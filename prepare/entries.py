"""What people enter, as values: the same from a page, a workbook or a command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from prepare.checks import Check
from prepare.vocabulary import (
    AnswerStatus,
    CapabilityBasis,
    Confidentiality,
    Criticality,
    Dimension,
    ImpactCategory,
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


Steps = tuple[int, ...]  #: harm in each of the seven time bands: 1-5, 0 where nothing is said
UNSAID: Steps = (0,) * 7


@dataclass(frozen=True)
class ImpactRow:
    """How grave an outage is in one category, and what that rests on."""

    steps: Steps = UNSAID
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class ImpactEntry:
    """How grave an outage is as it lasts longer: a row for each impact category, by the category's stored word."""

    LIFE: ImpactRow = ImpactRow()
    SERVICE: ImpactRow = ImpactRow()
    LEGAL: ImpactRow = ImpactRow()
    ECON: ImpactRow = ImpactRow()
    ENV: ImpactRow = ImpactRow()
    TRUST: ImpactRow = ImpactRow()

    @classmethod
    def of(cls, impacts: Mapping[ImpactCategory, Sequence[int]], notes: Mapping[ImpactCategory, str]) -> "ImpactEntry":
        """The entry of an impact grid and its notes."""
        rows = {c.value: ImpactRow(tuple(impacts.get(c, UNSAID)), notes.get(c) or None) for c in ImpactCategory}
        return cls(**rows)

    @property
    def impacts(self) -> dict[ImpactCategory, Steps]:
        """The grid: category → seven steps."""
        return {ImpactCategory(field.name): getattr(self, field.name).steps for field in fields(self)}

    @property
    def notes(self) -> dict[ImpactCategory, str]:
        """The notes that were given: category → note."""
        rows = {ImpactCategory(field.name): getattr(self, field.name) for field in fields(self)}
        return {category: row.note for category, row in rows.items() if row.note}


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
    description: str | None = None
    business_id: str | None = None
    relation_basis: RelationBasis | None = None
    cer_designated: bool | None = None
    nis2_scope: bool | None = None
    police_interface_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class HoldersEntry:
    """Who holds an organisation's duties: roles by their titles, people by the references of their accounts."""

    contact_role: str | None = None
    contact: str | None = None
    deputy: str | None = None
    director_role: str | None = None


@dataclass(frozen=True, kw_only=True)
class UserEntry:
    """A person to be given an account."""

    email: str
    name: str
    language: str = "fi"


@dataclass(frozen=True, kw_only=True)
class GuidanceVersionEntry:
    """A version of the preparedness guidance: its number, and what is new in it."""

    number: str
    summary: str | None = None


@dataclass(frozen=True, kw_only=True)
class IssueEntry:
    """From which day an issued version is valid."""

    valid_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class ChapterEntry:
    """A chapter of the guidance, public or not."""

    rank: int | None = None
    title_fi: str
    title_sv: str | None = None
    title_en: str | None = None
    text_fi: str | None = None
    text_sv: str | None = None
    text_en: str | None = None
    confidentiality: Confidentiality = Confidentiality.PUBLIC
    secrecy_basis: str | None = None
    out_of_use: bool = False


@dataclass(frozen=True, kw_only=True)
class RequirementEntry:
    """A requirement of the guidance; no class and no sector means that it applies to all. Sectors stand by codes."""

    dimension: Dimension = Dimension.LEAD
    text_fi: str
    text_sv: str | None = None
    text_en: str | None = None
    classes: tuple[Criticality, ...] = ()
    sectors: tuple[str, ...] = ()
    automatic: Check | None = None
    basis: str | None = None
    cycle_months: int | None = None
    confidentiality: Confidentiality = Confidentiality.PUBLIC
    secrecy_basis: str | None = None
    out_of_use: bool = False


@dataclass(frozen=True, kw_only=True)
class AnswerEntry:
    """What an organisation says of a requirement, and what it rests on."""

    status: AnswerStatus | None = None
    evidence: str | None = None
    comment: str | None = None


@dataclass(frozen=True, kw_only=True)
class TokenEntry:
    """A token of a reporting tool: what it reads up to which class, what for, and until when."""

    organisation: str  #: the organisation's code
    highest: Confidentiality
    registers: tuple[str, ...]
    purpose: str
    expires_on: date | None = None
