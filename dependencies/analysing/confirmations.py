"""What both sides of the dependencies in the scope have signed, and how they stand to each other.

`accord` says in SQL what `dependencies.confirming.judge` says of values; a test holds the two against each other.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, false, func, not_, or_, select, union
from sqlalchemy.orm import aliased, contains_eager, joinedload

from dependencies import confirming
from dependencies.models.confirmations import Statement
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import Accord, StatementKind
from prepare.actor import Grant, Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, within
from prepare.vocabulary import OWN_KINDS, Confidentiality, FunctionState, Role

#: The latest statement of each kind of a dependency; nothing where there is none.
Asked, Needed, Given = (aliased(Statement, name=name) for name in ("asked", "needed", "given"))
#: The function that needs it and its owner, and the supplier and its owner.
Consumer, Supplier = aliased(Function, name="consumer"), aliased(Function, name="supplier")
Using, Serving = aliased(Function, name="using"), aliased(Function, name="serving")
Line = aliased(Dependency, name="line")
ConsumerOwner, SupplierOwner = aliased(Organisation, name="its_owner"), aliased(Organisation, name="supplier_owner")
KINDS = {StatementKind.ASK: Asked, StatementKind.NEED: Needed, StatementKind.DELIVERY: Given}
MOST_COUNTED = 1000  #: dependencies that are counted for the start page; beyond that it says "more than"

Latest = dict[StatementKind, Statement]


def lines(scope: Scope, grants: Collection[Grant]) -> Select[Dependency]:
    """The dependencies in use of which the scope reads one side, by consumer; and those that a partner answers for.

    A partner has the lines of its own services, and of what it needs itself, where the service or the interface is
    shown to it; never those of what others have shown it, and none that is secret or has a secret end.
    The function on the other side may lie outside the scope: use `scope.names` before it is shown.
    """
    need = contains_eager(Dependency.need).contains_eager(Need.consumer.of_type(Consumer))
    supplier = contains_eager(Dependency.supplier.of_type(Supplier))
    rows: Select[Dependency] = (
        _joined(select(Dependency))
        .options(need.contains_eager(Consumer.organisation.of_type(ConsumerOwner)))
        .options(supplier.contains_eager(Supplier.organisation.of_type(SupplierOwner)))
        .options(joinedload(Dependency.interface))
        .where(Dependency.id.in_(_readable(scope, grants)), *_in_use())
        .order_by(Consumer.code, Dependency.id)
    )
    return rows


def _joined(rows: Any) -> Any:
    """With the functions on both sides, their owners, and the latest statement of each kind."""
    rows = rows.join(Need, Need.id == Dependency.need_id).join(Consumer, Consumer.id == Need.consumer_id)
    rows = rows.join(ConsumerOwner, ConsumerOwner.id == Consumer.organisation_id)
    rows = rows.join(Supplier, Supplier.id == Dependency.supplier_id)
    rows = rows.join(SupplierOwner, SupplierOwner.id == Supplier.organisation_id)
    for kind, said in KINDS.items():
        rows = rows.outerjoin(said, _is_latest(said, kind))
    return rows


def _is_latest(said: Any, kind: StatementKind) -> ColumnElement[bool]:
    return and_(said.dependency_id == Dependency.id, said.kind == kind, said.replaced.is_(False))


def _in_use() -> tuple[ColumnElement[bool], ...]:
    in_force = (Consumer.state != FunctionState.RETIRED, Supplier.state != FunctionState.RETIRED)
    return (Dependency.retired.is_(False), Need.retired.is_(False), *in_force)


def _readable(scope: Scope, grants: Collection[Grant]) -> Any:
    """Ids of the dependencies of which one side may be read, or is a partner's own that is shown to it."""
    readable = and_(within(scope, Function.confidentiality), within(scope, Dependency.confidentiality))
    as_consumer = select(Dependency.id).join(Need, Need.id == Dependency.need_id)
    as_consumer = as_consumer.join(Function, Function.id == Need.consumer_id).join(Function.organisation)
    as_supplier = select(Dependency.id).join(Function, Function.id == Dependency.supplier_id)
    as_supplier = as_supplier.join(Function.organisation)
    ways = [as_consumer.where(readable), as_supplier.where(readable)]
    if paths := _paths(grants, Role.PARTNER):
        own = and_(_is_shown(scope, Function), _below(paths, Organisation), Dependency.id.not_in(_with_a_secret_end()))
        ways += [as_consumer.where(own), as_supplier.where(own)]
    return union(*ways)


def _with_a_secret_end() -> Select[int]:
    """Ids of the dependencies that are secret, or whose consumer or supplier is: no partner learns of them."""
    rows = select(Line.id).join(Need, Need.id == Line.need_id).join(Using, Using.id == Need.consumer_id)
    rows = rows.join(Serving, Serving.id == Line.supplier_id)
    ends = (Line.confidentiality, Using.confidentiality, Serving.confidentiality)
    return rows.where(or_(*(end == Confidentiality.CONFIDENTIAL for end in ends)))


def _paths(grants: Iterable[Grant], *roles: Role) -> list[str]:
    return [grant.path for grant in grants if grant.role in roles]


def _below(paths: Collection[str], organisation: type[Organisation]) -> ColumnElement[bool]:
    return or_(false(), *(below(path, organisation) for path in paths))


def line(scope: Scope, grants: Collection[Grant], ref: UUID) -> Select[Dependency]:
    """One of these dependencies."""
    return lines(scope, grants).where(Dependency.ref == ref)


def lines_of(scope: Scope, grants: Collection[Grant], interface: Interface) -> Select[Dependency]:
    """Those that run over an interface that has been opened."""
    return lines(scope, grants).where(Dependency.interface_id == interface.id)


def of_supplier(supplier: Function) -> Select[Dependency]:
    """Every dependency in use on a supplier, readable or not: only the slowest promise is told of them."""
    rows = select(Dependency).join(Dependency.need).join(Need.consumer)
    loaded = contains_eager(Dependency.need).contains_eager(Need.consumer)
    rows = rows.options(loaded).where(Dependency.supplier_id == supplier.id)
    return rows.where(Dependency.retired.is_(False), Need.retired.is_(False), Function.state != FunctionState.RETIRED)


def latest_of(ids: Collection[int]) -> dict[int, Latest]:
    """The latest statements of these dependencies, by id and kind."""
    rows = select(Statement).options(joinedload(Statement.organisation))
    found: dict[int, Latest] = {one: {} for one in ids}
    if ids:
        for row in db.session.scalars(rows.where(Statement.dependency_id.in_(ids), Statement.replaced.is_(False))):
            found[row.dependency_id][row.kind] = row
    return found


def history(dependency: Dependency) -> Select[Statement]:
    """Everything that both sides of a dependency that has been opened have put on record, the newest first."""
    rows = select(Statement).options(joinedload(Statement.organisation))
    return rows.where(Statement.dependency_id == dependency.id).order_by(Statement.id.desc())


def accord(*, on: date) -> ColumnElement[Accord]:
    """How the two sides of a line stand to each other on the day `on`, as `confirming.judge` has it."""
    need_holds, need_expired = _signature(Needed, on)
    given_holds, given_expired = _signature(Given, on)
    late = and_(Needed.hours.is_not(None), Given.hours.is_not(None), Given.hours > Needed.hours)
    little = and_(
        Needed.capacity_pct.is_not(None), Given.capacity_pct.is_not(None), Given.capacity_pct < Needed.capacity_pct
    )
    lacks_capacity = and_(Needed.capacity_pct.is_not(None), Given.capacity_pct.is_(None))
    unknown = or_(Needed.hours.is_(None), Given.hours.is_(None), lacks_capacity)
    both = and_(need_holds, given_holds)
    return case(
        (and_(given_holds, Given.delivers.is_(False)), Accord.MISMATCH.value),
        (and_(both, or_(late, little)), Accord.MISMATCH.value),
        (and_(both, unknown), Accord.UNKNOWN.value),
        (both, Accord.AGREED.value),
        (or_(need_expired, given_expired), Accord.EXPIRED.value),
        (given_holds, Accord.WAITS_CONSUMER.value),
        (need_holds, Accord.WAITS_PROVIDER.value),
        else_=Accord.UNSTATED.value,
    )


def _signature(said: Any, on: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whether the latest statement holds, and whether it has expired; neither when what it rested on has changed."""
    unchanged = and_(
        said.id.is_not(None),
        said.tolerance_h == Need.tolerance_h + Dependency.extra_tolerance_h,
        said.strength == Need.strength,
        said.min_required == Need.min_required,
        said.flow == Dependency.kind,
    )
    strict = Consumer.criticality.in_(confirming.STRICT)
    oldest = case(
        (strict, confirming.oldest(next(iter(confirming.STRICT)), on=on)), else_=confirming.oldest(None, on=on)
    )
    return and_(unchanged, said.stated_on >= oldest), and_(unchanged, said.stated_on < oldest)


def speaks_for(scope: Scope, grants: Collection[Grant], function: Any, owner: Any) -> ColumnElement[bool]:
    """Whether a person with these grants speaks for a line's side, as the rules of the powers have it."""
    own = _below(_paths(grants, Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR), owner)
    unit, partner = (_below(_paths(grants, role), owner) for role in (Role.CENTRAL, Role.PARTNER))
    is_own = owner.kind.in_(OWN_KINDS)
    return or_(and_(is_own, own), and_(not_(is_own), or_(unit, and_(partner, _is_shown(scope, function)))))


def _is_shown(scope: Scope, function: Any) -> ColumnElement[bool]:
    """Whether the function, or the interface of the dependency, is shown to a partner."""
    return or_(function.id.in_(scope.functions), Dependency.interface_id.in_(scope.interfaces))


def provides(scope: Scope, grants: Collection[Grant]) -> ColumnElement[bool]:
    """Whether the person speaks for the supplier of a line."""
    return speaks_for(scope, grants, Supplier, SupplierOwner)


def needs(scope: Scope, grants: Collection[Grant]) -> ColumnElement[bool]:
    """Whether the person speaks for the function that needs it."""
    return speaks_for(scope, grants, Consumer, ConsumerOwner)


def waits_for_provider(*, on: date) -> ColumnElement[bool]:
    """Whether a line waits for its supplier's signature."""
    holds, _expired = _signature(Given, on)
    return and_(not_(holds), accord(on=on) != Accord.MISMATCH.value)


def waits_for_consumer(*, on: date) -> ColumnElement[bool]:
    """Whether a line waits for the signature of whoever needs it, the supplier having answered."""
    need_holds, _expired = _signature(Needed, on)
    holds, _expired = _signature(Given, on)
    return and_(not_(need_holds), holds, accord(on=on) != Accord.MISMATCH.value)


def asked_on() -> ColumnElement[date]:
    """Since when a line that waits for its supplier has been asked for; None while nobody has asked.

    Of an answered one only what was asked for later counts.
    """
    asked = case((or_(Given.id.is_(None), Asked.stated_on >= Given.stated_on), Asked.stated_on))
    needed = case((or_(Given.id.is_(None), Needed.stated_on >= Given.stated_on), Needed.stated_on))
    return func.coalesce(needed, asked)


def waiting(
    scope: Scope, grants: Collection[Grant], *, on: date, since: date
) -> Select[int, int, int, int, date | None]:
    """How many lines wait for a person: to answer, to sign, to settle, and those asked by `since` and not answered.

    With the earliest day on which one of the last was asked. Counting stops after MOST_COUNTED lines.
    """
    mine, ours = provides(scope, grants), needs(scope, grants)
    settle = and_(accord(on=on) == Accord.MISMATCH.value, or_(mine, ours))
    late = and_(ours, not_(mine), is_late(on=on, since=since))
    told = {
        "to_answer": and_(mine, waits_for_provider(on=on)),
        "to_sign": and_(ours, waits_for_consumer(on=on)),
        "to_settle": settle,
        "late": late,
    }
    flags: list[Any] = [case((condition, 1), else_=0).label(name) for name, condition in told.items()]
    rows = lines(scope, grants).with_only_columns(
        *flags, case((late, asked_on())).label("day"), maintain_column_froms=True
    )
    found = rows.where(or_(*told.values())).order_by(None).limit(MOST_COUNTED + 1).subquery()
    sums = [func.coalesce(func.sum(found.c[name]), 0).label(name) for name in told]
    return select(*sums, func.min(found.c.day).label("asked_on"))


def is_late(*, on: date, since: date) -> ColumnElement[bool]:
    """Whether the supplier was asked by the day `since` and has not answered."""
    return and_(waits_for_provider(on=on), asked_on() <= since)


def waits_for(scope: Scope, grants: Collection[Grant], *, on: date) -> ColumnElement[bool]:
    """Whether a line waits for a person: for a signature, or for a mismatch to be settled."""
    mine, ours = provides(scope, grants), needs(scope, grants)
    settle = accord(on=on) == Accord.MISMATCH.value
    return or_(and_(mine, or_(settle, waits_for_provider(on=on))), and_(ours, or_(settle, waits_for_consumer(on=on))))


def counted(rows: Select[Dependency]) -> Select[int]:
    """How many lines there are."""
    return rows.with_only_columns(func.count(Dependency.id), maintain_column_froms=True).order_by(None)


def by_supplier(rows: Select[Dependency], *, on: date) -> Select[Organisation, str, int]:
    """(owner of the supplier, how the sides stand, how many lines), by the owner's name."""
    told = accord(on=on).label("accord")
    found = (
        rows.with_only_columns(SupplierOwner.id.label("id"), told, maintain_column_froms=True).order_by(None).subquery()
    )
    grouped = select(Organisation, found.c.accord, func.count()).join(found, found.c.id == Organisation.id)
    return grouped.group_by(Organisation.id, found.c.accord).order_by(Organisation.sort_name)


def narrowed(
    rows: Select[Dependency], *, on: date, state: Accord | None, by: UUID | None, over: UUID | None
) -> Select[Dependency]:
    """Those of the lines that stand so, whose supplier belongs to the organisation `by`, that run over `over`."""
    if state:
        rows = rows.where(accord(on=on) == state.value)
    if by:
        rows = rows.where(SupplierOwner.ref == by)
    return rows.where(Dependency.interface.has(Interface.ref == over)) if over else rows
