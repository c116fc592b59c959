"""A traced disruption as a page shows it, whichever page that is: `_result.html` draws what `of` gives."""

from types import SimpleNamespace

from flask import request

from dependencies.forms.disruptions import MomentForm
from dependencies.reduction import SeenOutcome, SeenTrace
from dependencies.views import told
from dependencies.views.moment import moment
from dependencies.views.picture import TIMES, draw, last_hour, times

MOST_ROWS = 300
MOST_NAMED = 50  #: circles, and functions in them, that are named one by one


def of(
    seen: SeenTrace, *, title: str, lead: str = "", missed: int = 0, short: int = 0, why: SimpleNamespace | None = None
) -> SimpleNamespace:
    """Everything that `traced` of `_result.html` shows of a disruption: its whole course, or `?at=` an hour.

    `missed` are the hits on functions that are no longer in force, `short` the needs with fewer suppliers in force
    than they require. `why` is what `told.why` tells of one function.
    """
    form = MomentForm(formdata=request.args)
    at_min = form.minute()
    return SimpleNamespace(
        title=title,
        lead=lead,
        seen=seen,
        missed=missed,
        short=short,
        why=why,
        summary=told.summary(seen),
        figures=told.figures(seen),
        rows=[_row(outcome, at_min) for outcome in seen.outcomes[:MOST_ROWS]],
        hidden_rows=max(0, len(seen.outcomes) - MOST_ROWS),
        hits=[told.hit(function, hit) for function, hit in seen.hits],
        bridges=[told.bridge(bridge) for bridge in seen.bridges[:MOST_NAMED]],
        hidden_bridges=max(0, len(seen.bridges) - MOST_NAMED),
        only_unbridged=[told.name(function) for function in seen.only_unbridged[:MOST_NAMED]],
        hidden_unbridged=max(0, len(seen.only_unbridged) - MOST_NAMED),
        picture=draw(seen, at_min) if seen.outcomes else None,
        moment=moment(seen, form, last_hour(seen)) if seen.outcomes else None,
    )


def _row(seen: SeenOutcome, at_min: int | None) -> SimpleNamespace:
    """A row of the table, with when the function is what, for the slider."""
    row = told.row(seen, at_min)
    for name, intervals in TIMES:
        setattr(row, name, times([seen.outcome], intervals))
    return row
