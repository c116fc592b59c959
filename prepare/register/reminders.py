"""Every change to how a person is reminded, and what reminders have told."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from prepare import absence, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.models.reminders import ReminderSent
from prepare.models.users import User
from prepare.reminding import Item
from prepare.vocabulary import Pace

KEPT = timedelta(days=400)  #: after that nobody asks any more of what one was reminded


@act(Action.REMIND_USER)
def choose(user: User, pace: Pace) -> None:
    """Choose how often mail tells oneself what waits."""
    user.reminders = pace
    db.session.flush()


@act(Action.LEAVE_USER)
def leave(user: User, *, first: date | None, last: date | None, on: date) -> None:
    """Tell from which day to which one is away; without days one is there. No right moves to anybody.

    Raises RuleBroken if the days do not make an absence.
    """
    refuse_if(absence.problems(first, last, on=on))
    user.away_from, user.away_until = first, last
    db.session.flush()


@act(Action.SEND_REMINDER)
def sent(user: User, items: Collection[Item], *, sink: str, at: datetime) -> None:
    """Remember of what a person has been told by mail, and tell the trail to whom how much was sent by which way."""
    db.session.execute(delete(ReminderSent).where(ReminderSent.at < at - KEPT))
    rows = select(ReminderSent).where(ReminderSent.user_id == user.id)
    known = {row.item: row for row in db.session.scalars(rows)}
    for item in items:
        row = known.get(item.key)
        if row is None:
            row = ReminderSent(user_id=user.id, item=item.key)
            db.session.add(row)
        row.at, row.gravity = at, item.gravity
    audit.note(user, {"items": len(items), "sink": sink})
