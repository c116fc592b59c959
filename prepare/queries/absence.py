"""Readings of who is away and who stands in."""

from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased, contains_eager

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.queries.scopes import within

Contact = aliased(User, name="contact")
Deputy = aliased(User, name="deputy")


def _held() -> Select[Organisation]:
    """Organisations in use, each with its contact and its deputy, by name."""
    rows = select(Organisation).join(Contact, Contact.id == Organisation.contact_id)
    rows = rows.outerjoin(Deputy, Deputy.id == Organisation.deputy_id).where(Organisation.active.is_(True))
    rows = rows.options(
        contains_eager(Organisation.contact.of_type(Contact)), contains_eager(Organisation.deputy.of_type(Deputy))
    )
    return rows.order_by(Organisation.sort_name, Organisation.code)


def _away(person: type[User], on: date) -> ColumnElement[bool]:
    return (person.away_from <= on) & (person.away_until >= on)


def contacted(user: User) -> Select[Organisation]:
    """The organisations whose contact a person is; a person's own duties are no secret to that person."""
    return _held().where(Organisation.contact_id == user.id)


def unmanned(scope: Scope, user_id: int, *, on: date) -> Select[Organisation]:
    """The organisations whose contact is away on this day: those whose deputy the person is, and those in the scope
    where nobody stands in."""
    nobody = or_(Deputy.id.is_(None), Deputy.disabled_at.is_not(None), _away(Deputy, on))
    return _held().where(_away(Contact, on), or_(Organisation.deputy_id == user_id, nobody & within(scope)))
