"""Readings of the tokens by which reporting tools read the registers."""

from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.models.tokens import ApiToken, ApiTokenUse
from prepare.models.users import User
from prepare.queries.scopes import within


def tokens(scope: Scope, user_id: int | None) -> Select[ApiToken]:
    """The tokens over organisations in the scope, and those of one person; those that still open something first."""
    rows = select(ApiToken).join(ApiToken.organisation).join(ApiToken.user)
    rows = rows.options(contains_eager(ApiToken.organisation), contains_eager(ApiToken.user))
    rows = rows.where(or_(within(scope), ApiToken.user_id == user_id))
    return rows.order_by(ApiToken.ended_at.is_not(None), ApiToken.expires_on.desc(), ApiToken.id.desc())


def counted(rows: Select[ApiToken]) -> Select[int]:
    """How many tokens there are."""
    return rows.with_only_columns(func.count(ApiToken.id), maintain_column_froms=True).order_by(None)


def last_uses(ids: list[int]) -> Select[int, datetime]:
    """When each of these tokens was last used; one that never was is left out."""
    rows = select(ApiTokenUse.token_id, func.max(ApiTokenUse.used_at)).where(ApiTokenUse.token_id.in_(ids))
    return rows.group_by(ApiTokenUse.token_id)


def last_use(token: ApiToken, register: str) -> Select[datetime]:
    """When a token last read a register."""
    rows = select(func.max(ApiTokenUse.used_at)).where(ApiTokenUse.token_id == token.id)
    return rows.where(ApiTokenUse.register == register)


def by_hash(token_hash: str) -> Select[ApiToken, User, Organisation]:
    """The token with this hash that has not been ended, its person, unless disabled, and its organisation."""
    rows = select(ApiToken, User, Organisation).join(ApiToken.user).join(ApiToken.organisation)
    rows = rows.options(contains_eager(ApiToken.user), contains_eager(ApiToken.organisation))
    return rows.where(ApiToken.token_hash == token_hash, ApiToken.ended_at.is_(None), User.disabled_at.is_(None))


def unended(user: User) -> Select[ApiToken]:
    """A person's tokens that have not been ended."""
    return select(ApiToken).where(ApiToken.user_id == user.id, ApiToken.ended_at.is_(None))
