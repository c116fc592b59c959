"""What a function needs: adding, reading, editing and removing a need."""

from collections.abc import Collection
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies.entries.needs import NeedEntry, of_record
from dependencies.forms.needs import NeedForm
from dependencies.models.needs import Need
from dependencies.register import needs as register
from dependencies.views.blueprint import bp
from dependencies.views.function import need_row
from dependencies.views.shown import told
from prepare.access import Action
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, opens_page
from prepare.models.functions import Function
from prepare.texts import _
from prepare.views.clashes import Clash, Editing
from prepare.views.picking import Picker, pick


@bp.get("/needs/<uuid:ref>")
@opens(Need, Action.VIEW_FUNCTION)
def need(need: Need) -> ResponseReturnValue:
    """One need: what it is, how long the function manages without, and who can provide it."""
    return render_template("dependencies/need.html", row=need_row(need), consumer=need.consumer)


@bp.route("/needs/of/<uuid:ref>/new", methods=["GET", "POST"])
@opens(Function, Action.ADD_NEED)
def add_need(function: Function) -> ResponseReturnValue:
    """Say what a function needs."""
    form = NeedForm(data={"min_required": 1})
    picker = _offer(form, function)
    if not form.search.data and form.accepted():
        try:
            with transaction():
                register.add_need(function, form.entry())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The need was added. Its suppliers are asked to confirm it."))
            return _back(function)
    return _page(form, function, picker)


@bp.route("/needs/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Need, Action.EDIT_NEED)
def edit_need(need: Need) -> ResponseReturnValue:
    """Change a need; what two people changed at the same time is put together."""
    form = NeedForm(obj=register.seen_now(need).entry)
    if not form.is_typed:
        form.take("alternatives", of_record(need).alternatives)
    editing = _editing(need, form)
    picker = _offer(form, need.consumer, register.hidden_suppliers(need))
    if not form.search.data and form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The need was saved."))
            return _back(need.consumer)
    return _page(form, need.consumer, picker, need)


def _editing(need: Need, form: NeedForm) -> Editing[NeedEntry]:
    return Editing(
        need,
        form,
        partial(register.seen_now, need),
        lambda entry, seen: register.edit_need(need, entry, seen=seen),
        title=f"{need.consumer.code}: {need.name}",
        back=url_for("dependencies.need", ref=need.ref),
        entry=lambda: form.entry(of_record(need).alternatives),
        parts=lambda: need.alternatives,
        told=told,
    )


@bp.get("/needs/suppliers")
@opens_page(Action.EDIT_NEED)
def find_suppliers() -> ResponseReturnValue:
    """What a search for suppliers finds, beside those that are ticked; a part of the page of a need."""
    words, ticked = request.args.get("find", "")[:200], request.args.getlist("suppliers")[:200]
    picker = pick(ticked, words, but=request.args.get("of", "")[:20])
    return render_template("dependencies/_suppliers.html", picker=picker)


@bp.route("/needs/<uuid:ref>/retire", methods=["GET", "POST"])
@opens(Need, Action.RETIRE_NEED)
def retire_need(need: Need) -> ResponseReturnValue:
    """Take a need out of use."""
    form = CityForm()
    if form.accepted():
        try:
            with transaction():
                register.retire_need(need)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The need was removed."))
            return _back(need.consumer)
    return render_template(
        "prepare/retire.html",
        title=f"{need.consumer.code}: {need.name}",
        text=_("The function then counts as managing without it, in every calculation."),
        form=form,
        back=url_for("dependencies.need", ref=need.ref),
    )


def _offer(form: NeedForm, consumer: Function, hidden: Collection[str] = ()) -> Picker:
    """Let the form offer what is ticked and what its search finds; hidden suppliers are not shown."""
    ticked = [code for code in form.suppliers.data or () if code not in hidden][:200]
    form.suppliers.data = ticked
    picker = pick(ticked, (form.find.data or "")[:200], but=consumer.code, hidden=len(hidden))
    form.suppliers.offer(picker.options)
    return picker


def _back(function: Function) -> ResponseReturnValue:
    return redirect(url_for("prepare.function", ref=function.ref, _anchor="needs"))


def _page(form: NeedForm, consumer: Function, picker: Picker, need: Need | None = None) -> str:
    back = url_for("dependencies.need", ref=need.ref) if need else url_for("prepare.function", ref=consumer.ref)
    return render_template(
        "dependencies/need_form.html", form=form, consumer=consumer, picker=picker, need=need, back=back
    )
