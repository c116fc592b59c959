"""A good practice as people enter it, and that somebody takes it into use."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary.safety import Theme


@dataclass(frozen=True, kw_only=True)
class PracticeEntry:
    """What was done with which result and under which conditions, and whether others may have it."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    context: str | None = None
    done: str | None = None
    result: str | None = None
    conditions: str | None = None
    contact_role: str | None = None
    themes: tuple[Theme, ...] = ()
    threat: str | None = None
    shareable: bool = False
    retired: bool = False
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class UseEntry:
    """That an organisation takes a good practice into use."""

    adopted_on: date | None = None
    comment: str | None = None


COLUMNS = tuple(field.name for field in fields(PracticeEntry))


def of_record(practice: Any) -> PracticeEntry:
    """The entry that a good practice's record holds."""
    return PracticeEntry(**{name: getattr(practice, name) for name in COLUMNS})
