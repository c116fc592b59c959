"""The life of a risk: moving it along, accepting, closing and reopening it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, takes
from prepare.texts import _
from prepare.views.functions import word
from risks import lifecycle
from risks.forms.reasons import ReasonForm
from risks.forms.risks import RiskAcceptanceForm
from risks.models.risks import Risk
from risks.register import risk_states as register
from risks.views.blueprint import bp
from risks.vocabulary.risks import RiskState


@bp.post("/risks/<uuid:ref>/advance")
@opens(Risk, Action.ADVANCE_RISK)
@takes("to")
def advance_risk(risk: Risk) -> ResponseReturnValue:
    """Move the risk along in its life."""
    to = word(RiskState, request.form.get("to"))
    try:
        with transaction():
            register.advance(risk, to or risk.state)
    except RuleBroken as broken:
        flash(broken.text(), "error")
    else:
        flash(_("The risk is now: %(state)s.", state=risk.state.label))
    return redirect(url_for("risks.risk", ref=risk.ref))


@bp.route("/risks/<uuid:ref>/accept", methods=["GET", "POST"])
@opens(Risk, Action.ACCEPT_RISK)
def accept_risk(risk: Risk) -> ResponseReturnValue:
    """Decide to live with the risk as it is, until a day."""
    form, back = RiskAcceptanceForm(), url_for("risks.risk", ref=risk.ref)
    reaches = actor.current().holds(*lifecycle.acceptors(risk.level), over=risk.owner_path)
    if form.accepted():
        try:
            with transaction():
                register.accept(risk, form.entry(), on=today())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The risk was accepted."))
            return redirect(back)
    return render_template("risks/accept_form.html", form=form, risk=risk, reaches=reaches, back=back)


@bp.route("/risks/<uuid:ref>/close", methods=["GET", "POST"])
@opens(Risk, Action.CLOSE_RISK)
def close_risk(risk: Risk) -> ResponseReturnValue:
    """Close a risk that has passed."""
    form, back = ReasonForm(), url_for("risks.risk", ref=risk.ref)
    if form.accepted():
        try:
            with transaction():
                register.close(risk, form.entry(), on=today())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The risk was closed."))
            return redirect(back)
    return render_template("risks/reason_form.html", form=form, risk=risk, reopens=False, back=back)


@bp.route("/risks/<uuid:ref>/reopen", methods=["GET", "POST"])
@opens(Risk, Action.REOPEN_RISK)
def reopen_risk(risk: Risk) -> ResponseReturnValue:
    """Take up a closed or accepted risk again."""
    form, back = ReasonForm(), url_for("risks.risk", ref=risk.ref)
    if form.accepted():
        try:
            with transaction():
                register.reopen(risk, form.entry(), on=today())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The risk was taken up again."))
            return redirect(back)
    return render_template("risks/reason_form.html", form=form, risk=risk, reopens=True, back=back)
