"""Readings of phenomena, their figures and signals."""

from collections.abc import Collection

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from prepare.actor import Scope
from prepare.models.lists import holding
from prepare.models.organisations import Organisation
from prepare.queries.scopes import bound_by, containing, within
from prepare.texts import search_key
from risks.models.measures import Measure
from risks.models.phenomena import Indicator, Phenomenon, Signal, phenomenon_measure, phenomenon_risk
from risks.models.risks import Risk
from risks.vocabulary.phenomena import PhenomenonState, Reliability
from risks.vocabulary.risks import Trend
from risks.vocabulary.safety import Theme


def phenomena(
    scope: Scope,
    *,
    q: str = "",
    areas: Collection[str] = (),
    theme: Theme | None = None,
    trend: Trend | None = None,
    state: PhenomenonState | None = None,
) -> Select[Phenomenon]:
    """Phenomena of the scope by name; without `state` only those that are followed.

    `q` finds words of code and names, `areas` those of one of these areas.
    """
    rows = select(Phenomenon).join(Phenomenon.organisation).options(contains_eager(Phenomenon.organisation))
    rows = rows.where(bound_by(scope, Phenomenon.confidentiality, open_below=Phenomenon.open_below))
    if folded := search_key(q):
        rows = rows.where(containing(Phenomenon.search_text, folded))
    if areas:
        rows = rows.where(or_(*(holding(Phenomenon.areas, area) for area in areas)))
    if theme:
        rows = rows.where(holding(Phenomenon.themes, theme))
    if trend:
        rows = rows.where(Phenomenon.trend == trend)
    rows = rows.where(Phenomenon.state == (state or PhenomenonState.OPEN))
    return rows.order_by(Phenomenon.sort_name, Phenomenon.code)


def counted(rows: Select[Phenomenon]) -> Select[int]:
    """How many rows there are."""
    return rows.with_only_columns(func.count(Phenomenon.id), maintain_column_froms=True).order_by(None)


def indicators(phenomena_ids: Collection[int]) -> Select[Indicator]:
    """The figures in force of opened phenomena, by day."""
    rows = select(Indicator).where(Indicator.phenomenon_id.in_(phenomena_ids), Indicator.retired.is_(False))
    return rows.order_by(Indicator.measured_on, Indicator.id)


def measures(scope: Scope, codes: Collection[str]) -> Select[Measure]:
    """The measures with these codes that the scope may read."""
    rows = select(Measure).join(Organisation, Organisation.id == Measure.organisation_id)
    return rows.where(within(scope, Measure.confidentiality), Measure.code.in_(codes)).order_by(Measure.code)


def risks(scope: Scope, codes: Collection[str]) -> Select[Risk]:
    """The risks with these codes that the scope may read."""
    rows = select(Risk).join(Organisation, Organisation.id == Risk.organisation_id)
    return rows.where(within(scope, Risk.confidentiality), Risk.code.in_(codes)).order_by(Risk.code)


def measures_of(scope: Scope, phenomenon: Phenomenon) -> Select[Measure]:
    """The measures of an opened phenomenon that the scope may read."""
    rows = select(Measure).join(Organisation, Organisation.id == Measure.organisation_id)
    rows = rows.join(phenomenon_measure, phenomenon_measure.c.measure_id == Measure.id)
    rows = rows.where(phenomenon_measure.c.phenomenon_id == phenomenon.id, within(scope, Measure.confidentiality))
    return rows.order_by(Measure.code)


def risks_of(scope: Scope, phenomenon: Phenomenon) -> Select[Risk]:
    """The risks of an opened phenomenon that the scope may read."""
    rows = select(Risk).join(Organisation, Organisation.id == Risk.organisation_id)
    rows = rows.join(phenomenon_risk, phenomenon_risk.c.risk_id == Risk.id)
    rows = rows.where(phenomenon_risk.c.phenomenon_id == phenomenon.id, within(scope, Risk.confidentiality))
    return rows.order_by(Risk.code)


def signals(
    scope: Scope,
    *,
    q: str = "",
    areas: Collection[str] = (),
    reliability: Reliability | None = None,
    waiting: bool = False,
) -> Select[Signal]:
    """Signals of the scope, the latest first; `waiting` are those that belong to no phenomenon yet."""
    rows = select(Signal).join(Organisation, Organisation.id == Signal.organisation_id)
    rows = rows.options(joinedload(Signal.source), joinedload(Signal.phenomenon))
    rows = rows.where(within(scope, Signal.confidentiality))
    if folded := search_key(q):
        rows = rows.where(containing(Signal.search_text, folded))
    if areas:
        rows = rows.where(Signal.area.in_(areas))
    if reliability:
        rows = rows.where(Signal.reliability == reliability)
    if waiting:
        rows = rows.where(Signal.phenomenon_id.is_(None))
    return rows.order_by(Signal.observed_on.desc(), Signal.id.desc())


def signals_counted(rows: Select[Signal]) -> Select[int]:
    """How many signals there are."""
    return rows.with_only_columns(func.count(Signal.id), maintain_column_froms=True).order_by(None)


def signals_of(scope: Scope, phenomenon: Phenomenon) -> Select[Signal]:
    """The signals of an opened phenomenon that the scope may read, the latest first."""
    return signals(scope).where(Signal.phenomenon_id == phenomenon.id)


def signals_per_phenomenon(scope: Scope) -> Select[int | None, int]:
    """How many signals of the scope each phenomenon has."""
    rows = select(Signal.phenomenon_id, func.count(Signal.id))
    rows = rows.join(Organisation, Organisation.id == Signal.organisation_id)
    return rows.where(within(scope, Signal.confidentiality)).group_by(Signal.phenomenon_id)
