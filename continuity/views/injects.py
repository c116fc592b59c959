"""The injects of an exercise: the list by the hour, making it from the cascade, and writing in it."""

from datetime import timedelta
from functools import partial
from types import SimpleNamespace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from continuity import injects as rules
from continuity import tracing
from continuity.entries.exercises import InjectEntry
from continuity.forms.exercises import InjectForm
from continuity.models.exercises import Exercise, ExerciseInject
from continuity.queries import exercises as queries
from continuity.register import injects as register
from continuity.views.blueprint import bp
from dependencies import tracing as cascades
from dependencies.tracing import TooFar
from prepare import actor
from prepare.access import Action
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, takes
from prepare.merging import Seen
from prepare.texts import N_, _, ngettext
from prepare.views.clashes import Editing
from prepare.views.keeping import asking, editing
from risks.models.scenarios import Scenario


@bp.get("/exercises/<uuid:ref>/injects")
@opens(Exercise, Action.VIEW_EXERCISE)
def injects(exercise: Exercise) -> ResponseReturnValue:
    """What is put before those who take part, hour by hour; as a page to read, to change and to print."""
    found = db.session.scalars(queries.injects(actor.current().scope, exercise)).all()
    scenario = _scenario(exercise)
    return render_template(
        "continuity/injects.html",
        exercise=exercise,
        rows=[_row(exercise, one) for one in found],
        scenario=scenario,
        stale=_is_stale(exercise, scenario),
    )


def _row(exercise: Exercise, inject: ExerciseInject) -> SimpleNamespace:
    function = inject.function
    starts = exercise.starts_at
    return SimpleNamespace(
        record=inject,
        clock=starts + timedelta(hours=inject.at_h) if starts else None,
        function=function if function and actor.readable(actor.current(), function) else None,
        vital=function is not None and function.criticality is not None and function.criticality.value == "K1",
    )


def _scenario(exercise: Exercise) -> Scenario | None:
    return tracing.scenario_of(actor.current().scope, exercise)


def _is_stale(exercise: Exercise, scenario: Scenario | None) -> bool:
    """Whether the list was made from another scenario, or from an earlier state of the needs and functions."""
    if exercise.injects_made_at is None or scenario is None:
        return False
    return exercise.injects_scenario != scenario.code or exercise.injects_revision != cascades.revision()


@bp.post("/exercises/<uuid:ref>/injects/make")
@opens(Exercise, Action.MAKE_INJECTS)
@takes()
def make_injects(exercise: Exercise) -> ResponseReturnValue:
    """Make the list from the cascade of the scenario, in the language of the page."""
    scenario = _scenario(exercise)
    try:
        if scenario is None:
            raise RuleBroken(N_("Choose first the scenario that is rehearsed."))
        revision = cascades.revision()
        course, failing = tracing.rehearsed(actor.current().scope, exercise, scenario)
        with transaction():
            made = register.make(exercise, rules.made(course, failing), scenario=scenario, revision=revision, at=now())
    except (RuleBroken, TooFar) as broken:
        for rule in broken.every:
            flash(rule.text(), "error")
    else:
        flash(ngettext("%(n)s inject was made.", "%(n)s injects were made.", made.made))
        if made.kept:
            kept = ngettext("%(n)s that you wrote stays.", "%(n)s that you wrote or edited stay.", made.kept)
            flash(kept)
    return redirect(_list(exercise))


@bp.route("/exercises/<uuid:ref>/injects/new", methods=["GET", "POST"])
@opens(Exercise, Action.ADD_INJECT)
def add_inject(exercise: Exercise) -> ResponseReturnValue:
    """Write an inject by hand."""
    form = InjectForm()
    back = _list(exercise)
    return asking(
        form,
        lambda: register.add(exercise, form.entry()),
        N_("The inject was added."),
        back,
        partial(_form, form, exercise, None),
    )


@bp.route("/exercises/injects/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(ExerciseInject, Action.EDIT_INJECT)
def edit_inject(inject: ExerciseInject) -> ResponseReturnValue:
    """Change an inject; it stays as it is when the list is made again."""
    form = InjectForm(obj=register.seen_now(inject).entry)
    back, title = _list(inject.exercise), inject.code
    edited = Editing(inject, form, partial(register.seen_now, inject), partial(_edit, inject), title, back)
    return editing(edited, N_("The inject was saved."), partial(_form, form, inject.exercise, inject))


def _edit(inject: ExerciseInject, entry: InjectEntry, seen: Seen[InjectEntry] | None) -> ExerciseInject:
    return register.edit(inject, entry, seen=seen)


@bp.post("/exercises/injects/<uuid:ref>/remove")
@opens(ExerciseInject, Action.RETIRE_INJECT)
@takes()
def retire_inject(inject: ExerciseInject) -> ResponseReturnValue:
    """Take an inject off the list."""
    try:
        with transaction():
            register.retire(inject)
    except RuleBroken as broken:
        flash(broken.text(), "error")
    else:
        flash(_("The inject was removed. The history keeps it."))
    return redirect(_list(inject.exercise))


def _form(form: InjectForm, exercise: Exercise, inject: ExerciseInject | None) -> ResponseReturnValue:
    back = _list(exercise)
    return render_template("continuity/inject_form.html", form=form, exercise=exercise, inject=inject, back=back)


def _list(exercise: Exercise) -> str:
    return url_for("continuity.injects", ref=exercise.ref)
