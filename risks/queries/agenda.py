"""What the registers say when a meeting is called, as points of an agenda."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from prepare.actor import Scope
from prepare.db import db
from prepare.queries.scopes import within
from prepare.texts import day, name_of, named
from risks.agenda import Facts
from risks.matrix import Level
from risks.models.bodies import Body
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.queries import bodies as queries
from risks.queries import phenomena as phenomenon_queries
from risks.queries import risks as risk_queries
from risks.vocabulary.bodies import DecisionState
from risks.vocabulary.measures import MeasureState
from risks.vocabulary.risks import Trend

MOST = 40  #: things of one kind that are looked at


def facts(scope: Scope, body: Body, *, on: date) -> Facts:
    """What an agenda of the body may be proposed to hold on the day `on`; nothing more secret than the body itself."""
    seen = scope.up_to(body.confidentiality).below(body.owner_path)
    open_ones = queries.decisions(seen, body=body, state=DecisionState.OPEN).limit(MOST)
    return Facts(
        decisions=[f"{one.code} {_short(one.text)}" for one in db.session.scalars(open_ones)],
        overdue=_measures(db.session.scalars(_unfinished(seen).where(Measure.due < on).limit(MOST))),
        waiting=_measures(
            db.session.scalars(_measures_of(seen).where(Measure.state == MeasureState.ON_HOLD).limit(MOST))
        ),
        phenomena=[f"{one.code} {name_of(one)}" for one in db.session.scalars(_rising(seen).limit(MOST))],
        critical=[f"{risk.code} {named(risk, 'title')}" for risk in db.session.scalars(_growing(seen).limit(MOST))],
    )


def _measures(found: Iterable[Measure]) -> list[str]:
    return [f"{one.code} {name_of(one)}" + (f" ({day(one.due)})" if one.due else "") for one in found]


def _measures_of(scope: Scope) -> Any:
    rows = select(Measure).join(Measure.organisation).where(within(scope, Measure.confidentiality))
    return rows.order_by(Measure.due, Measure.id)


def _unfinished(scope: Scope) -> Any:
    return _measures_of(scope).where(Measure.state.in_((MeasureState.PLANNED, MeasureState.IN_PROGRESS)))


def _rising(scope: Scope) -> Any:
    return phenomenon_queries.phenomena(scope, trend=Trend.RISING)


def _growing(scope: Scope) -> Any:
    rows = risk_queries.risks(scope, level=Level.CRITICAL).where(Risk.trend == Trend.RISING)
    return risk_queries.ordered(rows, "level", descending=True)


def _short(text: str) -> str:
    first = text.splitlines()[0]
    return first if len(first) <= 120 else f"{first[:117]}…"
