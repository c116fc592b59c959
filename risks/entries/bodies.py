"""Bodies, meetings and decisions as people enter them."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from prepare.vocabulary import Confidentiality
from risks.vocabulary.bodies import BodyKind, DecisionState, MeetingState, Position
from risks.vocabulary.levels import SteeringLevel


@dataclass(frozen=True, kw_only=True)
class MemberEntry:
    """A seat in a body: a role, not a person; the organisation stands by its code."""

    role_title: str
    organisation: str | None = None
    position: Position = Position.MEMBER


@dataclass(frozen=True, kw_only=True)
class BodyEntry:
    """A body that meets: how often, who sits in it, who keeps its papers."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    kind: BodyKind = BodyKind.OTHER
    level: SteeringLevel = SteeringLevel.CITY
    purpose: str | None = None
    cadence_months: int | None = None
    on_demand: bool = False
    members: tuple[MemberEntry, ...] = ()
    secretariat: str | None = None
    appointed_by: str | None = None
    appointed_on: date | None = None
    active: bool = True
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    secrecy_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingEntry:
    """A meeting as it is called: when, where and about what; the agenda has one point on each line."""

    meets_on: date | None = None
    starts: str | None = None
    place: str | None = None
    remote: bool = False
    agenda: str | None = None


@dataclass(frozen=True, kw_only=True)
class MinutesEntry:
    """What became of a meeting; participants stand one on each line."""

    state: MeetingState = MeetingState.HELD
    participants: str | None = None
    minutes: str | None = None
    minutes_ref: str | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionEntry:
    """What a meeting decided, who carries it out and by when; the organisation stands by its code."""

    text: str
    organisation: str | None = None
    owner_role: str | None = None
    due: date | None = None
    resources: str | None = None
    state: DecisionState = DecisionState.OPEN


BODY_COLUMNS = tuple(field.name for field in fields(BodyEntry) if field.name != "members")
MEETING_COLUMNS = tuple(field.name for field in fields(MeetingEntry))
MINUTES_COLUMNS = tuple(field.name for field in fields(MinutesEntry))
DECISION_COLUMNS = tuple(field.name for field in fields(DecisionEntry) if field.name != "organisation")


def of_body(body: Any) -> BodyEntry:
    """The entry that a body's record holds."""
    return BodyEntry(**_columns(body, BODY_COLUMNS), members=tuple(of_member(one) for one in body.members))


def of_member(member: Any) -> MemberEntry:
    """The entry that a seat's record holds."""
    code = member.organisation.code if member.organisation else None
    return MemberEntry(role_title=member.role_title, organisation=code, position=member.position)


def of_meeting(meeting: Any) -> MeetingEntry:
    """The entry that a meeting's record holds."""
    return MeetingEntry(**_columns(meeting, MEETING_COLUMNS))


def of_minutes(meeting: Any) -> MinutesEntry:
    """What became of the meeting, as its record holds it."""
    return MinutesEntry(**_columns(meeting, MINUTES_COLUMNS))


def of_decision(decision: Any) -> DecisionEntry:
    """The entry that a decision's record holds."""
    code = decision.organisation.code if decision.organisation else None
    return DecisionEntry(**_columns(decision, DECISION_COLUMNS), organisation=code)


def _columns(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
