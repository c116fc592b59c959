"""Agreements with outside partners: the list, and one of them."""

from types import SimpleNamespace
from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from dependencies import agreements as rules
from dependencies.analysing import agreements as queries
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.views.blueprint import bp
from dependencies.views.shown import shown
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.queries.pages import page
from prepare.views.paging import PAGE_SIZE, paging


@bp.get("/agreements/")
@opens_page(Action.VIEW_AGREEMENT)
def agreements() -> ResponseReturnValue:
    """The agreements that the person may read, those that end first on top."""
    words = request.args.get("q", "")[:200]
    found = queries.agreements(actor.current().scope, q=words)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, Agreement.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template("dependencies/agreements.html", rows=[standing(one) for one in rows], at=at, q=words)


def standing(agreement: Agreement) -> SimpleNamespace:
    """An agreement with how it stands today."""
    return SimpleNamespace(agreement=agreement, validity=rules.validity(agreement, today()))


@bp.get("/agreements/<uuid:ref>")
@opens_page(Action.VIEW_AGREEMENT)
def agreement(ref: UUID) -> ResponseReturnValue:
    """One agreement: what it says, the interfaces that rest on it, and which vital dependencies hang on it."""
    scope = actor.current().scope
    found = db.session.scalars(queries.agreement(scope, ref)).one_or_none()
    if found is None:
        abort(404)
    hanging = [dependency for _id, dependency in db.session.execute(queries.hanging(scope, [found.id]))]
    return render_template(
        "dependencies/agreement.html",
        agreement=found,
        validity=rules.validity(found, today()),
        interfaces=db.session.scalars(queries.interfaces_on(scope, found)).all(),
        services=[shown(one) for one in found.functions],
        hanging=[
            SimpleNamespace(dependency=one, consumer=shown(one.need.consumer), supplier=shown(one.supplier))
            for one in hanging
        ],
    )


def of_interface(interface: Interface) -> list[SimpleNamespace]:
    """The agreements on which an opened interface rests, each with how it stands today."""
    found = db.session.scalars(queries.of_interface(actor.current().scope, interface)).all()
    return [standing(one) for one in found]
