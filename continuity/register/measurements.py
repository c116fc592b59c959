"""Recovery times that were measured in exercises, and taking one over as what a function can do."""

from datetime import date

from sqlalchemy import select

from continuity import exercising as rules
from continuity.entries.exercises import MeasurementEntry
from continuity.models.exercises import Exercise, ExerciseMeasurement
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.models.functions import Function
from prepare.queries import functions as function_queries
from prepare.register import functions as function_register
from prepare.texts import N_
from prepare.vocabulary import CapabilityBasis, FunctionState


@act(Action.KEEP_MEASUREMENT)
def keep(exercise: Exercise, entry: MeasurementEntry) -> ExerciseMeasurement:
    """Record in how many hours a function was running again; a second time for it takes the place of the first.

    Raises RuleBroken with every rule that the entry breaks, and when the time has been taken over already.
    """
    refuse_if(rules.measurement_problems(entry, exercise.state))
    function = _function(exercise, entry.function)
    rows = select(ExerciseMeasurement).where(ExerciseMeasurement.exercise_id == exercise.id)
    measured = db.session.scalars(rows.where(ExerciseMeasurement.function_id == function.id)).one_or_none()
    if measured is not None and measured.taken_over_on is not None:
        raise RuleBroken(N_("The measured time has been taken over already."))
    measured = measured or ExerciseMeasurement(exercise=exercise, function=function)
    measured.achieved_recovery_h = entry.achieved_recovery_h or 0
    measured.how_measured = entry.how_measured
    db.session.add(measured)
    db.session.flush()
    return measured


@act(Action.TAKE_MEASUREMENT)
def take_over(measurement: ExerciseMeasurement, *, on: date) -> None:
    """Let the measured time be the function's recovery capability, with the exercise as its basis.

    It is a fact that was seen, so it is in force at once; in a change that waits for confirmation it stands too, so
    that confirming that change does not undo it. Raises RuleBroken when it was taken over already, or when a newer
    figure is known.
    """
    function, held_on = measurement.function, measurement.exercise.held_on
    taken = measurement.taken_over_on
    refuse_if(rules.taking_problems(held_on=held_on, taken_over_on=taken, known_on=function.capability_on))
    if function.state is FunctionState.RETIRED:
        raise RuleBroken(N_("A retired function cannot be changed."))
    function.recovery_capability_h = measurement.achieved_recovery_h
    function.capability_basis, function.capability_on = CapabilityBasis.EXERCISED, held_on
    if (revision := function_register.pending(function)) and held_on:
        revision.entry = {
            **revision.entry,
            "recovery_capability_h": measurement.achieved_recovery_h,
            "capability_basis": CapabilityBasis.EXERCISED.value,
            "capability_on": held_on.isoformat(),
        }
    measurement.taken_over_on = on
    db.session.flush()


def _function(exercise: Exercise, code: str) -> Function:
    tested = next((one for one in exercise.functions if one.code == code), None)
    if tested is not None:
        return tested
    rows = function_queries.functions(actor.current().scope).where(Function.code == code)
    found = db.session.scalars(rows).one_or_none()
    if found is None:
        raise RuleBroken(N_("There is no such function: %(codes)s."), field="function", codes=code)
    return found
