"""Readings of the risk register and of the scenarios."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager, selectinload

from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, containing, within
from prepare.texts import search_key
from prepare.vocabulary import Confidentiality
from risks import matrix
from risks.matrix import Level
from risks.models import Risk, Scenario, ScenarioHit, risk_function
from risks.vocabulary import RiskState

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


def of_function(scope: Scope, function: Function) -> Select[Risk]:
    """The open risks in the scope that affect a function, gravest first."""
    rows = risks(scope).join(risk_function, risk_function.c.risk_id == Risk.id)
    return ordered(rows.where(risk_function.c.function_id == function.id), "level", descending=True)


def binding(scope: Scope) -> ColumnElement[bool]:
    """Condition for scenarios joined to their `Organisation`: they bind it and everything below it.

    Whoever reads any organisation below the scenario's, or above it, reads the scenario.
    """
    ways = []
    for root in scope.roots:
        parts = [part for part in root.path.split("/") if part]
        above = [f"/{'/'.join(parts[:length])}/" for length in range(1, len(parts) + 1)]
        reached = Organisation.path.in_(above) | below(root.path)
        open_enough = [c for c in Confidentiality if c.rank <= root.highest.rank]
        ways.append(reached & Scenario.confidentiality.in_(open_enough))
    return or_(*ways) if ways else Organisation.id.is_(None)


def scenarios(scope: Scope) -> Select[Scenario]:
    """The scenarios that bind somebody in the scope, by code."""
    rows = select(Scenario).join(Scenario.organisation).options(contains_eager(Scenario.organisation))
    return rows.where(binding(scope), Scenario.retired.is_(False)).order_by(func.length(Scenario.code), Scenario.code)


def scenarios_counted(rows: Select[Scenario]) -> Select[int]:
    """How many scenarios there are."""
    return rows.with_only_columns(func.count(Scenario.id), maintain_column_froms=True).order_by(None)


def scenario(scope: Scope, ref: UUID) -> Select[Scenario]:
    """One scenario of the scope; a retired one stays readable."""
    rows = select(Scenario).join(Scenario.organisation).options(contains_eager(Scenario.organisation))
    return rows.where(binding(scope), Scenario.ref == ref)


def hits(scope: Scope, scenario: Scenario) -> Select[ScenarioHit]:
    """What an opened scenario hits, each with its function, whether or not the function may be read.

    Use `scope.names` before a function is shown.
    """
    rows = select(ScenarioHit).where(ScenarioHit.scenario_id == scenario.id, ScenarioHit.retired.is_(False))
    loaded = selectinload(ScenarioHit.function).joinedload(Function.organisation, innerjoin=True)
    return rows.options(loaded).order_by(ScenarioHit.start_h, ScenarioHit.id)


def of_scenario(scope: Scope, scenario: Scenario) -> Select[Risk]:
    """The open risks in the scope that are linked to a scenario, gravest first."""
    return ordered(risks(scope).where(Risk.scenario_id == scenario.id), "level", descending=True)
