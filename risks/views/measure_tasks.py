"""What the start page says of measures: what is late, what is due soon, what waits to be verified."""

from flask import url_for

from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import Task
from prepare.texts import _, day, name_of
from prepare.vocabulary import Role
from risks import measuring
from risks.models.measures import Measure
from risks.queries import reminders as queries

SOON_DAYS = 30
MOST = 5  #: of each kind


def measures_to_do() -> list[Task]:
    """The measures that wait for this person: overdue without a reason, due within a month, done and not verified."""
    who = actor.current()
    if not may(who, Action.ADVANCE_MEASURE):
        return []
    held = tuple(g.path for g in who.grants if g.role in (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR))
    units = tuple(g.path for g in who.grants if g.role is Role.CENTRAL)
    rows = queries.mine(queries.due_soon(who.scope, on=today(), days=SOON_DAYS), below_=held, exactly=units)
    found = [_due(measure) for measure in db.session.scalars(queries.unexplained(rows, on=today()).limit(MOST))]
    waiting = queries.to_verify(who.scope, but=who.user_id).limit(MOST * 2)
    if may(who, Action.VERIFY_MEASURE):
        mine = [m for m in db.session.scalars(waiting) if may(who, Action.VERIFY_MEASURE, m)]
        found += [_task(m, _("Reported done: waits for your verification")) for m in mine[:MOST]]
    return found


def _due(measure: Measure) -> Task:
    if measuring.is_overdue(measure.state, measure.due, on=today()):
        return _task(measure, _("Was due on %(day)s: finish it, or say why it is late", day=day(measure.due)))
    return _task(measure, _("Due on %(day)s", day=day(measure.due)))


def _task(measure: Measure, detail: str) -> Task:
    return Task(f"{measure.code} {name_of(measure)}", detail, url_for("risks.measure", ref=measure.ref))
