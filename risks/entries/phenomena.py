"""A phenomenon, a figure of it and a signal as people enter them."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary.phenomena import PhenomenonState, Reliability
from risks.vocabulary.risks import Trend
from risks.vocabulary.safety import Theme


@dataclass(frozen=True, kw_only=True)
class PhenomenonEntry:
    """A phenomenon: what happens, where, where it is going and who follows it; measures and risks by their codes."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    description: str | None = None
    areas: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    trend: Trend | None = None
    trend_since: date | None = None
    owner_role: str | None = None
    evidence: str | None = None
    measures: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    state: PhenomenonState = PhenomenonState.OPEN
    state_reason: str | None = None
    next_review: date | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class IndicatorEntry:
    """One figure that shows a phenomenon, on one day."""

    name: str
    value: float | None = None
    unit: str | None = None
    measured_on: date | None = None
    source: str | None = None
    retired: bool = False


@dataclass(frozen=True, kw_only=True)
class SignalEntry:
    """What somebody noticed: when, where, from whom it came and how far it can be relied on."""

    name: str
    observed_on: date | None = None
    area: str | None = None
    source: str | None = None
    source_role: str | None = None
    reliability: Reliability | None = None
    description: str | None = None
    phenomenon: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


def _columns(entry: type[Any], naming_records: set[str]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(entry) if field.name not in naming_records)


COLUMNS = _columns(PhenomenonEntry, {"measures", "risks"})
INDICATOR_COLUMNS = _columns(IndicatorEntry, set())
SIGNAL_COLUMNS = _columns(SignalEntry, {"source", "phenomenon"})


def of_phenomenon(phenomenon: Any) -> PhenomenonEntry:
    """The entry that a phenomenon's record holds."""
    columns = {name: getattr(phenomenon, name) for name in COLUMNS}
    measures = tuple(one.code for one in phenomenon.measures)
    return PhenomenonEntry(**columns, measures=measures, risks=tuple(one.code for one in phenomenon.risks))


def of_indicator(indicator: Any) -> IndicatorEntry:
    """The entry that a figure's record holds."""
    return IndicatorEntry(**{name: getattr(indicator, name) for name in INDICATOR_COLUMNS})


def of_signal(signal: Any) -> SignalEntry:
    """The entry that a signal's record holds."""
    columns = {name: getattr(signal, name) for name in SIGNAL_COLUMNS}
    source, phenomenon = (one.code if one else None for one in (signal.source, signal.phenomenon))
    return SignalEntry(**columns, source=source, phenomenon=phenomenon)
