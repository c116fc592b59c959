"""A risk as people enter it: what it is, how grave it is, what is done about it, and decisions on it."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary.risks import Confidence, Treatment, Trend


@dataclass(frozen=True, kw_only=True)
class RiskEntry:
    """A risk as its owner describes and assesses it; functions and the scenario stand by their codes."""

    title_fi: str
    title_sv: str | None = None
    title_en: str | None = None
    cause: str | None = None
    event: str | None = None
    consequence: str | None = None
    threat: str | None = None
    area: str | None = None
    scenario: str | None = None
    functions: tuple[str, ...] = ()
    owner_role: str | None = None
    inherent_likelihood: int | None = None
    inherent_impact: int | None = None
    existing_controls: str | None = None
    likelihood: int | None = None
    impact: int | None = None
    grounds: str | None = None
    trend: Trend | None = None
    confidence: Confidence | None = None
    treatment: Treatment | None = None
    residual_likelihood: int | None = None
    residual_impact: int | None = None
    target_likelihood: int | None = None
    target_impact: int | None = None
    next_review: date | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


#: Fields that name other records; all the others are columns of the risk.
NAMING_RECORDS = frozenset({"scenario", "functions"})
COLUMNS = tuple(field.name for field in fields(RiskEntry) if field.name not in NAMING_RECORDS)


def of_record(risk: Any) -> RiskEntry:
    """The entry that a risk's record holds."""
    columns = {name: getattr(risk, name) for name in COLUMNS}
    scenario = risk.scenario.code if risk.scenario else None
    return RiskEntry(**columns, scenario=scenario, functions=tuple(f.code for f in risk.functions))


@dataclass(frozen=True, kw_only=True)
class RiskAcceptanceEntry:
    """A decision to live with a risk as it is: who decided, why, and until when."""

    accepted_by: str | None = None
    accepted_reason: str | None = None
    accepted_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewEntry:
    """A look at a risk that found nothing to change."""

    note: str | None = None
    next_review: date | None = None
