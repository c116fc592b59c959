"""Every change to the bodies, their meetings and decisions."""

from collections.abc import Sequence
from datetime import date

from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.queries import organisations as queries
from prepare.register.codes import next_code
from prepare.texts import DEFAULT_LANGUAGE, N_, speaking
from risks import meetings as rules
from risks.entries import bodies as entries
from risks.entries.bodies import BodyEntry, DecisionEntry, MeetingEntry, MemberEntry, MinutesEntry
from risks.models.bodies import Body, BodyMember, Decision, Meeting
from risks.vocabulary.bodies import Position


@act(Action.ADD_BODY)
def add(organisation: Organisation, entry: BodyEntry, *, on: date) -> Body:
    """Found a body of the organisation, under the next free code. Raises RuleBroken with every broken rule."""
    refuse_if(rules.body_problems(entry, on=on))
    body = Body(code=next_code(Body.code, "B-"), organisation=organisation)
    db.session.add(body)
    _fill_body(body, entry)
    return body


@act(Action.EDIT_BODY)
def edit(body: Body, entry: BodyEntry, *, seen: Seen[BodyEntry] | None, on: date) -> Body:
    """Change a body and its seats. Raises StaleEntry if it has changed since, RuleBroken with every broken rule."""
    refuse_stale(seen, seen_now(body))
    refuse_if(rules.body_problems(entry, on=on))
    _fill_body(body, entry)
    return body


def seen_now(body: Body) -> Seen[BodyEntry]:
    """What a person sees who edits the body now."""
    return Seen(entries.of_body(body))


def _fill_body(body: Body, entry: BodyEntry) -> None:
    for name in entries.BODY_COLUMNS:
        setattr(body, name, getattr(entry, name))
    db.session.flush()
    before = tuple(entries.of_member(one) for one in body.members)
    if before != entry.members:
        body.members = [
            BodyMember(role_title=one.role_title, organisation=_organisation(one.organisation), position=one.position)
            for one in entry.members
        ]
        db.session.flush()
        audit.note(body, {"members": [_told(before), _told(entry.members)]})


def _told(members: Sequence[MemberEntry]) -> list[str]:
    with speaking(DEFAULT_LANGUAGE):
        return [_seat(one) for one in members]


def _seat(member: MemberEntry) -> str:
    duty = None if member.position is Position.MEMBER else member.position.label
    beside = ", ".join(filter(None, [member.organisation, duty]))
    return f"{member.role_title} ({beside})" if beside else member.role_title


def _organisation(code: str | None, field: str = "members") -> Organisation | None:
    if code is None:
        return None
    rows = queries.organisations(actor.current().scope, own=None).where(Organisation.code == code)
    found = db.session.scalars(rows).one_or_none()
    if found is None:
        raise RuleBroken(N_("There is no such organisation: %(code)s."), field=field, code=code)
    return found


@act(Action.ADD_MEETING)
def add_meeting(body: Body, entry: MeetingEntry, *, on: date) -> Meeting:
    """Call a meeting of the body, under the next free code. Raises RuleBroken when its day is not fit."""
    refuse_if(rules.meeting_problems(entry, on=on))
    meeting = Meeting(code=next_code(Meeting.code, "MT-"), body=body)
    db.session.add(meeting)
    _fill(meeting, entry, entries.MEETING_COLUMNS)
    return meeting


@act(Action.EDIT_MEETING)
def edit_meeting(meeting: Meeting, entry: MeetingEntry, *, seen: Seen[MeetingEntry] | None, on: date) -> Meeting:
    """Change when, where and about what a meeting is. Raises StaleEntry and RuleBroken as `edit`."""
    refuse_stale(seen, meeting_now(meeting))
    refuse_if(rules.meeting_problems(entry, on=on))
    _fill(meeting, entry, entries.MEETING_COLUMNS)
    return meeting


@act(Action.RECORD_MEETING)
def record_meeting(meeting: Meeting, entry: MinutesEntry, *, seen: Seen[MinutesEntry] | None, on: date) -> Meeting:
    """Record what became of a meeting: who was there, the minutes, or that it was not held. Raises as `edit`."""
    refuse_stale(seen, minutes_now(meeting))
    refuse_if(rules.minutes_problems(entry, meets_on=meeting.meets_on, on=on))
    _fill(meeting, entry, entries.MINUTES_COLUMNS)
    return meeting


def meeting_now(meeting: Meeting) -> Seen[MeetingEntry]:
    """What a person sees who changes the call of the meeting now."""
    return Seen(entries.of_meeting(meeting))


def minutes_now(meeting: Meeting) -> Seen[MinutesEntry]:
    """What a person sees who records the meeting now."""
    return Seen(entries.of_minutes(meeting))


@act(Action.ADD_DECISION)
def add_decision(meeting: Meeting, entry: DecisionEntry) -> Decision:
    """Keep what a held meeting decided, under the next free code. Raises RuleBroken with every broken rule."""
    refuse_if(rules.decision_problems(entry, meeting=meeting.state))
    organisation = _organisation(entry.organisation, "organisation")
    decision = Decision(code=next_code(Decision.code, "DE-"), meeting=meeting, organisation=organisation)
    db.session.add(decision)
    _fill(decision, entry, entries.DECISION_COLUMNS)
    return decision


@act(Action.EDIT_DECISION)
def edit_decision(decision: Decision, entry: DecisionEntry, *, seen: Seen[DecisionEntry] | None) -> Decision:
    """Change a decision, or tell that it has been carried out. Raises StaleEntry and RuleBroken as `edit`."""
    refuse_stale(seen, decision_now(decision))
    refuse_if(rules.decision_problems(entry, meeting=decision.meeting.state))
    decision.organisation = _organisation(entry.organisation, "organisation")
    _fill(decision, entry, entries.DECISION_COLUMNS)
    return decision


def decision_now(decision: Decision) -> Seen[DecisionEntry]:
    """What a person sees who edits the decision now."""
    return Seen(entries.of_decision(decision))


def _fill(record: Meeting | Decision, entry: object, columns: Sequence[str]) -> None:
    for name in columns:
        setattr(record, name, getattr(entry, name))
    db.session.flush()
