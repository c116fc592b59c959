"""Deciding about the loss of a function that others cannot do without: the unit's form and the leadership's."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.forms.losses import AcceptanceForm, HandlingForm
from dependencies.models.losses import LossDecision
from dependencies.register import losses as register
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.gate.opening import opens
from prepare.models.functions import Function
from prepare.texts import _, name_of
from prepare.views.clashes import Clash, Editing


@bp.route("/keystones/<uuid:ref>/decide", methods=["GET", "POST"])
@opens(Function, Action.DECIDE_LOSS)
def decide_loss(function: Function) -> ResponseReturnValue:
    """Say what is done about the loss of a function, or that the city cannot double it."""
    form = HandlingForm(obj=register.handling_now(function).entry)
    return _decided(
        function,
        Editing(
            function,
            form,
            partial(register.handling_now, function),
            lambda entry, seen: register.decide_loss(function, entry, seen=seen, on=today()),
            **_named(function),
        ),
        _("What is done about the loss?"),
    )


@bp.route("/keystones/<uuid:ref>/accept", methods=["GET", "POST"])
@opens(Function, Action.ACCEPT_LOSS)
def accept_loss(function: Function) -> ResponseReturnValue:
    """Accept the loss of a function as it is, until a day."""
    form = AcceptanceForm(obj=register.acceptance_now(function).entry)
    return _decided(
        function,
        Editing(
            function,
            form,
            partial(register.acceptance_now, function),
            lambda entry, seen: register.accept_loss(function, entry, seen=seen, on=today()),
            **_named(function),
        ),
        _("Accept the loss as it is"),
    )


def _named(function: Function) -> dict[str, Any]:
    return {
        "title": f"{function.code} {name_of(function)}",
        "back": url_for("dependencies.keystone", ref=function.ref),
        "parts": partial(_decisions, function),
    }


def _decisions(function: Function) -> list[LossDecision]:
    return list(db.session.scalars(queries.loss_decision(actor.current().scope, function)))


def _decided(function: Function, editing: Editing[Any], title: str) -> ResponseReturnValue:
    form: CityForm = editing.form
    if form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The decision was saved."))
            return redirect(editing.back)
    return render_template("dependencies/loss_form.html", form=form, function=function, title=title, back=editing.back)
