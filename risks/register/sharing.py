"""Offering scenarios to other municipalities, and copying those that others offer."""

from dataclasses import replace
from datetime import date

from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.models.organisations import Organisation
from prepare.texts import N_, name_of
from prepare.vocabulary import OrganisationKind
from risks import hits, sharing
from risks.models.offers import ScenarioCopy, ScenarioOffer
from risks.models.scenarios import Scenario
from risks.queries import sharing as queries
from risks.register import scenarios


@act(Action.OFFER_SCENARIO)
def offer(scenario: Scenario, *, on: date) -> ScenarioOffer:
    """Let other municipalities have the public texts of a scenario. Raises RuleBroken as the rules say."""
    owner = scenario.organisation
    sharing.refuse_offer(scenario, whole=owner.kind is OrganisationKind.CITY or owner.parent_id is None)
    found = db.session.scalars(queries.offer_of(scenario)).first() or ScenarioOffer(scenario=scenario)
    found.offered_on = found.offered_on or on
    db.session.add(found)
    db.session.flush()
    return found


@act(Action.WITHDRAW_SCENARIO)
def withdraw(scenario: Scenario) -> None:
    """Offer a scenario no longer, from now on; copies that others have taken are theirs and stay."""
    if found := db.session.scalars(queries.offer_of(scenario)).first():
        found.offered_on = None
        db.session.flush()


@act(Action.ADOPT_SCENARIO)
def adopt(city: Organisation, source: Scenario, *, on: date) -> Scenario:
    """Copy what another municipality offers of a scenario into the city's own register, under the next free code.

    What it hits is left to say: the copy is a draft. Raises RuleBroken when the source is no longer offered.
    """
    refuse_withdrawn(source)
    copy = scenarios.add_scenario(city, sharing.entry_of(source))
    db.session.add(
        ScenarioCopy(
            scenario=copy,
            source=source,
            source_name=name_of(source.organisation),
            taken_on=on,
            taken=sharing.kept(source),
        )
    )
    db.session.flush()
    return copy


@act(Action.RENEW_SCENARIO)
def renew(copy: Scenario, *, take: bool, on: date) -> Scenario:
    """Look at a copy's source again: take over what has changed there (`take`), or keep one's own wording.

    Either way nothing is told of these changes any more. What the copy hits, its area and its class stay. Raises
    RuleBroken when it is no copy, or its source is no longer offered.
    """
    link = db.session.scalars(queries.copy_of(copy)).first()
    if link is None:
        raise RuleBroken(N_("The scenario is not a copy of another municipality's."))
    refuse_withdrawn(link.source)
    if take:
        changed = {name: getattr(link.source, name) for name in sharing.changes(link.taken, link.source)}
        refuse_if(hits.problems(replace(sharing.entry_of(copy), **changed), {}))
        for name, value in changed.items():
            setattr(copy, name, value)
    link.taken, link.taken_on = sharing.kept(link.source), on
    db.session.flush()
    return copy


def refuse_withdrawn(source: Scenario) -> None:
    """Raise RuleBroken when a scenario is not offered now."""
    rows = queries.offer_of(source).join(ScenarioOffer.scenario).where(queries.is_offered())
    if db.session.scalars(rows).first() is None:
        raise RuleBroken(N_("The scenario is no longer offered."))
