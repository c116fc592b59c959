"""How we carry on: plans and exercises."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import selectinload

from continuity.models.exercises import Exercise
from continuity.models.plans import Plan
from continuity.queries import exercises, plans
from continuity.vocabulary.exercises import ExerciseKind, ExerciseState
from continuity.vocabulary.plans import PlanKind, PlanState
from exports.registers.field import CODE, INTERNAL, OWNER, REF, SECRECY, Field, Kind, Sight, Value, names
from exports.registers.register import Records, Register, owned
from prepare.access import Action
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.texts import N_
from prepare.vocabulary import Confidentiality

WORD, NUMBER, WHOLE, DATE = Kind.WORD, Kind.NUMBER, Kind.WHOLE, Kind.DATE
CODES = Kind.CODES


def _plan(name: str) -> Value:
    return lambda row, _: getattr(row[0], name)


def _approved(name: str) -> Value:
    """A fact of the version in force; unknown where there is none."""
    return lambda row, _: getattr(row[1], name, None)


def _plans(scope: Scope) -> Select[Any]:
    rows: Any = plans.plans(scope)
    found: Select[Any] = rows.options(selectinload(Plan.functions).joinedload(Function.organisation))
    return found


PLANS = Register(
    "plans",
    N_("Plans"),
    N_("Which plans cover the functions, whether they are approved, current and exercised"),
    (
        Field("ref", REF.label, Kind.REF, value=_plan("ref"), always=True),
        Field("code", CODE.label, value=_plan("code"), always=True),
        *(replace(field, value=_plan(field.name)) for field in names(N_("Plan"))),
        Field("organisation", N_("Organisation"), value=lambda row, _: row[0].organisation.code, always=True),
        Field("kind", N_("Kind of plan"), WORD, PlanKind, _plan("kind"), always=True),
        Field(
            "functions", N_("Functions covered"), CODES, value=lambda row, see: see.codes(row[0].functions), always=True
        ),
        Field("version", N_("Version"), value=_approved("number")),
        Field("approved_on", N_("Approved on"), DATE, value=_approved("approved_on")),
        Field("next_review", N_("Next review"), DATE, value=_approved("next_review")),
        Field("valid_until", N_("Valid until"), DATE, value=_approved("valid_until")),
        Field("last_exercised_on", N_("Exercised"), DATE, value=_approved("last_exercised_on")),
        Field("document_ref", N_("Document"), value=_approved("document_ref"), least=INTERNAL),
        Field("pending_version", N_("Version in preparation"), value=lambda row, _: getattr(row[2], "number", None)),
        Field(
            "pending_state",
            N_("Status of the version in preparation"),
            WORD,
            PlanState,
            lambda row, _: getattr(row[2], "state", None),
        ),
        Field("confidentiality", SECRECY[0].label, WORD, Confidentiality, _plan("confidentiality"), always=True),
        Field("secrecy_basis", SECRECY[1].label, value=_plan("secrecy_basis")),
    ),
    Records(_plans, Plan, owned(Plan)),
    Action.VIEW_PLAN,
)


def _exercises(scope: Scope) -> Select[Any]:
    told = (
        selectinload(Exercise.functions).joinedload(Function.organisation),
        selectinload(Exercise.plans),
    )
    return exercises.exercises(scope).options(*told)


def _scenario(one: Any, see: Sight) -> str | None:
    return one.scenario.code if one.scenario and see.admits(one.scenario.confidentiality) else None


EXERCISES = Register(
    "exercises",
    N_("Exercises"),
    N_("What is rehearsed with whom, what it tests and what was learnt"),
    (
        REF,
        CODE,
        *names(N_("Exercise")),
        *OWNER,
        Field("kind", N_("Kind"), WORD, ExerciseKind, always=True),
        Field("state", N_("Status"), WORD, ExerciseState, always=True),
        Field("planned_on", N_("Planned for"), DATE),
        Field("held_on", N_("Held on"), DATE),
        Field("scenario", N_("Scenario"), value=_scenario),
        Field(
            "participants",
            N_("Participants"),
            CODES,
            value=lambda one, _: [p.code for p in one.participants],
            always=True,
        ),
        Field("plans", N_("Plans"), CODES, value=lambda one, see: see.codes_of(one.plans), always=True),
        Field("functions", N_("Functions"), CODES, value=lambda one, see: see.codes(one.functions), always=True),
        Field("objectives", N_("Objectives"), least=INTERNAL),
        Field("lead_role", N_("Leader (role)"), least=INTERNAL),
        Field("headcount", N_("People who took part"), WHOLE),
        Field("conclusion", N_("What was learnt"), least=INTERNAL),
        Field("report_ref", N_("Report"), least=INTERNAL),
        *SECRECY,
    ),
    Records(_exercises, Exercise, owned(Exercise)),
    Action.VIEW_EXERCISE,
)


REGISTERS = (PLANS, EXERCISES)
