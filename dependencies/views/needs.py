"""What a function needs: adding, reading, editing and removing a need."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies import register
from dependencies.entries import NeedEntry, of_record
from dependencies.forms import NeedForm
from dependencies.models import Need
from dependencies.views.blueprint import bp
from dependencies.views.clashes import save
from dependencies.views.function import need_row
from dependencies.views.picking import Picker, pick
from prepare.access import Action
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.forms.differences import Change
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, opens_page
from prepare.merging import fingerprint
from prepare.models.functions import Function
from prepare.texts import _
from prepare.views.clashes import Clash


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
    held = of_record(need)
    form = NeedForm(obj=held, data={"seen": fingerprint(held)})
    if request.method == "GET":
        form.show(held.alternatives)
    picker = _offer(form, need.consumer, _hidden(need))
    if not form.search.data and form.accepted():
        try:
            joined = save(need, lambda: form.entry(of_record(need).alternatives), str(form.seen.data))
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return _clash(need, clash)
        else:
            flash(_("The need was saved."))
            if joined:
                flash(_("Somebody else changed other fields meanwhile: both changes are saved."), "info")
            return _back(need.consumer)
    return _page(form, need.consumer, picker, need)


def _clash(need: Need, clash: Clash[NeedEntry]) -> ResponseReturnValue:
    mine = NeedForm(formdata=None, obj=clash.entry, data={"seen": clash.seen})
    mine.show(clash.entry.alternatives)
    return _page(mine, need.consumer, _offer(mine, need.consumer, _hidden(need)), need, clash.changes), 409


@bp.get("/needs/suppliers")
@opens_page(Action.EDIT_NEED)
def find_suppliers() -> ResponseReturnValue:
    """What a search for suppliers finds, beside those that are ticked; a part of the page of a need."""
    words, ticked = request.args.get("find", "")[:200], request.args.getlist("suppliers")[:200]
    picker = pick(request.args.get("of", "")[:20], ticked, words)
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


def _offer(form: NeedForm, consumer: Function, hidden: Sequence[str] = ()) -> Picker:
    """Let the form offer what is ticked and what its search finds; hidden suppliers are not shown."""
    ticked = [code for code in form.suppliers.data or () if code not in hidden][:200]
    form.suppliers.data = ticked
    picker = pick(consumer.code, ticked, (form.find.data or "")[:200], len(hidden))
    form.suppliers.offer(picker.options)
    return picker


def _hidden(need: Need) -> list[str]:
    """The codes of the suppliers that the acting person may not see."""
    kept = register.with_hidden(need, NeedEntry(name=need.name))
    return [alternative.supplier for alternative in kept.alternatives]


def _back(function: Function) -> ResponseReturnValue:
    return redirect(url_for("prepare.function", ref=function.ref, _anchor="needs"))


def _page(
    form: NeedForm, consumer: Function, picker: Picker, need: Need | None = None, saved: Sequence[Change] = ()
) -> str:
    back = url_for("dependencies.need", ref=need.ref) if need else url_for("prepare.function", ref=consumer.ref)
    return render_template(
        "dependencies/need_form.html", form=form, consumer=consumer, picker=picker, need=need, saved=saved, back=back
    )
