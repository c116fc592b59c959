"""The reserves in one scenario: on which more is counted than there is, from which hour, and how much is missing."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from dependencies.analysing import reserves as queries
from dependencies.reserving.vocabulary import Sufficiency
from dependencies.views import reserve_words as words
from dependencies.views.blueprint import bp
from dependencies.views.reserves import weighed_or_far
from prepare import actor
from prepare.access import Action, may
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.views.paging import PAGE_SIZE, paging
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries

MOST_TOLD = 5  #: reserves on the scenario's own page


@bp.get("/reserves/scenarios/<uuid:ref>")
@opens_page(Action.VIEW_RESERVE)
def scenario_reserves(ref: UUID) -> ResponseReturnValue:
    """All reserves in one scenario, those that are not enough first."""
    scenario = db.session.scalars(scenario_queries.scenario(actor.current().scope, ref)).one_or_none() or abort(404)
    every = [] if scenario.retired else db.session.scalars(queries.reserves(actor.current().scope)).all()
    seen, far = weighed_or_far(every, (scenario.code,))
    called = [one for one in seen.every if one.balance.status is not Sufficiency.UNUSED]
    at = paging(len(called))
    return render_template(
        "dependencies/scenario_reserves.html",
        scenario=scenario,
        rows=[words.weighed(one) for one in called[at.offset : at.offset + PAGE_SIZE]],
        at=at,
        figures=_figures(called),
        idle=len(seen.every) - len(called),
        far=far,
    )


def _figures(called: list[Any]) -> SimpleNamespace:
    counts = {one: sum(other.balance.status is one for other in called) for one in Sufficiency}
    return SimpleNamespace(
        short=counts[Sufficiency.SHORT],
        late=counts[Sufficiency.LATE],
        unknown=counts[Sufficiency.UNKNOWN],
        enough=counts[Sufficiency.ENOUGH],
    )


def reserves_in(scenario: Scenario) -> dict[str, Any] | None:
    """On a scenario's page: the reserves on which more is counted in it than there is."""
    if scenario.retired or not may(actor.current(), Action.VIEW_RESERVE):
        return None
    every = db.session.scalars(queries.reserves(actor.current().scope)).all()
    if not every:
        return None
    seen, far = weighed_or_far(every, (scenario.code,))
    short = [one for one in seen.every if one.balance.status is Sufficiency.SHORT]
    return {"rows": [words.weighed(one) for one in short[:MOST_TOLD]], "more": len(short) - MOST_TOLD, "far": far}
