"""The meetings of a year as a picture: a row for each body, a column for each month, a mark for each meeting."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

from flask import url_for

from prepare import actor
from prepare.db import db
from prepare.months import months_after
from prepare.texts import _, day, month, ngettext
from risks import cadence
from risks.models.bodies import Body, Meeting
from risks.queries import bodies as queries
from risks.queries.bodies import Days
from risks.vocabulary.bodies import MeetingState

PAST, COMING = 3, 12  #: months before this one, and from this one on
#: What a mark in the calendar looks like; its words say the same.
SIGNS = {"held": "●", "planned": "○", "missed": "✕", "cancelled": "–", "expected": "◇"}


def calendar(bodies: Sequence[Body], *, on: date) -> SimpleNamespace:
    """What `_calendar.html` draws: `.months` (columns) and `.rows`, one for each body, by two queries."""
    scope = actor.current().scope
    months = cadence.months_from(months_after(on.replace(day=1), -PAST), PAST + COMING)
    days = {one: Days(held, failed) for one, held, failed in db.session.execute(queries.last_days(scope, until=on))}
    found: dict[int, list[Meeting]] = {body.id: [] for body in bodies}
    for meeting in db.session.scalars(queries.meetings(scope, since=months[0], bodies=found)):
        found[meeting.body_id].append(meeting)
    return SimpleNamespace(
        months=[
            SimpleNamespace(
                name=month(first), year=first.year, is_past=first < on.replace(day=1), starts=first.month == 1
            )
            for first in months
        ],
        rows=[_row(body, months, found[body.id], days.get(body.id, Days()), on) for body in bodies],
        legend=[
            (SIGNS["held"], MeetingState.HELD.label),
            (SIGNS["planned"], MeetingState.PLANNED.label),
            (SIGNS["missed"], MeetingState.MISSED.label),
            (SIGNS["expected"], _("Falls due, not called yet")),
        ],
    )


def _row(body: Body, months: Sequence[date], meetings: Sequence[Meeting], days: Days, on: date) -> SimpleNamespace:
    coming = sorted((m for m in meetings if m.state is MeetingState.PLANNED and m.meets_on >= on), key=_when)
    due = cadence.due_on(body.cadence_months, days.held, body.appointed_on)
    until = months_after(months[-1], 1)
    due_days = cadence.expected(body.cadence_months, due, [m.meets_on for m in coming], on=on, until=until)
    marks = [_mark(meeting) for meeting in sorted(meetings, key=_when)]
    if body.active:
        marks += [_expected(one) for one in due_days]
    return SimpleNamespace(
        body=body,
        rhythm=rhythm(body),
        held=days.held,
        due=due,
        coming=coming[0] if coming else None,
        missed=body.active
        and cadence.is_missed(body.cadence_months, days.held, body.appointed_on, on=on, failed_on=days.failed),
        unrecorded=[m for m in meetings if m.state is MeetingState.PLANNED and m.meets_on < on],
        cells=[[mark for mark in marks if mark.month == first] for first in months],
    )


def _when(meeting: Meeting) -> date:
    return meeting.meets_on


def _mark(meeting: Meeting) -> SimpleNamespace:
    return SimpleNamespace(
        kind=meeting.state.value,
        sign=SIGNS[meeting.state.value],
        text=f"{day(meeting.meets_on)} {meeting.state.label}",
        url=url_for("risks.meeting", ref=meeting.ref),
        month=meeting.meets_on.replace(day=1),
    )


def _expected(on: date) -> SimpleNamespace:
    text = _("A meeting falls due by %(day)s", day=day(on))
    return SimpleNamespace(kind="expected", sign=SIGNS["expected"], text=text, url=None, month=on.replace(day=1))


def rhythm(body: Body) -> str:
    """How often the body meets, in words."""
    called = _("when it is called") if body.on_demand else ""
    if body.cadence_months is None:
        return called
    often = {1: _("every month"), 3: _("every three months"), 6: _("every six months"), 12: _("once a year")}
    told = often.get(body.cadence_months) or ngettext("every %(n)s month", "every %(n)s months", body.cadence_months)
    return f"{told}, {called}" if called else told
