"""What this package adds to a risk: what the cascade says of it, and the interfaces that it affects."""

from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.analysing import affected, consequences
from dependencies.entries.needs import AffectedEntry
from dependencies.forms.risks import AffectedForm
from dependencies.register import risks as register
from dependencies.tracing import TooFar
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.criticality import STEP_MESSAGES
from prepare.db import db
from prepare.gate.opening import opens
from prepare.merging import Seen
from prepare.models.functions import Function
from prepare.texts import _, name_of, named
from prepare.views import keeping
from prepare.views.clashes import Editing
from risks.models import scales
from risks.models.risks import Risk
from risks.queries import scenarios as scenario_queries
from risks.vocabulary.risks import RiskState


def cascade_of(risk: Risk) -> dict[str, Any] | None:
    """What the risk's scenario does by the records, beside what the risk was assessed at."""
    scope, scenario = actor.current().scope, risk.scenario
    if risk.state is RiskState.CLOSED or scenario is None:
        return None
    if db.session.scalars(scenario_queries.scenario(scope, scenario.ref)).first() is None:
        return None
    try:
        told = consequences.of_risks(scope, [risk]).get(risk.id)
    except TooFar:
        told = None
    scale = scales.in_force()
    return {
        "risk": risk,
        "scenario": scenario,
        "told": told,
        "function": db.session.get(Function, told.found.function) if told and told.found.function else None,
        "words": _(STEP_MESSAGES[told.found.step]) if told and told.found.step else None,
        "computed": _step(scale.impact_label, told.computed if told else None),
        "assessed": _step(scale.impact_label, risk.impact),
    }


def _step(label: Any, step: int | None) -> str | None:
    return f"{step} {label(step)}" if step else None


def interfaces_of(risk: Risk) -> dict[str, Any]:
    """The interfaces that the risk affects."""
    found = db.session.scalars(affected.interfaces_of(actor.current().scope, risk)).all()
    return {"interfaces": found, "is_open": risk.state is not RiskState.CLOSED}


@bp.route("/risks/<uuid:ref>/interfaces", methods=["GET", "POST"])
@opens(Risk, Action.LINK_RISK)
def link_risk(risk: Risk) -> ResponseReturnValue:
    """Choose the interfaces that a risk affects."""
    form, back = AffectedForm(obj=register.seen_now(risk).entry), url_for("risks.risk", ref=risk.ref)
    every = db.session.scalars(queries.interfaces(actor.current().scope))
    form.interfaces.offer([(one.code, f"{one.code} {name_of(one)} ({name_of(one.party)})") for one in every])
    title = f"{risk.code} {named(risk, 'title')}"
    editing = Editing(risk, form, partial(register.seen_now, risk), partial(_link, risk), title, back)
    answer = keeping.edited(editing, _("The interfaces of the risk were saved."))
    return answer or render_template("dependencies/risk_interfaces_form.html", form=form, risk=risk, back=back)


def _link(risk: Risk, entry: AffectedEntry, seen: Seen[AffectedEntry] | None) -> None:
    register.link(risk, entry, seen=seen)
