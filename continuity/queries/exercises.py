"""Readings of exercises, their injects, what was measured and what was observed in them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from continuity.models.exercises import (
    Exercise,
    ExerciseInject,
    ExerciseMeasurement,
)
from continuity.models.plans import Plan
from continuity.models.situations import Observation
from continuity.vocabulary.exercises import AHEAD, ExerciseKind, ExerciseState
from continuity.vocabulary.situations import ObservationKind
from dependencies.models.interfaces import Interface
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, bound_by, containing, within
from prepare.texts import search_key
from prepare.vocabulary import OWN_KINDS
from risks.models.scenarios import Scenario

#: The day by which exercises are ordered.
DAY = func.coalesce(Exercise.held_on, Exercise.planned_on)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which exercises are asked for; `organisation` is a path."""

    q: str = ""
    organisation: str = ""
    kind: ExerciseKind | None = None
    state: ExerciseState | None = None
    scenario: str = ""


def readable(scope: Scope) -> ColumnElement[bool]:
    """Condition for exercises joined to their keeper: its own, those of its city, and those in which it takes part."""
    taking_part = Exercise.participants.any(within(scope, Exercise.confidentiality))
    return or_(bound_by(scope, Exercise.confidentiality, open_below=Exercise.open_below), taking_part)


def exercises(scope: Scope, wanted: Wanted = Wanted()) -> Select[Exercise]:
    """Exercises that the scope reads, unordered."""
    rows = select(Exercise).join(Exercise.organisation).options(contains_eager(Exercise.organisation))
    rows = rows.options(joinedload(Exercise.scenario), selectinload(Exercise.participants)).where(readable(scope))
    if folded := search_key(wanted.q):
        rows = rows.where(containing(Exercise.search_text, folded))
    if wanted.organisation:
        rows = rows.where(below(wanted.organisation))
    if wanted.kind:
        rows = rows.where(Exercise.kind == wanted.kind)
    if wanted.state:
        rows = rows.where(Exercise.state == wanted.state)
    if wanted.scenario:
        rows = rows.where(Exercise.scenario.has(Scenario.code == wanted.scenario))
    return rows


def newest_first(rows: Select[Exercise]) -> Select[Exercise]:
    """The same rows: what lies ahead, the soonest first, and then the rest, the newest first."""
    ahead = Exercise.state.in_(AHEAD)
    soonest = case((ahead, func.coalesce(DAY, date.max)), else_=date.max)
    return rows.order_by(ahead.desc(), soonest, DAY.desc(), Exercise.code)


def counted(rows: Select[Exercise]) -> Select[int]:
    """How many exercises there are."""
    return rows.with_only_columns(func.count(Exercise.id), maintain_column_froms=True).order_by(None)


def of_year(scope: Scope, since: date, until: date, *, wanted: Wanted = Wanted()) -> Select[Exercise]:
    """Exercises whose day lies from `since` up to but not on `until`, in the order of their days."""
    return exercises(scope, wanted).where(since <= DAY, until > DAY).order_by(DAY, Exercise.code)


def undated(scope: Scope, *, wanted: Wanted = Wanted()) -> Select[Exercise]:
    """Exercises that lie ahead without a day."""
    rows = exercises(scope, wanted).where(Exercise.planned_on.is_(None), Exercise.state.in_(AHEAD))
    return rows.order_by(Exercise.code)


def of_scenario(scope: Scope, scenario: Scenario) -> Select[Exercise]:
    """The exercises in the scope that rehearse a scenario that has been opened."""
    return newest_first(exercises(scope).where(Exercise.scenario_id == scenario.id))


def testing(scope: Scope, record: Plan | Interface | Function) -> Select[Exercise]:
    """The exercises in the scope that test an opened plan, interface or function; a function by its plans too."""
    if isinstance(record, Plan):
        condition = Exercise.plans.any(Plan.id == record.id)
    elif isinstance(record, Interface):
        condition = Exercise.interfaces.any(Interface.id == record.id)
    else:
        covering = Exercise.plans.any(Plan.functions.any(Function.id == record.id))
        condition = or_(Exercise.functions.any(Function.id == record.id), covering)
    return newest_first(exercises(scope).where(condition))


def invited(scope: Scope, held: Collection[int]) -> Select[Organisation]:
    """Whom an exercise can name as taking part: every organisation of the city and its partners, and the `held` ones.

    That an organisation exists is known inside the house, also to a sector that reads nothing of it.
    """
    places = or_(false(), *(below(prefix) for prefix in scope.directory), Organisation.path.in_(scope.commons))
    rows = select(Organisation).where(or_(places & Organisation.active.is_(True), Organisation.id.in_(held)))
    return rows.order_by(Organisation.kind.not_in(OWN_KINDS), Organisation.sort_name, Organisation.code)


def to_see_to(scope: Scope, *, until: date) -> Select[Exercise]:
    """Exercises that lie ahead up to that day or have gone by, and those that were held and are not evaluated."""
    ahead = Exercise.state.in_(AHEAD) & (Exercise.planned_on <= until)
    return newest_first(exercises(scope).where(or_(ahead, Exercise.state == ExerciseState.HELD)))


def injects(scope: Scope, exercise: Exercise) -> Select[ExerciseInject]:
    """The injects in use of an opened exercise, in the order of their hours."""
    rows = _of_exercise(select(ExerciseInject), ExerciseInject, scope)
    rows = rows.where(ExerciseInject.exercise_id == exercise.id, ExerciseInject.retired.is_(False))
    rows = rows.options(joinedload(ExerciseInject.function).joinedload(Function.organisation))
    ordered: Select[ExerciseInject] = rows.order_by(ExerciseInject.at_h, ExerciseInject.place, ExerciseInject.number)
    return ordered


def measurements(scope: Scope, exercise: Exercise) -> Select[ExerciseMeasurement]:
    """What was measured in an opened exercise, by the function's code."""
    rows = _of_exercise(select(ExerciseMeasurement), ExerciseMeasurement, scope).join(ExerciseMeasurement.function)
    rows = rows.options(contains_eager(ExerciseMeasurement.function).joinedload(Function.organisation))
    found: Select[ExerciseMeasurement] = rows.where(ExerciseMeasurement.exercise_id == exercise.id)
    return found.order_by(Function.code)


def measured_in(scope: Scope, exercises: Collection[int]) -> Select[ExerciseMeasurement]:
    """What was measured in each of these exercises, by the function's code."""
    rows = _of_exercise(select(ExerciseMeasurement), ExerciseMeasurement, scope).join(ExerciseMeasurement.function)
    rows = rows.options(contains_eager(ExerciseMeasurement.function).joinedload(Function.organisation))
    found: Select[ExerciseMeasurement] = rows.where(ExerciseMeasurement.exercise_id.in_(exercises))
    return found.order_by(Function.code)


def observations(scope: Scope, exercise: Exercise) -> Select[Observation]:
    """What was observed in an opened exercise, in the order in which it was written."""
    rows = _of_exercise(select(Observation), Observation, scope)
    found: Select[Observation] = rows.where(Observation.exercise_id == exercise.id)
    return found.options(joinedload(Observation.measure)).order_by(Observation.id)


def open_gaps(scope: Scope, *, until: date) -> Select[Observation]:
    """Gaps of exercises up to that day that have neither a measure nor a reason, the oldest first."""
    rows = _of_exercise(select(Observation), Observation, scope)
    rows = rows.where(Observation.kind == ObservationKind.GAP, Observation.measure_id.is_(None), until > DAY)
    found: Select[Observation] = rows.where(func.coalesce(Observation.no_action_reason, "") == "")
    return found.options(contains_eager(Observation.exercise)).order_by(DAY, Observation.id)


def observed(scope: Scope, exercises: Collection[int]) -> Select[Any]:
    """(id of the exercise, gaps without a measure or a reason, all observations) of each of these exercises."""
    unsettled = (Observation.kind == ObservationKind.GAP) & Observation.measure_id.is_(None)
    unsettled &= func.coalesce(Observation.no_action_reason, "") == ""
    columns = (func.sum(case((unsettled, 1), else_=0)), func.count(Observation.id))
    rows = _of_exercise(select(Observation.exercise_id, *columns), Observation, scope)
    found: Select[Any] = rows.where(Observation.exercise_id.in_(exercises)).group_by(Observation.exercise_id)
    return found


def _of_exercise(rows: Any, model: Any, scope: Scope) -> Any:
    rows = rows.join(Exercise, Exercise.id == model.exercise_id)
    rows = rows.join(Organisation, Organisation.id == Exercise.organisation_id)
    return rows.where(readable(scope))
