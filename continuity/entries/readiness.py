"""KUJA's parts and results as a person enters them."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from continuity.vocabulary.readiness import KujaTool
from prepare.vocabulary import Dimension


@dataclass(frozen=True, kw_only=True)
class KujaPartEntry:
    """How the city calls a part, and which sides of readiness tell about the same things."""

    label_fi: str | None = None
    label_sv: str | None = None
    label_en: str | None = None
    dimensions: tuple[Dimension, ...] = ()


@dataclass(frozen=True, kw_only=True)
class KujaResultEntry:
    """What an assessment gave."""

    assessed_on: date | None = None
    tool: KujaTool = KujaTool.QUICK_TEST
    tool_version: str | None = None
    part: int | None = None
    points: float | None = None
    result: str | None = None
    comment: str | None = None
    assessed_by: str | None = None


PART_COLUMNS = tuple(field.name for field in fields(KujaPartEntry))
RESULT_COLUMNS = tuple(field.name for field in fields(KujaResultEntry))


def of_part(part: Any) -> KujaPartEntry:
    """The entry that a part's record holds."""
    return KujaPartEntry(**{name: getattr(part, name) for name in PART_COLUMNS})


def of_result(result: Any) -> KujaResultEntry:
    """The entry that a result's record holds."""
    return KujaResultEntry(**{name: getattr(result, name) for name in RESULT_COLUMNS})
