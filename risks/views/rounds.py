"""The step of the round in which a sector names its gravest risks."""

from collections.abc import Collection

from prepare.access import Action
from prepare.actor import Scope
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.rounds import FEWEST_RISKS, Step, Tally, at_least
from prepare.texts import N_
from risks.queries import risks as queries


def _risks(scope: Scope, organisations: Collection[Organisation]) -> dict[int, Tally]:
    found = {one.id: Tally(0, FEWEST_RISKS) for one in organisations}
    for one, count in db.session.execute(queries.linked_per_organisation(scope, [one.id for one in organisations])):
        found[one] = at_least(count, FEWEST_RISKS)
    return found


STEPS = (
    Step(
        5,
        N_("Risks linked to functions"),
        N_("Measures go where the city would lose most."),
        20,
        "risks.risks",
        _risks,
        Action.ADD_RISK,
    ),
)
