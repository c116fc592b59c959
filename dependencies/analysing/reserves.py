"""Readings of reserves and of who counts on them."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from dependencies.models.needs import Dependency, Need
from dependencies.models.reserves import Reserve, ReserveClaim
from dependencies.reserving.vocabulary import Consent, ReserveKind
from dependencies.vocabulary import DependencyKind
from prepare.actor import Grant, Scope
from prepare.models.functions import Function, Resource
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, containing, within
from prepare.texts import search_key
from prepare.vocabulary import OWN_KINDS, Confidentiality, FunctionState, Role

Owner, City = aliased(Organisation), aliased(Organisation)


def reserves(
    scope: Scope, *, q: str = "", kind: ReserveKind | None = None, owner: str = "", retired: bool = False
) -> Select[Reserve]:
    """The reserves that the scope reads with owner and city, by kind and name.

    They are its own, and those that an organisation of the same city lets the whole city count on. `q` finds words of
    code and names, `owner` is the code of an organisation.
    """
    rows = select(Reserve).join(Reserve.organisation.of_type(Owner)).join(Reserve.city.of_type(City))
    rows = rows.options(
        contains_eager(Reserve.organisation.of_type(Owner)), contains_eager(Reserve.city.of_type(City))
    ).where(_readable(scope), Reserve.retired.is_(retired))
    if folded := search_key(q):
        rows = rows.where(containing(Reserve.search_text, folded))
    if kind:
        rows = rows.where(Reserve.kind == kind)
    if owner:
        rows = rows.where(Owner.code == owner)
    return rows.order_by(Reserve.sort_name, Reserve.code)


def _readable(scope: Scope) -> ColumnElement[bool]:
    """Condition for the reserves that the scope reads, joined to `Owner` and `City`; as `Reserve.open_at` says it."""
    ways: list[ColumnElement[bool]] = []
    for root in scope.roots:
        classes = [one for one in Confidentiality if one.rank <= root.highest.rank]
        ways.append(below(root.path, Owner) & Reserve.confidentiality.in_(classes))
        open_classes = [one for one in classes if one.rank <= Reserve.open_below.rank]
        parts = [part for part in root.path.split("/") if part]
        above = [f"/{'/'.join(parts[:length])}/" for length in range(1, len(parts) + 1)]
        open_to = or_(and_(Reserve.shared.is_(True), City.path.in_(above)), Owner.path.in_(above))
        ways.append(open_to & Reserve.confidentiality.in_(open_classes))
    return or_(*ways) if ways else false()


def counted(rows: Select[Reserve]) -> Select[int]:
    """How many reserves there are."""
    return rows.with_only_columns(func.count(Reserve.id), maintain_column_froms=True).order_by(None)


def reserve(scope: Scope, code: str | None) -> Select[Reserve]:
    """The reserve in use of this code, if the scope reads it."""
    return reserves(scope).where(Reserve.code == code)


def claims_on(reserves: Collection[int]) -> Select[ReserveClaim]:
    """The claims in use of functions in force on reserves that have been read, with functions and their owners.

    A function may lie outside the reader's scope: use `scope.names` before it is shown.
    """
    return _claims().where(ReserveClaim.reserve_id.in_(reserves)).order_by(ReserveClaim.id)


def claims_of(function: Function) -> Select[ReserveClaim]:
    """The claims in use of a function that has been opened; a reserve may lie outside the reader's scope."""
    return _claims().where(ReserveClaim.function_id == function.id).order_by(ReserveClaim.id)


def _claims() -> Select[ReserveClaim]:
    rows = select(ReserveClaim).join(ReserveClaim.function).join(Function.organisation).join(ReserveClaim.reserve)
    rows = rows.options(
        contains_eager(ReserveClaim.function).contains_eager(Function.organisation),
        contains_eager(ReserveClaim.reserve).joinedload(Reserve.organisation),
        contains_eager(ReserveClaim.reserve).joinedload(Reserve.city),
        joinedload(ReserveClaim.supplier).joinedload(Function.organisation),
    )
    in_force = Function.state != FunctionState.RETIRED
    return rows.where(ReserveClaim.retired.is_(False), Reserve.retired.is_(False), in_force)


def unanswered(grants: Collection[Grant]) -> Select[ReserveClaim]:
    """The claims that wait for the answer of a person with these grants, as owner of the reserve.

    A sector's contact and director answer for its own reserves, the unit for those of partners.
    """
    own = [grant.path for grant in grants if grant.role in (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR)]
    partners = [grant.path for grant in grants if grant.role is Role.CENTRAL]
    here = or_(
        Owner.kind.in_(OWN_KINDS) & or_(false(), *(below(path, Owner) for path in own)),
        Owner.kind.not_in(OWN_KINDS) & or_(false(), *(below(path, Owner) for path in partners)),
    )
    rows = _claims().join(Owner, Owner.id == Reserve.organisation_id)
    return rows.where(ReserveClaim.consent == Consent.ASKED, here).order_by(Reserve.code, ReserveClaim.id)


def claims_counted(rows: Select[ReserveClaim]) -> Select[int]:
    """How many claims there are."""
    return rows.with_only_columns(func.count(ReserveClaim.id), maintain_column_froms=True).order_by(None)


def suppliers_of(functions: Collection[int]) -> Select[int, int, DependencyKind]:
    """(function, supplier, kind) of everything in use that these functions depend on, whoever may read it."""
    rows = select(Need.consumer_id, Dependency.supplier_id, Dependency.kind).join(Need, Need.id == Dependency.need_id)
    return rows.where(Need.consumer_id.in_(functions), Need.retired.is_(False), Dependency.retired.is_(False))


def alternatives(scope: Scope) -> Select[str, Resource]:
    """Code of the function and resource, of the resources in the scope that name an alternative."""
    rows = select(Function.code, Resource).join(Function, Function.id == Resource.function_id)
    rows = rows.join(Organisation, Organisation.id == Function.organisation_id)
    rows = rows.where(within(scope, Function.confidentiality), Function.state != FunctionState.RETIRED)
    named = func.length(func.coalesce(Resource.alternative, "")) > 0
    return rows.where(Resource.retired.is_(False), named).order_by(Function.code, Resource.id)
