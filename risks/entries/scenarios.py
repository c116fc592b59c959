"""A scenario as people enter it, with what it hits."""

from dataclasses import dataclass, fields
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary.scenarios import Effect, Severity


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
