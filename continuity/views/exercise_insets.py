"""What exercises show on the pages of plans, interfaces, functions and scenarios, and what waits because of them."""

from datetime import timedelta
from typing import Any

from flask import url_for

from continuity import exercising as rules
from continuity.models.exercises import Exercise
from continuity.models.plans import Plan
from continuity.queries import exercises as queries
from continuity.vocabulary.exercises import ExerciseState
from dependencies.models.interfaces import Interface
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.models.functions import Function
from prepare.texts import _, day, name_of, ngettext
from risks.models.scenarios import Scenario

MOST = 6  #: exercises that a page shows
MOST_WAITING = 5
ARGUMENTS = {Plan: "plan", Interface: "interface", Function: "function"}


def of_record(record: Plan | Interface | Function) -> dict[str, Any] | None:
    """The exercises that test a plan, an interface or a function of the city's own."""
    if not may(actor.current(), Action.VIEW_EXERCISE) or not record.owner_is_own:
        return None
    found = db.session.scalars(queries.testing(actor.current().scope, record).limit(MOST)).unique().all()
    asked: dict[str, Any] = {name: record.code for kind, name in ARGUMENTS.items() if isinstance(record, kind)}
    return {"exercises": found, "begin": url_for("continuity.add_exercise", **asked)}


def of_scenario(scenario: Scenario) -> dict[str, Any] | None:
    """The exercises that rehearse a scenario."""
    if not may(actor.current(), Action.VIEW_EXERCISE):
        return None
    found = db.session.scalars(queries.of_scenario(actor.current().scope, scenario).limit(MOST)).unique().all()
    return {"exercises": found, "begin": url_for("continuity.add_exercise", scenario=scenario.code)}


def exercises_to_see_to() -> list[Task]:
    """Exercises that are near and not prepared, gone by, or held and not evaluated; gaps that have stood open long."""
    who, on = actor.current(), today()
    if not may(who, Action.ADD_EXERCISE):
        return []
    rows = queries.to_see_to(who.scope, until=on + timedelta(days=rules.PREPARED_DAYS))
    found = db.session.scalars(rows.limit(4 * MOST_WAITING)).unique().all()
    mine = [one for one in found if may(who, Action.EDIT_EXERCISE, one)]
    tasks = [task for one in mine if (task := _task(one))]
    return [*tasks[:MOST_WAITING], *_gaps()]


def _task(exercise: Exercise) -> Task | None:
    on, title = today(), f"{exercise.code} {name_of(exercise)}"
    url = url_for("continuity.exercise", ref=exercise.ref)
    if rules.is_past(exercise.state, exercise.planned_on, on=on):
        why = _("An exercise counts only once it has been recorded.")
        return Task(title, _("Say what became of the exercise"), url, TaskKind.DUE, why, exercise.planned_on, 5)
    if rules.is_unprepared(exercise.state, exercise.planned_on, on=on):
        why = _("Who takes part must know the day, and what is put before them must be ready.")
        return Task(title, _("Prepare the exercise"), url, TaskKind.DUE, why, exercise.planned_on, 60)
    if exercise.state is ExerciseState.HELD:
        why = _("What was seen is forgotten within weeks.")
        return Task(title, _("Evaluate the exercise"), url, TaskKind.MISSING, why, None, 30)
    return None


def _gaps() -> list[Task]:
    """One task for each exercise with gaps that have stood open for too long."""
    who = actor.current()
    until = today() - timedelta(days=rules.SETTLED_DAYS)
    found: dict[int, list[Any]] = {}
    for one in db.session.scalars(queries.open_gaps(who.scope, until=until).limit(40 * MOST_WAITING)):
        if may(who, Action.EDIT_OBSERVATION, one):
            found.setdefault(one.exercise_id or 0, []).append(one)
    return [_gap_task(some[0].exercise, len(some)) for some in list(found.values())[:MOST_WAITING]]


def _gap_task(exercise: Exercise, count: int) -> Task:
    detail = ngettext(
        "Give %(n)s gap of %(day)s a measure, or say why nothing is done",
        "Give %(n)s gaps of %(day)s a measure, or say why nothing is done",
        count,
        day=day(exercise.day),
    )
    url = url_for("continuity.exercise", ref=exercise.ref, _anchor="observed")
    why = _("A gap that nobody answers comes back in the next disruption.")
    return Task(f"{exercise.code} {name_of(exercise)}", detail, url, TaskKind.MISSING, why, None, 5 * count)
