"""What was observed when it mattered: recording and settling it."""

from functools import partial

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from continuity.entries.situations import ObservationEntry
from continuity.forms.situations import ObservationForm
from continuity.models.exercises import Exercise
from continuity.models.situations import Observation, Situation
from continuity.register import observations as register
from continuity.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens
from prepare.merging import Seen
from prepare.texts import N_, name_of, named
from prepare.views.clashes import Editing
from prepare.views.keeping import asking, editing
from risks.queries import measures as measure_queries

MOST = 300  #: measures that a choice offers


@bp.route("/situations/<uuid:ref>/observations/new", methods=["GET", "POST"])
@opens(Situation, Action.ADD_OBSERVATION)
def add_observation(situation: Situation) -> ResponseReturnValue:
    """Record what was observed in a situation."""
    form = ObservationForm(obj=ObservationEntry(text=""))
    _offer(form)
    back = url_for("continuity.situation", ref=situation.ref)
    return asking(
        form,
        lambda: register.add(situation, form.entry()),
        N_("The observation was recorded."),
        back,
        partial(_form, form, situation.title, back, None),
    )


@bp.route("/exercises/<uuid:ref>/observations/new", methods=["GET", "POST"])
@opens(Exercise, Action.ADD_OBSERVATION)
def observe_exercise(exercise: Exercise) -> ResponseReturnValue:
    """Record what was observed in an exercise."""
    form = ObservationForm(obj=ObservationEntry(text=""))
    _offer(form)
    back = url_for("continuity.exercise", ref=exercise.ref)
    return asking(
        form,
        lambda: register.add(exercise, form.entry()),
        N_("The observation was recorded."),
        back,
        partial(_form, form, name_of(exercise), back, None),
    )


@bp.get("/observations/<uuid:ref>")
@opens(Observation, Action.VIEW_SITUATION)
def observation(observation: Observation) -> ResponseReturnValue:
    """Where it was observed: the page of the exercise or the situation."""
    return redirect(_seen_at(observation))


def _seen_at(observation: Observation) -> str:
    if observation.exercise:
        return url_for("continuity.exercise", ref=observation.exercise.ref, _anchor="observed")
    situation = observation.situation
    return url_for("continuity.situation", ref=situation.ref) if situation else url_for("continuity.situations")


@bp.route("/observations/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Observation, Action.EDIT_OBSERVATION)
def edit_observation(observation: Observation) -> ResponseReturnValue:
    """Change an observation, or say what is done about it."""
    form = ObservationForm(obj=register.seen_now(observation).entry)
    _offer(form)
    back, seen_in = _seen_at(observation), observation.exercise or observation.situation
    now, save = partial(register.seen_now, observation), partial(_edit, observation)
    edited = Editing(observation, form, now, save, observation.code, back)
    page = partial(_form, form, (named(seen_in, "title") or name_of(seen_in)) if seen_in else "", back, observation)
    return editing(edited, N_("The observation was saved."), page)


def _edit(observation: Observation, entry: ObservationEntry, seen: Seen[ObservationEntry] | None) -> Observation:
    return register.edit(observation, entry, seen=seen)


def _offer(form: ObservationForm) -> None:
    rows = measure_queries.ordered(measure_queries.measures(actor.current().scope), "code", descending=True)
    found = db.session.scalars(rows.limit(MOST)).all()
    form.measure.offer([(one.code, f"{one.code} {name_of(one)}") for one in found])


def _form(form: ObservationForm, of: str, back: str, observation: Observation | None) -> ResponseReturnValue:
    return render_template("continuity/observation_form.html", form=form, of=of, observation=observation, back=back)
