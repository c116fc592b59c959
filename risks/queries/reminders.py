"""Readings of what is to be remembered: measures that are late, due soon, or done and not verified."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Select, false, or_

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below
from risks.models.measures import Measure
from risks.queries.measures import measures, ordered
from risks.vocabulary.measures import OPEN_STATES, MeasureState


def due_soon(scope: Scope, *, on: date, days: int) -> Select[Measure]:
    """The open measures in the scope that are overdue or due within so many days, the earliest first."""
    rows = measures(scope).where(Measure.due <= on + timedelta(days=days), Measure.state.in_(OPEN_STATES))
    return ordered(rows, "due")


def unexplained(rows: Select[Measure], *, on: date) -> Select[Measure]:
    """Those of the measures that still have time, or that are late although nobody has said why."""
    return rows.where(or_(Measure.due >= on, Measure.overdue_reason.is_(None)))


def mine(rows: Select[Measure], *, below_: Collection[str], exactly: Collection[str]) -> Select[Measure]:
    """Those of the measures that organisations at or below these paths keep, or the ones at exactly these."""
    ways = [below(path) for path in below_]
    if exactly:
        ways.append(Organisation.path.in_(exactly))
    return rows.where(or_(*ways) if ways else false())


def to_verify(scope: Scope, *, but: int | None) -> Select[Measure]:
    """The measures in the scope that were reported done by somebody else than `but`, the oldest report first."""
    rows = measures(scope).where(Measure.state == MeasureState.DONE)
    rows = rows.where(or_(Measure.done_by_id.is_(None), Measure.done_by_id != but))
    return rows.order_by(Measure.done_on, Measure.code)
