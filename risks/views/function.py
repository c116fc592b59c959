"""What this package adds to a function's page."""

from typing import Any

from prepare import actor
from prepare.access import Action, may
from prepare.db import db
from prepare.models.functions import Function
from risks.queries import risks as queries


def risks_of(function: Function) -> dict[str, Any]:
    """The open risks that affect the function, and whether one may be added."""
    who = actor.current()
    own = function.owner_is_own and may(who, Action.ADD_RISK, function.organisation)
    return {"risks": db.session.scalars(queries.of_function(who.scope, function)).all(), "may_add": own}
