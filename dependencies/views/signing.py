"""Signing: each side of a dependency says in plain words what it needs or delivers."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies.analysing import confirmations as reading
from dependencies.forms.confirmations import DeliveryStatementForm, NeedStatementForm
from dependencies.models.confirmations import Statement
from dependencies.models.needs import Dependency
from dependencies.register import confirmations as register
from dependencies.views import accords
from dependencies.views.accords import Card
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.actor import Actor
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.forms.form import CityForm
from prepare.gate.opening import opens_page
from prepare.models.functions import Function
from prepare.texts import N_, _
from prepare.vocabulary import Role


@bp.route("/confirmations/<uuid:ref>/need", methods=["GET", "POST"])
@opens_page(Action.NEED_CONFIRMATION)
def state_need(ref: UUID) -> ResponseReturnValue:
    """The consumer signs within how many hours it needs the supplier back."""
    dependency = _opened(ref, Action.NEED_CONFIRMATION)
    card = accords.cards([dependency])[0]
    form = NeedStatementForm(data=_known(card.need, hours=card.suggested_h))
    _prepare(form, dependency, dependency.need.consumer, card.need)
    if form.accepted():
        try:
            with transaction():
                register.state_need(dependency, form.entry(), seen=form.seen.data or "", on=today())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _done(dependency)
    return _page(form, dependency, "need")


@bp.route("/confirmations/<uuid:ref>/delivery", methods=["GET", "POST"])
@opens_page(Action.DELIVER_CONFIRMATION)
def state_delivery(ref: UUID) -> ResponseReturnValue:
    """The provider signs within how many hours it delivers, and on what condition."""
    dependency = _opened(ref, Action.DELIVER_CONFIRMATION)
    card, supplier = accords.cards([dependency])[0], dependency.supplier
    form = DeliveryStatementForm(data=_known(card.delivery, delivers=True, hours=_own_word(supplier)))
    _prepare(form, dependency, supplier, card.delivery)
    if form.accepted():
        try:
            with transaction():
                register.state_delivery(dependency, form.entry(), seen=form.seen.data or "", on=today())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _done(dependency)
    return _page(form, dependency, "delivery")


def _opened(ref: UUID, action: Action) -> Dependency:
    who = actor.current()
    dependency = db.session.scalars(reading.line(who.scope, who.grants, ref)).one_or_none()
    if dependency is None:
        abort(404)
    if not may(who, action, dependency):
        raise NotPermitted(N_("Each side signs for itself."))
    return dependency


def _known(former: Statement | None, **otherwise: object) -> dict[str, object]:
    """What the form begins with: what this side signed last, or what the register knows."""
    if former is None:
        return otherwise
    names = ("delivers", "hours", "capacity_pct", "words", "reason")
    return {name: getattr(former, name) for name in names}


def _own_word(supplier: Function) -> float | None:
    """What a supplier says of itself: its capability or objective, or what a partner has promised."""
    if not supplier.owner_is_own:
        return supplier.committed_recovery_h
    return supplier.recovery_capability_h if supplier.recovery_capability_h is not None else supplier.rto_h


def _prepare(form: CityForm, dependency: Dependency, function: Function, former: Statement | None) -> None:
    """Name the role that signs; who told it is asked only of somebody who writes it down for a partner."""
    if not register.is_on_behalf(function):
        del form.told_by
    if not form.is_typed:
        form.take("role", role(dependency, function))


def role(dependency: Dependency, function: Function | None = None) -> str:
    """In which role the acting person is likely to sign: the title of the contact, else what its role is called.

    Whoever writes it down for a partner signs in the role of the partner's own person.
    """
    who = actor.current()
    if function and register.is_on_behalf(function):
        return (dependency.interface.party_owner_role if dependency.interface else None) or ""
    sides = [function] if function else [dependency.need.consumer, dependency.supplier]
    for side in sides:
        if who.holds(Role.SECTOR_CONTACT, over=side.owner_path) and side.organisation.contact_role:
            return side.organisation.contact_role
        if who.holds(Role.SECTOR_DIRECTOR, over=side.owner_path) and side.organisation.director_role:
            return side.organisation.director_role
        if who.holds(Role.PARTNER, over=side.owner_path) and dependency.interface:
            return dependency.interface.party_owner_role or _held(who)
    return _held(who)


def _held(who: Actor) -> str:
    return next((grant.role.label for grant in who.grants), "")


def _done(dependency: Dependency) -> ResponseReturnValue:
    card: Card = accords.cards([dependency])[0]
    flash(_("Signed. The other side sees it: %(state)s.", state=card.judged.accord.label.lower()))
    return redirect(url_for("dependencies.confirmation", ref=dependency.ref))


def _page(form: CityForm, dependency: Dependency, side: str) -> str:
    form.take("seen", register.seen_now(dependency))
    card = accords.cards([dependency])[0]
    return render_template("dependencies/statement_form.html", form=form, card=card, side=side)
