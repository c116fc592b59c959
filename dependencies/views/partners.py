"""Partners: what they are shown, what they see of it, and what disruptions do to their interfaces."""

from collections.abc import Collection
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.analysing import partner_effects
from dependencies.analysing import partners as reading
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency
from dependencies.register import partners as register
from dependencies.tracing import TooFar
from dependencies.views import accords, timelines
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.actor import Actor, acting_as
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, opens_page, takes
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.pages import page
from prepare.texts import _
from prepare.views.answers import refused

#: Lines and interfaces that one page shows.
MOST = 50


def lines_seen(who: Actor, interface: Interface) -> list[accords.Card]:
    """The lines over an interface as this person sees them: with a partner's eyes for a partner."""
    rows = db.session.scalars(page(reading.open_lines(who, interface), Dependency.id, offset=0, limit=MOST)).all()
    with acting_as(who):
        return accords.cards(rows)


@bp.route("/interfaces/<uuid:ref>/share", methods=["GET", "POST"])
@opens(Interface, Action.ADD_SHARE)
@takes()
def share_interface(interface: Interface) -> ResponseReturnValue:
    """Show what sharing an interface opens to its partner, and share it."""
    told = None
    if request.method == "POST":
        try:
            with transaction():
                register.share(interface)
        except RuleBroken as broken:
            told = broken.text()
        else:
            flash(_("Shared. The partner's people see it from now on."))
            return redirect(url_for("dependencies.interface", ref=interface.ref))
    return render_template("dependencies/share.html", interface=interface, told=told, **_preview(interface))


def _preview(interface: Interface) -> dict[str, Any]:
    """What sharing an interface opens: the lines with the partner's eyes, and who of the partner would see them."""
    return {
        "cards": lines_seen(reading.guest(interface), interface),
        "accounts": db.session.scalar(reading.accounts_of(interface.party)) or 0,
        "is_shared": _is_shared(interface),
    }


def _is_shared(interface: Interface) -> bool:
    share = db.session.scalars(reading.share_of(interface, interface.party)).one_or_none()
    return share is not None and share.ended_at is None


@bp.post("/interfaces/<uuid:ref>/unshare")
@opens(Interface, Action.END_SHARE)
@takes()
def unshare_interface(interface: Interface) -> ResponseReturnValue:
    """Stop showing an interface to its partner."""
    return _end(interface, interface.party, url_for("dependencies.interface", ref=interface.ref))


@bp.post("/functions/<uuid:ref>/unshare")
@opens(Function, Action.END_SHARE)
@takes("partner")
def unshare_function(function: Function) -> ResponseReturnValue:
    """Stop showing a function to the partner that the form names."""
    partner = uuid_of(request.form.get("partner"))
    organisation = db.session.scalars(reading.organisation(partner)).one_or_none() if partner else None
    if organisation is None or not may(actor.current(), Action.VIEW_SHARE, organisation):
        return refused(RuleBroken(register.UNSHARED), url_for("prepare.function", ref=function.ref))
    return _end(function, organisation, url_for("dependencies.shares", ref=organisation.ref))


def uuid_of(text: str | None) -> UUID | None:
    """The ref that a form sends; None when it is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _end(record: Interface | Function, organisation: Organisation, back: str) -> ResponseReturnValue:
    try:
        with transaction():
            register.end_share(record, organisation, at=now())
    except RuleBroken as broken:
        return refused(broken, back)
    flash(_("Not shared any more. The partner's people do not see it from now on."))
    return redirect(back)


@bp.get("/shares/<uuid:ref>")
@opens_page(Action.VIEW_SHARE)
def shares(ref: UUID) -> ResponseReturnValue:
    """What is shared with one partner, for the city and for the partner itself."""
    organisation, scope = _organisation(ref), actor.current().scope
    return render_template(
        "dependencies/shares.html",
        organisation=organisation,
        is_own=reading.is_partner(actor.current()),
        interfaces=db.session.scalars(reading.shared_interfaces(scope, organisation).limit(MOST)).all(),
        functions=db.session.scalars(reading.shared_functions(scope, organisation).limit(MOST)).all(),
        others=db.session.scalars(reading.unshared_interfaces(scope, organisation).limit(MOST)).all(),
        accounts=db.session.scalar(reading.accounts_of(organisation)) or 0,
    )


def _organisation(ref: UUID) -> Organisation:
    """An outside partner of which the person may know what is shared with it; else the answer of a missing one."""
    found = db.session.scalars(reading.organisation(ref)).one_or_none()
    if found is None or found.kind.is_own or not may(actor.current(), Action.VIEW_SHARE, found):
        abort(404)
    return found


@bp.get("/interfaces/<uuid:ref>/disruptions")
@opens_page(Action.VIEW_INTERFACE)
def interface_disruptions(ref: UUID) -> ResponseReturnValue:
    """What disruptions do to what runs over one interface: at which hour it stops and comes back."""
    who = actor.current()
    interface = db.session.scalars(queries.interface(who.scope, ref)).one_or_none()
    if interface is None:
        abort(404)
    try:
        found = partner_effects.disruptions(who, interface)
    except TooFar as broken:
        title = _("What disruptions do to it")
        return render_template("dependencies/too_far.html", title=title, why=broken, command="trace")
    told = timelines.drawn(found, unnamed=reading.is_partner(who))
    return render_template("dependencies/interface_disruptions.html", interface=interface, disruptions=told)


def sharing_of(interface: Interface) -> dict[str, Any] | None:
    """Whether an interface is shared with its partner, for whoever decides it."""
    who = actor.current()
    if not may(who, Action.ADD_SHARE, interface):
        return None
    return {"is_shared": _is_shared(interface)}


def disruptions_of(interface: Interface) -> dict[str, Any]:
    """The way to what disruptions do to an interface."""
    return {"is_partner": reading.is_partner(actor.current())}


def shares_of(organisation: Organisation) -> dict[str, Any] | None:
    """The way to what is shared with an outside organisation."""
    is_open = not organisation.kind.is_own and may(actor.current(), Action.VIEW_SHARE, organisation)
    return {} if is_open else None


def known_over(interfaces: Collection[int]) -> Collection[int]:
    """The functions whose names somebody knows to whom these interfaces are shown."""
    return db.session.scalars(reading.known_over(interfaces)).all()


def at_start(_page: object) -> dict[str, Any] | None:
    """What a partner's person finds at once: the interfaces, and what is agreed on them."""
    who = actor.current()
    if not reading.is_partner(who) or not who.scope.interfaces:
        return None
    rows = db.session.scalars(queries.interfaces(who.scope).limit(MOST)).all()
    found = db.session.scalars(page(reading.every_open_line(who), Dependency.id, offset=0, limit=MOST)).all()
    cards: dict[int | None, list[accords.Card]] = {}
    for card in accords.cards(found):
        cards.setdefault(card.dependency.interface_id, []).append(card)
    own = who.grants[0].path.split("/")[-2]
    home = db.session.get_one(Organisation, int(own))
    return {"rows": [SimpleNamespace(interface=one, cards=cards.get(one.id, [])) for one in rows], "home": home}
