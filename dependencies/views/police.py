"""The ties of the city's organisations to their partners: with the police (W13), and as a matrix."""

from collections.abc import Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies import interface_lifecycle as life
from dependencies.analysing import interfaces as readings
from dependencies.analysing.interfaces import SECURITY, Wanted
from dependencies.entries.interfaces import PoliceEntry
from dependencies.forms.interfaces import PoliceForm
from dependencies.models.interfaces import Interface
from dependencies.register import interfaces as register
from dependencies.views.blueprint import bp
from dependencies.vocabulary import InterfaceState
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.models.organisations import Organisation
from prepare.texts import N_, name_of
from prepare.views import choosing
from prepare.views.clashes import Editing
from prepare.views.keeping import editing
from prepare.vocabulary import OrganisationKind

#: Interfaces that one picture draws; more are chosen among by a sector or by kind.
MOST = 600


@bp.get("/interfaces/police")
@opens_page(Action.VIEW_AGREEMENT)
def police() -> ResponseReturnValue:
    """Every sector with its interfaces with the police, or why it has none (W13)."""
    found = _found(frozenset({OrganisationKind.POLICE}))
    ties = _ties(found)
    rows = [SimpleNamespace(organisation=one, ties=ties.get(one.id, [])) for one in _sectors(found)]
    lacking = [row for row in rows if not row.ties and not row.organisation.police_interface_reason]
    return render_template("dependencies/police.html", rows=rows, lacking=lacking)


@bp.route("/interfaces/police/<uuid:ref>", methods=["GET", "POST"])
@opens(Organisation, Action.EXPLAIN_ORGANISATION)
def explain_police(organisation: Organisation) -> ResponseReturnValue:
    """Say why an organisation has no interface with the police."""
    form = PoliceForm(obj=register.police_now(organisation).entry)
    edits: Editing[PoliceEntry] = Editing(
        organisation,
        form,
        partial(register.police_now, organisation),
        lambda entry, seen: register.explain(organisation, entry, seen=seen),
        name_of(organisation) or "",
        url_for("dependencies.police"),
    )
    page = partial(
        render_template, "dependencies/police_form.html", form=form, organisation=organisation, back=edits.back
    )
    return editing(edits, N_("The reason was saved."), page)


@bp.get("/interfaces/matrix")
@opens_page(Action.VIEW_AGREEMENT)
def interface_matrix() -> ResponseReturnValue:
    """The city's organisations × partners: where they meet, and how each interface stands."""
    security = request.args.get("kind") == "security"
    found = _found(SECURITY if security else frozenset())
    ties = _ties(found)
    partners = sorted(
        {one.party_id: one.party for one in found}.values(), key=lambda one: (one.kind.value, one.sort_name)
    )
    rows = [
        SimpleNamespace(
            organisation=one,
            cells=[[tie for tie in ties.get(one.id, []) if tie.interface.party_id == party.id] for party in partners],
        )
        for one in _sectors(found)
    ]
    told = {"rows": rows, "partners": partners, "security": security, "states": InterfaceState}
    return render_template("dependencies/interface_matrix.html", **told)


def _found(kinds: frozenset[OrganisationKind]) -> Sequence[Interface]:
    rows = readings.found(actor.current().scope, Wanted(kinds=kinds), today())
    return db.session.scalars(readings.loaded(rows).limit(MOST)).all()


def _ties(found: Sequence[Interface]) -> Mapping[int, list[Any]]:
    """Organisation id → the interfaces that it leads or works across, each with how it stands."""
    ties: dict[int, list[Any]] = {}
    for one in found:
        state = life.standing(one.state, one.criticality, one.exercised_on, today())
        for organisation in {one.organisation_id, *(sector.id for sector in one.sectors)}:
            ties.setdefault(organisation, []).append(SimpleNamespace(interface=one, state=state))
    return ties


def _sectors(found: Sequence[Interface]) -> list[Organisation]:
    """The organisations of the city group in the scope that hold duties, and those that the interfaces name."""
    own = [one for one in choosing.organisations().values() if one.holds_duties]
    known = {one.id for one in own}
    named = {sector.id: sector for one in found for sector in one.sectors if sector.id not in known}
    return [*own, *named.values()]
