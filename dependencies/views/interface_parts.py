"""Duty contacts, tasks and flows of information of an interface: adding, changing and taking away."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies.entries.interfaces import ContactEntry, FlowEntry, PartEntry, TaskEntry
from dependencies.forms.interfaces import PART_FORMS
from dependencies.interface_vocabulary import Side
from dependencies.models.interfaces import ContactPoint, InformationFlow, Interface, InterfaceTask
from dependencies.register import interfaces as register
from dependencies.register.interfaces import HELD, TOLD, Record
from dependencies.views.blueprint import bp
from prepare.access import Action
from prepare.clock import today
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, takes
from prepare.merging import Seen
from prepare.texts import N_, _, name_of
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.keeping import done, editing

#: The kind of a part → where it stands on the interface's page.
PLACES: dict[type[Any], str] = {ContactPoint: "contacts", InterfaceTask: "tasks", InformationFlow: "flows"}


@bp.route("/interfaces/<uuid:ref>/contacts/new", methods=["GET", "POST"])
@opens(Interface, Action.ADD_INTERFACEPART)
def add_contact(interface: Interface) -> ResponseReturnValue:
    """Say whom to call on one side; ?side=partner begins with the partner's."""
    side = word(Side, request.args.get("side")) or Side.CITY
    return _added(interface, ContactEntry(role_title="", side=side))


@bp.route("/interfaces/<uuid:ref>/tasks/new", methods=["GET", "POST"])
@opens(Interface, Action.ADD_INTERFACEPART)
def add_interface_task(interface: Interface) -> ResponseReturnValue:
    """Add a row to the responsibility matrix."""
    return _added(interface, TaskEntry(task=""))


@bp.route("/interfaces/<uuid:ref>/flows/new", methods=["GET", "POST"])
@opens(Interface, Action.ADD_INTERFACEPART)
def add_flow(interface: Interface) -> ResponseReturnValue:
    """Say what one side tells the other."""
    return _added(interface, FlowEntry(what=""))


@bp.route("/contacts/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(ContactPoint, Action.EDIT_INTERFACEPART)
def edit_contact(contact: ContactPoint) -> ResponseReturnValue:
    """Change a duty contact, or record that it was tested."""
    return _edited(contact)


@bp.route("/interface-tasks/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(InterfaceTask, Action.EDIT_INTERFACEPART)
def edit_interface_task(task: InterfaceTask) -> ResponseReturnValue:
    """Change a row of the responsibility matrix."""
    return _edited(task)


@bp.route("/information-flows/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(InformationFlow, Action.EDIT_INTERFACEPART)
def edit_flow(flow: InformationFlow) -> ResponseReturnValue:
    """Change what one side tells the other."""
    return _edited(flow)


def _taking_away(address: str, model: type[Any], endpoint: str) -> None:
    def view(part: Record) -> ResponseReturnValue:
        """Take a part away from its interface."""
        try:
            with transaction():
                register.retire_part(part)
        except RuleBroken as broken:
            flash(broken.text(), "error")
        else:
            flash(_("It was taken away from the interface."))
        return redirect(_back(part.interface, model))

    opened: Callable[..., ResponseReturnValue] = opens(model, Action.RETIRE_INTERFACEPART)(takes()(view))
    bp.add_url_rule(f"/{address}/<uuid:ref>/retire", endpoint, opened, methods=["POST"])


for _address, _model, _endpoint in (
    ("contacts", ContactPoint, "retire_contact"),
    ("interface-tasks", InterfaceTask, "retire_interface_task"),
    ("information-flows", InformationFlow, "retire_flow"),
):
    _taking_away(_address, _model, _endpoint)


def of_interface(interface: Interface) -> dict[str, str]:
    """The kinds of records that are parts of an interface, each with how its code begins."""
    marks = {ContactPoint: "C", InterfaceTask: "T", InformationFlow: "F"}
    return {model.__tablename__: f"{interface.code} {mark}" for model, mark in marks.items()}


def _back(interface: Interface, model: type[Any]) -> str:
    return url_for("dependencies.interface", ref=interface.ref, _anchor=PLACES[model])


def _added(interface: Interface, empty: PartEntry) -> ResponseReturnValue:
    form, model = PART_FORMS[type(empty)](obj=empty), HELD[type(empty)]
    if done(form, lambda: register.add_part(interface, form.entry(), on=today())) is None:
        return _page(form, interface, model, None)
    flash(_("It was added to the interface."))
    return redirect(_back(interface, model))


def _edited(part: Record) -> ResponseReturnValue:
    interface, model = part.interface, type(part)
    form = PART_FORMS[TOLD[model]](obj=register.part_now(part).entry)
    edits: Editing[PartEntry] = Editing(
        part,
        form,
        partial(register.part_now, part),
        partial(_save, part),
        f"{interface.code} {name_of(interface)}",
        _back(interface, model),
    )
    return editing(edits, N_("The change was saved."), lambda: _page(form, interface, model, part))


def _save(part: Record, entry: PartEntry, seen: Seen[PartEntry] | None) -> Record:
    return register.edit_part(part, entry, seen=seen, on=today())


def _page(form: CityForm, interface: Interface, model: type[Any], part: Record | None) -> str:
    return render_template(
        "dependencies/interface_part_form.html",
        form=form,
        interface=interface,
        part=part,
        kind=model.__tablename__,
        back=_back(interface, model),
    )
