"""The scenarios: the list, and what one of them hits."""

from types import SimpleNamespace
from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.insets import insets
from prepare.queries.pages import page
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import CodeList, FunctionState
from risks.models.scenarios import Scenario, ScenarioHit
from risks.queries import risks as queries
from risks.queries import scenarios as scenario_queries
from risks.views import choices
from risks.views.blueprint import bp


@bp.get("/scenarios/")
@opens_page(Action.VIEW_SCENARIO)
def scenarios() -> ResponseReturnValue:
    """The disruptions that the city prepares for."""
    found = scenario_queries.scenarios(actor.current().scope)
    at = paging(db.session.scalar(scenario_queries.scenarios_counted(found)) or 0)
    rows = db.session.scalars(page(found, Scenario.id, offset=at.offset, limit=PAGE_SIZE)).all()
    threats = dict(choices.codes(CodeList.THREAT, with_code=True))
    return render_template("risks/scenarios.html", rows=rows, at=at, threats=threats)


@bp.get("/scenarios/<uuid:ref>")
@opens_page(Action.VIEW_SCENARIO)
def scenario(ref: UUID) -> ResponseReturnValue:
    """One scenario: what happens, what it hits first, and the risks that come true in it."""
    scope = actor.current().scope
    found = db.session.scalars(scenario_queries.scenario(scope, ref)).one_or_none()
    if found is None:
        abort(404)
    areas = dict(choices.codes(CodeList.AREA, with_code=False))
    return render_template(
        "risks/scenario.html",
        scenario=found,
        hits=[_hit(hit) for hit in db.session.scalars(scenario_queries.hits(scope, found))],
        risks=db.session.scalars(queries.of_scenario(scope, found)).all(),
        threat=choices.code_name(CodeList.THREAT, found.threat),
        area=areas.get(found.area, found.area) if found.area else None,
        insets=list(insets(found)),
    )


def _hit(hit: ScenarioHit) -> SimpleNamespace:
    """A hit as the acting person may see it: a closed function is not named."""
    scope, function = actor.current().scope, hit.function
    named = scope.names(function.id, function.owner_path, function.confidentiality)
    opened = scope.covers(function.owner_path, function.confidentiality)
    retired = function.state is FunctionState.RETIRED
    return SimpleNamespace(hit=hit, function=function if named else None, opened=opened, retired=retired)
