"""Exercises, their injects and what was measured in them, as people enter them."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from continuity.vocabulary.exercises import ExerciseKind
from prepare.vocabulary import Confidentiality


@dataclass(frozen=True, kw_only=True)
class ExerciseEntry:
    """An exercise as it is planned; organisations, plans, functions, interfaces and the scenario by their codes."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    kind: ExerciseKind = ExerciseKind.TABLETOP
    planned_on: date | None = None
    starts_at: datetime | None = None
    scenario: str | None = None
    objectives: str | None = None
    lead_role: str | None = None
    participants: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    interfaces: tuple[str, ...] = ()
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class HoldingEntry:
    """That an exercise was held: on which day, and with how many people (None: not counted)."""

    held_on: date | None = None
    headcount: int | None = None


@dataclass(frozen=True, kw_only=True)
class EvaluationEntry:
    """What an exercise taught, and where its report is kept."""

    conclusion: str | None = None
    report_ref: str | None = None


@dataclass(frozen=True, kw_only=True)
class InjectEntry:
    """What is put before those who take part; the function that fails stands by its code."""

    at_h: float
    happens: str
    function: str | None = None
    noticed_by: str | None = None
    decision: str | None = None
    channel: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeasurementEntry:
    """In how many hours a function, by its code, was running again at its minimum level."""

    function: str
    achieved_recovery_h: float | None = None
    how_measured: str | None = None


#: What an exercise names by codes.
LINKED = ("participants", "plans", "functions", "interfaces")
EXERCISE_COLUMNS = tuple(field.name for field in fields(ExerciseEntry) if field.name not in (*LINKED, "scenario"))
INJECT_COLUMNS = tuple(field.name for field in fields(InjectEntry) if field.name != "function")


def of_exercise(exercise: Any) -> ExerciseEntry:
    """The entry that an exercise's record holds."""
    linked: dict[str, Any] = {name: tuple(one.code for one in getattr(exercise, name)) for name in LINKED}
    scenario = exercise.scenario.code if exercise.scenario else None
    columns = {name: getattr(exercise, name) for name in EXERCISE_COLUMNS}
    return ExerciseEntry(**columns, **linked, scenario=scenario)


def of_inject(inject: Any) -> InjectEntry:
    """The entry that an inject's record holds."""
    function = inject.function.code if inject.function else None
    return InjectEntry(**{name: getattr(inject, name) for name in INJECT_COLUMNS}, function=function)
