"""The step of the round in which a sector's vital functions get plans."""

from collections.abc import Collection

from continuity.queries import plans as queries
from prepare.access import Action
from prepare.actor import Scope
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.rounds import Step, Tally
from prepare.texts import N_


def _plans(scope: Scope, organisations: Collection[Organisation]) -> dict[int, Tally]:
    rows = db.session.execute(queries.vital_with_plans(scope, [one.id for one in organisations]))
    return {one: Tally(planned, vital) for one, vital, planned in rows}


STEPS = (
    Step(
        6,
        N_("Plans with the first hour"),
        N_("Nobody has to think of what comes first while it happens."),
        60,
        "continuity.plans",
        _plans,
        Action.EDIT_PLAN,
    ),
)
