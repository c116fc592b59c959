"""What people enter about risks, as values: the same from a page, a workbook or a command."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary import Confidence, Effect, RiskState, Severity, Treatment, Trend


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
    likelihood: int | None = None
    impact: int | None = None
    trend: Trend | None = None
    confidence: Confidence | None = None
    existing_controls: str | None = None
    treatment: Treatment | None = None
    residual_likelihood: int | None = None
    residual_impact: int | None = None
    accepted_by: str | None = None
    accepted_on: date | None = None
    accepted_reason: str | None = None
    accepted_until: date | None = None
    state: RiskState = RiskState.IDENTIFIED
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
class HitEntry:
    """A function that a scenario takes out by itself, by its code; hours count from the scenario's beginning."""

    function: str
    start_h: float | None = 0.0
    duration_h: float | None = None
    effect: Effect | None = Effect.DOWN
    capacity_pct: float | None = 0.0


@dataclass(frozen=True, kw_only=True)
class ScenarioEntry:
    """A disruption to be traced: what happens, for how long, and which functions fail first."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    description_fi: str | None = None
    description_sv: str | None = None
    description_en: str | None = None
    threat: str | None = None
    area: str | None = None
    season: str | None = None
    severity: Severity | None = Severity.DISRUPTION
    duration_h: float | None = None
    hits: tuple[HitEntry, ...] = ()
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


SCENARIO_COLUMNS = tuple(field.name for field in fields(ScenarioEntry) if field.name != "hits")
HIT_COLUMNS = tuple(field.name for field in fields(HitEntry) if field.name != "function")


def of_scenario(scenario: Any) -> ScenarioEntry:
    """The entry that a scenario's record holds, with its hits in the order of time."""
    hits = sorted((of_hit(hit) for hit in scenario.in_force), key=lambda hit: (hit.start_h or 0.0, hit.function))
    return ScenarioEntry(**{name: getattr(scenario, name) for name in SCENARIO_COLUMNS}, hits=tuple(hits))


def of_hit(hit: Any) -> HitEntry:
    """The entry that a hit's record holds."""
    return HitEntry(function=hit.function.code, **{name: getattr(hit, name) for name in HIT_COLUMNS})
