"""Decisions of meetings: the list of those that are open, keeping and changing one, making a measure of it."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, opens_page, takes
from prepare.merging import Seen
from prepare.queries import organisations
from prepare.queries.pages import page
from prepare.texts import N_, _
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.keeping import asking, editing, offered
from prepare.views.paging import PAGE_SIZE, paging
from risks.entries.bodies import DecisionEntry
from risks.forms.bodies import DecisionForm
from risks.models.bodies import Decision, Meeting
from risks.queries import bodies as queries
from risks.register import bodies as register
from risks.register import decided
from risks.views.blueprint import bp
from risks.views.meetings import told_decision
from risks.vocabulary.bodies import DecisionState

ALL = "all"


@bp.get("/safety/decisions/")
@opens_page(Action.VIEW_BODY)
def decisions() -> ResponseReturnValue:
    """What the bodies have decided and what is not carried out yet."""
    asked = request.args.get("state", DecisionState.OPEN.value)
    state = None if asked == ALL else word(DecisionState, asked) or DecisionState.OPEN
    found = queries.decisions(actor.current().scope, state=state)
    at = paging(db.session.scalar(queries.decisions_counted(found)) or 0)
    rows = db.session.scalars(page(found, Decision.id, offset=at.offset, limit=PAGE_SIZE))
    options = [(ALL, _("All decisions")), *((one.value, one.label) for one in DecisionState)]
    return render_template(
        "risks/decisions.html", rows=[told_decision(row) for row in rows], at=at, state=state, states=options
    )


@bp.route("/safety/meetings/<uuid:ref>/decisions/new", methods=["GET", "POST"])
@opens(Meeting, Action.ADD_DECISION)
def add_decision(meeting: Meeting) -> ResponseReturnValue:
    """Keep what a meeting decided."""
    form = DecisionForm(obj=DecisionEntry(text=""))
    _offer(form)
    back = _page(meeting)
    page = partial(render_template, "risks/decision_form.html", form=form, meeting=meeting, decision=None, back=back)
    return asking(
        form,
        lambda: register.add_decision(meeting, form.entry()),
        N_("The decision was recorded."),
        back,
        page,
    )


@bp.route("/safety/decisions/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Decision, Action.EDIT_DECISION)
def edit_decision(decision: Decision) -> ResponseReturnValue:
    """Change a decision, or tell that it has been carried out."""
    form, back = DecisionForm(obj=register.decision_now(decision).entry), _page(decision.meeting)
    _offer(form)
    now, save = partial(register.decision_now, decision), partial(_edit, decision)
    edited = Editing(decision, form, now, save, decision.code, back)
    page = partial(render_template, "risks/decision_form.html", form=form, decision=decision, back=back)
    return editing(edited, N_("The decision was saved."), partial(page, meeting=decision.meeting))


def _edit(decision: Decision, entry: DecisionEntry, seen: Seen[DecisionEntry] | None) -> Decision:
    return register.edit_decision(decision, entry, seen=seen)


@bp.post("/safety/decisions/<uuid:ref>/measure")
@opens(Decision, Action.MEASURE_DECISION)
@takes()
def measure_decision(decision: Decision) -> ResponseReturnValue:
    """Make a measure of a decision."""
    try:
        with transaction():
            decided.make_measure(decision)
    except RuleBroken as broken:
        for rule in broken.every:
            flash(rule.text(), "error")
    else:
        flash(_("A measure was made of the decision. Say on its page what is still missing."))
    return redirect(_page(decision.meeting))


def _offer(form: DecisionForm) -> None:
    found = db.session.scalars(organisations.organisations(actor.current().scope, own=None))
    form.organisation.offer(offered(list(found)))


def _page(meeting: Meeting) -> str:
    return url_for("risks.meeting", ref=meeting.ref)
