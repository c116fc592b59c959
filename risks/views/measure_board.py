"""The board of measures: a column for each state, what is due first on top."""

from types import SimpleNamespace
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.views import choosing
from risks.models.measures import Measure
from risks.queries import measures as queries
from risks.views.blueprint import bp
from risks.views.measures import filter_choices, row_of, steps_for, wanted_measures
from risks.vocabulary.measures import MeasureState

MOST_CARDS = 8  #: in one column; the others are a link away
COLUMNS = tuple(state for state in MeasureState if state is not MeasureState.CANCELLED)


@bp.get("/measures/board")
@opens_page(Action.VIEW_MEASURE)
def measure_board() -> ResponseReturnValue:
    """Every measure by its state; a card is moved on by its button."""
    owners = choosing.organisations()
    asked = wanted_measures(owners)
    found = queries.measures(actor.current().scope, asked.wanted).where(Measure.state.in_(COLUMNS))
    counts = {state: told for state, *told in db.session.execute(queries.counted_by(found, Measure.state, on=today()))}
    cards = list(db.session.scalars(queries.first_of_each(found, Measure.state, MOST_CARDS)))
    return render_template(
        "risks/measure_board.html",
        columns=[_column(state, counts.get(state), cards) for state in COLUMNS],
        asked=asked,
        **filter_choices(owners),
    )


def _column(state: MeasureState, told: Any, cards: list[Measure]) -> SimpleNamespace:
    count, late = told or (0, 0)
    mine = [measure for measure in cards if measure.state is state]
    return SimpleNamespace(
        state=state,
        count=count,
        late=late,
        more=count - len(mine),
        cards=[SimpleNamespace(steps=steps_for(measure), **vars(row_of(measure))) for measure in mine],
    )
