"""Readings of the risk register."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, containing, within
from prepare.texts import search_key
from risks.matrix import Level
from risks.models.measures import Measure
from risks.models.risks import Risk, RiskAssessment, risk_function, risk_measure
from risks.models.scenarios import Scenario
from risks.treatment import CURRENT
from risks.vocabulary.risks import RiskState, Treatment

#: Orders of the register: name of the order → columns.
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "level": (func.coalesce(Risk.level, 0), func.coalesce(Risk.likelihood * Risk.impact, 0)),
    "title": (Risk.sort_name,),
    "code": (Risk.code,),
    "organisation": (Organisation.sort_name,),
    "trend": (case({"rising": 2, "same": 1, "falling": 0}, value=Risk.trend, else_=-1),),
    "state": (Risk.state,),
    "next_review": (func.coalesce(Risk.next_review, date.max),),
}


def risks(
    scope: Scope,
    *,
    q: str = "",
    organisation: str = "",
    threat: str = "",
    scenario: str = "",
    level: Level | None = None,
    likelihood: int | None = None,
    impact: int | None = None,
    place: tuple[str, str] = CURRENT,
    state: RiskState | None = None,
) -> Select[Risk]:
    """Risks in the scope with their organisations, unordered.

    `q` finds words of code and titles; `organisation` is a path, `scenario` a code; `likelihood` and `impact` are
    looked for at the `place` (current, residual …); without `state` closed risks are left out.
    """
    rows = (
        select(Risk)
        .join(Risk.organisation)
        .options(contains_eager(Risk.organisation))
        .where(within(scope, Risk.confidentiality))
    )
    if folded := search_key(q):
        rows = rows.where(containing(Risk.search_text, folded))
    if organisation:
        rows = rows.where(below(organisation))
    if threat:
        rows = rows.where(Risk.threat == threat)
    if scenario:
        rows = rows.join(Risk.scenario).where(Scenario.code == scenario)
    if level:
        rows = rows.where(Risk.level == level)
    for name, step in zip(place, (likelihood, impact), strict=True):
        if step:
            rows = rows.where(getattr(Risk, name) == step)
    return rows.where(Risk.state == state if state else Risk.state != RiskState.CLOSED)


def ordered(rows: Select[Risk], order: str, *, descending: bool = False) -> Select[Risk]:
    """The same rows in one of `ORDERS`, ties by code."""
    columns = ORDERS.get(order, ORDERS["level"])
    return rows.order_by(*(column.desc() if descending else column for column in columns), Risk.code)


def counted(rows: Select[Risk]) -> Select[int]:
    """How many rows there are."""
    return rows.with_only_columns(func.count(Risk.id), maintain_column_froms=True).order_by(None)


def per_cell(rows: Select[Risk], place: tuple[str, str] = CURRENT) -> Select[int | None, int | None, int]:
    """How many of these risks there are in each cell of the matrix; the steps are None for unassessed ones."""
    cell = [getattr(Risk, name) for name in place]
    counted_rows = rows.with_only_columns(*cell, func.count(Risk.id), maintain_column_froms=True)
    return counted_rows.order_by(None).group_by(*cell)


def moves(rows: Select[Risk], before: tuple[str, str], after: tuple[str, str]) -> Select[int, int, int, int, int]:
    """How many of these risks go from one cell of the matrix to another: likelihood and impact of both, and the count.

    Risks that are not placed at both ends are left out.
    """
    ends = [getattr(Risk, name) for name in (*before, *after)]
    counted_rows = rows.with_only_columns(*ends, func.count(Risk.id), maintain_column_froms=True)
    known = [end.is_not(None) for end in ends]
    return counted_rows.where(*known).order_by(None).group_by(*ends)


def per_level(rows: Select[Risk], key: Any) -> Select[Any, Level | None, int]:
    """How many of these risks there are of each value of the key and of each level; None is not assessed."""
    counted_rows = rows.with_only_columns(key, Risk.level, func.count(Risk.id), maintain_column_froms=True)
    return counted_rows.order_by(None).group_by(key, Risk.level)


def history(scope: Scope, risk: Risk) -> Select[RiskAssessment]:
    """The assessments of an opened risk, the oldest first."""
    rows = select(RiskAssessment).where(RiskAssessment.risk_id == risk.id)
    return rows.order_by(RiskAssessment.assessed_on, RiskAssessment.id)


def histories(scope: Scope, risks_read: Collection[int]) -> Select[RiskAssessment]:
    """The assessments of risks (by id) that have been read in the scope, the oldest first."""
    rows = select(RiskAssessment).join(Risk, Risk.id == RiskAssessment.risk_id).join(Risk.organisation)
    rows = rows.where(within(scope, Risk.confidentiality), Risk.id.in_(risks_read))
    return rows.order_by(RiskAssessment.assessed_on, RiskAssessment.id)


def waiting_for_acceptance(scope: Scope, *, on: date) -> Select[Risk]:
    """Risks that somebody proposes to accept and nobody has accepted, or whose acceptance has lapsed; gravest first."""
    proposed = (Risk.treatment == Treatment.ACCEPT) & (Risk.state != RiskState.ACCEPTED) & Risk.level.is_not(None)
    ended = or_(Risk.accepted_until.is_(None), Risk.accepted_until < on)
    lapsed = (Risk.state == RiskState.ACCEPTED) & ended
    return ordered(risks(scope).where(proposed | lapsed), "level", descending=True)


def review_overdue(scope: Scope, *, on: date) -> Select[Risk]:
    """Open risks that were to be looked at again before this day, the longest overdue first."""
    return ordered(risks(scope).where(Risk.next_review < on), "next_review")


def functions_of(scope: Scope, risk: Risk) -> Select[Function]:
    """The affected functions of an opened risk that may be read."""
    return (
        select(Function)
        .join(Function.organisation)
        .options(contains_eager(Function.organisation))
        .join(risk_function, risk_function.c.function_id == Function.id)
        .where(risk_function.c.risk_id == risk.id)
        .where(within(scope, Function.confidentiality, shared=Function.id))
        .order_by(Function.code)
    )


def named(scope: Scope, codes: Collection[str]) -> Select[Risk]:
    """The risks in the scope with these codes, closed ones too."""
    return readable(scope).where(Risk.code.in_(codes)).order_by(Risk.code)


def readable(scope: Scope) -> Select[Risk]:
    """The risks in the scope, closed ones too, unordered."""
    rows = select(Risk).join(Risk.organisation).options(contains_eager(Risk.organisation))
    return rows.where(within(scope, Risk.confidentiality))


def of_measure(scope: Scope, measure: Measure) -> Select[Risk]:
    """The risks in the scope that a measure treats, closed ones too, gravest first."""
    rows = select(Risk).join(Risk.organisation).options(contains_eager(Risk.organisation))
    rows = rows.join(risk_measure, risk_measure.c.risk_id == Risk.id)
    rows = rows.where(within(scope, Risk.confidentiality), risk_measure.c.measure_id == measure.id)
    return ordered(rows, "level", descending=True)


def of_function(scope: Scope, function: Function) -> Select[Risk]:
    """The open risks in the scope that affect a function, gravest first."""
    rows = risks(scope).join(risk_function, risk_function.c.risk_id == Risk.id)
    return ordered(rows.where(risk_function.c.function_id == function.id), "level", descending=True)


def of_scenario(scope: Scope, scenario: Scenario) -> Select[Risk]:
    """The open risks in the scope that are linked to a scenario, gravest first."""
    return ordered(risks(scope).where(Risk.scenario_id == scenario.id), "level", descending=True)


def linked_per_organisation(scope: Scope, organisations: Collection[int]) -> Select[int, int]:
    """Of each organisation: its id, and how many risks not closed it keeps that are linked to a function."""
    linked = exists().where(risk_function.c.risk_id == Risk.id)
    rows = select(Risk.organisation_id, func.count(Risk.id)).join(Risk.organisation)
    rows = rows.where(within(scope, Risk.confidentiality), Risk.organisation_id.in_(organisations))
    return rows.where(Risk.state != RiskState.CLOSED, linked).group_by(Risk.organisation_id)
