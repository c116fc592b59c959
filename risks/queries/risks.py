"""Readings of the risk register."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select, tuple_
from sqlalchemy.orm import contains_eager

from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, containing, within
from prepare.texts import search_key
from risks import matrix
from risks.matrix import Level
from risks.models.measures import Measure
from risks.models.risks import Risk, risk_function, risk_measure
from risks.models.scenarios import Scenario
from risks.vocabulary.risks import RiskState

#: The level as a number from 1 to 4, by the same rule as everywhere; 0 while a risk is not assessed.
LEVEL = case(
    {one * 10 + other: int(matrix.level(one, other)) for one in matrix.STEPS for other in matrix.STEPS},
    value=Risk.likelihood * 10 + Risk.impact,
    else_=0,
)
#: Orders of the register: name of the order → columns.
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "level": (LEVEL, Risk.likelihood * Risk.impact),
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
    level: Level | None = None,
    likelihood: int | None = None,
    impact: int | None = None,
    state: RiskState | None = None,
) -> Select[Risk]:
    """Risks in the scope with their organisations, unordered.

    `q` finds words of code and titles; `organisation` is a path; without `state` closed risks are left out.
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
    if level:
        rows = rows.where(tuple_(Risk.likelihood, Risk.impact).in_(sorted(matrix.cells_of(level))))
    if likelihood:
        rows = rows.where(Risk.likelihood == likelihood)
    if impact:
        rows = rows.where(Risk.impact == impact)
    return rows.where(Risk.state == state if state else Risk.state != RiskState.CLOSED)


def ordered(rows: Select[Risk], order: str, *, descending: bool = False) -> Select[Risk]:
    """The same rows in one of `ORDERS`, ties by code."""
    columns = ORDERS.get(order, ORDERS["level"])
    return rows.order_by(*(column.desc() if descending else column for column in columns), Risk.code)


def counted(rows: Select[Risk]) -> Select[int]:
    """How many rows there are."""
    return rows.with_only_columns(func.count(Risk.id), maintain_column_froms=True).order_by(None)


def per_cell(rows: Select[Risk]) -> Select[int | None, int | None, int]:
    """How many of these risks there are in each cell of the matrix; the steps are None for unassessed ones."""
    counted_rows = rows.with_only_columns(
        Risk.likelihood, Risk.impact, func.count(Risk.id), maintain_column_froms=True
    ).order_by(None)
    return counted_rows.group_by(Risk.likelihood, Risk.impact)


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
    rows = select(Risk).join(Risk.organisation).options(contains_eager(Risk.organisation))
    return rows.where(within(scope, Risk.confidentiality), Risk.code.in_(codes)).order_by(Risk.code)


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
