"""The measures of a risk, a meeting, a plan …: a section that any page can show.

A view gives the template `risks/_measures.html` the variable `measures`, which one of these functions makes.
"""

from types import SimpleNamespace
from typing import Any

from flask import url_for

from prepare import actor
from prepare.access import Action, may
from prepare.db import db
from prepare.models.functions import Function
from risks.models.risks import Risk
from risks.queries import measures as queries
from risks.views.measures import row_of
from risks.vocabulary.measures import MeasureSource

#: Sources whose code is a function's.
ON_FUNCTIONS = (MeasureSource.SPOF, MeasureSource.RTO_GAP)


def measures_of_risk(risk: Risk) -> SimpleNamespace:
    """The measures that treat a risk: `.rows`, `.hidden` how many lie outside the view, `.add` where one is added."""
    who = actor.current()
    rows = db.session.scalars(queries.of_risk(who.scope, risk)).all()
    add = url_for("risks.add_measure", risk=risk.code) if may(who, Action.ADD_MEASURE, risk) else None
    return _section(rows, len(risk.measures) - len(rows), add)


def measures_of(source: MeasureSource, code: str, subject: Any = None) -> SimpleNamespace:
    """The measures that came from the record with this code, as `measures_of_risk`.

    Whoever may add measures to the organisation of `subject` (None: to any) is led to do so.
    """
    who = actor.current()
    rows = db.session.scalars(queries.of_source(who.scope, source, [code])).all()
    may_add = may(who, Action.ADD_MEASURE, subject)
    return _section(rows, 0, url_for("risks.add_measure", source=source.value, code=code) if may_add else None)


def measures_of_function(function: Function) -> dict[str, Any] | None:
    """The measures against what was found on a function: a single point of failure, a gap in its recovery."""
    rows = db.session.scalars(queries.of_sources(actor.current().scope, ON_FUNCTIONS, [function.code])).all()
    return {"measures": _section(rows, 0, None)} if rows else None


def _section(rows: Any, hidden: int, add: str | None) -> SimpleNamespace:
    return SimpleNamespace(rows=[row_of(measure) for measure in rows], hidden=hidden, add=add)
