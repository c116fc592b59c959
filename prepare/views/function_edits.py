"""Adding and editing functions."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.clock import now
from prepare.criticality import suggested
from prepare.db import db, transaction
from prepare.entries import FunctionEntry
from prepare.errors import RuleBroken
from prepare.forms.functions import AddFunctionForm, FunctionForm
from prepare.gate.opening import opens, opens_page
from prepare.merging import Seen
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.register import functions as register
from prepare.texts import _, name_of
from prepare.views import bp
from prepare.views.clashes import Clash, Editing
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
    if not form.is_typed and len(own) == 1:
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
    back = url_for("prepare.function", ref=function.ref)
    form = _prepared(FunctionForm(obj=register.seen_now(function).entry))
    editing = Editing(
        function,
        form,
        partial(register.seen_now, function),
        partial(_edit, function),
        title=f"{function.code} {name_of(function)}",
        back=back,
        parts=partial(register.parts, function),
    )
    if form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The function was saved."))
            return redirect(back)
    return _page(form, function, own=function.owner_is_own, revises=revises(function))


def _edit(function: Function, entry: FunctionEntry, seen: Seen[FunctionEntry] | None) -> None:
    register.edit(function, entry, seen=seen, at=now())


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
