"""What must not be lost in a transfer of responsibility: the list, and one item of it."""

from types import SimpleNamespace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from continuity.models.transfers import TransferItem
from continuity.queries import transfers as queries
from continuity.views.blueprint import bp
from continuity.vocabulary.transfers import TransferState
from dependencies import queries as dependency_queries
from dependencies.models.interfaces import Interface
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.queries.pages import page
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from risks.models.measures import Measure
from risks.queries import measures as measure_queries


@bp.get("/transfers/")
@opens_page(Action.VIEW_TRANSFER)
def transfers() -> ResponseReturnValue:
    """What the person may read of the transfers: search, filter, paging."""
    args = request.args
    wanted = SimpleNamespace(q=args.get("q", "")[:200], state=word(TransferState, args.get("state")))
    found = queries.transfer_items(actor.current().scope, q=wanted.q, state=wanted.state)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, TransferItem.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template("continuity/transfers.html", rows=rows, at=at, wanted=wanted, states=TransferState)


@bp.get("/transfers/<uuid:ref>")
@opens(TransferItem, Action.VIEW_TRANSFER)
def transfer(item: TransferItem) -> ResponseReturnValue:
    """One item: from whom to whom, what became of it, and for what it is critical."""
    scope = actor.current().scope
    seen = db.session.scalars(queries.critical_for(scope, item)).all()
    interfaces = dependency_queries.interfaces(scope).where(Interface.id == item.interface_id)
    measures = measure_queries.measures(scope).where(Measure.id == item.measure_id)
    return render_template(
        "continuity/transfer.html",
        item=item,
        functions=seen,
        hidden=len(item.functions) - len(seen),
        interface=db.session.scalars(interfaces).one_or_none() if item.interface_id else None,
        measure=db.session.scalars(measures).one_or_none() if item.measure_id else None,
    )
