"""Loads the demo city into an empty, migrated database."""

from collections import Counter

from sqlalchemy import select

from prepare import audit
from prepare.access import Action, in_hand
from prepare.actor import SYSTEM, acting_as
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.sow.agreements import sow_agreements
from prepare.sow.bodies import sow_bodies
from prepare.sow.confirmations import sow_confirmations
from prepare.sow.exercises import sow_exercises, sow_observations
from prepare.sow.files import Files
from prepare.sow.functions import sow_functions, sow_impacts, sow_resources
from prepare.sow.guidance import sow_guidance
from prepare.sow.injects import sow_injects
from prepare.sow.interfaces import sow_interfaces
from prepare.sow.losses import sow_losses
from prepare.sow.measures import sow_measures
from prepare.sow.needs import sow_needs, sow_shares
from prepare.sow.networks import sow_networks
from prepare.sow.organisations import sow_codes, sow_organisations
from prepare.sow.phenomena import sow_phenomena, sow_signals
from prepare.sow.plan_contents import sow_plan_contents
from prepare.sow.plan_reviews import sow_plan_reviews
from prepare.sow.plans import sow_plans
from prepare.sow.readiness import sow_kuja, sow_participation, sow_snapshots
from prepare.sow.reserves import sow_reserves
from prepare.sow.residents import sow_inputs, sow_practices
from prepare.sow.reviews import sow_reviews
from prepare.sow.risks import sow_risks, sow_scenarios
from prepare.sow.safety import sow_national_programmes, sow_objectives, sow_programmes
from prepare.sow.safety_plans import sow_safety_plans
from prepare.sow.schedules import sow_schedules
from prepare.sow.situations import sow_situations
from prepare.sow.sowing import Sowing
from prepare.sow.transfers import sow_transfers
from prepare.sow.users import CITY, sow_users
from prepare.texts import N_

#: What is sown, in an order in which every record finds those that it points at.
STEPS = (
    sow_organisations,
    sow_codes,
    sow_users,
    sow_functions,
    sow_impacts,
    sow_resources,
    sow_agreements,
    sow_interfaces,
    sow_needs,
    sow_confirmations,
    sow_shares,
    sow_losses,
    sow_reserves,
    sow_scenarios,
    sow_risks,
    sow_national_programmes,
    sow_objectives,
    sow_programmes,
    sow_measures,
    sow_networks,
    sow_safety_plans,
    sow_phenomena,
    sow_signals,
    sow_inputs,
    sow_practices,
    sow_plans,
    sow_plan_contents,
    sow_plan_reviews,
    sow_transfers,
    sow_bodies,
    sow_situations,
    sow_exercises,
    sow_observations,
    sow_injects,
    sow_reviews,
    sow_guidance,
    sow_snapshots,
    sow_kuja,
    sow_participation,
    sow_schedules,
)


def is_empty() -> bool:
    """Whether nothing has been registered yet."""
    return db.session.scalars(select(Organisation.id).limit(1)).first() is None


def sow() -> Counter[str]:
    """Load the demo city as it stands today, in one transaction; gives the number of records by table.

    The trail tells of it in one entry with these numbers. Raises RuleBroken unless the database is empty.
    """
    if not is_empty():
        raise RuleBroken(N_("The database has data already; the demo city is only loaded into an empty one."))
    sowing = Sowing(Files(on=today()))
    with acting_as(SYSTEM), transaction():
        token = in_hand.set(Action.SOW)
        try:
            for step in STEPS:
                step(sowing)
            audit.raise_graph_revision(db.session())
            city = db.session.scalars(select(Organisation).where(Organisation.code == CITY)).one()
            audit.note(city, {"sown": dict(sowing.counts)})
        finally:
            in_hand.reset(token)
    return sowing.counts
