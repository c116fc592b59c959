"""Every change to the organisation tree and to who holds its duties."""

import re
from dataclasses import dataclass, fields

from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.entries import HoldersEntry, OrganisationEntry
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant
from prepare.queries import organisations as queries
from prepare.queries import people
from prepare.texts import N_, sort_key
from prepare.vocabulary import OrganisationKind, Role

CODE = re.compile(r"[A-ZÅÄÖ0-9]{1,6}(-[A-ZÅÄÖ0-9]{1,6})?")
BUSINESS_ID = re.compile(r"\d{7}-\d")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Place:
    """Where an organisation of some kind is to stand: below `parent`, or at the top (None)."""

    parent: Organisation | None
    kind: OrganisationKind

    @property
    def owner_path(self) -> str:
        """The path of what it will stand below."""
        return self.parent.path if self.parent else "/"

    @property
    def owner_is_own(self) -> bool:
        """Whether it will belong to the city group."""
        return self.kind.is_own


@act(Action.ADD_ORGANISATION)
def add(place: Place, entry: OrganisationEntry) -> Organisation:
    """Keep an organisation at its place; without a parent it is a city of its own.

    Whoever adds a city becomes its administrator, since nobody else could open it.
    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if([*_taken(entry.code, None), *problems(entry, place.parent, None)])
    organisation = Organisation(parent=place.parent, path=place.owner_path)
    db.session.add(organisation)
    _fill(organisation, entry)
    db.session.flush()
    organisation.path = f"{place.owner_path}{organisation.id}/"
    if place.parent is None and (keeper := actor.current().user_id):
        db.session.add(RoleGrant(user_id=keeper, role=Role.ADMIN, organisation=organisation))
    db.session.flush()
    return organisation


def seen_now(organisation: Organisation) -> Seen[OrganisationEntry]:
    """What a person sees who edits the organisation's own facts now."""
    held = {field.name: getattr(organisation, field.name) for field in fields(OrganisationEntry)}
    return Seen(OrganisationEntry(**held))


@act(Action.EDIT_ORGANISATION)
def edit(organisation: Organisation, entry: OrganisationEntry, *, seen: Seen[OrganisationEntry] | None) -> None:
    """Change an organisation's own facts; its place and its duty holders are changed by acts of their own.

    `seen` is what the person edited. Raises StaleEntry if the organisation has changed
    since, and RuleBroken with every rule that the entry breaks.
    """
    refuse_stale(seen, seen_now(organisation))
    refuse_if([*_taken(entry.code, organisation), *problems(entry, organisation.parent, organisation)])
    _fill(organisation, entry)
    db.session.flush()


def _fill(organisation: Organisation, entry: OrganisationEntry) -> None:
    for field in fields(entry):
        setattr(organisation, field.name, getattr(entry, field.name))
    organisation.sort_name = sort_key(entry.name_fi)


def _taken(code: str, organisation: Organisation | None) -> list[RuleBroken]:
    held = db.session.scalars(queries.by_code(code)).first()
    if held is None or held is organisation:
        return []
    return [RuleBroken(N_("There is an organisation with this code already."), field="code")]


def problems(
    entry: OrganisationEntry, parent: Organisation | None, organisation: Organisation | None
) -> list[RuleBroken]:
    """Every rule that the entry breaks below this parent, in the place of an organisation or (None) as a new one.

    Whether its code is free is asked when it is kept.
    """
    found = [*_misplaced(parent, entry.kind)]
    if organisation and entry.kind.is_own != organisation.kind.is_own:
        told = N_("An organisation does not move between the city group and the partners.")
        found.append(RuleBroken(told, field="kind"))
    if not CODE.fullmatch(entry.code or ""):
        told = N_("A code has one to six capital letters or digits, as KAS or P-HVA.")
        found.append(RuleBroken(told, field="code"))
    if not (entry.name_fi or "").strip():
        found.append(RuleBroken(N_("Give the organisation a name."), field="name_fi"))
    if entry.business_id and not is_business_id(entry.business_id):
        found.append(
            RuleBroken(
                N_("A business ID is seven digits, a dash and a check digit, as 0201256-6."), field="business_id"
            )
        )
    if entry.relation_basis and entry.kind.is_own:
        found.append(RuleBroken(N_("Only a partner's relation rests on a basis."), field="relation_basis"))
    return found


def is_business_id(text: str) -> bool:
    """Whether this is a Finnish business ID (Y-tunnus) with a right check digit."""
    if not BUSINESS_ID.fullmatch(text):
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, text[:7], strict=True)) % 11
    return rest != 1 and int(text[-1]) == (11 - rest if rest else 0)


def _misplaced(parent: Organisation | None, kind: OrganisationKind) -> list[RuleBroken]:
    """A city stands at the top and everything else below something in use; partners hold nothing of the city's own."""
    if parent is None:
        told = None if kind is OrganisationKind.CITY else N_("Only a city stands at the top of the tree.")
        return [RuleBroken(told, field="kind")] if told else []
    if kind is OrganisationKind.CITY:
        return [RuleBroken(N_("A city stands at the top of the tree."), field="kind")]
    if not parent.active:
        return [RuleBroken(N_("%(code)s is closed. Choose an organisation in use."), field="parent", code=parent.code)]
    if kind.is_own and not parent.kind.is_own:
        return [RuleBroken(N_("What belongs to the city does not stand below a partner."), field="parent")]
    return []


@act(Action.MOVE_ORGANISATION)
def move(organisation: Organisation, parent: Organisation) -> int:
    """Let an organisation stand below another, with everything below it; gives how many organisations moved.

    Rights follow the tree: whoever reads the new parent reads what has come below it. Raises RuleBroken if the
    new place lies below the organisation itself, or is no place for its kind.
    """
    if parent.path.startswith(organisation.path):
        raise RuleBroken(N_("An organisation cannot stand below itself or below what stands below it."), field="parent")
    if organisation.parent is None:
        raise RuleBroken(N_("A city stands at the top of the tree."), field="parent")
    refuse_if(_misplaced(parent, organisation.kind))
    before, old = organisation.parent.code, organisation.path
    moved = db.session.scalars(queries.subtree(old)).all()
    for one in moved:
        one.path = f"{parent.path}{organisation.id}/{one.path.removeprefix(old)}"
    organisation.parent = parent
    audit.note(organisation, {"parent": [before, parent.code], "moved": len(moved)})
    return len(moved)


@act(Action.CLOSE_ORGANISATION)
def close(organisation: Organisation) -> None:
    """Take an organisation out of use; what was recorded about it stays.

    Raises RuleBroken with everything that still hangs on it.
    """
    functions, grants, parts = db.session.execute(queries.hanging_on(organisation)).one()
    told = (
        (functions, N_("Functions that have not been retired: %(count)s. Retire them first.")),
        (grants, N_("Roles that people hold over it: %(count)s. End them first.")),
        (parts, N_("Organisations in use below it: %(count)s. Close or move them first.")),
    )
    refuse_if([RuleBroken(message, count=count) for count, message in told if count])
    organisation.active = False
    db.session.flush()


@act(Action.REOPEN_ORGANISATION)
def reopen(organisation: Organisation) -> None:
    """Take an organisation back into use. Raises RuleBroken if what it stands below is closed."""
    refuse_if(_misplaced(organisation.parent, organisation.kind))
    organisation.active = True
    db.session.flush()


def holders_now(organisation: Organisation) -> Seen[HoldersEntry]:
    """What a person sees who names the organisation's duty holders now."""
    return Seen(
        HoldersEntry(
            contact_role=organisation.contact_role,
            contact=str(organisation.contact.ref) if organisation.contact else None,
            deputy=str(organisation.deputy.ref) if organisation.deputy else None,
            director_role=organisation.director_role,
        )
    )


@act(Action.STAFF_ORGANISATION)
def name_holders(organisation: Organisation, entry: HoldersEntry, *, seen: Seen[HoldersEntry] | None) -> None:
    """Name the contact, the deputy and the director's role.

    `seen` is what the person edited. Raises StaleEntry if others were named since, and
    RuleBroken if the contact and the deputy are one person (E14), or somebody is named who has no role here.
    """
    refuse_stale(seen, holders_now(organisation))
    if entry.contact and entry.contact == entry.deputy:
        raise RuleBroken(N_("The deputy must be another person than the contact."), field="deputy")
    held = {str(one.ref): one for one in (organisation.contact, organisation.deputy) if one}
    known = {str(one.ref): one for one in db.session.scalars(people.candidates(organisation))} | held
    for name in ("contact", "deputy"):
        if (ref := getattr(entry, name)) and ref not in known:
            raise RuleBroken(N_("The person has no role in this organisation."), field=name)
    before = _names(organisation)
    organisation.contact_role, organisation.director_role = entry.contact_role, entry.director_role
    organisation.contact = known[entry.contact] if entry.contact else None
    organisation.deputy = known[entry.deputy] if entry.deputy else None
    now = _names(organisation)
    if changed := {name: [before[name], now[name]] for name in now if before[name] != now[name]}:
        audit.note(organisation, changed)
    db.session.flush()


def _names(organisation: Organisation) -> dict[str, str | None]:
    holders = {"contact": organisation.contact, "deputy": organisation.deputy}
    return {duty: one.name if one else None for duty, one in holders.items()}
