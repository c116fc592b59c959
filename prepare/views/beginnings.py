"""First steps in an installation that is still empty, and duties for which nobody is named."""

from flask import url_for

from prepare import actor
from prepare.access import Action, may
from prepare.db import db
from prepare.duties import lacking
from prepare.insets import Task
from prepare.models.organisations import Organisation
from prepare.queries import organisations as queries
from prepare.queries import people
from prepare.texts import _, name_of, ngettext
from prepare.views.rounds import my_organisations
from prepare.vocabulary import Role

NAME_MINUTES = 5


def first_steps() -> list[Task]:
    """What an administrator does next until the city can work by itself, in the order in which it helps."""
    who = actor.current()
    if not may(who, Action.ADD_USER):
        return []
    keeping = [one for one in db.session.scalars(queries.tree(who.scope)) if one.holds_duties]
    held: dict[Role, int] = {}
    manned: set[int] = set()
    for role, organisation, count in db.session.execute(people.roles_anywhere(who.scope)):
        held[role] = held.get(role, 0) + count
        manned |= {organisation} if role is Role.SECTOR_CONTACT else set()
    steps = [] if keeping else [_add_sectors()]
    if Role.CENTRAL not in held:
        detail = _("It confirms what the sectors submit and keeps the partners.")
        steps.append(_invite(_("Invite the security and preparedness unit"), detail, Role.CENTRAL))
    steps += _missing_contacts([one for one in keeping if one.id not in manned])
    if held.get(Role.ADMIN, 0) < 2:
        detail = _("If you lost your password or left, nobody could let people in.")
        steps.append(_invite(_("Invite a second administrator"), detail, Role.ADMIN))
    return steps


def _add_sectors() -> Task:
    detail = _("Sectors, enterprises and subsidiaries stand below the city; each registers what it must keep running.")
    return Task(_("Add the city's sectors"), detail, url_for("prepare.add_organisation"))


def _missing_contacts(keeping: list[Organisation]) -> list[Task]:
    if not keeping:
        return []
    first, more = keeping[0], len(keeping) - 1
    detail = _("Nobody registers the functions of %(name)s yet.", name=name_of(first))
    if more:
        detail += " " + ngettext("The same holds for %(n)s other.", "The same holds for %(n)s others.", more)
    return [_invite(_("Invite a preparedness contact"), detail, Role.SECTOR_CONTACT, first.code)]


def _invite(text: str, detail: str, role: Role, organisation: str | None = None) -> Task:
    return Task(text, detail, url_for("prepare.invite_person", role=role.value, organisation=organisation))


def open_duties() -> list[Task]:
    """Organisations in which this person may name duty holders and nobody is named for some duty."""
    who = actor.current()
    if not may(who, Action.STAFF_ORGANISATION) or may(who, Action.ADD_USER):
        return []
    every = db.session.scalars(queries.tree(who.scope)) if who.holds(Role.CENTRAL) else my_organisations()
    found = [one for one in every if lacking(one) and may(who, Action.STAFF_ORGANISATION, one)]
    if len(found) > 1:
        text = ngettext("%(n)s organisation lacks duty holders", "%(n)s organisations lack duty holders", len(found))
        return [
            Task(
                text,
                _("In a disruption nobody would know whom to call."),
                url_for("prepare.organisations", duties="open"),
                minutes=NAME_MINUTES * len(found),
                plain=True,
            )
        ]
    return [
        Task(
            _("Name the duty holders of %(name)s", name=name_of(one)),
            _("Missing: %(what)s", what=", ".join(duty.label for duty in lacking(one))),
            url_for("prepare.name_holders", ref=one.ref),
            why=_("In a disruption nobody would know whom to call."),
            minutes=NAME_MINUTES,
            about=one,
        )
        for one in found
    ]
