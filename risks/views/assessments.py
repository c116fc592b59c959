"""How a risk has been held to be over time, and looking at it again."""

from types import SimpleNamespace
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens
from prepare.texts import N_, _
from prepare.views import keeping
from risks import drawing, lifecycle
from risks.forms.risks import ReviewForm
from risks.models.risks import Risk, RiskAssessment
from risks.queries import risks as queries
from risks.register import risks as register
from risks.views.blueprint import bp

MOST_SHOWN = 30


def history_of(risk: Risk) -> dict[str, Any]:
    """The risk's assessments, the newest first, and their picture."""
    told = list(db.session.scalars(queries.history(actor.current().scope, risk)))
    drawn = drawing.history([(one.assessed_on, one.level, one.residual_level) for one in told], today())
    return {"drawn": drawn, "assessments": [_told(one) for one in reversed(told[-MOST_SHOWN:])]}


def _told(one: RiskAssessment) -> SimpleNamespace:
    scale = _("on a scale of %(rows)s × %(columns)s", rows=one.likelihoods, columns=one.impacts)
    steps = f"{one.likelihood} × {one.impact}" if one.likelihood and one.impact else None
    return SimpleNamespace(record=one, steps=steps, scale=scale)


@bp.route("/risks/<uuid:ref>/review", methods=["GET", "POST"])
@opens(Risk, Action.REVIEW_RISK)
def review_risk(risk: Risk) -> ResponseReturnValue:
    """Note that nothing has changed, and when the risk is looked at again."""
    form = ReviewForm(data={"next_review": lifecycle.proposed_review(risk.level, on=today())})
    back = url_for("risks.risk", ref=risk.ref)
    return keeping.asking(
        form,
        lambda: register.review(risk, form.entry(), on=today()),
        N_("The review was noted."),
        back,
        lambda: render_template("risks/review_form.html", form=form, risk=risk, back=back),
    )
