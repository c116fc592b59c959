"""Planning an exercise, and changing what it is about."""

from functools import partial

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity.entries.exercises import ExerciseEntry
from continuity.forms.exercises import AddExerciseForm, ExerciseForm
from continuity.models.exercises import Exercise
from continuity.queries import exercises as queries
from continuity.register import exercises as register
from continuity.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.merging import Seen
from prepare.texts import N_, name_of
from prepare.views.clashes import Editing
from prepare.views.keeping import adding, chosen, editing
from risks.views import choices

MOST = 300  #: organisations that are offered to take part


@bp.route("/exercises/new", methods=["GET", "POST"])
@opens_page(Action.ADD_EXERCISE)
def add_exercise() -> ResponseReturnValue:
    """Plan an exercise; ?scenario=S1, ?plan=PL-01, ?function=F-VES-04 or ?interface=IF-07 begins with what it tests."""
    own = choices.keepers(Action.ADD_EXERCISE)
    scenarios = choices.scenarios()
    asked = next((code for code, _label in scenarios if code == request.args.get("scenario")), None)
    fresh = ExerciseEntry(
        name_fi="", scenario=asked, plans=_asked("plan"), functions=_asked("function"), interfaces=_asked("interface")
    )
    form = AddExerciseForm(obj=fresh, organisation=choices.topmost(own).code)
    form.organisation.offer(choices.labelled(own))
    _offer(form, scenarios, None)
    return adding(
        form,
        lambda: register.add(chosen(own, form.organisation.data), form.entry()),
        N_("The exercise was added. Say next what is put before those who take part."),
        "continuity.exercise",
        partial(_form, form, None, several=len(own) > 1),
    )


def _asked(name: str) -> tuple[str, ...]:
    code = request.args.get(name, "")[:20]
    return (code,) if code else ()


@bp.route("/exercises/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Exercise, Action.EDIT_EXERCISE)
def edit_exercise(exercise: Exercise) -> ResponseReturnValue:
    """Change what an exercise is about; what two people changed at the same time is put together."""
    form = ExerciseForm(obj=register.seen_now(exercise).entry)
    _offer(form, choices.scenarios(), exercise)
    back, title = url_for("continuity.exercise", ref=exercise.ref), f"{exercise.code} {name_of(exercise)}"
    now, save = partial(register.seen_now, exercise), partial(_edit, exercise)
    edited = Editing(exercise, form, now, save, title, back)
    return editing(edited, N_("The exercise was saved."), partial(_form, form, exercise))


def _edit(exercise: Exercise, entry: ExerciseEntry, seen: Seen[ExerciseEntry] | None) -> Exercise:
    return register.edit(exercise, entry, seen=seen)


def _offer(form: ExerciseForm, scenarios: list[tuple[str, str]], exercise: Exercise | None) -> None:
    held = [one.id for one in exercise.participants] if exercise else []
    rows = db.session.scalars(queries.invited(actor.current().scope, held).limit(MOST))
    form.participants.offer([(one.code, name_of(one)) for one in rows])
    form.scenario.offer(scenarios)


def _form(form: ExerciseForm, exercise: Exercise | None, *, several: bool = False) -> ResponseReturnValue:
    back = url_for("continuity.exercise", ref=exercise.ref) if exercise else url_for("continuity.exercises")
    return render_template("continuity/exercise_form.html", form=form, exercise=exercise, several=several, back=back)
