"""A measure as people enter it."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureKind, MeasureSource


@dataclass(frozen=True, kw_only=True)
class MeasureEntry:
    """What is to be done, by whom and by when; the record that it came from stands by its code."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    kind: MeasureKind | None = None
    source: MeasureSource | None = None
    source_code: str | None = None
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


COLUMNS = tuple(field.name for field in fields(MeasureEntry))


def of_record(measure: Any) -> MeasureEntry:
    """The entry that a measure's record holds."""
    return MeasureEntry(**{name: getattr(measure, name) for name in COLUMNS})
