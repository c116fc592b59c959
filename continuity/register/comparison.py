"""Joining the anonymous comparison of readiness, and leaving it."""

from datetime import date

from continuity.models.comparison import ReadinessParticipation
from continuity.queries import comparison as queries
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.register.codes import next_code
from prepare.texts import N_
from prepare.vocabulary import OrganisationKind


@act(Action.JOIN_READINESS)
def join(city: Organisation, *, on: date) -> ReadinessParticipation:
    """Let a municipality take part from the next round on.

    Raises RuleBroken when it takes part already, or the organisation is no municipality.
    """
    if city.kind is not OrganisationKind.CITY:
        raise RuleBroken(N_("Only municipalities are compared with each other."))
    if db.session.scalars(queries.part_of(city)).first():
        raise RuleBroken(N_("Your municipality takes part already."))
    part = ReadinessParticipation(
        code=next_code(ReadinessParticipation.code, "VV-"),
        organisation=city,
        joined_on=on,
        joined_by=actor.current().name,
    )
    db.session.add(part)
    db.session.flush()
    return part


@act(Action.LEAVE_READINESS)
def leave(city: Organisation, *, on: date) -> None:
    """Let a municipality take part no longer, at once: its scores are in no figure from now on.

    Raises RuleBroken when it does not take part.
    """
    part = db.session.scalars(queries.part_of(city)).first()
    if part is None:
        raise RuleBroken(N_("Your municipality does not take part."))
    part.left_on = on
    db.session.flush()
