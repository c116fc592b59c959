"""Adding and editing interfaces."""

from functools import partial
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies.analysing import agreements as agreement_queries
from dependencies.analysing import interfaces as readings
from dependencies.entries.interfaces import InterfaceEntry
from dependencies.forms.interfaces import AddInterfaceForm, InterfaceForm
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.register import interfaces as register
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.forms.differences import in_words
from prepare.gate.opening import opens, opens_page
from prepare.texts import N_, name_of
from prepare.views import choosing
from prepare.views.clashes import Editing
from prepare.views.keeping import adding, chosen, editing, offered
from prepare.vocabulary import OrganisationKind


@bp.route("/interfaces/new", methods=["GET", "POST"])
@opens_page(Action.ADD_INTERFACE)
def add_interface() -> ResponseReturnValue:
    """Keep an interface; ?lead=KAS names who leads it, ?party=P-POL the partner."""
    who = actor.current()
    own = [one for one in choosing.organisations().values() if may(who, Action.ADD_INTERFACE, one)]
    own = [one for one in own if one.kind is not OrganisationKind.CITY] or own or abort(404)
    lead = next((one for one in own if one.code == request.args.get("lead")), own[0])
    party = request.args.get("party", "")[:20] or None
    begun = InterfaceEntry(name_fi="", party=party, sectors=(lead.code,))
    form = AddInterfaceForm(obj=begun, organisation=lead.code)
    form.organisation.offer(offered(own))
    _offer(form, Interface(organisation=next((o for o in own if o.code == form.organisation.data), lead)))
    return adding(
        form,
        lambda: register.add(chosen(own, form.organisation.data), form.entry(), on=today()),
        N_("The interface was added."),
        "dependencies.interface",
        lambda: _form(form, url_for("dependencies.interfaces"), None),
    )


@bp.route("/interfaces/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Interface, Action.EDIT_INTERFACE)
def edit_interface(interface: Interface) -> ResponseReturnValue:
    """Change what is written of an interface; what two people changed at the same time is put together."""
    form = InterfaceForm(obj=register.seen_now(interface).entry)
    names = _offer(form, interface)
    edits: Editing[InterfaceEntry] = Editing(
        interface,
        form,
        partial(register.seen_now, interface),
        lambda entry, seen: register.edit(interface, entry, seen=seen, on=today()),
        title=f"{interface.code} {name_of(interface)}",
        back=url_for("dependencies.interface", ref=interface.ref),
        told=partial(_told, names),
    )
    return editing(edits, N_("The interface was saved."), lambda: _form(form, edits.back, interface))


def _told(names: dict[str, str], name: str, value: Any) -> str | None:
    """A field of an interface in words; what it names stands by its name."""
    from_names = {"party": [value], "sectors": value, "agreements": value}
    if name in from_names:
        return ", ".join(names.get(code, code) for code in from_names[name] if code) or None
    return in_words(name, value)


def _offer(form: InterfaceForm, interface: Interface) -> dict[str, str]:
    """Give the form what it chooses among; gives the names of all of it."""
    scope = actor.current().scope
    partners = register.partners_offered(interface.organisation)
    held = [interface.party] if interface.party and interface.party not in partners else []
    parties = _choices([*partners, *held])
    sectors = _choices(db.session.scalars(readings.workers(scope, interface)).all())
    agreements = [(one.code, f"{one.code} {name_of(one)}") for one in _agreements(interface)]
    form.party.offer(parties)
    form.sectors.offer(sectors)
    form.agreements.offer(agreements)
    return dict([*parties, *sectors, *agreements])


def _agreements(interface: Interface) -> list[Agreement]:
    """The agreements that the interface may rest on: those with its partner, and for a new one all."""
    found = db.session.scalars(agreement_queries.agreements(actor.current().scope)).all()
    return [one for one in found if interface.party_id in (None, one.party_id) or one in interface.agreements]


def _choices(some: Any) -> list[tuple[str, str]]:
    return [(one.code, name_of(one)) for one in some]


def _form(form: InterfaceForm, back: str, interface: Interface | None) -> str:
    return render_template("dependencies/interface_form.html", form=form, interface=interface, back=back)
