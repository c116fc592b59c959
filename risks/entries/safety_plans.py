"""A safety plan, its priorities and what is decided about it, as people enter them."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.safety import SafetyPlanKind, TargetGroup, Theme


@dataclass(frozen=True, kw_only=True)
class SafetyPlanEntry:
    """A safety plan; the plan before it and the organisations that take part stand by their codes."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    kind: SafetyPlanKind | None = None
    level: SteeringLevel = SteeringLevel.CITY
    area: str | None = None
    period_from: date | None = None
    period_to: date | None = None
    predecessor: str | None = None
    purpose_fi: str | None = None
    purpose_sv: str | None = None
    purpose_en: str | None = None
    owner_role: str | None = None
    support_role: str | None = None
    participants: tuple[str, ...] = ()
    other_participants: str | None = None
    prepared_by: str | None = None
    document_ref: str | None = None
    wellbeing_ref: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class PriorityEntry:
    """One priority of a plan; objective, national line, organisations and measures stand by their codes."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    description: str | None = None
    theme: Theme | None = None
    area: str | None = None
    target_groups: tuple[TargetGroup, ...] = ()
    objective: str | None = None
    national_line: str | None = None
    participants: tuple[str, ...] = ()
    other_participants: str | None = None
    measures: tuple[str, ...] = ()
    out_of_use: bool = False


@dataclass(frozen=True, kw_only=True)
class AdoptionEntry:
    """Who approved a plan, and when."""

    approved_by: str | None = None
    approved_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class EndingEntry:
    """When and why a plan ended before another one took its place."""

    ended_on: date | None = None
    state_reason: str | None = None


#: Fields that name other records; all the others are columns.
NAMING_RECORDS = frozenset({"predecessor", "participants", "objective", "national_line", "measures"})
PLAN_COLUMNS = tuple(field.name for field in fields(SafetyPlanEntry) if field.name not in NAMING_RECORDS)
PRIORITY_COLUMNS = tuple(field.name for field in fields(PriorityEntry) if field.name not in NAMING_RECORDS)


def of_plan(plan: Any) -> SafetyPlanEntry:
    """The entry that a plan's record holds."""
    columns = {name: getattr(plan, name) for name in PLAN_COLUMNS}
    before = plan.predecessor.code if plan.predecessor else None
    return SafetyPlanEntry(**columns, predecessor=before, participants=_codes(plan.participants))


def of_priority(priority: Any) -> PriorityEntry:
    """The entry that a priority's record holds."""
    return PriorityEntry(
        **{name: getattr(priority, name) for name in PRIORITY_COLUMNS},
        objective=priority.objective.code if priority.objective else None,
        national_line=priority.national_line.code if priority.national_line else None,
        participants=_codes(priority.participants),
        measures=_codes(priority.measures),
    )


def _codes(records: Any) -> tuple[str, ...]:
    return tuple(one.code for one in records)
