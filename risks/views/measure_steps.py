"""A measure's way: begin, report progress, report done, verify, cancel, reopen."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare.access import Action
from prepare.clock import today
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, takes
from prepare.merging import Seen
from prepare.texts import _, name_of
from prepare.views.clashes import Clash, Editing
from risks import measuring
from risks.entries.measures import ProgressEntry
from risks.forms.measures import ProgressForm, ReopenMeasureForm
from risks.forms.reasons import ReasonForm
from risks.models.measures import Measure
from risks.register import measures as register
from risks.views.blueprint import bp
from risks.vocabulary.measures import OPEN_STATES


@bp.route("/measures/<uuid:ref>/progress", methods=["GET", "POST"])
@opens(Measure, Action.ADVANCE_MEASURE)
def advance_measure(measure: Measure) -> ResponseReturnValue:
    """Tell how far an open measure is, why it rests, or why it is late."""
    if request.method == "GET" and measure.state not in OPEN_STATES:
        return _told(measure, lambda: measuring.refuse_unless(measure.state, OPEN_STATES), "")
    now, back = partial(register.progress_now, measure), url_for("risks.measure", ref=measure.ref)
    form = ProgressForm(obj=now().entry)
    title = f"{measure.code} {name_of(measure)}"
    editing = Editing(measure, form, now, partial(_advance, measure), title, back)
    if form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The progress was saved."))
            return redirect(back)
    late = measuring.overdue_days(measure.state, measure.due, on=today())
    return render_template("risks/measure_progress.html", form=form, measure=measure, late=late, back=back)


def _advance(measure: Measure, entry: ProgressEntry, seen: Seen[ProgressEntry] | None) -> Measure:
    return register.advance(measure, entry, seen=seen)


@bp.post("/measures/<uuid:ref>/start")
@opens(Measure, Action.START_MEASURE)
@takes("from", "organisation")
def start_measure(measure: Measure) -> ResponseReturnValue:
    """Begin a planned measure, or go on with one that is on hold."""
    return _told(measure, lambda: register.start(measure), _("%(code)s is in progress.", code=measure.code))


@bp.post("/measures/<uuid:ref>/finish")
@opens(Measure, Action.FINISH_MEASURE)
@takes("from", "organisation")
def finish_measure(measure: Measure) -> ResponseReturnValue:
    """Report a measure done."""
    message = _("%(code)s was reported done. Somebody else now verifies it.", code=measure.code)
    return _told(measure, lambda: register.finish(measure, on=today()), message)


@bp.post("/measures/<uuid:ref>/verify")
@opens(Measure, Action.VERIFY_MEASURE)
@takes("from", "organisation")
def verify_measure(measure: Measure) -> ResponseReturnValue:
    """Confirm that what was reported done is done."""
    return _told(measure, lambda: register.verify(measure, on=today()), _("%(code)s was verified.", code=measure.code))


@bp.route("/measures/<uuid:ref>/cancel", methods=["GET", "POST"])
@opens(Measure, Action.CANCEL_MEASURE)
def cancel_measure(measure: Measure) -> ResponseReturnValue:
    """Give a measure up for a reason."""
    return _reasoned(measure, ReasonForm(), register.cancel, _("The measure was cancelled."))


@bp.route("/measures/<uuid:ref>/reopen", methods=["GET", "POST"])
@opens(Measure, Action.REOPEN_MEASURE)
def reopen_measure(measure: Measure) -> ResponseReturnValue:
    """Take up again what was done, verified or cancelled."""
    return _reasoned(measure, ReopenMeasureForm(), register.reopen, _("The measure is in progress again."))


def _told(measure: Measure, step: Callable[[], object], message: str) -> ResponseReturnValue:
    """Take a step that asks for nothing else, and go back to where the person was: the board or the measure."""
    try:
        with transaction():
            step()
    except RuleBroken as broken:
        flash(broken.text(), "error")
    else:
        flash(message)
    if request.form.get("from") == "board":
        owner = request.form.get("organisation", "")[:20]
        return redirect(url_for("risks.measure_board", organisation=owner or None))
    return redirect(url_for("risks.measure", ref=measure.ref))


def _reasoned(
    measure: Measure, form: CityForm, step: Callable[[Measure, Any], None], message: str
) -> ResponseReturnValue:
    """Ask for the reason, and take the step."""
    back = url_for("risks.measure", ref=measure.ref)
    if form.accepted():
        try:
            with transaction():
                step(measure, form.entry())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(message)
            return redirect(back)
    reopens = isinstance(form, ReopenMeasureForm)
    return render_template("risks/measure_reason.html", form=form, measure=measure, reopens=reopens, back=back)
