"""What this package lets wait for somebody on the start page."""

from datetime import date

from flask import url_for

from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.texts import _, day, name_of
from risks import cadence
from risks.models.bodies import Body
from risks.queries import bodies as queries

CALL_MINUTES, RECORD_MINUTES = 10, 20


def meetings_to_see_to() -> list[Task]:
    """Bodies of which no meeting was held in time, and meetings of which nothing has been recorded."""
    who, on = actor.current(), today()
    if not may(who, Action.ADD_MEETING):
        return []
    days = {one: (held, failed) for one, held, failed in db.session.execute(queries.last_days(who.scope, until=on))}
    late = [
        body
        for body in db.session.scalars(queries.rhythmic(who.scope))
        if _is_late(body, *days.get(body.id, (None, None)))
    ]
    found = [
        Task(
            f"{body.code} {name_of(body)}",
            _("No meeting has been held in time"),
            url_for("risks.body", ref=body.ref),
            kind=TaskKind.DUE,
            why=_("What nobody meets about stops moving."),
            minutes=CALL_MINUTES,
            about=body,
        )
        for body in late
        if may(who, Action.ADD_MEETING, body)
    ]
    open_ones = db.session.scalars(queries.unrecorded(who.scope, on=on)).all()
    return found + [
        Task(
            f"{one.code} {name_of(one.body)}",
            _("The meeting on %(day)s has not been recorded", day=day(one.meets_on)),
            url_for("risks.meeting", ref=one.ref),
            kind=TaskKind.DUE,
            why=_("A decision that is not written down is not followed."),
            due=one.meets_on,
            minutes=RECORD_MINUTES,
            about=one,
        )
        for one in open_ones
        if may(who, Action.RECORD_MEETING, one)
    ]


def _is_late(body: Body, held: date | None, failed: date | None) -> bool:
    return cadence.is_missed(body.cadence_months, held, body.appointed_on, on=today(), failed_on=failed)
