"""Readings of the bodies, their meetings and decisions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from prepare.actor import Scope
from prepare.queries.scopes import bound_by, containing
from prepare.texts import search_key
from risks.models.bodies import Body, BodyMember, Decision, Meeting
from risks.vocabulary.bodies import BodyKind, DecisionState, MeetingState
from risks.vocabulary.levels import SteeringLevel

#: Bodies from the strategic level down.
LEVEL = case({level.value: place for place, level in enumerate(SteeringLevel)}, value=Body.level)


def bodies(
    scope: Scope,
    *,
    q: str = "",
    level: SteeringLevel | None = None,
    kind: BodyKind | None = None,
    active: bool | None = True,
) -> Select[Body]:
    """Bodies that bind somebody in the scope, from the strategic level down; `active` None gives dissolved ones too."""
    rows = select(Body).join(Body.organisation).options(contains_eager(Body.organisation)).where(_bound(scope))
    if folded := search_key(q):
        rows = rows.where(containing(Body.search_text, folded))
    if level:
        rows = rows.where(Body.level == level)
    if kind:
        rows = rows.where(Body.kind == kind)
    if active is not None:
        rows = rows.where(Body.active.is_(active))
    return rows.order_by(LEVEL, Body.sort_name, Body.id)


def counted(rows: Select[Body]) -> Select[int]:
    """How many bodies there are."""
    return rows.with_only_columns(func.count(Body.id), maintain_column_froms=True).order_by(None)


def members(scope: Scope, body: Body) -> Select[BodyMember]:
    """The seats of an opened body, in their order."""
    rows = select(BodyMember).join(BodyMember.body).join(Body.organisation).where(_bound(scope))
    rows = rows.options(joinedload(BodyMember.organisation)).where(BodyMember.body_id == body.id)
    return rows.order_by(BodyMember.id)


def meetings(
    scope: Scope, *, body: Body | None = None, since: date | None = None, bodies: Collection[int] | None = None
) -> Select[Meeting]:
    """Meetings in the scope from the newest: of one body, of some (by id), on or after the day `since`."""
    rows = select(Meeting).join(Meeting.body).join(Body.organisation).where(_bound(scope))
    rows = rows.options(contains_eager(Meeting.body).contains_eager(Body.organisation))
    if body is not None:
        rows = rows.where(Meeting.body_id == body.id)
    if bodies is not None:
        rows = rows.where(Meeting.body_id.in_(bodies))
    if since is not None:
        rows = rows.where(Meeting.meets_on >= since)
    return rows.order_by(Meeting.meets_on.desc(), Meeting.id.desc())


@dataclass(frozen=True)
class Days:
    """When a body last met, and when a meeting of it was last called and not held; None = never recorded."""

    held: date | None = None
    failed: date | None = None


def last_days(scope: Scope, *, until: date) -> Select[int, date | None, date | None]:
    """(id of the body, last day of a held meeting, last day of one that was not held), up to the day `until`."""
    rows = select(Meeting.body_id, _last(MeetingState.HELD), _last(MeetingState.MISSED))
    rows = rows.join(Meeting.body).join(Body.organisation).where(_bound(scope), Meeting.meets_on <= until)
    return rows.group_by(Meeting.body_id)


def _last(state: MeetingState) -> Any:
    return func.max(case((Meeting.state == state, Meeting.meets_on)))


def rhythmic(scope: Scope) -> Select[Body]:
    """The bodies in use that meet at intervals, by code."""
    return bodies(scope).where(Body.cadence_months.is_not(None)).order_by(None).order_by(Body.code)


def unrecorded(scope: Scope, *, on: date) -> Select[Meeting]:
    """Meetings whose day has passed by the day `on` and of which nothing has been recorded."""
    return meetings(scope).where(Meeting.state == MeetingState.PLANNED, Meeting.meets_on < on)


def decisions(
    scope: Scope,
    *,
    body: Body | None = None,
    meeting: Meeting | None = None,
    state: DecisionState | None = None,
) -> Select[Decision]:
    """Decisions in the scope, those that fall due first; those without a day last."""
    rows = select(Decision).join(Decision.meeting).join(Meeting.body).join(Body.organisation).where(_bound(scope))
    told: Any = contains_eager(Decision.meeting).contains_eager(Meeting.body).contains_eager(Body.organisation)
    rows = rows.options(told, joinedload(Decision.organisation), joinedload(Decision.measure))
    if body is not None:
        rows = rows.where(Meeting.body_id == body.id)
    if meeting is not None:
        rows = rows.where(Decision.meeting_id == meeting.id)
    if state:
        rows = rows.where(Decision.state == state)
    return rows.order_by(func.coalesce(Decision.due, date.max), Decision.id)


def decisions_counted(rows: Select[Decision]) -> Select[int]:
    """How many decisions there are."""
    return rows.with_only_columns(func.count(Decision.id), maintain_column_froms=True).order_by(None)


def _bound(scope: Scope) -> Any:
    return bound_by(scope, Body.confidentiality, open_below=Body.open_below)
