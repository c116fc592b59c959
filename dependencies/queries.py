"""Readings of needs, of who depends on whom, and of interfaces."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from dependencies.models.interfaces import Interface
from dependencies.models.losses import LossDecision
from dependencies.models.needs import Dependency, Need
from dependencies.models.runs import ScenarioRun
from dependencies.vocabulary import DependencyKind, InterfaceState
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions
from prepare.queries.scopes import below, bound_by, containing, within
from prepare.texts import search_key
from prepare.vocabulary import Confidentiality, FunctionState
from risks.models.scenarios import Scenario

#: Other rows of the same tables; made once, since making one costs more than a query.
Consumer = aliased(Function, name="consumer")
ConsumerOwner = aliased(Organisation, name="consumer_owner")
Supplier = aliased(Function, name="supplier")
SupplierOwner = aliased(Organisation, name="supplier_owner")


def needs(scope: Scope) -> Select[Need]:
    """The needs in use of the functions in the scope, with consumers, alternatives and suppliers.

    A supplier may lie outside the scope: use `scope.names` before it is shown. To whom a function was only shared
    does not read what it needs.
    """
    supplier = selectinload(Need.alternatives).joinedload(Dependency.supplier, innerjoin=True)
    suppliers = supplier.joinedload(Function.organisation, innerjoin=True)
    return (
        select(Need)
        .join(Need.consumer)
        .join(Function.organisation)
        .options(contains_eager(Need.consumer).contains_eager(Function.organisation), suppliers)
        .where(within(scope, Function.confidentiality))
        .where(Need.retired.is_(False), Function.state != FunctionState.RETIRED)
        .order_by(Function.code, Need.id)
    )


def needs_of(scope: Scope, function: Function) -> Select[Need]:
    """What a function that has been opened needs."""
    return needs(scope).where(Need.consumer_id == function.id)


def told_needs(scope: Scope, ids: Collection[int]) -> Select[int, UUID, str, bool]:
    """The needs in use of the given functions: consumer, ref, name, and whether its tolerance rests on nothing (W7)."""
    told = exists().where(
        Dependency.need_id == Need.id, Dependency.retired.is_(False), func.length(Dependency.workaround) > 0
    )
    untold = and_(Need.tolerance_h > 0, func.coalesce(func.length(Need.workaround), 0) == 0, ~told)
    return (
        select(Need.consumer_id, Need.ref, Need.name, untold)
        .join(Need.consumer)
        .join(Function.organisation)
        .where(within(scope, Function.confidentiality))
        .where(Need.retired.is_(False), Need.consumer_id.in_(ids))
        .order_by(Need.consumer_id, Need.id)
    )


def dependants(scope: Scope) -> Select[Dependency]:
    """The dependencies in use on functions in the scope, with suppliers and consumers, by consumer.

    A consumer may lie outside the scope: use `scope.names` before it is shown. To whom a function was only shared
    does not read who else counts on it, nor how many.
    """
    loaded = contains_eager(Dependency.need).contains_eager(Need.consumer.of_type(Consumer))
    return (
        select(Dependency)
        .join(Dependency.need)
        .join(Need.consumer.of_type(Consumer))
        .join(Consumer.organisation.of_type(ConsumerOwner))
        .join(Dependency.supplier)
        .join(Function.organisation)
        .options(loaded.contains_eager(Consumer.organisation.of_type(ConsumerOwner)))
        .options(contains_eager(Dependency.supplier).contains_eager(Function.organisation))
        .where(within(scope, Function.confidentiality))
        .where(Dependency.retired.is_(False), Need.retired.is_(False))
        .where(Consumer.state != FunctionState.RETIRED, Function.state != FunctionState.RETIRED)
        .order_by(Consumer.code, Dependency.id)
    )


def dependants_of(scope: Scope, function: Function) -> Select[Dependency]:
    """Who depends on a function that has been opened."""
    return dependants(scope).where(Dependency.supplier_id == function.id)


def _below(paths: Collection[str]) -> ColumnElement[bool]:
    return or_(false(), *(below(path) for path in paths))


def known(paths: Collection[str], listed: Collection[str], commons: Collection[str] = ()) -> Select[int]:
    """Ids of the suppliers on which functions of the organisations at these paths depend.

    Whoever depends on a supplier knows its name, whatever its class; not the other way round. Suppliers that the
    directory names to them anyway are left out: what stands below the paths `listed`, and the `commons`.
    """
    rows = select(Dependency.supplier_id).join(Dependency.need).join(Need.consumer).join(Function.organisation)
    rows = rows.join(Supplier, Supplier.id == Dependency.supplier_id)
    rows = rows.join(SupplierOwner, SupplierOwner.id == Supplier.organisation_id)
    named = or_(false(), *(below(path, SupplierOwner) for path in listed), SupplierOwner.path.in_(commons))
    secret = Supplier.confidentiality == Confidentiality.CONFIDENTIAL
    rows = rows.where(Dependency.retired.is_(False), Need.retired.is_(False), _below(paths))
    return rows.where(or_(secret, ~named)).distinct()


def counted(rows: Select[Dependency]) -> Select[int]:
    """How many dependencies there are."""
    return rows.with_only_columns(func.count(Dependency.id), maintain_column_froms=True).order_by(None)


def suppliers(scope: Scope, q: str, *, consumer: str, limit: int) -> Select[Function]:
    """Functions that may be named as suppliers and hold every word of `q`, by name; not the consumer of this code.

    The best match first: code or name that begins with `q`, then the rest.
    """
    return functions.directory(scope, q=q, but=consumer).limit(limit)


def named(scope: Scope, codes: Collection[str]) -> Select[Function]:
    """Those of the functions with these codes that may be named as suppliers."""
    return functions.in_force(scope, codes)


def retired_named(scope: Scope, codes: Collection[str]) -> Select[Function]:
    """Those of the functions with these codes that might have been named, but are out of use."""
    return functions.nameable(scope).where(Function.state == FunctionState.RETIRED, Function.code.in_(codes))


def interfaces(scope: Scope, *, q: str = "", dissolved: bool | None = False) -> Select[Interface]:
    """The interfaces of the organisations in the scope that lead them or work across them, and those that are shared.

    Those in use, those that have been dissolved, or (None) both.
    """
    sides = or_(
        Interface.organisation.has(_within_class(scope)),
        Interface.sectors.any(_within_class(scope)),
        *([Interface.id.in_(scope.interfaces)] if scope.interfaces else []),
    )
    rows = select(Interface).options(joinedload(Interface.party, innerjoin=True), selectinload(Interface.sectors))
    rows = rows.where(sides)
    if dissolved is not None:
        rows = rows.where((Interface.state == InterfaceState.DISSOLVED) == dissolved)
    if folded := search_key(q):
        rows = rows.where(containing(Interface.search_text, folded))
    return rows.order_by(Interface.criticality, Interface.sort_name, Interface.code)


def interfaces_counted(rows: Select[Interface]) -> Select[int]:
    """How many interfaces there are."""
    return rows.with_only_columns(func.count(Interface.id), maintain_column_froms=True).order_by(None)


def _within_class(scope: Scope) -> ColumnElement[bool]:
    return within(scope, Interface.confidentiality)


def interface(scope: Scope, ref: UUID) -> Select[Interface]:
    """One interface of the scope, also when it has been dissolved."""
    return interfaces(scope, dissolved=None).where(Interface.ref == ref)


def carried_by(scope: Scope, interface: Interface) -> Select[Dependency]:
    """The dependencies of functions in the scope that run over an interface that has been opened."""
    rows = select(Dependency).join(Dependency.need).join(Need.consumer).join(Function.organisation)
    loaded = contains_eager(Dependency.need).contains_eager(Need.consumer).contains_eager(Function.organisation)
    supplier = joinedload(Dependency.supplier, innerjoin=True).joinedload(Function.organisation, innerjoin=True)
    return (
        rows.options(loaded, supplier)
        .where(within(scope, Function.confidentiality, shared=Function.id))
        .where(Dependency.interface_id == interface.id, Dependency.retired.is_(False), Need.retired.is_(False))
        .order_by(Function.code, Dependency.id)
    )


def functions_counted() -> Select[int]:
    """How many functions there are, whoever may read them: it decides only how a disruption is computed."""
    return select(func.count(Function.id))


def loss_decisions(scope: Scope) -> Select[LossDecision]:
    """What has been decided about the loss of the functions in the scope."""
    rows = select(LossDecision).join(LossDecision.function).join(Function.organisation)
    rows = rows.options(contains_eager(LossDecision.function).contains_eager(Function.organisation))
    return rows.where(within(scope, Function.confidentiality, shared=Function.id)).order_by(Function.code)


def loss_decision(scope: Scope, function: Function) -> Select[LossDecision]:
    """What has been decided about the loss of a function that has been opened, if anything has."""
    return loss_decisions(scope).where(LossDecision.function_id == function.id)


def needs_counted(scope: Scope) -> Select[int]:
    """How many needs the functions in the scope have."""
    rows = select(func.count(Need.id)).join(Need.consumer).join(Function.organisation)
    rows = rows.where(within(scope, Function.confidentiality, shared=Function.id))
    return rows.where(Need.retired.is_(False), Function.state != FunctionState.RETIRED)


def short_needs_counted(scope: Scope) -> Select[int]:
    """How many needs of functions in the scope have fewer suppliers in force than they require."""
    in_force = select(func.count(Dependency.id)).join(Supplier, Supplier.id == Dependency.supplier_id)
    in_force = in_force.where(Dependency.need_id == Need.id, Dependency.retired.is_(False))
    in_force = in_force.where(Supplier.state != FunctionState.RETIRED).correlate(Need)
    return needs_counted(scope).where(in_force.scalar_subquery() < Need.min_required)


def links_of_kind(kind: DependencyKind) -> Select[int, int]:
    """(need, supplier) of the dependencies in use of this kind, readable or not: to choose among those seen."""
    return select(Dependency.need_id, Dependency.supplier_id).where(
        Dependency.kind == kind, Dependency.retired.is_(False)
    )


def reached(scope: Scope, starts: Collection[int]) -> Select[int]:
    """Ids of the functions that lie on a way from these functions to one that the scope may read.

    A way goes from a supplier to its consumer, however long the consumer manages without it. Whether a function
    on the way may be read does not matter here: nothing but numbers is computed from it.
    """
    behind = readable(scope).cte("behind", recursive=True)
    needed = select(Dependency.supplier_id).select_from(behind).join(Need, Need.consumer_id == behind.c.id)
    behind = behind.union(needed.join(Dependency, _in_force()))
    ahead = select(Function.id.label("id")).where(Function.id.in_(starts)).cte("ahead", recursive=True)
    consumers = select(Need.consumer_id).select_from(ahead).join(Dependency, Dependency.supplier_id == ahead.c.id)
    consumers = consumers.join(Need, _in_force())
    if not reads_all(scope):
        consumers = consumers.where(Need.consumer_id.in_(select(behind.c.id)))
    return select(ahead.union(consumers).c.id)


def readable(scope: Scope) -> Select[int]:
    """Ids of the functions in force that the scope may read, whatever their class."""
    rows = select(Function.id.label("id")).join(Function.organisation)
    return rows.where(within(scope, shared=Function.id), Function.state != FunctionState.RETIRED)


def reads_all(scope: Scope) -> bool:
    """Whether the scope reads the functions of a whole country."""
    return any(root.path.count("/") < 3 for root in scope.roots)


def _in_force() -> ColumnElement[bool]:
    return and_(Dependency.need_id == Need.id, Dependency.retired.is_(False), Need.retired.is_(False))


def need_refs(scope: Scope, ids: Collection[int]) -> Select[int, UUID]:
    """The refs of those of these needs whose consumers are in the scope, by id."""
    rows = select(Need.id, Need.ref).join(Need.consumer).join(Function.organisation)
    return rows.where(within(scope, Function.confidentiality, shared=Function.id), Need.id.in_(ids))


def runs(scope: Scope) -> Select[ScenarioRun]:
    """The stored runs of the scenarios of the scope, the newest first."""
    rows = select(ScenarioRun).join(ScenarioRun.scenario).join(Scenario.organisation)
    loaded = contains_eager(ScenarioRun.scenario).contains_eager(Scenario.organisation)
    return rows.options(loaded).where(bound_by(scope, Scenario.confidentiality)).order_by(ScenarioRun.id.desc())


def runs_of(scope: Scope, scenario: Scenario) -> Select[ScenarioRun]:
    """The stored runs of a scenario, the newest first."""
    return runs(scope).where(ScenarioRun.scenario_id == scenario.id)


def runs_counted(rows: Select[ScenarioRun]) -> Select[int]:
    """How many stored runs there are."""
    return rows.with_only_columns(func.count(ScenarioRun.id), maintain_column_froms=True).order_by(None)


def run(scope: Scope, ref: UUID) -> Select[ScenarioRun]:
    """One stored run of the scope."""
    return runs(scope).where(ScenarioRun.ref == ref)
