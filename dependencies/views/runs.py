"""Stored runs of scenarios: the list, one of them computed again, and storing one."""

from functools import partial
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies import queries, tracing
from dependencies.analysing import runs as reading
from dependencies.forms.runs import RunForm
from dependencies.models.runs import ScenarioRun
from dependencies.register import runs as register
from dependencies.stored import Damaged
from dependencies.views import result, why
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, opens_page
from prepare.queries.pages import page
from prepare.texts import _, moment, name_of
from prepare.views.paging import PAGE_SIZE, paging
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries

MOST_LISTED = 5  #: runs on the scenario's own page


@bp.get("/scenarios/<uuid:ref>/runs")
@opens_page(Action.VIEW_RUN)
def runs(ref: UUID) -> ResponseReturnValue:
    """Every stored run of one scenario."""
    scope = actor.current().scope
    scenario = db.session.scalars(scenario_queries.scenario(scope, ref)).one_or_none()
    if scenario is None:
        abort(404)
    found = queries.runs_of(scope, scenario)
    at = paging(db.session.scalar(queries.runs_counted(found)) or 0)
    rows = db.session.scalars(page(found, ScenarioRun.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template("dependencies/runs.html", scenario=scenario, rows=rows, at=at)


@bp.get("/scenarios/runs/<uuid:ref>")
@opens_page(Action.VIEW_RUN)
def run(ref: UUID) -> ResponseReturnValue:
    """One stored run, computed again from what it was computed from."""
    scope = actor.current().scope
    found = db.session.scalars(queries.run(scope, ref)).one_or_none()
    if found is None:
        abort(404)
    shown = SimpleNamespace(result=None, is_same=False, damaged=None)
    try:
        again = reading.recall(scope, found)
    except Damaged as damaged:
        shown.damaged = damaged.text()
    else:
        title, lead = name_of(found.scenario), _("Stored %(when)s.", when=moment(found.made_at))
        explain = partial(tracing.explain, scope, again.computed.network, again.computed.inputs.hits)
        shown.result = result.of(again.seen, title=title, lead=lead, why=why.asked(again.seen, explain))
        shown.is_same = again.is_same
    return render_template("dependencies/run.html", run=found, scenario=found.scenario, shown=shown)


@bp.route("/scenarios/<uuid:ref>/runs/new", methods=["GET", "POST"])
@opens(Scenario, Action.STORE_RUN)
def store_run(scenario: Scenario) -> ResponseReturnValue:
    """Store a run of the scenario as of now, so that a report can be reproduced."""
    form = RunForm()
    if form.accepted():
        try:
            with transaction():
                stored = register.store_run(scenario, form.entry(), at=now())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The run was stored."))
            return redirect(url_for("dependencies.run", ref=stored.ref))
    return render_template("dependencies/run_form.html", form=form, scenario=scenario)


def runs_of(scenario: Scenario) -> dict[str, Any] | None:
    """The newest stored runs of a scenario, for its own page."""
    if not may(actor.current(), Action.VIEW_RUN):
        return None
    found = queries.runs_of(actor.current().scope, scenario)
    rows = db.session.scalars(found.limit(MOST_LISTED + 1)).all()
    return {"rows": rows[:MOST_LISTED], "more": len(rows) > MOST_LISTED}
