"""Interfaces with outside partners: the list, and one of them."""

from types import SimpleNamespace
from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.analysing import affected
from dependencies.models.interfaces import Interface
from dependencies.views import agreements
from dependencies.views.blueprint import bp
from dependencies.views.shown import shown
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.insets import insets
from prepare.queries.pages import page
from prepare.views.paging import PAGE_SIZE, paging
from risks.views.measure_sections import measures_of
from risks.vocabulary.measures import MeasureSource


@bp.get("/interfaces/")
@opens_page(Action.VIEW_INTERFACE)
def interfaces() -> ResponseReturnValue:
    """The interfaces that the person may read."""
    words = request.args.get("q", "")[:200]
    found = queries.interfaces(actor.current().scope, q=words)
    at = paging(db.session.scalar(queries.interfaces_counted(found)) or 0)
    rows = db.session.scalars(page(found, Interface.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template("dependencies/interfaces.html", rows=rows, at=at, q=words, today=today())


@bp.get("/interfaces/<uuid:ref>")
@opens_page(Action.VIEW_INTERFACE)
def interface(ref: UUID) -> ResponseReturnValue:
    """One interface: both sides, alerting, duties, and the dependencies that run over it."""
    scope = actor.current().scope
    found = db.session.scalars(queries.interface(scope, ref)).one_or_none()
    if found is None:
        abort(404)
    carried = db.session.scalars(queries.carried_by(scope, found)).all()
    rows = [SimpleNamespace(dependency=d, consumer=shown(d.need.consumer), supplier=shown(d.supplier)) for d in carried]
    return render_template(
        "dependencies/interface.html",
        interface=found,
        carried=rows,
        agreements=agreements.of_interface(found),
        risks=db.session.scalars(affected.risks_of(scope, found)).all(),
        measures=measures_of(MeasureSource.INTERFACE, found.code, found),
        insets=list(insets(found)),
        today=today(),
    )
