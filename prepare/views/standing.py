"""Who stands in for whom: on one's own account, on the first page of the deputy, and for the unit."""

from types import SimpleNamespace

from flask import g, url_for

from prepare import absence, actor
from prepare.access import Action, may
from prepare.actor import Actor
from prepare.clock import today
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.queries import absence as queries
from prepare.texts import _, day, name_of
from prepare.vocabulary import Role

MOST = 50


def stand_ins(user: User) -> list[SimpleNamespace]:
    """Of the organisations whose contact this person is: the organisation, and its deputy (None: nobody)."""
    rows = db.session.scalars(queries.contacted(user).limit(MOST))
    return [SimpleNamespace(organisation=one, deputy=_in_use(one.deputy)) for one in rows]


def _in_use(deputy: User | None) -> User | None:
    return deputy if deputy and deputy.disabled_at is None else None


def standing_in() -> list[SimpleNamespace]:
    """For whom the acting person stands in today: the organisation, its contact, until when, and whether with a role.

    Without a role in the organisation nothing of it may be opened: standing in gives no rights.
    """
    who = actor.current()
    return [
        SimpleNamespace(organisation=one, contact=contact, until=contact.away_until, has_role=_works_in(who, one))
        for one in _unmanned()
        if (contact := one.contact) and one.deputy_id == who.user_id
    ]


def _unmanned() -> list[Organisation]:
    """Organisations whose contact is away and that concern the acting person; asked once for a page."""
    who = actor.current()
    if who.user_id is None:
        return []
    if "unmanned" not in g:
        g.unmanned = list(db.session.scalars(queries.unmanned(who.scope, who.user_id, on=today()).limit(MOST)))
    found: list[Organisation] = g.unmanned
    return found


def _works_in(who: Actor, organisation: Organisation) -> bool:
    return who.holds(Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, over=organisation.path)


def left_alone() -> list[Task]:
    """Organisations whose contact is away while nobody stands in, for those who name duty holders everywhere."""
    who = actor.current()
    if not may(who, Action.CONFIRM_FUNCTION):
        return []
    return [_alone(one) for one in _unmanned() if _is_empty(one) and may(who, Action.STAFF_ORGANISATION, one)]


def _is_empty(one: Organisation) -> bool:
    deputy = _in_use(one.deputy)
    return deputy is None or absence.is_away(deputy.away_from, deputy.away_until, on=today())


def _alone(one: Organisation) -> Task:
    until = one.contact.away_until if one.contact else None
    return Task(
        _("Nobody stands in at %(name)s", name=name_of(one)),
        _("Its contact is away until %(day)s", day=day(until)),
        url_for("prepare.name_holders", ref=one.ref),
        kind=TaskKind.DUE,
        why=_("What comes back or falls due there is seen by nobody."),
        minutes=5,
        about=one,
    )
