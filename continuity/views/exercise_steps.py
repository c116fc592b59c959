"""What becomes of an exercise: preparing, holding, measuring, evaluating, closing, or calling it off."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from continuity.entries.exercises import EvaluationEntry, HoldingEntry, MeasurementEntry
from continuity.entries.situations import of_observation
from continuity.forms.exercises import EvaluationForm, HoldingForm, MeasurementForm
from continuity.models.exercises import Exercise, ExerciseMeasurement
from continuity.queries import exercises as queries
from continuity.register import exercises as register
from continuity.register import measurements
from continuity.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, takes
from prepare.queries import functions as function_queries
from prepare.texts import N_, _, name_of
from prepare.views.keeping import asking
from risks.forms.reasons import ReasonForm

MOST = 400  #: functions that the choice offers


@bp.post("/exercises/<uuid:ref>/advance")
@opens(Exercise, Action.ADVANCE_EXERCISE)
@takes()
def advance_exercise(exercise: Exercise) -> ResponseReturnValue:
    """Say that an exercise is prepared, or close an evaluated one."""
    try:
        with transaction():
            found = db.session.scalars(queries.observations(actor.current().scope, exercise))
            register.advance(exercise, [of_observation(one) for one in found])
    except RuleBroken as broken:
        for rule in broken.every:
            flash(rule.text(), "error")
    else:
        flash(_("The exercise went a step further."))
    return redirect(_page(exercise))


@bp.route("/exercises/<uuid:ref>/hold", methods=["GET", "POST"])
@opens(Exercise, Action.HOLD_EXERCISE)
def hold_exercise(exercise: Exercise) -> ResponseReturnValue:
    """Record that an exercise was held, and with how many people."""
    planned = exercise.planned_on if exercise.planned_on and exercise.planned_on <= today() else None
    form = HoldingForm(obj=HoldingEntry(held_on=exercise.held_on or planned, headcount=exercise.headcount))
    lead = _("The plans and interfaces that it tested tell this day from now on. Record next what was observed.")
    page = partial(_step, form, exercise, _("Record that it was held"), lead)
    return asking(
        form,
        lambda: register.hold(exercise, form.entry(), on=today()),
        N_("The exercise was held. Record what was observed and measured."),
        _page(exercise),
        page,
    )


@bp.route("/exercises/<uuid:ref>/evaluate", methods=["GET", "POST"])
@opens(Exercise, Action.EVALUATE_EXERCISE)
def evaluate_exercise(exercise: Exercise) -> ResponseReturnValue:
    """Write down what an exercise taught."""
    form = EvaluationForm(obj=EvaluationEntry(conclusion=exercise.conclusion, report_ref=exercise.report_ref))
    lead = _("It can be closed once every gap has a measure, or the reason why nothing is done.")
    page = partial(_step, form, exercise, _("Evaluate the exercise"), lead)
    return asking(
        form, lambda: register.evaluate(exercise, form.entry()), N_("The evaluation was saved."), _page(exercise), page
    )


@bp.route("/exercises/<uuid:ref>/cancel", methods=["GET", "POST"])
@opens(Exercise, Action.CANCEL_EXERCISE)
def cancel_exercise(exercise: Exercise) -> ResponseReturnValue:
    """Call an exercise off."""
    form = ReasonForm()
    page = partial(_step, form, exercise, _("Call the exercise off"), _("It stays in the programme as called off."))
    return asking(
        form,
        lambda: register.cancel(exercise, form.entry().state_reason),
        N_("The exercise was called off."),
        _page(exercise),
        page,
    )


@bp.route("/exercises/<uuid:ref>/measure", methods=["GET", "POST"])
@opens(Exercise, Action.KEEP_MEASUREMENT)
def measure_exercise(exercise: Exercise) -> ResponseReturnValue:
    """Record in how many hours a function was running again."""
    form = MeasurementForm(obj=MeasurementEntry(function=""))
    form.function.offer(_functions(exercise))
    lead = _("The contact of the function's sector can take the time over as its recovery capability.")
    page = partial(_step, form, exercise, _("Record a measured time"), lead)
    return asking(
        form,
        lambda: measurements.keep(exercise, form.entry()),
        N_("The measured time was recorded."),
        _page(exercise),
        page,
    )


def _functions(exercise: Exercise) -> list[tuple[str, str]]:
    """The functions that the exercise tests, and then the others that may be read."""
    scope = actor.current().scope
    covered = [one for plan in exercise.plans for one in plan.functions]
    tested = [one for one in [*exercise.functions, *covered] if actor.readable(actor.current(), one)]
    others = db.session.scalars(function_queries.ordered(function_queries.functions(scope), "code").limit(MOST))
    every = {one.code: f"{one.code} {name_of(one)}" for one in [*tested, *others]}
    return list(every.items())


@bp.post("/exercises/measurements/<uuid:ref>/take-over")
@opens(ExerciseMeasurement, Action.TAKE_MEASUREMENT)
@takes()
def take_measurement(measurement: ExerciseMeasurement) -> ResponseReturnValue:
    """Let a measured time be the function's recovery capability."""
    try:
        with transaction():
            measurements.take_over(measurement, on=today())
    except RuleBroken as broken:
        for rule in broken.every:
            flash(rule.text(), "error")
    else:
        flash(_("The measured time is the function's recovery capability now. What waits for it was computed anew."))
    return redirect(_page(measurement.exercise))


def _step(form: CityForm, exercise: Exercise, title: str, lead: str) -> ResponseReturnValue:
    back = _page(exercise)
    return render_template(
        "continuity/exercise_step.html", form=form, exercise=exercise, title=title, lead=lead, back=back
    )


def _page(exercise: Exercise) -> str:
    return url_for("continuity.exercise", ref=exercise.ref)
