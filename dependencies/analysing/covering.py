"""The dependencies on outside partners, and the agreements under each of them."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Select, func, or_, select, union
from sqlalchemy.orm import aliased, contains_eager

from dependencies.models.agreements import Agreement, agreement_function, interface_agreement
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import Strength
from prepare.actor import Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries.scopes import within
from prepare.vocabulary import OWN_KINDS, Confidentiality, FunctionState

#: Other rows of the same tables; made once, since making one costs more than a query.
Supplier = aliased(Function, name="supplier")
SupplierOwner = aliased(Organisation, name="supplier_owner")


def lines(
    scope: Scope, *, partners: Collection[int] | None = None, interface: Interface | None = None
) -> Select[Dependency]:
    """The essential and important dependencies of the city's functions in the scope on partners.

    The most critical come first.

    `partners` are ids of the outside organisations that serve; `interface` one that has been opened.
    """
    served = Dependency.supplier.of_type(Supplier)
    rows = select(Dependency).join(Dependency.need).join(Need.consumer).join(Function.organisation)
    rows = rows.join(served).join(Supplier.organisation.of_type(SupplierOwner))
    loaded = contains_eager(Dependency.need).contains_eager(Need.consumer).contains_eager(Function.organisation)
    rows = rows.options(loaded, contains_eager(served).contains_eager(Supplier.organisation.of_type(SupplierOwner)))
    in_use = (Dependency.retired.is_(False), Need.retired.is_(False), Function.state != FunctionState.RETIRED)
    rows = rows.where(within(scope, Function.confidentiality, shared=Function.id), *in_use)
    rows = rows.where(Need.strength != Strength.SUPPORTING, SupplierOwner.kind.not_in(OWN_KINDS))
    rows = rows.where(Organisation.kind.in_(OWN_KINDS))
    if partners is not None:
        rows = rows.where(SupplierOwner.id.in_(partners))
    if interface is not None:
        rows = rows.where(Dependency.interface_id == interface.id)
    return rows.order_by(Function.criticality.is_(None), Function.criticality, Function.code, Dependency.id)


def serving(scope: Scope) -> Select[Organisation]:
    """The outside partners on which functions in the scope depend, by name."""
    served = lines(scope).with_only_columns(Dependency.supplier_id, maintain_column_froms=True).order_by(None)
    owners = select(Function.organisation_id).where(Function.id.in_(served))
    return select(Organisation).where(Organisation.id.in_(owners)).order_by(Organisation.sort_name, Organisation.code)


def counted(rows: Select[Organisation]) -> Select[int]:
    """How many partners there are."""
    return rows.with_only_columns(func.count(Organisation.id), maintain_column_froms=True).order_by(None)


def agreements_under(scope: Scope, dependencies: Collection[int]) -> dict[int, list[Agreement]]:
    """The agreements on which each of these dependencies rests: id → agreements, by two questions.

    An agreement counts whosever it is, since a line is covered or not whoever reads of it; one that is secret by law
    counts only for its own readers. Names are to be shown to those only who may read them.
    """
    over = select(Dependency.id.label("line"), interface_agreement.c.agreement_id).join(
        interface_agreement, interface_agreement.c.interface_id == Dependency.interface_id
    )
    of = select(Dependency.id.label("line"), agreement_function.c.agreement_id).join(
        agreement_function, agreement_function.c.function_id == Dependency.supplier_id
    )
    pairs = union(over.where(Dependency.id.in_(dependencies)), of.where(Dependency.id.in_(dependencies)))
    found: dict[int, list[int]] = defaultdict(list)
    for line, agreement in db.session.execute(pairs):
        found[line].append(agreement)
    ids = {one for some in found.values() for one in some}
    open_to_all = Agreement.confidentiality != Confidentiality.CONFIDENTIAL
    rows = select(Agreement).join(Agreement.organisation).where(Agreement.id.in_(ids))
    rows = rows.where(or_(open_to_all, within(scope, Agreement.confidentiality)))
    by_id = {one.id: one for one in db.session.scalars(rows.options(contains_eager(Agreement.organisation)))}
    return {line: [by_id[one] for one in sorted(some) if one in by_id] for line, some in found.items()}
