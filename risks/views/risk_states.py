"""The life of a risk: moving it along, accepting, closing and reopening it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, takes
from prepare.texts import N_, _
from prepare.views import keeping
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
    return keeping.asking(
        form,
        lambda: register.accept(risk, form.entry(), on=today()),
        N_("The risk was accepted."),
        back,
        lambda: render_template("risks/accept_form.html", form=form, risk=risk, reaches=reaches, back=back),
    )


@bp.route("/risks/<uuid:ref>/close", methods=["GET", "POST"])
@opens(Risk, Action.CLOSE_RISK)
def close_risk(risk: Risk) -> ResponseReturnValue:
    """Close a risk that has passed."""
    return _reasoned(risk, register.close, N_("The risk was closed."), reopens=False)


@bp.route("/risks/<uuid:ref>/reopen", methods=["GET", "POST"])
@opens(Risk, Action.REOPEN_RISK)
def reopen_risk(risk: Risk) -> ResponseReturnValue:
    """Take up a closed or accepted risk again."""
    return _reasoned(risk, register.reopen, N_("The risk was taken up again."), reopens=True)


def _reasoned(risk: Risk, step: Callable[..., None], told: str, *, reopens: bool) -> ResponseReturnValue:
    form, back = ReasonForm(), url_for("risks.risk", ref=risk.ref)
    return keeping.asking(
        form,
        lambda: step(risk, form.entry(), on=today()),
        told,
        back,
        lambda: render_template("risks/reason_form.html", form=form, risk=risk, reopens=reopens, back=back),
    )
