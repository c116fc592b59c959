"""Readings of the disruption scenarios."""

from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, selectinload

from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.queries.scopes import bound_by
from risks.models.scenarios import Scenario, ScenarioHit


def scenarios(scope: Scope) -> Select[Scenario]:
    """The scenarios that bind somebody in the scope, by code."""
    rows = select(Scenario).join(Scenario.organisation).options(contains_eager(Scenario.organisation))
    return rows.where(bound_by(scope, Scenario.confidentiality), Scenario.retired.is_(False)).order_by(
        func.length(Scenario.code), Scenario.code
    )


def scenarios_counted(rows: Select[Scenario]) -> Select[int]:
    """How many scenarios there are."""
    return rows.with_only_columns(func.count(Scenario.id), maintain_column_froms=True).order_by(None)


def scenario(scope: Scope, ref: UUID) -> Select[Scenario]:
    """One scenario of the scope; a retired one stays readable."""
    rows = select(Scenario).join(Scenario.organisation).options(contains_eager(Scenario.organisation))
    return rows.where(bound_by(scope, Scenario.confidentiality), Scenario.ref == ref)


def hits(scope: Scope, scenario: Scenario) -> Select[ScenarioHit]:
    """What an opened scenario hits, each with its function, whether or not the function may be read.

    Use `scope.names` before a function is shown.
    """
    rows = select(ScenarioHit).where(ScenarioHit.scenario_id == scenario.id, ScenarioHit.retired.is_(False))
    loaded = selectinload(ScenarioHit.function).joinedload(Function.organisation, innerjoin=True)
    return rows.options(loaded).order_by(ScenarioHit.start_h, ScenarioHit.id)
