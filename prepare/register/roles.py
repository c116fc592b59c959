"""Every change to the roles that people hold."""

from datetime import datetime

from sqlalchemy import select

from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, User
from prepare.queries import people as queries
from prepare.texts import N_
from prepare.vocabulary import Role


@act(Action.GRANT_ROLE)
def grant(organisation: Organisation, user: User, role: Role) -> RoleGrant:
    """Let a person hold a role over the organisation and everything below it.

    Raises RuleBroken if the organisation is closed.
    """
    if not organisation.active:
        raise RuleBroken(N_("The organisation is closed: nobody gets a role over it."), field="organisation")
    held = _held(organisation, user, role)
    if held:
        held.ended_at = None
    else:
        held = RoleGrant(user=user, role=role, organisation=organisation)
        db.session.add(held)
    db.session.flush()
    return held


@act(Action.WITHDRAW_ROLE)
def withdraw(organisation: Organisation, user: User, role: Role, *, at: datetime) -> None:
    """End a role; it is gone with the person's next request.

    Raises RuleBroken if the person does not hold it, or if nobody else could keep the accounts afterwards.
    """
    held = _held(organisation, user, role)
    if held is None or held.ended_at is not None:
        raise RuleBroken(N_("The person does not hold this role here."))
    if role is Role.ADMIN:
        keep_an_administrator(organisation.path, user)
    held.ended_at = at
    db.session.flush()


def keep_an_administrator(path: str, user: User) -> None:
    """Raise RuleBroken if nobody but this person could keep the accounts of the organisation at `path`."""
    others = queries.administrators(path, but=user).limit(1)
    if not actor.current().is_system and db.session.scalars(others).first() is None:
        raise RuleBroken(
            N_("This is the last administrator who can sign in. Make somebody else an administrator first.")
        )


def _held(organisation: Organisation, user: User, role: Role) -> RoleGrant | None:
    rows = select(RoleGrant).where(
        RoleGrant.user_id == user.id, RoleGrant.role == role, RoleGrant.organisation_id == organisation.id
    )
    return db.session.scalars(rows).first()
