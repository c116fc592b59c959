"""The injects of an exercise as a workbook: choose the language, and take it."""

from io import BytesIO

from flask import render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from continuity.models.exercises import Exercise
from exports.books.injects import injects_book
from exports.entries import InjectsEntry, Language, injects_problems
from exports.forms import InjectsForm
from exports.register import handing_over as register
from exports.views.blueprint import bp
from exports.views.guidance import MIME
from prepare import actor
from prepare.access import Action
from prepare.clock import now, today
from prepare.db import transaction
from prepare.errors import RuleBroken, refuse_if
from prepare.gate.opening import opens
from prepare.texts import language


@bp.route("/workbooks/injects/<uuid:ref>", methods=["GET", "POST"])
@opens(Exercise, Action.EXPORT_INJECTS)
def injects(exercise: Exercise) -> ResponseReturnValue:
    """Take the injects of an exercise as a workbook."""
    form = InjectsForm(data={"language": Language(language())})
    if form.accepted():
        try:
            return _handed_over(exercise, form.entry())
        except RuleBroken as broken:
            form.refuse(broken)
    back = url_for("continuity.injects", ref=exercise.ref)
    return render_template("exports/injects.html", form=form, exercise=exercise, back=back)


def _handed_over(exercise: Exercise, entry: InjectsEntry) -> ResponseReturnValue:
    """Build the file first, so that the register is locked only to write the trail."""
    refuse_if(injects_problems(entry))
    made = injects_book(exercise, actor.current().scope, entry, on=today(), at=now())
    with transaction():
        register.hand_over_injects(exercise, entry, made)
    return send_file(BytesIO(made.content), mimetype=MIME, as_attachment=True, download_name=made.name)
