"""Residents' input as people enter it."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary.inputs import InputSource
from risks.vocabulary.safety import Theme


@dataclass(frozen=True, kw_only=True)
class InputEntry:
    """What residents said: how they were heard, where, how many, an answer in figures, and what it was used for."""

    name: str
    source: InputSource | None = None
    held_on: date | None = None
    area: str | None = None
    theme: Theme | None = None
    participants: int | None = None
    question: str | None = None
    value: float | None = None
    unit: str | None = None
    description: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    used_in: str | None = None
    used_how: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


COLUMNS = tuple(field.name for field in fields(InputEntry))


def of_record(record: Any) -> InputEntry:
    """The entry that a record of residents' input holds."""
    return InputEntry(**{name: getattr(record, name) for name in COLUMNS})
