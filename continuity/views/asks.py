"""What a situation review asks its readers to decide: adding, changing, taking out."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from continuity.entries.reviews import NeededDecisionEntry
from continuity.forms.reviews import NeededDecisionForm
from continuity.models.reviews import NeededDecision, SituationReview
from continuity.register import reviews as register
from continuity.views.blueprint import bp
from prepare.access import Action
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, takes
from prepare.merging import Seen
from prepare.texts import N_, _
from prepare.views.clashes import Editing
from prepare.views.keeping import asking, editing


@bp.route("/safety/reviews/<uuid:ref>/decisions/new", methods=["GET", "POST"])
@opens(SituationReview, Action.ADD_ASK)
def add_ask(review: SituationReview) -> ResponseReturnValue:
    """Ask the readers of a review to decide something."""
    form = NeededDecisionForm(obj=NeededDecisionEntry())
    page = partial(_form, form, review, None)
    told = N_("The decision was added to the review.")
    return asking(form, lambda: register.ask(review, form.entry()), told, _back(review), page)


@bp.route("/safety/reviews/decisions/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(NeededDecision, Action.EDIT_ASK)
def edit_ask(asked: NeededDecision) -> ResponseReturnValue:
    """Change what a review asks for."""
    form = NeededDecisionForm(obj=register.ask_seen(asked).entry)
    seen, save = partial(register.ask_seen, asked), partial(_edit, asked)
    edited = Editing(asked, form, seen, save, asked.code, _back(asked.review))
    return editing(edited, N_("The decision was saved."), partial(_form, form, asked.review, asked))


def _edit(asked: NeededDecision, entry: NeededDecisionEntry, seen: Seen[NeededDecisionEntry] | None) -> NeededDecision:
    return register.edit_ask(asked, entry, seen=seen)


@bp.post("/safety/reviews/decisions/<uuid:ref>/retire")
@opens(NeededDecision, Action.RETIRE_ASK)
@takes()
def retire_ask(asked: NeededDecision) -> ResponseReturnValue:
    """Take out what a review asked for."""
    try:
        with transaction():
            register.retire_ask(asked)
    except RuleBroken as broken:
        flash(broken.text(), "error")
    else:
        flash(_("The decision was taken out of the review."))
    return redirect(_back(asked.review))


def _back(review: SituationReview) -> str:
    return url_for("continuity.situation_review", ref=review.ref, _anchor="decisions")


def _form(form: NeededDecisionForm, review: SituationReview, asked: NeededDecision | None) -> ResponseReturnValue:
    return render_template("continuity/ask_form.html", form=form, review=review, asked=asked, back=_back(review))
