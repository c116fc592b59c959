"""A measure as people enter it, and how it goes on."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import OPEN_STATES, MeasureKind, MeasureSource, OpenState


@dataclass(frozen=True, kw_only=True)
class MeasureEntry:
    """What is to be done, by whom and by when; the record that it came from and the risks stand by their codes."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    kind: MeasureKind | None = None
    source: MeasureSource | None = None
    source_code: str | None = None
    risks: tuple[str, ...] = ()
    level: SteeringLevel = SteeringLevel.CITY
    area: str | None = None
    owner_role: str | None = None
    due: date | None = None
    cost_eur: float | None = None
    budget_ref: str | None = None
    action_plan_ref: str | None = None
    effect_text: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProgressEntry:
    """How far an open measure is, why it rests, and why it was not done by its day."""

    state: OpenState = OpenState.IN_PROGRESS
    progress_pct: int | None = None
    progress_text: str | None = None
    state_reason: str | None = None
    overdue_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReopeningEntry:
    """Why a measure is taken up again, and how far it is."""

    state_reason: str | None = None
    progress_pct: int | None = None


#: Fields that name other records; all the others are columns of the measure.
NAMING_RECORDS = frozenset({"risks"})
COLUMNS = tuple(field.name for field in fields(MeasureEntry) if field.name not in NAMING_RECORDS)


def of_record(measure: Any) -> MeasureEntry:
    """The entry that a measure's record holds."""
    columns = {name: getattr(measure, name) for name in COLUMNS}
    return MeasureEntry(**columns, risks=tuple(risk.code for risk in measure.risks))


PROGRESS_COLUMNS = tuple(field.name for field in fields(ProgressEntry) if field.name != "state")


def progress_of(measure: Any) -> ProgressEntry:
    """How far a measure's record says it is; once it has ended it counts as in progress."""
    columns = {name: getattr(measure, name) for name in PROGRESS_COLUMNS}
    state = OpenState(measure.state.value) if measure.state in OPEN_STATES else OpenState.IN_PROGRESS
    return ProgressEntry(state=state, **columns)
