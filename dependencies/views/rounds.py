"""The step of the round in which a sector names what its vital functions need."""

from collections.abc import Collection

from dependencies.loading import rounds as queries
from prepare.actor import Scope
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.rounds import Step, Tally
from prepare.texts import N_


def _needs(scope: Scope, organisations: Collection[Organisation]) -> dict[int, Tally]:
    rows = db.session.execute(queries.vital_with_needs(scope, [one.id for one in organisations]))
    return {one: Tally(told, vital) for one, vital, told in rows}


STEPS = (
    Step(
        4,
        N_("Needs of vital functions"),
        N_("They show what would bring a function down, and for how long it manages."),
        30,
        "prepare.functions",
        _needs,
    ),
)
