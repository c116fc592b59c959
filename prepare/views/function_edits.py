"""Adding and editing functions."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.clock import now
from prepare.criticality import suggested
from prepare.db import db, transaction
from prepare.errors import RuleBroken, StaleEntry
from prepare.forms.functions import AddFunctionForm, FunctionForm
from prepare.gate.opening import opens, opens_page
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.register import functions as register
from prepare.texts import _, name_of
from prepare.views import bp
from prepare.views.conflicts import conflict
from prepare.vocabulary import CodeList, FunctionState


def _prepared(form: FunctionForm) -> FunctionForm:
    items = db.session.scalars(organisations.codes(CodeList.VITAL_FUNCTION))
    form.vital_function.offer([(item.code, f"{item.code} {name_of(item)}") for item in items])
    return form


@bp.route("/functions/new", methods=["GET", "POST"])
@opens_page(Action.ADD_FUNCTION)
def add_function() -> ResponseReturnValue:
    """Register a function."""
    who = actor.current()
    form = AddFunctionForm()
    _prepared(form)
    own = [o for o in db.session.scalars(organisations.organisations(who.scope, own=None)) if _keeps(o)]
    form.organisation.offer([(o.code, name_of(o)) for o in own])
    if request.method == "GET" and len(own) == 1:
        form.organisation.data = own[0].code
    if form.accepted():
        try:
            with transaction():
                organisation = next(o for o in own if o.code == form.organisation.data)
                function = register.add(organisation, form.entry())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The function was added. Next: what it needs and how long it manages without."))
            return redirect(url_for("prepare.function", ref=function.ref))
    return _page(form, None, own=not own or own[0].owner_is_own, revises=False)


def _keeps(organisation: Organisation) -> bool:
    return organisation.parent_id is not None and may(actor.current(), Action.ADD_FUNCTION, organisation)


@bp.route("/functions/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Function, Action.EDIT_FUNCTION)
def edit_function(function: Function) -> ResponseReturnValue:
    """Edit a function; the change to a confirmed one waits for confirmation."""
    revision = register.pending(function)
    entry, _impacts = register.proposed(function, revision)
    form = _prepared(FunctionForm(obj=entry))
    if request.method == "GET":
        form.version.data = register.stamp(function, revision)
    if form.accepted():
        try:
            with transaction():
                register.edit(function, form.entry(), seen=str(form.version.data), at=now())
        except RuleBroken as broken:
            form.refuse(broken)
        except StaleEntry:
            return conflict(function, form)
        else:
            flash(_("The function was saved."))
            return redirect(url_for("prepare.function", ref=function.ref))
    return _page(form, function, own=function.owner_is_own, revises=revises(function))


def revises(function: Function) -> bool:
    """Whether saving makes a change that waits for confirmation instead of changing at once."""
    return function.owner_is_own and function.state is FunctionState.CONFIRMED


def _page(form: FunctionForm, function: Function | None, *, own: bool, revises: bool) -> ResponseReturnValue:
    back = url_for("prepare.function", ref=function.ref) if function else url_for("prepare.functions")
    return render_template(
        "prepare/function_form.html",
        form=form,
        function=function,
        own=own,
        revises=revises,
        suggested=suggested(form.mtpd_h.data),
        back=back,
    )
