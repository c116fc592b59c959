"""What is particular to one supplier of a need."""

from dataclasses import replace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.entries import AlternativeEntry, NeedEntry, of_alternative, of_record
from dependencies.forms import AlternativeForm
from dependencies.models import Dependency
from dependencies.views.blueprint import bp
from dependencies.views.clashes import save
from dependencies.views.shown import shown
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.gate.opening import opens
from prepare.merging import fingerprint
from prepare.texts import _, name_of
from prepare.views.clashes import Clash


@bp.route("/needs/alternatives/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Dependency, Action.EDIT_NEED)
def edit_alternative(dependency: Dependency) -> ResponseReturnValue:
    """Say what is particular to one supplier: extra tolerance, interface, workaround."""
    need, held = dependency.need, of_alternative(dependency)
    form = AlternativeForm(obj=held, data={"seen": fingerprint(of_record(need))})
    found = db.session.scalars(queries.interfaces(actor.current().scope))
    offered = {interface.code: f"{interface.code} {name_of(interface)}" for interface in found}
    if held.interface:
        offered.setdefault(held.interface, held.interface)
    form.interface.offer(sorted(offered.items()))
    if form.accepted():
        try:
            save(need, lambda: _with(dependency, form), str(form.seen.data))
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash:
            form.form_errors.append(_("Somebody else saved this record while you were editing it."))
            form.seen.data, form.seen.raw_data = fingerprint(of_record(need)), None
        else:
            flash(_("The need was saved."))
            return redirect(url_for("dependencies.need", ref=need.ref))
    back = url_for("dependencies.need", ref=need.ref)
    supplier = shown(dependency.supplier)
    return render_template("dependencies/alternative_form.html", form=form, need=need, supplier=supplier, back=back)


def _with(dependency: Dependency, form: AlternativeForm) -> NeedEntry:
    """The need's entry with this alternative as the form has it."""
    entry = of_record(dependency.need)
    changed: list[AlternativeEntry] = [
        replace(alternative, **form.values()) if alternative.supplier == dependency.supplier.code else alternative
        for alternative in entry.alternatives
    ]
    return replace(entry, alternatives=tuple(changed))
