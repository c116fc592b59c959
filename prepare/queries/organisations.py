"""Readings of the organisation tree, code lists and people."""

from sqlalchemy import Select, func, or_, select

from prepare.actor import Scope
from prepare.models.codes import CodeItem
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, Share, SignIn, SignInFailure, User
from prepare.queries.scopes import within
from prepare.vocabulary import OWN_KINDS, CodeList


def organisations(scope: Scope, *, own: bool | None = True) -> Select[Organisation]:
    """Active organisations in the scope by name: the city group's own, outside partners (False) or both (None)."""
    rows = select(Organisation).where(within(scope), Organisation.active.is_(True))
    if own is not None:
        rows = rows.where(Organisation.kind.in_(OWN_KINDS) if own else Organisation.kind.not_in(OWN_KINDS))
    return rows.order_by(Organisation.sort_name, Organisation.code)


def uppermost(rows: Select[Organisation]) -> Select[Organisation]:
    """Those that stand at the top of the tree or right below it: of a country its cities and what they share."""
    depth = func.length(Organisation.path) - func.length(func.replace(Organisation.path, "/", ""))
    return rows.where(depth <= 3)


def with_functions(scope: Scope) -> Select[Organisation]:
    """The city group's organisations in the scope that can keep functions, by name."""
    return organisations(scope).where(Organisation.parent_id.is_not(None))


def codes(kind: CodeList) -> Select[CodeItem]:
    """A code list in its order; catalogues are open to every signed-in person."""
    return select(CodeItem).where(CodeItem.kind == kind, CodeItem.valid_to.is_(None)).order_by(CodeItem.rank)


def city() -> Select[Organisation]:
    """The topmost organisation, whose name stands on every page."""
    return select(Organisation).where(Organisation.parent_id.is_(None)).order_by(Organisation.id).limit(1)


def by_code(code: str) -> Select[Organisation]:
    """The organisation with this code, for commands."""
    return select(Organisation).where(Organisation.code == code)


def account(email: str) -> Select[User]:
    """The person with this e-mail address (folded), for signing in."""
    return select(User).where(User.email == email)


def accounts() -> Select[User]:
    """Every account, by e-mail."""
    return select(User).order_by(User.email)


def session_of(token_hash: str) -> Select[SignIn, User]:
    """The session with this token hash that has not been ended, and its person, unless disabled."""
    rows = select(SignIn, User).join(User, User.id == SignIn.user_id)
    return rows.where(SignIn.token_hash == token_hash, SignIn.ended_at.is_(None), User.disabled_at.is_(None))


def grants_of(user_id: int) -> Select[RoleGrant, Organisation]:
    """The roles that a person holds, each with its organisation."""
    rows = select(RoleGrant, Organisation).join(Organisation, Organisation.id == RoleGrant.organisation_id)
    return rows.where(RoleGrant.user_id == user_id, RoleGrant.ended_at.is_(None)).order_by(RoleGrant.id)


def shares_of(organisation_ids: list[int]) -> Select[Share]:
    """What is shared with these partners."""
    return select(Share).where(Share.organisation_id.in_(organisation_ids), Share.ended_at.is_(None))


def failures(account: str, address: str, since_account: object, since_address: object) -> Select[int, int, int]:
    """Refused sign-ins since the given moments: of the account, from the address, and in all."""
    mine = (SignInFailure.account == account) & (SignInFailure.at >= since_account)
    here = (SignInFailure.address == address) & (SignInFailure.at >= since_address)
    rows = select(
        func.count(SignInFailure.id).filter(mine),
        func.count(SignInFailure.id).filter(here),
        func.count(SignInFailure.id).filter(SignInFailure.at >= since_address),
    )
    return rows.where(or_(mine, SignInFailure.at >= since_address))
