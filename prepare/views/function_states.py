"""A function's way: submit, review, confirm, return, discard, retire."""

from dataclasses import fields
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from prepare import registration
from prepare.access import Action
from prepare.clock import now, today
from prepare.db import transaction
from prepare.entries import FunctionEntry
from prepare.errors import RuleBroken
from prepare.forms.differences import changes
from prepare.forms.form import CityForm
from prepare.forms.functions import ReasonForm
from prepare.gate.opening import opens, takes
from prepare.insets import gaps_elsewhere
from prepare.models.functions import Function
from prepare.register import functions as register
from prepare.texts import _, name_of
from prepare.views import bp
from prepare.views.functions import differences


def _back(function: Function) -> ResponseReturnValue:
    return redirect(url_for("prepare.function", ref=function.ref))


def _tell(broken: RuleBroken) -> None:
    for rule in broken.every:
        flash(rule.text(), "error")


@bp.post("/functions/<uuid:ref>/submit")
@opens(Function, Action.SUBMIT_FUNCTION)
@takes()
def submit_function(function: Function) -> ResponseReturnValue:
    """Hand a function, or the change to it, over for confirmation."""
    entry, _impacts = register.proposed(function, register.pending(function))
    further = gaps_elsewhere({function.id: entry})[function.id]
    try:
        with transaction():
            register.submit(function, further=further, at=now())
    except RuleBroken as broken:
        _tell(broken)
    else:
        flash(_("Submitted. The security and preparedness unit will confirm it or return it to you."))
    return _back(function)


@bp.get("/functions/<uuid:ref>/review")
@opens(Function, Action.CONFIRM_FUNCTION)
def review_function(function: Function) -> ResponseReturnValue:
    """Review a submitted function, or a submitted change to one."""
    return _review(function, ReasonForm())


def _review(function: Function, form: CityForm) -> ResponseReturnValue:
    revision = register.pending(function)
    told = changes(differences(function, revision)) if revision else changes(_filled(function))
    return render_template(
        "prepare/function_review.html", function=function, revision=revision, changes=told, form=form
    )


def _filled(function: Function) -> list[tuple[str, Any, Any]]:
    entry = registration.of_record(function)
    filled = [(field.name, None, getattr(entry, field.name)) for field in fields(FunctionEntry)]
    held = {c.value: list(steps) for c, steps in register.impacts_in_force(function).items()}
    return [*filled, ("impacts", {}, held)]


@bp.post("/functions/<uuid:ref>/confirm")
@opens(Function, Action.CONFIRM_FUNCTION)
@takes()
def confirm_function(function: Function) -> ResponseReturnValue:
    """Take a submitted function, or the submitted change to it, into force."""
    try:
        with transaction():
            register.confirm(function, on=today())
    except RuleBroken as broken:
        _tell(broken)
    else:
        flash(_("Confirmed. The function is in force as it is shown here."))
    return _back(function)


@bp.post("/functions/<uuid:ref>/return")
@opens(Function, Action.RETURN_FUNCTION)
def return_function(function: Function) -> ResponseReturnValue:
    """Return a submitted function for completion."""
    form = ReasonForm()
    if form.accepted():
        try:
            with transaction():
                register.send_back(function, str(form.reason.data))
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("Returned to the sector for completion."))
            return _back(function)
    return _review(function, form)


@bp.post("/functions/<uuid:ref>/discard")
@opens(Function, Action.DISCARD_REVISION)
@takes()
def discard_revision(function: Function) -> ResponseReturnValue:
    """Drop the change that waits."""
    try:
        with transaction():
            register.discard(function)
    except RuleBroken as broken:
        _tell(broken)
    else:
        flash(_("The change was discarded. What was in force stays in force."))
    return _back(function)


@bp.route("/functions/<uuid:ref>/retire", methods=["GET", "POST"])
@opens(Function, Action.RETIRE_FUNCTION)
def retire_function(function: Function) -> ResponseReturnValue:
    """Ask, then take a function out of use."""
    form = CityForm()
    if form.accepted():
        try:
            with transaction():
                register.retire(function)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The function was retired."))
            return _back(function)
    return render_template(
        "prepare/retire.html",
        title=f"{function.code} {name_of(function)}",
        text=_("It leaves the dependency graph and the lists. Functions that need it will show a missing supplier."),
        form=form,
        back=url_for("prepare.function", ref=function.ref),
    )
