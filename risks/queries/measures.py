"""Readings of the measures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, containing, within
from prepare.texts import search_key
from risks.models.measures import Measure
from risks.models.risks import Risk, risk_measure
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import ENDED_STATES, OPEN_STATES, MeasureKind, MeasureSource, MeasureState

#: Orders of the list: name of the order → columns.
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "due": (func.coalesce(Measure.due, date.max),),
    "name": (Measure.sort_name,),
    "code": (func.length(Measure.code), Measure.code),
    "organisation": (Organisation.sort_name,),
    "state": (case({s.value: place for place, s in enumerate(MeasureState)}, value=Measure.state, else_=-1),),
    "progress": (Measure.progress_pct,),
    "cost": (func.coalesce(Measure.cost_eur, -1),),
}
#: Columns that are asked for by their value.
FILTERS = ("state", "source", "kind", "level", "area", "due")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which measures are asked for; `organisation` is a path, `q` words of code and names."""

    q: str = ""
    organisation: str = ""
    state: MeasureState | None = None
    source: MeasureSource | None = None
    kind: MeasureKind | None = None
    level: SteeringLevel | None = None
    area: str = ""
    due: date | None = None
    undated: bool = False

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions that it means."""
        found = [containing(Measure.search_text, folded)] if (folded := search_key(self.q)) else []
        if self.organisation:
            found.append(below(self.organisation))
        if self.undated:
            found.append(Measure.due.is_(None))
        return found + [getattr(Measure, name) == value for name in FILTERS if (value := getattr(self, name))]


def measures(scope: Scope, wanted: Wanted | None = None) -> Select[Measure]:
    """Measures in the scope with their organisations, in whatever state, unordered."""
    rows = select(Measure).join(Measure.organisation).options(contains_eager(Measure.organisation))
    rows = rows.where(within(scope, Measure.confidentiality))
    return rows.where(*wanted.conditions()) if wanted else rows


def unended(rows: Select[Measure]) -> Select[Measure]:
    """Those of the measures that are neither verified nor cancelled."""
    return rows.where(Measure.state.not_in(ENDED_STATES))


def overdue(rows: Select[Measure], *, on: date) -> Select[Measure]:
    """Those of the measures whose day has passed and on which somebody is still to work."""
    return rows.where(Measure.due < on, Measure.state.in_(OPEN_STATES))


def due_between(rows: Select[Measure], first: date, last: date) -> Select[Measure]:
    """Those of the measures that are due in these days and were not cancelled."""
    return rows.where(Measure.due.between(first, last), Measure.state != MeasureState.CANCELLED)


def undated(rows: Select[Measure]) -> Select[Measure]:
    """Those of the measures without a due date on which somebody is still to work."""
    return rows.where(Measure.due.is_(None), Measure.state.in_(OPEN_STATES))


def first_of_each(rows: Select[Measure], column: InstrumentedAttribute[Any], most: int) -> Select[Measure]:
    """At most so many measures for each value of the column: what is due first, of verified ones the latest."""
    order = (Measure.verified_on.desc(), *ORDERS["due"], Measure.id)
    place = func.row_number().over(partition_by=column, order_by=order).label("place")
    placed = rows.with_only_columns(Measure.id, place, maintain_column_froms=True).order_by(None).subquery()
    chosen = select(placed.c.id).where(placed.c.place <= most)
    found = select(Measure).join(Measure.organisation).options(contains_eager(Measure.organisation))
    return found.where(Measure.id.in_(chosen)).order_by(*order)


def counted_by(rows: Select[Measure], column: InstrumentedAttribute[Any], *, on: date) -> Select[Any, int, int]:
    """Value of the column, how many measures have it, and how many of these are overdue."""
    late = case(((Measure.due < on) & Measure.state.in_(OPEN_STATES), 1), else_=0)
    counts = (column, func.count(Measure.id), func.sum(late))
    return rows.with_only_columns(*counts, maintain_column_froms=True).order_by(None).group_by(column)


def ordered(rows: Select[Measure], order: str, *, descending: bool = False) -> Select[Measure]:
    """The same rows in one of `ORDERS`, ties by code."""
    columns = ORDERS.get(order, ORDERS["due"])
    return rows.order_by(*(column.desc() if descending else column for column in columns), *ORDERS["code"])


def counted(rows: Select[Measure]) -> Select[int]:
    """How many rows there are."""
    return rows.with_only_columns(func.count(Measure.id), maintain_column_froms=True).order_by(None)


def of_source(scope: Scope, source: MeasureSource, codes: Collection[str]) -> Select[Measure]:
    """The measures in the scope that came from the records of this kind with these codes, cancelled ones too."""
    return of_sources(scope, [source], codes)


def of_sources(scope: Scope, sources: Collection[MeasureSource], codes: Collection[str]) -> Select[Measure]:
    """The measures in the scope that came from records of any of these kinds with these codes."""
    rows = measures(scope).where(Measure.source.in_(sources), Measure.source_code.in_(codes))
    return ordered(rows, "due")


def of_risk(scope: Scope, risk: Risk) -> Select[Measure]:
    """The measures in the scope that treat a risk, cancelled ones too."""
    rows = measures(scope).join(risk_measure, risk_measure.c.measure_id == Measure.id)
    return ordered(rows.where(risk_measure.c.risk_id == risk.id), "due")


def coded(model: Any, code: str) -> Select[Any]:
    """The record of a class with this code, whoever may read it: ask `readable` before it is shown."""
    return select(model).where(model.code == code)


def coded_among(scope: Scope, codes: Collection[str]) -> Select[Measure]:
    """The measures in the scope with these codes, by code."""
    return ordered(measures(scope).where(Measure.code.in_(codes)), "code")
