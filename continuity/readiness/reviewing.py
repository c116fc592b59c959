"""The figures of a situation review, counted from what the registers hold; every one as it stands on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from continuity.queries import situations as situation_queries
from prepare.actor import Scope
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.texts import LANGUAGES
from risks import cadence, meetings
from risks.matrix import Level
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.models.safety_plans import safety_priority_measure
from risks.queries import bodies as body_queries
from risks.queries import inputs as input_queries
from risks.queries import measures as measure_queries
from risks.queries import phenomena as phenomenon_queries
from risks.queries import risks as risk_queries
from risks.vocabulary.bodies import DecisionState, MeetingState
from risks.vocabulary.risks import Trend

MOST = 8  #: things of one kind that are named


def figures(scope: Scope, organisation: Organisation, *, since: date | None, on: date) -> dict[str, Any]:
    """Everything that a review of the organisation counts on the day `on`; texts stand as they were written.

    `since` is the day of the review before. What is not recorded at all is None, which is not nought.
    """
    seen = scope.below(organisation.path)
    every = measure_queries.measures(seen)
    safety = every.where(Measure.id.in_(select(safety_priority_measure.c.measure_id)))
    return {
        "measures": _by_state(every),
        "safety_measures": _by_state(safety),
        "overdue": db.session.scalar(measure_queries.counted(measure_queries.overdue(every, on=on))) or 0,
        "overdue_named": _overdue(every, on),
        "risks": _risks(seen),
        "decisions": _decisions(seen, on),
        "meetings": _meetings(seen, since, on),
        "situations": _situations(seen, since),
        "phenomena": _phenomena(seen),
        "residents": _residents(seen, on),
    }


def _by_state(rows: Select[Measure]) -> dict[str, int]:
    told = rows.with_only_columns(Measure.state, func.count(Measure.id), maintain_column_froms=True).order_by(None)
    return {state.value: count for state, count in db.session.execute(told.group_by(Measure.state))}


def _overdue(rows: Select[Measure], on: date) -> list[dict[str, Any]]:
    late = measure_queries.ordered(measure_queries.overdue(rows, on=on), "due").limit(MOST)
    return [_measure(one) for one in db.session.scalars(late)]


def _measure(measure: Measure) -> dict[str, Any]:
    return {"code": measure.code, **_names(measure), "due": measure.due.isoformat() if measure.due else None}


def _risks(scope: Scope) -> dict[str, int]:
    rows = risk_queries.risks(scope)
    told = rows.with_only_columns(Risk.level, func.count(Risk.id), maintain_column_froms=True).order_by(None)
    counts = dict(db.session.execute(told.group_by(Risk.level)).all())
    found = {level.word: counts.get(level, 0) for level in Level}
    rising = risk_queries.counted(risk_queries.risks(scope).where(Risk.trend == Trend.RISING))
    return {**found, "rising": db.session.scalar(rising) or 0}


def _decisions(scope: Scope, on: date) -> dict[str, int]:
    found = db.session.scalars(body_queries.decisions(scope, state=DecisionState.OPEN)).all()
    late = sum(meetings.is_overdue(one.state, one.due, on=on) for one in found)
    return {"open": len(found), "overdue": late}


def _meetings(scope: Scope, since: date | None, on: date) -> Mapping[str, Any]:
    """Meetings since the review before, and the bodies that have missed theirs."""
    held = db.session.scalars(body_queries.meetings(scope, since=since)).all()
    past = [one for one in held if one.meets_on <= on]
    rows = db.session.execute(body_queries.last_days(scope, until=on))
    days = {one: (last, failed) for one, last, failed in rows}
    late = []
    for body in db.session.scalars(body_queries.rhythmic(scope)):
        last, failed = days.get(body.id, (None, None))
        if cadence.is_missed(body.cadence_months, last, body.appointed_on, on=on, failed_on=failed):
            late.append(_names(body))
    return {
        "held": sum(one.state is MeetingState.HELD for one in past),
        "missed": sum(one.state is MeetingState.MISSED for one in past),
        "late": late,
    }


def _situations(scope: Scope, since: date | None) -> list[dict[str, str]]:
    found = db.session.scalars(situation_queries.situations(scope, since=since).limit(MOST))
    return [
        {"code": one.code, "title": one.title, "state": one.state.value, "began": one.began_at.date().isoformat()}
        for one in found
    ]


def _phenomena(scope: Scope) -> list[dict[str, Any]]:
    """The phenomena that are followed, those that rise first."""
    found = db.session.scalars(phenomenon_queries.phenomena(scope)).all()
    order = [Trend.RISING, None, Trend.SAME, Trend.FALLING]
    ordered = sorted(found, key=lambda one: order.index(one.trend))[:MOST]
    return [{"code": one.code, **_names(one), "trend": one.trend.value if one.trend else None} for one in ordered]


def _residents(scope: Scope, on: date) -> list[dict[str, Any]]:
    """The latest answer to each question in each area, with the one before it."""
    told: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    for question, unit, area, day, value, _source in db.session.execute(input_queries.answers(scope)):
        if question and value is not None and day <= on:
            one = {"question": question, "unit": unit, "area": area, "day": day.isoformat(), "value": value}
            told.setdefault((question, area), []).append(one)
    found = []
    for answers in told.values():
        *earlier, last = sorted(answers, key=lambda one: one["day"])
        found.append({**last, "before": earlier[-1]["value"] if earlier else None})
    return sorted(found, key=lambda one: one["day"], reverse=True)[:MOST]


def _names(record: Any) -> dict[str, str | None]:
    return {f"name_{code}": getattr(record, f"name_{code}") for code in LANGUAGES}
