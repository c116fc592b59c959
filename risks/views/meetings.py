"""Meetings of bodies: calling one with a proposed agenda, changing it, recording what became of it."""

from datetime import date
from functools import partial
from types import SimpleNamespace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens
from prepare.merging import Seen
from prepare.texts import N_, day, name_of
from prepare.views.clashes import Editing
from prepare.views.keeping import adding, editing
from risks import agenda, cadence, meetings
from risks.entries.bodies import MeetingEntry, MinutesEntry
from risks.forms.bodies import MeetingForm, MinutesForm
from risks.models.bodies import Body, Decision, Meeting
from risks.queries import agenda as facts_queries
from risks.queries import bodies as queries
from risks.register import bodies as register
from risks.views.blueprint import bp
from risks.vocabulary.bodies import MeetingState


@bp.get("/safety/meetings/<uuid:ref>")
@opens(Meeting, Action.VIEW_BODY)
def meeting(meeting: Meeting) -> ResponseReturnValue:
    """One meeting: its agenda, its minutes, what it decided."""
    found = db.session.scalars(queries.decisions(actor.current().scope, meeting=meeting)).all()
    return render_template(
        "risks/meeting.html",
        meeting=meeting,
        decisions=[told_decision(decision) for decision in found],
        waits=meeting.state is MeetingState.PLANNED and meeting.meets_on <= today(),
    )


def told_decision(decision: Decision) -> SimpleNamespace:
    """A decision as it is listed: whether it is overdue, and its measure as far as that may be read."""
    measure = decision.measure
    opened = measure if measure and actor.readable(actor.current(), measure) else None
    overdue = meetings.is_overdue(decision.state, decision.due, on=today())
    return SimpleNamespace(
        decision=decision, overdue=overdue, measure=opened, closed=measure is not None and not opened
    )


@bp.route("/safety/bodies/<uuid:ref>/meetings/new", methods=["GET", "POST"])
@opens(Body, Action.ADD_MEETING)
def add_meeting(body: Body) -> ResponseReturnValue:
    """Call a meeting; its agenda is proposed from the registers."""
    form = MeetingForm(obj=MeetingEntry(meets_on=_proposed_day(body), agenda="\n".join(_proposed(body))))
    return adding(
        form,
        lambda: register.add_meeting(body, form.entry(), on=today()),
        N_("The meeting was called."),
        "risks.meeting",
        lambda: _form(form, body, None),
    )


@bp.route("/safety/meetings/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Meeting, Action.EDIT_MEETING)
def edit_meeting(meeting: Meeting) -> ResponseReturnValue:
    """Change when, where and about what a meeting is; ?propose=1 adds what the registers say since."""
    form = MeetingForm(obj=register.meeting_now(meeting).entry)
    save = partial(_edit, meeting)
    edited = Editing(meeting, form, partial(register.meeting_now, meeting), save, _title(meeting), _page(meeting))
    new = agenda.missing(meeting.points, _proposed(meeting.body))
    if request.method == "GET" and request.args.get("propose") == "1":
        form.agenda.data = "\n".join([*meeting.points, *new])
    return editing(edited, N_("The meeting was saved."), lambda: _form(form, meeting.body, meeting, new))


def _edit(meeting: Meeting, entry: MeetingEntry, seen: Seen[MeetingEntry] | None) -> Meeting:
    return register.edit_meeting(meeting, entry, seen=seen, on=today())


@bp.route("/safety/meetings/<uuid:ref>/record", methods=["GET", "POST"])
@opens(Meeting, Action.RECORD_MEETING)
def record_meeting(meeting: Meeting) -> ResponseReturnValue:
    """Record what became of a meeting: who was there, the minutes, or that it was not held."""
    form = MinutesForm(obj=register.minutes_now(meeting).entry)
    if request.method == "GET" and meeting.state is MeetingState.PLANNED and meeting.meets_on <= today():
        form.state.data = MeetingState.HELD
    save = partial(_record, meeting)
    edited = Editing(meeting, form, partial(register.minutes_now, meeting), save, _title(meeting), _page(meeting))
    page = partial(render_template, "risks/minutes_form.html", form=form, meeting=meeting, back=edited.back)
    return editing(edited, N_("The meeting was recorded."), page)


def _record(meeting: Meeting, entry: MinutesEntry, seen: Seen[MinutesEntry] | None) -> Meeting:
    return register.record_meeting(meeting, entry, seen=seen, on=today())


def _proposed(body: Body) -> list[str]:
    return agenda.proposed(body.kind, facts_queries.facts(actor.current().scope, body, on=today()))


def _proposed_day(body: Body) -> date | None:
    rows = db.session.execute(queries.last_days(actor.current().scope, until=today()))
    held = next((held for one, held, _failed in rows if one == body.id), None)
    due = cadence.due_on(body.cadence_months, held, body.appointed_on)
    return due if due and due >= today() else None


def _title(meeting: Meeting) -> str:
    return f"{meeting.code} {name_of(meeting.body)} {day(meeting.meets_on)}"


def _page(meeting: Meeting) -> str:
    return url_for("risks.meeting", ref=meeting.ref)


def _form(form: MeetingForm, body: Body, meeting: Meeting | None, new: list[str] | None = None) -> ResponseReturnValue:
    back = _page(meeting) if meeting else url_for("risks.body", ref=body.ref)
    return render_template("risks/meeting_form.html", form=form, body=body, meeting=meeting, new=new or [], back=back)
