"""Readings of accounts, roles, sessions and links; accounts belong to the whole installation."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import selectinload

from prepare.actor import Scope
from prepare.models.invitations import Invitation
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, SignIn, User
from prepare.queries.scopes import below, within
from prepare.texts import search_key
from prepare.vocabulary import Role


def people(
    scope: Scope,
    *,
    q: str = "",
    organisation: str = "",
    role: Role | None = None,
    disabled: bool | None = None,
    unseen_since: datetime | None = None,
    never_seen: bool = False,
) -> Select[User]:
    """People with a role, now or earlier, over an organisation in the scope, and those who never had one; by name.

    `q` is looked for in name and address; `organisation` is a path below which a role is held; `unseen_since`
    leaves those who have not signed in after that moment, `never_seen` those who never have.
    """
    rows = select(User).options(selectinload(User.grants)).where(_known(scope))
    for word in search_key(q).split():
        rows = rows.where(or_(User.name.icontains(word, autoescape=True), User.email.icontains(word, autoescape=True)))
    if organisation or role:
        held = [RoleGrant.user_id == User.id, RoleGrant.ended_at.is_(None)]
        if organisation:
            held.append(below(organisation))
        if role:
            held.append(RoleGrant.role == role)
        rows = rows.where(
            exists().where(Organisation.id == RoleGrant.organisation_id, *held).correlate(User)  # held there
        )
    if disabled is not None:
        rows = rows.where(User.disabled_at.is_not(None) if disabled else User.disabled_at.is_(None))
    if never_seen:
        rows = rows.where(~exists().where(SignIn.user_id == User.id))
    if unseen_since is not None:
        rows = rows.where(~exists().where(SignIn.user_id == User.id, SignIn.begun_at >= unseen_since))
    return rows.order_by(func.lower(User.name), User.email)


def _known(scope: Scope) -> ColumnElement[bool]:
    grants = select(RoleGrant.user_id).join(Organisation, Organisation.id == RoleGrant.organisation_id)
    return or_(User.id.in_(grants.where(within(scope))), User.id.not_in(select(RoleGrant.user_id)))


def counted(rows: Select[User]) -> Select[int]:
    """How many people there are."""
    return rows.with_only_columns(func.count(User.id), maintain_column_froms=True).order_by(None)


def last_signed_in(people_ids: Collection[int]) -> Select[int, datetime]:
    """When each of these people last signed in; who never has is left out."""
    rows = select(SignIn.user_id, func.max(SignIn.begun_at)).where(SignIn.user_id.in_(people_ids))
    return rows.group_by(SignIn.user_id)


def holding(scope: Scope, organisation: Organisation) -> Select[RoleGrant, User]:
    """The roles held over exactly this organisation, each with its person, by role and name."""
    rows = select(RoleGrant, User).join(User, User.id == RoleGrant.user_id)
    rows = rows.join(Organisation, Organisation.id == RoleGrant.organisation_id).where(within(scope))
    rows = rows.where(RoleGrant.organisation_id == organisation.id, RoleGrant.ended_at.is_(None))
    return rows.order_by(RoleGrant.role, func.lower(User.name))


def candidates(organisation: Organisation) -> Select[User]:
    """People who may be named for a duty of the organisation: with an account in use and a role at or around it."""
    roles = (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, Role.PARTNER, Role.CENTRAL)
    steps = [int(step) for step in organisation.path.split("/") if step]
    near = or_(Organisation.id.in_(steps), below(organisation.path))
    held = select(RoleGrant.user_id).join(Organisation, Organisation.id == RoleGrant.organisation_id)
    held = held.where(near, RoleGrant.role.in_(roles), RoleGrant.ended_at.is_(None))
    return select(User).where(User.id.in_(held), User.disabled_at.is_(None)).order_by(func.lower(User.name))


def administrators(path: str, *, but: User) -> Select[User]:
    """Administrators of the organisation at this path who can sign in, without one person."""
    steps = [int(step) for step in path.split("/") if step]
    held = select(RoleGrant.user_id).where(
        RoleGrant.role == Role.ADMIN, RoleGrant.ended_at.is_(None), RoleGrant.organisation_id.in_(steps)
    )
    able = (User.disabled_at.is_(None), User.password_hash.is_not(None), User.id != but.id)
    return select(User).where(User.id.in_(held), *able)


def sessions(user: User, *, begun_since: datetime, seen_since: datetime) -> Select[SignIn]:
    """A person's sessions that are still open, the one used last first."""
    mine = select(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    return mine.where(SignIn.begun_at >= begun_since, SignIn.seen_at >= seen_since).order_by(SignIn.seen_at.desc())


def session(user: User, ref: UUID) -> Select[SignIn]:
    """One of a person's sessions that has not been ended."""
    return select(SignIn).where(SignIn.user_id == user.id, SignIn.ref == ref, SignIn.ended_at.is_(None))


def unused_links(user: User) -> Select[Invitation]:
    """A person's links that have neither been used nor withdrawn."""
    rows = select(Invitation).where(Invitation.user_id == user.id)
    return rows.where(Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None)).order_by(Invitation.id.desc())


def link(token_hash: str, *, at: datetime) -> Select[Invitation]:
    """The link with this token hash that opens at this moment, unless its person is disabled."""
    rows = select(Invitation).join(Invitation.user).where(Invitation.token_hash == token_hash)
    open_still = (Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.expires_at > at)
    return rows.where(*open_still, User.disabled_at.is_(None))


def roles_anywhere(scope: Scope) -> Select[Role, int, int]:
    """The roles that people with an account in use hold in the scope: role, organisation, how many people."""
    rows = select(RoleGrant.role, RoleGrant.organisation_id, func.count(RoleGrant.id))
    rows = rows.join(User, User.id == RoleGrant.user_id).join(
        Organisation, Organisation.id == RoleGrant.organisation_id
    )
    rows = rows.where(within(scope), RoleGrant.ended_at.is_(None), User.disabled_at.is_(None))
    return rows.group_by(RoleGrant.role, RoleGrant.organisation_id)
