"""Readings of the function register."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import contains_eager, lazyload

from prepare.actor import Scope
from prepare.models.functions import BiaImpact, Function, FunctionRevision, Resource
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, containing, named_in, within
from prepare.texts import search_key
from prepare.vocabulary import OWN_KINDS, Criticality, FunctionState, ImpactCategory, RevisionState

#: Orders of the register: name of the order → columns.
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "criticality": (
        case({c.value: place for place, c in enumerate(Criticality)}, value=Function.criticality, else_=9),
        func.coalesce(Function.rto_h, 1e9),
    ),
    "name": (Function.sort_name,),
    "code": (Function.code,),
    "organisation": (Organisation.sort_name,),
    "rto_h": (func.coalesce(Function.rto_h, 1e9),),
    "mtpd_h": (func.coalesce(Function.mtpd_h, 1e9),),
    "state": (Function.state,),
}
OPEN_REVISIONS = (RevisionState.DRAFT, RevisionState.SUBMITTED, RevisionState.RETURNED)


def functions(
    scope: Scope,
    *,
    q: str = "",
    organisation: str = "",
    criticality: Criticality | None = None,
    state: FunctionState | None = None,
    outside: bool = False,
) -> Select[Function]:
    """Functions in the scope with their organisations, unordered.

    `q` finds words of code and names; `organisation` is a path; without `state` retired functions are
    left out; `outside` gives the services of partners instead of the city's own functions.
    """
    rows = (
        select(Function)
        .join(Function.organisation)
        .options(contains_eager(Function.organisation))
        .where(within(scope, Function.confidentiality, shared=Function.id))
        .where(Organisation.kind.not_in(OWN_KINDS) if outside else Organisation.kind.in_(OWN_KINDS))
    )
    if folded := search_key(q):
        rows = rows.where(containing(Function.search_text, folded))
    if organisation:
        rows = rows.where(below(organisation))
    if criticality:
        rows = rows.where(Function.criticality == criticality)
    return rows.where(Function.state == state if state else Function.state != FunctionState.RETIRED)


def kept_by(scope: Scope, organisations: Collection[int], further: Collection[int]) -> Select[Function]:
    """The city's own functions in the scope that these organisations keep, and the `further` ones among them."""
    return functions(scope).where(or_(Function.organisation_id.in_(organisations), Function.id.in_(further)))


def directory(scope: Scope, *, q: str = "", but: str = "") -> Select[Function]:
    """Functions in force whose names may be shown, with their organisations, to be chosen from.

    They hold every word of `q`; the function with the code `but` is left out. The best match comes first: code or name
    that begins with `q`, then the rest by name.
    """
    folded = search_key(q)
    rows = nameable(scope).where(Function.state != FunctionState.RETIRED, Function.code != but)
    if folded:
        rows = rows.where(containing(Function.search_text, folded))
    begins = Function.search_text.startswith(folded, autoescape=True)
    return rows.order_by(begins.desc(), Function.sort_name, Function.code)


def in_force(scope: Scope, codes: Collection[str]) -> Select[Function]:
    """Those of the functions with these codes that are in force and whose names may be shown."""
    rows = nameable(scope).where(Function.state != FunctionState.RETIRED, Function.code.in_(codes))
    return rows.order_by(Function.code)


def nameable(scope: Scope) -> Select[Function]:
    """Functions whose names may be shown, in force or not, with their organisations, unordered."""
    rows = select(Function).join(Function.organisation).options(contains_eager(Function.organisation))
    return rows.where(named_in(scope, Function.id, Function.confidentiality))


def ordered(rows: Select[Function], order: str, *, descending: bool = False) -> Select[Function]:
    """The same rows in one of `ORDERS`, ties by code."""
    columns = ORDERS.get(order, ORDERS["criticality"])
    return rows.order_by(*(column.desc() if descending else column for column in columns), Function.code)


def counted(rows: Select[Function]) -> Select[int]:
    """How many rows there are."""
    return rows.with_only_columns(func.count(Function.id), maintain_column_froms=True).order_by(None)


def per_class_and_state(scope: Scope) -> Select[Criticality | None, FunctionState, int]:
    """Number of the city's own functions in the scope by class and state."""
    columns = Function.criticality, Function.state, func.count(Function.id)
    rows = functions(scope).with_only_columns(*columns, maintain_column_froms=True)
    return rows.group_by(Function.criticality, Function.state)


def impacts(scope: Scope, function: Function) -> Select[BiaImpact]:
    """The impact rows of a function that has been opened."""
    return _of(scope, select(BiaImpact).where(BiaImpact.function_id == function.id), BiaImpact.function)


def impacts_of(scope: Scope, ids: Collection[int]) -> Select[BiaImpact]:
    """The impact rows of the given functions, in the order of the categories."""
    order = case({category: place for place, category in enumerate(ImpactCategory)}, value=BiaImpact.category)
    rows = select(BiaImpact).where(BiaImpact.function_id.in_(ids))
    return _of(scope, rows, BiaImpact.function).order_by(BiaImpact.function_id, order)


def assessed(scope: Scope, ids: Collection[int]) -> Select[int]:
    """Ids of those of the given functions whose impacts have been assessed."""
    rows = select(BiaImpact.function_id).where(BiaImpact.function_id.in_(ids)).distinct()
    return _of(scope, rows, BiaImpact.function)


def resources(scope: Scope, function: Function) -> Select[Resource]:
    """The resources of a function that has been opened."""
    rows = select(Resource).where(Resource.function_id == function.id, Resource.retired.is_(False))
    return _of(scope, rows, Resource.function).order_by(Resource.kind, Resource.name)


def resources_of(scope: Scope, ids: Collection[int]) -> Select[Resource]:
    """The resources of the given functions, each with its function."""
    rows = select(Resource).where(Resource.function_id.in_(ids), Resource.retired.is_(False))
    loaded = contains_eager(Resource.function).contains_eager(Function.organisation)
    return _of(scope, rows, Resource.function).options(loaded).order_by(Resource.kind, Resource.name)


def _of(scope: Scope, rows: Select[Any], function: Any) -> Select[Any]:
    """What belongs to a function is not shown along with it: to whom it was shared reads the function alone."""
    own = within(scope, Function.confidentiality)
    return rows.join(function).join(Function.organisation).where(own)


def pending(scope: Scope, function: Function) -> Select[FunctionRevision]:
    """The open revision of a function, if there is one."""
    rows = select(FunctionRevision).where(
        FunctionRevision.function_id == function.id, FunctionRevision.state.in_(OPEN_REVISIONS)
    )
    return _of(scope, rows, FunctionRevision.function).order_by(FunctionRevision.id.desc()).limit(1)


def pending_of(scope: Scope, ids: Collection[int]) -> Select[FunctionRevision]:
    """The open revisions of the given functions."""
    rows = select(FunctionRevision).where(
        FunctionRevision.function_id.in_(ids), FunctionRevision.state.in_(OPEN_REVISIONS)
    )
    return _of(scope, rows, FunctionRevision.function).options(lazyload(FunctionRevision.function))


def revised(scope: Scope, ids: Collection[int]) -> Select[int]:
    """Ids of those of the given functions to which a change waits."""
    rows = select(FunctionRevision.function_id).join(FunctionRevision.function).join(Function.organisation)
    rows = rows.where(within(scope, Function.confidentiality), FunctionRevision.state.in_(OPEN_REVISIONS))
    return rows.where(FunctionRevision.function_id.in_(ids))


def waiting(scope: Scope) -> Select[Function, FunctionRevision | None]:
    """Functions that wait for confirmation: submitted ones and those with a submitted revision, the oldest first."""
    revised = (FunctionRevision.function_id == Function.id) & (FunctionRevision.state == RevisionState.SUBMITTED)
    rows = _with_revision(scope, revised)
    found = (Function.state == FunctionState.SUBMITTED) | FunctionRevision.id.is_not(None)
    since = func.coalesce(FunctionRevision.submitted_at, Function.submitted_at)
    return rows.where(found).order_by(since.is_(None), since, Function.code)


def unfinished(scope: Scope) -> Select[Function, FunctionRevision | None]:
    """Functions whose sector has work to do: drafts, and revisions that are drafts or were returned."""
    states = (RevisionState.DRAFT, RevisionState.RETURNED)
    revised = (FunctionRevision.function_id == Function.id) & FunctionRevision.state.in_(states)
    rows = _with_revision(scope, revised)
    found = (Function.state == FunctionState.DRAFT) | FunctionRevision.id.is_not(None)
    return rows.where(found).order_by(Function.code)


def _with_revision(scope: Scope, revised: ColumnElement[bool]) -> Select[Function, FunctionRevision | None]:
    # The revision's own function is the one beside it; joined to it again, functions without a revision would be lost.
    apart = lazyload(FunctionRevision.function)
    return functions(scope).outerjoin(FunctionRevision, revised).add_columns(FunctionRevision).options(apart)
