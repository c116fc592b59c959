"""What people enter about plans, as values: the same from a page, a workbook or a command."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from continuity.vocabulary.plans import PlanKind, Section
from prepare.vocabulary import Confidentiality


@dataclass(frozen=True, kw_only=True)
class PlanEntry:
    """A plan and the version that is being prepared; functions stand by their codes."""

    kind: PlanKind
    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    functions: tuple[str, ...] = ()
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None
    number: str = "0.1"
    document_ref: str | None = None
    last_exercised_on: date | None = None
    section_purpose: str | None = None
    section_legal_basis: str | None = None
    section_organisation: str | None = None
    section_objectives: str | None = None
    section_activation: str | None = None
    section_first_hour: str | None = None
    section_strategies: str | None = None
    section_minimum_level: str | None = None
    section_level_tasks: str | None = None
    section_emergency_tasks: str | None = None
    section_communication: str | None = None
    section_recovery: str | None = None
    section_interfaces: str | None = None
    section_exercises: str | None = None

    @property
    def sections(self) -> dict[Section, str | None]:
        """The text of each section; None where nothing is written."""
        return {section: getattr(self, field_of(section)) for section in Section}


@dataclass(frozen=True, kw_only=True)
class ApprovalEntry:
    """What a director decides when approving a version."""

    next_review: date | None = None
    valid_until: date | None = None


def field_of(section: Section) -> str:
    """The name of the entry's and the form's field for a section."""
    return f"section_{section.value}"


def of_record(plan: Any, version: Any, texts: Mapping[Section, str], number: str) -> PlanEntry:
    """The entry that a plan and one of its versions hold, under the version number `number`."""
    return PlanEntry(
        kind=plan.kind,
        name_fi=plan.name_fi,
        name_sv=plan.name_sv,
        name_en=plan.name_en,
        functions=tuple(function.code for function in plan.functions),
        confidentiality=plan.confidentiality,
        secrecy_basis=plan.secrecy_basis,
        number=number,
        document_ref=version.document_ref,
        last_exercised_on=version.last_exercised_on,
        **{field_of(section): text or None for section, text in texts.items()},
    )
