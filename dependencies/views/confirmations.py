"""The round of confirmations: what waits for whom, one dependency as both sides see it, and asking for it."""

from collections import defaultdict
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies import confirming, queries
from dependencies.analysing import confirmations as reading
from dependencies.models.needs import Dependency
from dependencies.register import confirmations as register
from dependencies.views import accords, signing
from dependencies.views.blueprint import bp
from dependencies.vocabulary import Accord
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.gate.opening import opens_page, takes
from prepare.queries.pages import page
from prepare.texts import N_, _, ngettext
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging


@bp.get("/confirmations/")
@opens_page(Action.VIEW_CONFIRMATION)
def confirmations() -> ResponseReturnValue:
    """What both sides have signed of each dependency, and what waits for whom: filter, paging, whom to ask."""
    who, on, wanted = actor.current(), today(), _wanted()
    every = reading.lines(who.scope, who.grants)
    if wanted.wait == "me":
        every = every.where(reading.waits_for(who.scope, who.grants, on=on))
    elif wanted.wait == "late":
        since = on - timedelta(days=confirming.PATIENCE_DAYS)
        every = every.where(reading.is_late(on=on, since=since))
    found = reading.narrowed(every, on=on, state=wanted.state, by=wanted.by, over=wanted.over)
    at = paging(db.session.scalar(reading.counted(found)) or 0)
    rows = db.session.scalars(page(found, Dependency.id, offset=at.offset, limit=PAGE_SIZE)).all()
    owners = _owners(db.session.execute(reading.by_supplier(every, on=on)))
    return render_template(
        "dependencies/confirmations.html", cards=accords.cards(rows), at=at, wanted=wanted, owners=owners, states=Accord
    )


def _wanted() -> SimpleNamespace:
    """What the address asks for; what it does not name, or names wrongly, is left out."""
    args = request.args
    wait = args.get("wait") if args.get("wait") in ("me", "late") else None
    state, by, over = word(Accord, args.get("state")), _ref(args.get("by")), _ref(args.get("over"))
    return SimpleNamespace(wait=wait, state=state, by=by, over=over)


def _ref(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _owners(rows: Any) -> list[SimpleNamespace]:
    """Per owner of suppliers how many dependencies stand how."""
    counts: dict[Any, dict[str, int]] = defaultdict(dict)
    for organisation, state, count in rows:
        counts[organisation][state] = count
    return [SimpleNamespace(organisation=one, counts=found, all=sum(found.values())) for one, found in counts.items()]


@bp.get("/confirmations/<uuid:ref>")
@opens_page(Action.VIEW_CONFIRMATION)
def confirmation(ref: UUID) -> ResponseReturnValue:
    """One dependency: what both sides have signed, whether it matches, and all that was signed before."""
    dependency = opened(ref)
    history = db.session.scalars(reading.history(dependency)).all()
    return render_template("dependencies/confirmation.html", card=accords.cards([dependency])[0], history=history)


def opened(ref: UUID) -> Dependency:
    """A dependency of which the person may read one side; else the answer of a missing one."""
    who = actor.current()
    found = db.session.scalars(reading.line(who.scope, who.grants, ref)).one_or_none()
    return found or abort(404)


@bp.post("/confirmations/<uuid:ref>/ask")
@opens_page(Action.ASK_CONFIRMATION)
@takes()
def ask_confirmation(ref: UUID) -> ResponseReturnValue:
    """Ask both sides of one dependency to sign what is open."""
    dependency = opened(ref)
    if not may(actor.current(), Action.ASK_CONFIRMATION, dependency):
        raise NotPermitted(N_("Each side speaks for itself."))
    try:
        with transaction():
            register.ask(dependency, role=signing.role(dependency), on=today())
    except RuleBroken as broken:
        flash(broken.text(), "error")
    else:
        flash(_("Asked. Both sides see it among what waits for them."))
    return redirect(url_for("dependencies.confirmation", ref=ref))


@bp.post("/confirmations/interfaces/<uuid:ref>/ask")
@opens_page(Action.ASK_CONFIRMATION)
@takes()
def ask_interface(ref: UUID) -> ResponseReturnValue:
    """Ask for everything that is open on an interface, in one act."""
    who = actor.current()
    interface = db.session.scalars(queries.interface(who.scope, ref)).one_or_none()
    if interface is None:
        abort(404)
    found = db.session.scalars(reading.lines_of(who.scope, who.grants, interface)).all()
    asked = [one for one in accords.cards(found) if one.may_ask and one.judged.accord in accords.OPEN]
    if not asked:
        raise NotPermitted(N_("There is nothing on this interface that you could ask for."))
    with transaction():
        for one in asked:
            register.ask(one.dependency, role=signing.role(one.dependency), on=today())
    message = ngettext("Asked for %(n)s dependency.", "Asked for %(n)s dependencies.", len(asked))
    flash(message)
    return redirect(url_for("dependencies.interface", ref=ref, _anchor="confirmations"))
