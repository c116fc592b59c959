"""Every change to exercises: planning, preparing, holding, evaluating, closing and calling off."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from continuity import exercising as rules
from continuity import tracing
from continuity.entries.exercises import (
    EXERCISE_COLUMNS,
    EvaluationEntry,
    ExerciseEntry,
    HoldingEntry,
    of_exercise,
)
from continuity.entries.situations import ObservationEntry
from continuity.models.exercises import Exercise
from continuity.queries import exercises as queries
from continuity.queries import plans as plan_queries
from continuity.vocabulary.exercises import ExerciseState
from continuity.vocabulary.plans import PlanState
from dependencies import queries as dependency_queries
from dependencies.vocabulary import InterfaceState
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.queries import functions as function_queries
from prepare.register.codes import next_code
from prepare.texts import N_
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries
from risks.register import links


@act(Action.ADD_EXERCISE)
def add(organisation: Organisation, entry: ExerciseEntry) -> Exercise:
    """Plan an exercise that the organisation arranges, under the next free code.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(rules.problems(entry))
    exercise = Exercise(code=next_code(Exercise.code, "EX-"), organisation=organisation)
    _fill(exercise, entry)
    return exercise


@act(Action.EDIT_EXERCISE)
def edit(exercise: Exercise, entry: ExerciseEntry, *, seen: Seen[ExerciseEntry] | None) -> Exercise:
    """Change what an exercise is about, as long as it is neither closed nor cancelled.

    What it names that the acting person may not read stays with it. Raises StaleEntry and RuleBroken.
    """
    refuse_stale(seen, seen_now(exercise))
    refuse_if([*rules.editing_problems(exercise.state), *rules.problems(entry)])
    _fill(exercise, entry)
    if exercise.was_held:
        _tell_what_was_tested(exercise)
    return exercise


@act(Action.ADVANCE_EXERCISE)
def advance(exercise: Exercise, observations: Iterable[ObservationEntry]) -> None:
    """Say that a planned exercise is prepared, or that an evaluated one is closed. Raises RuleBroken."""
    if exercise.state is ExerciseState.PLANNED:
        refuse_if(rules.preparation_problems(of_exercise(exercise), exercise.state))
        exercise.state = ExerciseState.PREPARED
    else:
        refuse_if(rules.closing_problems(exercise.state, observations))
        exercise.state = ExerciseState.CLOSED
    db.session.flush()


@act(Action.HOLD_EXERCISE)
def hold(exercise: Exercise, entry: HoldingEntry, *, on: date) -> None:
    """Record that an exercise was held; plans and interfaces that it tested tell the day from then on (W14, I05).

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(rules.holding_problems(entry, exercise.state, on=on))
    exercise.held_on, exercise.headcount = entry.held_on, entry.headcount
    if not exercise.was_held:
        exercise.state = ExerciseState.HELD
    db.session.flush()
    _tell_what_was_tested(exercise)


@act(Action.EVALUATE_EXERCISE)
def evaluate(exercise: Exercise, entry: EvaluationEntry) -> None:
    """Write down what an exercise taught. Raises RuleBroken with every rule that the entry breaks."""
    refuse_if(rules.evaluation_problems(entry, exercise.state))
    exercise.conclusion, exercise.report_ref = entry.conclusion, entry.report_ref
    exercise.state = ExerciseState.EVALUATED
    db.session.flush()


@act(Action.CANCEL_EXERCISE)
def cancel(exercise: Exercise, reason: str | None) -> None:
    """Call an exercise off that lies ahead. Raises RuleBroken unless a reason is given."""
    refuse_if(rules.cancelling_problems(reason, exercise.state))
    exercise.state, exercise.state_reason = ExerciseState.CANCELLED, reason
    db.session.flush()


def seen_now(exercise: Exercise) -> Seen[ExerciseEntry]:
    """What a person sees who edits the exercise now, without what the person may not read."""
    who, entry = actor.current(), of_exercise(exercise)
    shown: dict[str, Any] = {
        name: tuple(one.code for one in getattr(exercise, name) if actor.readable(who, one))
        for name in ("plans", "functions", "interfaces")
    }
    scenario = tracing.scenario_of(who.scope, exercise)
    return Seen(replace(entry, **shown, scenario=scenario.code if scenario else None))


def _fill(exercise: Exercise, entry: ExerciseEntry) -> None:
    scope = actor.current().scope
    scenario = _scenario(exercise, entry.scenario)
    readable_plans: Any = plan_queries.plans(scope)
    plans = links.named_by(readable_plans, entry.plans, "plans")
    functions = links.named_by(function_queries.functions(scope), entry.functions, "functions")
    interfaces = links.named_by(dependency_queries.interfaces(scope), entry.interfaces, "interfaces")
    held = [one.id for one in exercise.participants]
    participants = links.named_by(queries.invited(scope, held), entry.participants, "participants")
    for name in EXERCISE_COLUMNS:
        setattr(exercise, name, getattr(entry, name))
    exercise.scenario = scenario
    db.session.add(exercise)
    db.session.flush()
    for name, chosen in (("plans", plans), ("functions", functions), ("interfaces", interfaces)):
        links.relink(exercise, name, chosen, hidden=_is_hidden)
    links.relink(exercise, "participants", [*participants, *_concerned(exercise)], hidden=lambda _one: False)


def _is_hidden(record: Any) -> bool:
    return not actor.readable(actor.current(), record)


def _concerned(exercise: Exercise) -> list[Organisation]:
    """Whose plans, functions and interfaces are tested takes part: all but whoever arranges the exercise."""
    found: list[Any] = [*exercise.plans, *exercise.functions, *exercise.interfaces]
    concerned = [*(one.organisation for one in found), *(one.party for one in exercise.interfaces)]
    return [one for one in concerned if one.id != exercise.organisation_id]


def _scenario(exercise: Exercise, code: str | None) -> Scenario | None:
    held = exercise.scenario
    is_hidden = held is not None and tracing.scenario_of(actor.current().scope, exercise) is None
    if held is not None and (code == held.code or (code is None and is_hidden)):
        return held
    if code is None:
        return None
    rows = scenario_queries.scenarios(actor.current().scope).where(Scenario.code == code)
    found = db.session.scalars(rows).one_or_none()
    if found is None:
        raise RuleBroken(N_("There is no such scenario."), field="scenario")
    return found


def _tell_what_was_tested(exercise: Exercise) -> None:
    """Let the plans' versions and the interfaces tell the latest day on which they were exercised."""
    held_on = exercise.held_on
    if held_on is None:
        return
    for plan in exercise.plans:
        for version in plan.versions:
            if version.state is not PlanState.SUPERSEDED:
                version.last_exercised_on = max(held_on, version.last_exercised_on or held_on)
    for interface in exercise.interfaces:
        interface.exercised_on = max(held_on, interface.exercised_on or held_on)
        if interface.state is InterfaceState.AGREED:
            interface.state = InterfaceState.EXERCISED
    db.session.flush()
