"""What happens in a situation: logging, agreeing on measures, presenting, closing, and going a step further."""

from types import SimpleNamespace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity.entries.situations import LogEntry, of_observation
from continuity.forms.situations import AgreementForm, ClosingForm, LogForm, PresentationForm
from continuity.models.situations import PictureEntry, Situation
from continuity.queries import situations as queries
from continuity.register import situations as register
from continuity.views.blueprint import bp
from continuity.views.situations import situation_page
from prepare import actor
from prepare.access import Action
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, takes
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import N_, _
from prepare.views.keeping import asking, offered


@bp.route("/situations/<uuid:ref>/log", methods=["GET", "POST"])
@opens(Situation, Action.LOG_SITUATION)
def log_situation(situation: Situation) -> ResponseReturnValue:
    """Add to the picture; ?corrects=3 corrects the entry of this number by a further one."""
    wrong = _corrected(situation)
    begun = (
        LogEntry(text=wrong.text, source=wrong.source, reliability=wrong.reliability, at=wrong.at) if wrong else None
    )
    form = LogForm(obj=begun)
    return asking(
        form,
        lambda: register.log(situation, form.entry(), now=now(), corrects=wrong),
        N_("Added to the picture."),
        _page(situation),
        lambda: _log_page(situation, form, wrong),
    )


def _log_page(situation: Situation, form: LogForm, wrong: PictureEntry | None) -> ResponseReturnValue:
    if wrong is None:
        return situation_page(situation, form)
    back = _page(situation)
    return render_template("continuity/correction_form.html", form=form, situation=situation, wrong=wrong, back=back)


def _begun(wrong: PictureEntry) -> LogEntry:
    return LogEntry(text=wrong.text, source=wrong.source, reliability=wrong.reliability, at=wrong.at)


def _corrected(situation: Situation) -> PictureEntry | None:
    number = request.args.get("corrects", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        return None
    return db.session.scalars(queries.entry(actor.current().scope, situation, int(number))).one_or_none()


@bp.post("/situations/<uuid:ref>/advance")
@opens(Situation, Action.ADVANCE_SITUATION)
@takes()
def advance_situation(situation: Situation) -> ResponseReturnValue:
    """Say that the picture has been shared, or that the lessons are settled."""
    try:
        with transaction():
            found = db.session.scalars(queries.observations(actor.current().scope, situation))
            register.advance(situation, [of_observation(one) for one in found])
    except RuleBroken as broken:
        for rule in broken.every:
            flash(rule.text(), "error")
    else:
        flash(_("The situation went a step further."))
    return redirect(_page(situation))


@bp.route("/situations/<uuid:ref>/agree", methods=["GET", "POST"])
@opens(Situation, Action.AGREE_SITUATION)
def agree_measure(situation: Situation) -> ResponseReturnValue:
    """Keep a measure that was agreed on."""
    form, lead = AgreementForm(), _("It is followed among the measures from now on.")
    own = list(db.session.scalars(organisations.organisations(actor.current().scope)))
    form.organisation.offer(offered(own))
    return asking(
        form,
        lambda: register.agree(situation, form.entry(), _owner(situation, own, form.organisation.data)),
        N_("The measure was recorded."),
        _page(situation),
        lambda: _step_page(situation, form, _("Agree on a measure"), lead),
    )


def _owner(situation: Situation, own: list[Organisation], code: str | None) -> Organisation:
    return next((one for one in own if one.code == code), situation.organisation)


@bp.route("/situations/<uuid:ref>/present", methods=["GET", "POST"])
@opens(Situation, Action.PRESENT_SITUATION)
def present_situation(situation: Situation) -> ResponseReturnValue:
    """Record to whom the situation was presented."""
    form = PresentationForm(obj=SimpleNamespace(presented_to=situation.presented_to, presented_at=None))
    lead = _("The unit presents the matter to the chief executive and, when needed, to the mayor.")
    return asking(
        form,
        lambda: register.present(situation, form.entry(), now=now()),
        N_("The presentation was recorded."),
        _page(situation),
        lambda: _step_page(situation, form, _("Record a presentation"), lead),
    )


@bp.route("/situations/<uuid:ref>/close", methods=["GET", "POST"])
@opens(Situation, Action.CLOSE_SITUATION)
def close_situation(situation: Situation) -> ResponseReturnValue:
    """End a situation."""
    form = ClosingForm()
    lead = _("Afterwards nothing is added to the log. Record what was observed on the page of the situation.")
    return asking(
        form,
        lambda: register.close(situation, form.entry(), now=now()),
        N_("The situation was closed. Record what was observed."),
        _page(situation),
        lambda: _step_page(situation, form, _("Close the situation"), lead),
    )


def _step_page(situation: Situation, form: CityForm, title: str, lead: str) -> ResponseReturnValue:
    back = _page(situation)
    return render_template(
        "continuity/situation_step.html", form=form, situation=situation, title=title, lead=lead, back=back
    )


def _page(situation: Situation) -> str:
    return url_for("continuity.situation", ref=situation.ref)
