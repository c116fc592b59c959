"""Readings of the scenarios that other municipalities offer: only the columns that cross, never the record."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.queries.network import OWNER, foreign
from prepare.queries.scopes import bound_by
from prepare.vocabulary import Confidentiality
from risks.models.offers import ScenarioCopy, ScenarioOffer
from risks.models.scenarios import Scenario
from risks.sharing import CROSSES


def is_offered() -> ColumnElement[bool]:
    """Condition for scenarios joined to their offer: offered now, public and in use."""
    public = Scenario.confidentiality == Confidentiality.PUBLIC
    return ScenarioOffer.offered_on.is_not(None) & public & Scenario.retired.is_(False)


def offered(scope: Scope, *, threat: str = "") -> Select[Any]:
    """What crosses of the scenarios that other municipalities offer, with the owner's name in `owner_*`."""
    said = [getattr(Scenario, name) for name in CROSSES]
    rows = select(Scenario.id, Scenario.ref, ScenarioOffer.offered_on, *said, *OWNER)
    rows = rows.join(ScenarioOffer, ScenarioOffer.scenario_id == Scenario.id)
    rows = rows.join(Organisation, Organisation.id == Scenario.organisation_id).where(is_offered(), foreign(scope))
    if threat:
        rows = rows.where(Scenario.threat == threat)
    return rows.order_by(Scenario.name_fi, Scenario.id)


def one_offered(scope: Scope, ref: UUID) -> Select[Any]:
    """One scenario that another municipality offers."""
    return offered(scope).where(Scenario.ref == ref)


def offer_of(scenario: Scenario) -> Select[ScenarioOffer]:
    """The offer of a scenario that was opened, standing or withdrawn."""
    return select(ScenarioOffer).where(ScenarioOffer.scenario_id == scenario.id)


def copy_of(scenario: Scenario) -> Select[ScenarioCopy]:
    """What is known of the source of a scenario that was opened, if it is a copy."""
    return select(ScenarioCopy).where(ScenarioCopy.scenario_id == scenario.id)


def copies(scope: Scope, sources: Collection[int]) -> Select[ScenarioCopy]:
    """The copies in the scope of these scenarios (by id), in use."""
    rows = select(ScenarioCopy).join(ScenarioCopy.scenario).join(Scenario.organisation)
    rows = rows.options(joinedload(ScenarioCopy.scenario)).where(bound_by(scope, Scenario.confidentiality))
    return rows.where(ScenarioCopy.source_id.in_(sources), Scenario.retired.is_(False)).order_by(ScenarioCopy.id)


def own_offers(scope: Scope) -> Select[Scenario]:
    """The scenarios in the scope that are offered to others now."""
    rows = select(Scenario).join(ScenarioOffer, ScenarioOffer.scenario_id == Scenario.id).join(Scenario.organisation)
    rows = rows.where(is_offered(), bound_by(scope, Scenario.confidentiality))
    return rows.order_by(func.length(Scenario.code), Scenario.code)


def counted(rows: Select[Any]) -> Select[int]:
    """How many rows there are."""
    return select(func.count()).select_from(rows.order_by(None).subquery())
