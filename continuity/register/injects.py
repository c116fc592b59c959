"""Every change to the injects of exercises: making them from the cascade, writing, editing and removing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from continuity import exercising as rules
from continuity.entries.exercises import INJECT_COLUMNS, InjectEntry, of_inject
from continuity.models.exercises import Exercise, ExerciseInject
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function
from prepare.queries import functions as function_queries
from prepare.texts import N_
from risks.models.scenarios import Scenario

BY_HAND = 500  #: place of an inject that was written by hand: after those of its hour that were made


@dataclass(frozen=True)
class Remade:
    """How many injects were made from the cascade, and how many that people wrote or edited were kept."""

    made: int
    kept: int


@act(Action.MAKE_INJECTS)
def make(
    exercise: Exercise, entries: Sequence[InjectEntry], *, scenario: Scenario, revision: int, at: datetime
) -> Remade:
    """Put these injects in the place of those that were made before and that nobody has edited.

    What people wrote or edited stays, and what was removed by hand does not come back. `revision` is the state of the
    needs and functions from which they were made. Raises RuleBroken when the exercise is closed or cancelled.
    """
    refuse_if(rules.editing_problems(exercise.state))
    held = list(db.session.scalars(_every(exercise)))
    functions = _functions({entry.function for entry in entries if entry.function})
    spoken_for = {(one.function_id, one.function_id or one.at_h) for one in held if one.touched}
    fresh = [
        one for one in entries if ((function := _function_id(functions, one)), function or one.at_h) not in spoken_for
    ]
    free = _by_function([one for one in held if one.generated and not one.touched])
    number = _last_number(exercise)
    for entry in fresh:
        function_id = _function_id(functions, entry)
        waiting = free.get(function_id, [])
        number += not waiting
        inject = waiting.pop(0) if waiting else ExerciseInject(exercise=exercise, number=number, generated=True)
        _fill(inject, entry, function_id, place=entries.index(entry))
        inject.retired = False
    for left in free.values():
        for inject in left:
            inject.retired = True
    exercise.injects_made_at, exercise.injects_revision, exercise.injects_scenario = at, revision, scenario.code
    db.session.flush()
    return Remade(len(fresh), sum(1 for one in held if not one.retired and (one.touched or not one.generated)))


@act(Action.ADD_INJECT)
def add(exercise: Exercise, entry: InjectEntry) -> ExerciseInject:
    """Write an inject by hand. Raises RuleBroken with every rule that the entry breaks."""
    refuse_if([*rules.editing_problems(exercise.state), *rules.inject_problems(entry)])
    function = _named(entry.function)
    inject = ExerciseInject(exercise=exercise, number=_last_number(exercise) + 1)
    _fill(inject, entry, function.id if function else None, place=BY_HAND)
    db.session.flush()
    return inject


@act(Action.EDIT_INJECT)
def edit(inject: ExerciseInject, entry: InjectEntry, *, seen: Seen[InjectEntry] | None) -> ExerciseInject:
    """Change an inject; one that was made from the cascade is kept as it is from then on.

    Raises StaleEntry if it has changed since it was `seen`, and RuleBroken.
    """
    refuse_stale(seen, seen_now(inject))
    refuse_if([*rules.editing_problems(inject.exercise.state), *rules.inject_problems(entry)])
    held = inject.function
    function = held if held is not None and held.code == entry.function else _named(entry.function)
    _fill(inject, entry, function.id if function else None, place=inject.place)
    inject.touched = inject.generated
    db.session.flush()
    return inject


@act(Action.RETIRE_INJECT)
def retire(inject: ExerciseInject) -> None:
    """Take an inject off the list; the history keeps it, and making the list again does not bring it back."""
    refuse_if(rules.editing_problems(inject.exercise.state))
    inject.retired, inject.touched = True, inject.generated
    db.session.flush()


def seen_now(inject: ExerciseInject) -> Seen[InjectEntry]:
    """What a person sees who edits the inject now."""
    return Seen(of_inject(inject))


def _fill(inject: ExerciseInject, entry: InjectEntry, function_id: int | None, *, place: int) -> None:
    for name in INJECT_COLUMNS:
        setattr(inject, name, getattr(entry, name))
    inject.function_id, inject.place = function_id, place
    db.session.add(inject)


def _every(exercise: Exercise) -> Any:
    rows = select(ExerciseInject).where(ExerciseInject.exercise_id == exercise.id)
    return rows.order_by(ExerciseInject.at_h, ExerciseInject.number)


def _by_function(injects: Sequence[ExerciseInject]) -> dict[int | None, list[ExerciseInject]]:
    found: dict[int | None, list[ExerciseInject]] = {}
    for one in injects:
        found.setdefault(one.function_id, []).append(one)
    return found


def _functions(codes: set[str]) -> dict[str, int]:
    """The ids of functions that the cascade named: it has been cut to what may be read already."""
    rows = select(Function.code, Function.id).where(Function.code.in_(codes))
    found: dict[str, int] = dict(db.session.execute(rows).all())
    return found


def _function_id(functions: dict[str, int], entry: InjectEntry) -> int | None:
    return functions.get(entry.function) if entry.function else None


def _last_number(exercise: Exercise) -> int:
    last = select(func.max(ExerciseInject.number)).where(ExerciseInject.exercise_id == exercise.id)
    return db.session.scalar(last) or 0


def _named(code: str | None) -> Function | None:
    if not code:
        return None
    rows = function_queries.nameable(actor.current().scope).where(Function.code == code)
    found = db.session.scalars(rows).one_or_none()
    if found is None:
        raise RuleBroken(N_("There is no such function: %(codes)s."), field="function", codes=code)
    return found
