"""National programmes, objectives and programmes across sectors as people enter them."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary.safety import ProgrammeState, SafetyEffect, TargetGroup, Theme


@dataclass(frozen=True, kw_only=True)
class LineEntry:
    """A line of a national programme that a city's plan may answer to; `mark` is its number there."""

    mark: str
    name_fi: str | None = None
    name_sv: str | None = None
    name_en: str | None = None


@dataclass(frozen=True, kw_only=True)
class NationalProgrammeEntry:
    """A national programme or resolution of principle, as data: names, validity, and what it proposes."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    issued_by: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    themes: tuple[Theme, ...] = ()
    summary: str | None = None
    reference: str | None = None
    lines: tuple[LineEntry, ...] = ()
    out_of_use: bool = False


@dataclass(frozen=True, kw_only=True)
class ObjectiveEntry:
    """An objective of a council term: what shall be better, by what it is seen, and how far it has come."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    term_from: int | None = None
    term_to: int | None = None
    theme: Theme | None = None
    indicator: str | None = None
    unit: str | None = None
    baseline: float | None = None
    target: float | None = None
    latest: float | None = None
    latest_on: date | None = None
    document_ref: str | None = None
    out_of_use: bool = False


@dataclass(frozen=True, kw_only=True)
class ProgrammeEntry:
    """A programme across sectors; the responsible organisations stand by their codes."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    description: str | None = None
    themes: tuple[Theme, ...] = ()
    areas: tuple[str, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()
    organisations: tuple[str, ...] = ()
    owner_role: str | None = None
    period_from: date | None = None
    period_to: date | None = None
    effect: SafetyEffect | None = None
    state: ProgrammeState = ProgrammeState.PLANNED
    budget_ref: str | None = None
    document_ref: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


LINE_COLUMNS = tuple(field.name for field in fields(LineEntry))
NATIONAL_COLUMNS = tuple(field.name for field in fields(NationalProgrammeEntry) if field.name != "lines")
OBJECTIVE_COLUMNS = tuple(field.name for field in fields(ObjectiveEntry))
PROGRAMME_COLUMNS = tuple(field.name for field in fields(ProgrammeEntry) if field.name != "organisations")


def of_national(programme: Any) -> NationalProgrammeEntry:
    """The entry that a national programme's record holds, with its lines in their order."""
    lines = tuple(LineEntry(**{name: getattr(line, name) for name in LINE_COLUMNS}) for line in programme.in_force)
    return NationalProgrammeEntry(**{name: getattr(programme, name) for name in NATIONAL_COLUMNS}, lines=lines)


def of_objective(objective: Any) -> ObjectiveEntry:
    """The entry that an objective's record holds."""
    return ObjectiveEntry(**{name: getattr(objective, name) for name in OBJECTIVE_COLUMNS})


def of_programme(programme: Any) -> ProgrammeEntry:
    """The entry that a programme's record holds."""
    columns = {name: getattr(programme, name) for name in PROGRAMME_COLUMNS}
    return ProgrammeEntry(**columns, organisations=tuple(one.code for one in programme.organisations))
