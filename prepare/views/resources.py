"""What a function needs of staff, premises, systems and stocks: adding, editing and removing."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor, resourcing
from prepare.access import Action
from prepare.db import db, transaction
from prepare.entries import ResourceEntry
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.forms.resources import ResourceForm
from prepare.gate.opening import opens
from prepare.models.functions import Function, Resource
from prepare.queries import functions as queries
from prepare.register import resources as register
from prepare.texts import _, name_of
from prepare.views import bp
from prepare.views.clashes import Clash, Editing


@bp.route("/functions/<uuid:ref>/resources/new", methods=["GET", "POST"])
@opens(Function, Action.ADD_RESOURCE)
def add_resource(function: Function) -> ResponseReturnValue:
    """Say what a function needs; several are added one after the other."""
    begun = next((one.entry for one in resourcing.COMMON if one.key == request.args.get("like")), None)
    form = ResourceForm(obj=begun)
    form.offer_bands()
    if form.accepted():
        try:
            with transaction():
                register.add(function, form.entry())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("“%(name)s” was added.", name=form.name.data))
            if form.another.data:
                return redirect(url_for("prepare.add_resource", ref=function.ref))
            return _back(function)
    return _page(form, function)


@bp.route("/resources/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Resource, Action.EDIT_RESOURCE)
def edit_resource(resource: Resource) -> ResponseReturnValue:
    """Change a resource; what two people changed at the same time is put together."""
    form = ResourceForm(obj=resourcing.of_record(resource))
    form.offer_bands()
    editing = _editing(resource, form)
    if form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The resource was saved."))
            return _back(resource.function)
    return _page(form, resource.function, resource)


def _editing(resource: Resource, form: ResourceForm) -> Editing[ResourceEntry]:
    return Editing(
        resource,
        form,
        partial(register.seen_now, resource),
        lambda entry, seen: register.edit(resource, entry, seen=seen),
        title=f"{resource.function.code}: {resource.name}",
        back=url_for("prepare.function", ref=resource.function.ref, _anchor="resources"),
    )


@bp.route("/resources/<uuid:ref>/retire", methods=["GET", "POST"])
@opens(Resource, Action.RETIRE_RESOURCE)
def retire_resource(resource: Resource) -> ResponseReturnValue:
    """Ask, then take a resource off the list."""
    form = CityForm()
    if form.accepted():
        try:
            with transaction():
                register.retire(resource)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The resource was removed."))
            return _back(resource.function)
    return render_template(
        "prepare/retire.html",
        title=f"{resource.function.code}: {resource.name}",
        text=_("It is taken off the function's list. The history keeps it."),
        form=form,
        back=url_for("prepare.edit_resource", ref=resource.ref),
    )


def _back(function: Function) -> ResponseReturnValue:
    return redirect(url_for("prepare.function", ref=function.ref, _anchor="resources"))


def _page(form: ResourceForm, function: Function, resource: Resource | None = None) -> str:
    rows = db.session.scalars(queries.resources(actor.current().scope, function)).all()
    return render_template(
        "prepare/resource_form.html",
        form=form,
        function=function,
        resource=resource,
        others=[row for row in rows if row is not resource],
        common=[(one.key, one.entry) for one in resourcing.COMMON],
        back=url_for("prepare.function", ref=function.ref, _anchor="resources"),
        title=f"{function.code} {name_of(function)}",
    )
