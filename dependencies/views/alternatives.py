"""What is particular to one supplier of a need."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.entries.needs import AlternativeEntry, of_alternative
from dependencies.forms.needs import AlternativeForm
from dependencies.models.needs import Dependency
from dependencies.register import needs as register
from dependencies.views.blueprint import bp
from dependencies.views.shown import shown
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.gate.opening import opens
from prepare.texts import _, name_of
from prepare.views.clashes import Clash, Editing


@bp.route("/needs/alternatives/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Dependency, Action.EDIT_NEED)
def edit_alternative(dependency: Dependency) -> ResponseReturnValue:
    """Say what is particular to one supplier: extra tolerance, interface, workaround."""
    need, back = dependency.need, url_for("dependencies.need", ref=dependency.need.ref)
    form = _offered(AlternativeForm(obj=of_alternative(dependency)), dependency)
    editing = _editing(dependency, form, back)
    if form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The need was saved."))
            return redirect(back)
    supplier = shown(dependency.supplier)
    return render_template("dependencies/alternative_form.html", form=form, need=need, supplier=supplier, back=back)


def _offered(form: AlternativeForm, dependency: Dependency) -> AlternativeForm:
    found = db.session.scalars(queries.interfaces(actor.current().scope))
    offered = {interface.code: f"{interface.code} {name_of(interface)}" for interface in found}
    if dependency.interface:
        offered.setdefault(dependency.interface.code, dependency.interface.code)
    form.interface.offer(sorted(offered.items()))
    return form


def _editing(dependency: Dependency, form: AlternativeForm, back: str) -> Editing[AlternativeEntry]:
    return Editing(
        dependency,
        form,
        partial(register.alternative_now, dependency),
        lambda entry, seen: register.edit_alternative(dependency, entry, seen=seen),
        title=f"{dependency.need.consumer.code}: {dependency.need.name}, {shown(dependency.supplier).label}",
        back=back,
        entry=lambda: AlternativeEntry(supplier=dependency.supplier.code, **form.values()),
    )
