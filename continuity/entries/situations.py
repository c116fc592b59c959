"""Situations, what is logged in them and what is learnt from them, as people enter it."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from continuity.vocabulary.situations import ObservationKind, ObservationSeverity, Recipient, Reliability
from prepare.vocabulary import Confidentiality
from risks.vocabulary.scenarios import Severity


@dataclass(frozen=True, kw_only=True)
class SituationEntry:
    """A situation as it is opened; participants stand one on each line, the scenario by its code."""

    title: str
    situation_class: Severity = Severity.DISRUPTION
    began_at: datetime | None = None
    area: str | None = None
    phenomenon: str | None = None
    scenario: str | None = None
    participants: str | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """What is told of a situation: when it was so, by whom, and how far that can be relied on; no time means now."""

    text: str
    source: str | None = None
    reliability: Reliability | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementEntry:
    """A measure that was agreed on; the organisation stands by its code."""

    text: str
    organisation: str | None = None
    owner_role: str | None = None
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class PresentationEntry:
    """To whom a situation was presented, and when; no time means now."""

    presented_to: tuple[Recipient, ...] = ()
    presented_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ClosingEntry:
    """When a situation ended, and what is to be remembered of it; no time means now."""

    closed_at: datetime | None = None
    lessons: str | None = None


@dataclass(frozen=True, kw_only=True)
class ObservationEntry:
    """What worked or was lacking, and what is done about it; the measure stands by its code."""

    text: str
    kind: ObservationKind = ObservationKind.GAP
    severity: ObservationSeverity = ObservationSeverity.NOTABLE
    measure: str | None = None
    no_action_reason: str | None = None
    closed_on: date | None = None


SITUATION_COLUMNS = tuple(field.name for field in fields(SituationEntry) if field.name != "scenario")
OBSERVATION_COLUMNS = tuple(field.name for field in fields(ObservationEntry) if field.name != "measure")


def of_situation(situation: Any) -> SituationEntry:
    """The entry that a situation's record holds."""
    scenario = situation.scenario.code if situation.scenario else None
    return SituationEntry(**{name: getattr(situation, name) for name in SITUATION_COLUMNS}, scenario=scenario)


def of_observation(observation: Any) -> ObservationEntry:
    """The entry that an observation's record holds."""
    measure = observation.measure.code if observation.measure else None
    return ObservationEntry(**{name: getattr(observation, name) for name in OBSERVATION_COLUMNS}, measure=measure)
