"""Everybody who depends on one function."""

from flask import render_template
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.models.needs import Dependency
from dependencies.views.blueprint import bp
from dependencies.views.function import dependant_row
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.errors import NotPermitted
from prepare.gate.opening import opens
from prepare.models.functions import Function
from prepare.queries.pages import page
from prepare.texts import N_
from prepare.views.paging import PAGE_SIZE, paging


@bp.get("/needs/dependants-of/<uuid:ref>")
@opens(Function, Action.VIEW_FUNCTION)
def dependants(function: Function) -> ResponseReturnValue:
    """Everybody who depends on one function, page by page; not for those to whom it was only shared."""
    if not actor.current().scope.covers(function.owner_path, function.confidentiality):
        raise NotPermitted(N_("Your role does not allow this here."))
    found = queries.dependants_of(actor.current().scope, function)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, Dependency.id, offset=at.offset, limit=PAGE_SIZE))
    return render_template(
        "dependencies/dependants.html", function=function, rows=[dependant_row(row) for row in rows], at=at
    )
