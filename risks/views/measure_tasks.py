"""What the start page says of measures: what is late, what is due soon, what waits to be verified."""

from flask import url_for

from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.queries.pages import counted_up_to
from prepare.texts import _, name_of, ngettext, number
from prepare.vocabulary import Role
from risks import measuring
from risks.models.measures import Measure
from risks.queries import measures as measure_queries
from risks.queries import reminders as queries

SOON_DAYS = 30
MOST_COUNTED = 999
MOST = 30  #: of each kind
TELL_MINUTES, VERIFY_MINUTES = 5, 10


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
        found += [_to_verify(m) for m in mine[:MOST]]
    return found + _of_sectors()


def _due(measure: Measure) -> Task:
    late = measuring.is_overdue(measure.state, measure.due, on=today())
    return Task(
        _named(measure),
        _("Finish it, or say why it is late") if late else _("Is it on its way?"),
        url_for("risks.measure", ref=measure.ref),
        kind=TaskKind.DUE,
        why=_("Until it is done, what it was to mend stays as it was."),
        due=measure.due,
        minutes=TELL_MINUTES,
        about=measure,
    )


def _to_verify(measure: Measure) -> Task:
    return Task(
        _named(measure),
        _("Reported done: waits for your verification"),
        url_for("risks.measure", ref=measure.ref),
        kind=TaskKind.DECIDE,
        why=_("A measure helps when somebody else has seen that it works."),
        since=measure.done_on,
        minutes=VERIFY_MINUTES,
        about=measure,
    )


def _of_sectors() -> list[Task]:
    """For the unit: that measures of the sectors are late, as one thing."""
    who = actor.current()
    if not may(who, Action.CONFIRM_FUNCTION):
        return []
    late = measure_queries.overdue(measure_queries.measures(who.scope), on=today())
    count = db.session.scalar(counted_up_to(late, Measure.id, MOST_COUNTED)) or 0
    text = ngettext("%(n)s measure is late", "%(n)s measures are late", count)
    if count > MOST_COUNTED:
        text = _("More than %(n)s measures are late", n=number(MOST_COUNTED))
    url = url_for("risks.measures", overdue=1)
    why = _("A call is often enough to get one moving.")
    return (
        [Task(text, _("In the sectors and in the unit"), url, kind=TaskKind.DUE, why=why, plain=True)] if count else []
    )


def _named(measure: Measure) -> str:
    return f"{measure.code} {name_of(measure)}"
