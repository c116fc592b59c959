"""Readings for reminders: who may be told, what each has been told, and who holds which post."""

from sqlalchemy import Select, exists, select

from prepare.models.organisations import Organisation
from prepare.models.reminders import ReminderSent
from prepare.models.users import RoleGrant, User
from prepare.vocabulary import Pace


def addressees() -> Select[User]:
    """People with an account in use and a role, who have not asked never to be told; by address."""
    held = exists().where(RoleGrant.user_id == User.id, RoleGrant.ended_at.is_(None))
    rows = select(User).where(User.disabled_at.is_(None), User.reminders != Pace.NONE, held)
    return rows.order_by(User.email)


def told(user: User) -> Select[ReminderSent]:
    """What a person has been told."""
    return select(ReminderSent).where(ReminderSent.user_id == user.id)


def posts() -> Select[Organisation]:
    """The organisations in use that have a contact."""
    return select(Organisation).where(Organisation.contact_id.is_not(None), Organisation.active.is_(True))
