"""Adding, editing, moving, closing and reopening organisations, and naming who holds their duties."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.db import db, transaction
from prepare.entries import HoldersEntry, OrganisationEntry
from prepare.errors import RuleBroken
from prepare.forms.organisations import AddOrganisationForm, HoldersForm, MoveForm, OrganisationForm
from prepare.gate.opening import opens, opens_page, takes
from prepare.merging import Seen
from prepare.models.organisations import Organisation
from prepare.queries import people as queries
from prepare.register import organisations as register
from prepare.register.organisations import Place
from prepare.texts import _, name_of
from prepare.views import bp, choices
from prepare.views.answers import done
from prepare.views.clashes import Clash, Editing
from prepare.views.organisations import may_add
from prepare.vocabulary import OrganisationKind


def _page(organisation: Organisation) -> str:
    return url_for("prepare.organisation", ref=organisation.ref)


@bp.route("/organisations/new", methods=["GET", "POST"])
@opens_page(Action.ADD_ORGANISATION)
def add_organisation() -> ResponseReturnValue:
    """Add a sector or unit, with ?outside=1 a partner, with ?city=1 a further city."""
    kind, places = _kind_asked(), {}
    form = AddOrganisationForm()
    form.offer_kinds(own=kind.is_own, top=kind is OrganisationKind.CITY)
    if kind is not OrganisationKind.CITY:
        places = choices.organisations(lambda one: _holds(one, kind))
    _begin(form, kind, places)
    if form.accepted():
        try:
            with transaction():
                added = _add(form, places)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The organisation was added."))
            return redirect(_page(added))
    return _form(form, None, url_for("prepare.organisations"))


def _kind_asked() -> OrganisationKind:
    """The first kind that the page offers; who may only add partners is offered partners."""
    if request.args.get("outside") == "1" or not may_add().own:
        return OrganisationKind.WELLBEING_COUNTY
    return OrganisationKind.CITY if request.args.get("city") == "1" else OrganisationKind.SECTOR


def _holds(one: Organisation, kind: OrganisationKind) -> bool:
    return one.owner_is_own and may(actor.current(), Action.ADD_ORGANISATION, Place(one, kind))


def _begin(form: AddOrganisationForm, kind: OrganisationKind, places: dict[str, Organisation]) -> None:
    form.parent.offer(choices.labels(places))
    form.parent.blank = None if places else form.parent.blank
    if request.method == "GET":
        form.kind.data = kind
        asked = request.args.get("parent", "")
        form.parent.data = asked if asked in places else next(iter(places), None)


def _add(form: AddOrganisationForm, places: dict[str, Organisation]) -> Organisation:
    parent = places[str(form.parent.data)] if form.parent.data else None
    return register.add(Place(parent, form.kind.data), form.entry())


@bp.route("/organisations/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Organisation, Action.EDIT_ORGANISATION)
def edit_organisation(organisation: Organisation) -> ResponseReturnValue:
    """Edit an organisation's own facts; what two people changed at the same time is put together."""
    form = OrganisationForm(obj=register.seen_now(organisation).entry)
    form.offer_kinds(own=organisation.owner_is_own, top=organisation.parent_id is None)
    now, save = partial(register.seen_now, organisation), partial(_edit, organisation)
    editing = Editing(organisation, form, now, save, name_of(organisation), _page(organisation))
    if form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The organisation was saved."))
            return redirect(_page(organisation))
    return _form(form, organisation, _page(organisation))


def _edit(organisation: Organisation, entry: OrganisationEntry, seen: Seen[OrganisationEntry] | None) -> None:
    register.edit(organisation, entry, seen=seen)


def _form(form: OrganisationForm, organisation: Organisation | None, back: str) -> str:
    kind = organisation.kind if organisation else form.kind.data or _kind_asked()
    return render_template("prepare/organisation_form.html", form=form, organisation=organisation, kind=kind, back=back)


@bp.route("/organisations/<uuid:ref>/holders", methods=["GET", "POST"])
@opens(Organisation, Action.STAFF_ORGANISATION)
def name_holders(organisation: Organisation) -> ResponseReturnValue:
    """Name the contact, the deputy and the director's role."""
    form = HoldersForm(obj=register.holders_now(organisation).entry)
    people = _people(organisation)
    form.offer(list(people.items()))
    now, save = partial(register.holders_now, organisation), partial(_name, organisation)
    editing = Editing(organisation, form, now, save, name_of(organisation), _page(organisation))
    editing.told = lambda name, value: people.get(value, value)
    if form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The duty holders were saved."))
            return redirect(_page(organisation))
    return render_template(
        "prepare/holders_form.html",
        form=form,
        organisation=organisation,
        anybody=bool(people),
        back=_page(organisation),
    )


def _name(organisation: Organisation, entry: HoldersEntry, seen: Seen[HoldersEntry] | None) -> None:
    register.name_holders(organisation, entry, seen=seen)


def _people(organisation: Organisation) -> dict[str, str]:
    """Who can be named, and who is: reference → name."""
    found = [*db.session.scalars(queries.candidates(organisation)), organisation.contact, organisation.deputy]
    return {str(one.ref): f"{one.name} ({one.email})" for one in found if one}


@bp.route("/organisations/<uuid:ref>/move", methods=["GET", "POST"])
@opens(Organisation, Action.MOVE_ORGANISATION)
def move_organisation(organisation: Organisation) -> ResponseReturnValue:
    """Let an organisation stand below another."""
    form = MoveForm(data={"parent": organisation.parent.code if organisation.parent else None})
    places = choices.organisations(lambda one: _takes(one, organisation))
    form.parent.offer(choices.labels(places))
    if form.accepted():
        try:
            with transaction():
                register.move(organisation, places[str(form.parent.data)])
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            told = _("The organisation was moved below %(name)s.", name=name_of(organisation.parent))
            flash(told)
            return redirect(_page(organisation))
    return render_template(
        "prepare/organisation_move.html", form=form, organisation=organisation, back=_page(organisation)
    )


def _takes(one: Organisation, organisation: Organisation) -> bool:
    """Whether this is a place for the organisation: not below itself, and within what the actor keeps."""
    below_itself = one.path.startswith(organisation.path)
    return one.owner_is_own and not below_itself and may(actor.current(), Action.MOVE_ORGANISATION, one)


@bp.post("/organisations/<uuid:ref>/close")
@opens(Organisation, Action.CLOSE_ORGANISATION)
@takes()
def close_organisation(organisation: Organisation) -> ResponseReturnValue:
    """Take an organisation out of use."""
    return done(lambda: register.close(organisation), _("The organisation was closed."), _page(organisation))


@bp.post("/organisations/<uuid:ref>/reopen")
@opens(Organisation, Action.REOPEN_ORGANISATION)
@takes()
def reopen_organisation(organisation: Organisation) -> ResponseReturnValue:
    """Take an organisation back into use."""
    return done(lambda: register.reopen(organisation), _("The organisation is in use again."), _page(organisation))
