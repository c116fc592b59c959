"""What the start page and the reminders say of agreements: by when to decide, what runs out, what to look at again."""

from datetime import timedelta

from flask import url_for

from dependencies import agreements as rules
from dependencies.agreements import Due
from dependencies.analysing import agreements as queries
from dependencies.models.agreements import Agreement
from dependencies.vocabulary import Deadline
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.texts import N_, _, name_of
from prepare.vocabulary import Role

SOON_DAYS = 60
MOST, MOST_READ = 30, 500
MINUTES = 30
DETAILS = {
    Deadline.DECIDE: N_("Decide whether to renew it or to give notice"),
    Deadline.ENDS: N_("It runs out: renew it, or record what takes its place"),
    Deadline.REVIEW: N_("Look whether it still says what it must"),
}


def agreements_to_decide() -> list[Task]:
    """The agreements of which this person must decide within two months, and those to be looked at again."""
    who = actor.current()
    if not may(who, Action.EDIT_AGREEMENT):
        return []
    held = tuple(g.path for g in who.grants if g.role in (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR))
    units = tuple(g.path for g in who.grants if g.role is Role.CENTRAL)
    rows = db.session.scalars(queries.mine(who.scope, below_=held, exactly=units).limit(MOST_READ))
    until = today() + timedelta(days=SOON_DAYS)
    found = [(one, due) for one in rows for due in rules.deadlines(one, today())[:1]]
    near = [(one, due) for one, due in found if due.what in DETAILS and due.on <= until]
    return [_task(one, due) for one, due in sorted(near, key=lambda pair: pair[1].on)[:MOST]]


def _task(agreement: Agreement, due: Due) -> Task:
    return Task(
        f"{agreement.code} {name_of(agreement)}",
        _(DETAILS[due.what]),
        url_for("dependencies.agreement", ref=agreement.ref),
        kind=TaskKind.DUE,
        why=_("In a disruption a partner delivers what it is bound to."),
        due=due.on,
        minutes=MINUTES,
        about=agreement,
    )
