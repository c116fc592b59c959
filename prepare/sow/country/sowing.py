"""Loads a synthetic country into an empty, migrated database."""

from collections import Counter
from random import Random

from sqlalchemy import select

from prepare import audit
from prepare.access import Action, in_hand
from prepare.actor import SYSTEM, acting_as
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.sow.city import is_empty
from prepare.sow.country.bulk import Bulk
from prepare.sow.country.land import Land, sow_land
from prepare.sow.country.measures import sow_measures
from prepare.sow.country.meetings import Meetings
from prepare.sow.country.pattern import Pattern
from prepare.sow.country.people import sow_lists, sow_people
from prepare.sow.country.perils import Perils
from prepare.sow.country.sharing import Network
from prepare.sow.country.size import Size
from prepare.sow.country.ties import sow_ties
from prepare.sow.country.works import Works, place_works, sow_works
from prepare.sow.files import Files
from prepare.texts import N_


def sow(size: Size, *, with_users: bool) -> Counter[str]:
    """Load a country of this size, in one transaction; gives the number of records by table.

    `with_users` adds the demo city's users to the first municipality, with the demo city's password. The trail
    tells of it all in one entry with the numbers. Raises RuleBroken unless the database is empty.
    """
    if not is_empty():
        raise RuleBroken(N_("The database has data already; a synthetic country is only loaded into an empty one."))
    bulk = Bulk()
    with acting_as(SYSTEM), transaction():
        token = in_hand.set(Action.SOW)
        try:
            _sow(bulk, size, with_users)
            audit.raise_graph_revision(db.session())
            top = db.session.scalars(select(Organisation).where(Organisation.parent_id.is_(None))).one()
            audit.note(top, {"sown": dict(bulk.counts), "seed": size.seed})
        finally:
            in_hand.reset(token)
    return bulk.counts


def _sow(bulk: Bulk, size: Size, with_users: bool) -> None:
    rng, on = Random(size.seed), today()  # noqa: S311 - the seed shall decide everything
    pattern, land, meetings = Pattern(Files(on=on)), Land(size), Meetings()
    works = Works(land, pattern)
    sow_land(bulk, land, pattern, rng)
    sow_lists(bulk, pattern)
    place_works(works, rng)
    sow_works(bulk, works, rng, on)
    meetings.sow(bulk, land, pattern, rng)
    sow_ties(bulk, works, meetings, rng, on)
    perils = Perils(bulk, works, rng)
    perils.sow_scenarios()
    perils.sow_risks()
    perils.sow_plans()
    sow_measures(perils)
    Network(bulk, perils, rng, on).sow()
    if with_users:
        sow_people(bulk, land, meetings, rng)
    bulk.settle()
