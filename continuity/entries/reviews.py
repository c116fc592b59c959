"""A situation review as the unit writes it."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality


@dataclass(frozen=True, kw_only=True)
class SituationReviewEntry:
    """What the unit says in three sentences, and what the expert group proposes; the figures are counted."""

    as_of: date | None = None
    now_text: str | None = None
    change_text: str | None = None
    need_text: str | None = None
    proposals: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


COLUMNS = tuple(field.name for field in fields(SituationReviewEntry))


def of_review(review: Any) -> SituationReviewEntry:
    """The entry that a review's record holds."""
    return SituationReviewEntry(**{name: getattr(review, name) for name in COLUMNS})


@dataclass(frozen=True, kw_only=True)
class NeededDecisionEntry:
    """What the readers of a review are asked to decide, by when, at what cost, and what follows if they do not."""

    what: str | None = None
    decider: str | None = None
    due: date | None = None
    cost_eur: float | None = None
    consequence: str | None = None


DECISION_COLUMNS = tuple(field.name for field in fields(NeededDecisionEntry))


def of_decision(record: Any) -> NeededDecisionEntry:
    """The entry that a needed decision's record holds."""
    return NeededDecisionEntry(**{name: getattr(record, name) for name in DECISION_COLUMNS})
