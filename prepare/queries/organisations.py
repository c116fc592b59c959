"""Readings of the organisation tree, code lists and people."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from prepare.actor import Scope, top
from prepare.models.codes import CodeItem
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, Share, SignIn, SignInFailure, User
from prepare.queries.scopes import below, within
from prepare.texts import search_key
from prepare.vocabulary import OWN_KINDS, CodeList, Criticality, FunctionState, OrganisationKind

#: Other rows of the same tables; made once, since making one costs more than a query.
Lower = aliased(Organisation, name="lower")
Home = aliased(Organisation, name="home")
Over = aliased(Organisation, name="over")


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


def tree(scope: Scope, *, q: str = "", own: bool | None = True, closed: bool = False) -> Select[Organisation]:
    """Organisations in the scope with their duty holders, by name: the city group's own, partners (False) or both.

    `q` finds words of codes and names; `closed` gives those that are out of use.
    """
    rows = select(Organisation).where(within(scope), Organisation.active.is_(not closed))
    if own is not None:
        rows = rows.where(Organisation.kind.in_(OWN_KINDS) if own else Organisation.kind.not_in(OWN_KINDS))
    for word in search_key(q).split():
        columns = (Organisation.code, Organisation.name_fi, Organisation.name_sv, Organisation.name_en)
        rows = rows.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    rows = rows.options(joinedload(Organisation.contact), joinedload(Organisation.deputy))
    return rows.order_by(Organisation.sort_name, Organisation.code)


def counted(rows: Select[Organisation]) -> Select[int]:
    """How many organisations there are."""
    return rows.with_only_columns(func.count(Organisation.id), maintain_column_froms=True).order_by(None)


def function_counts(scope: Scope) -> Select[int, Criticality | None, int]:
    """How many functions not retired each organisation in the scope has in each class, as far as they may be read."""
    rows = select(Function.organisation_id, Function.criticality, func.count(Function.id))
    rows = rows.join(Organisation, Organisation.id == Function.organisation_id)
    rows = rows.where(within(scope, Function.confidentiality), Function.state != FunctionState.RETIRED)
    return rows.group_by(Function.organisation_id, Function.criticality)


def above(organisation: Organisation) -> Select[Organisation]:
    """What the organisation stands below, from the top down."""
    steps = [int(step) for step in organisation.path.split("/") if step]
    rows = select(Organisation).where(Organisation.id.in_(steps), Organisation.id != organisation.id)
    return rows.order_by(func.length(Organisation.path))


def subtree(path: str) -> Select[Organisation]:
    """The organisation at this path and everything below it, also what is closed."""
    return select(Organisation).where(below(path))


def parts(scope: Scope, organisation: Organisation) -> Select[Organisation]:
    """What stands directly below the organisation, in the scope; what is in use first."""
    rows = select(Organisation).where(within(scope), Organisation.parent_id == organisation.id)
    return rows.order_by(Organisation.active.desc(), Organisation.sort_name)


def hanging_on(organisation: Organisation) -> Select[int, int, int]:
    """What keeps an organisation from being closed: functions not retired, roles held, organisations below it."""
    functions = select(func.count(Function.id)).where(
        Function.organisation_id == organisation.id, Function.state != FunctionState.RETIRED
    )
    grants = select(func.count(RoleGrant.id)).where(
        RoleGrant.organisation_id == organisation.id, RoleGrant.ended_at.is_(None)
    )
    parts = select(func.count(Lower.id)).where(Lower.parent_id == organisation.id, Lower.active.is_(True))
    return select(functions.scalar_subquery(), grants.scalar_subquery(), parts.scalar_subquery())


def codes(kind: CodeList) -> Select[CodeItem]:
    """A code list in its order; catalogues are open to every signed-in person."""
    return select(CodeItem).where(CodeItem.kind == kind, CodeItem.valid_to.is_(None)).order_by(CodeItem.rank)


def city(of: str = "/") -> Select[Organisation]:
    """The topmost organisation above the path `of`, whose name stands on pages and papers; for "/" the first one."""
    rows = select(Organisation).where(Organisation.parent_id.is_(None))
    return rows.order_by(Organisation.path != top(of), Organisation.id).limit(1)


def at(paths: Collection[str]) -> Select[Organisation]:
    """The organisations at these paths, to name what is shown of them."""
    return select(Organisation).where(Organisation.path.in_(paths))


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


def grants_of(user_id: int) -> Select[RoleGrant, Organisation, str | None]:
    """The roles that a person holds, each with its organisation and the path of the municipality in which it lies."""
    home = select(Home.path).where(Home.kind == OrganisationKind.CITY, Organisation.path.startswith(Home.path))
    home = home.order_by(func.length(Home.path).desc()).limit(1)
    rows = select(RoleGrant, Organisation, home.scalar_subquery())
    rows = rows.join(Organisation, Organisation.id == RoleGrant.organisation_id)
    return rows.where(RoleGrant.user_id == user_id, RoleGrant.ended_at.is_(None)).order_by(RoleGrant.id)


def commons(tops: Collection[str]) -> Select[str]:
    """Paths of what stands right below these topmost organisations without being of a city: it serves all below."""
    rows = select(Organisation.path).join(Over, Over.id == Organisation.parent_id)
    return rows.where(Over.path.in_(tops), Organisation.kind.not_in(OWN_KINDS), Organisation.active.is_(True))


def shares_of(organisation_ids: list[int]) -> Select[Share]:
    """What is shared with these partners."""
    return select(Share).where(Share.organisation_id.in_(organisation_ids), Share.ended_at.is_(None))


def failures(account: str | None, address: str | None, nth: int, *, since: datetime) -> Select[datetime, datetime]:
    """The newest refused sign-in since a moment and the `nth` newest, of an account, an address or (None) of all."""
    rows = select(SignInFailure.at).where(SignInFailure.at >= since)
    if account is not None:
        rows = rows.where(SignInFailure.account == account)
    if address is not None:
        rows = rows.where(SignInFailure.address == address)
    newest = rows.order_by(SignInFailure.at.desc())
    return select(newest.limit(1).scalar_subquery(), newest.offset(nth - 1).limit(1).scalar_subquery())
