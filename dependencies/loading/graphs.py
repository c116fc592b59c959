"""The records as the facts of which the graph is built, of all functions or of some."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from dependencies.graph import Alternative, FunctionFacts, NeedFacts
from dependencies.models.needs import Dependency, Need
from dependencies.outcome import in_minutes
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.vocabulary import FunctionState

Chosen: TypeAlias = Select[*tuple[Any, ...]]
MOST_NAMED = 20_000  #: ids that a statement takes; beyond that all rows are read and the others passed over


def read(only: Collection[int] | None = None) -> tuple[list[FunctionFacts], list[NeedFacts], Mapping[int, int]]:
    """Everything in force, or the functions `only` with the needs that they have and the suppliers of those.

    Gives the functions, the needs, and those that have fewer suppliers in force than they require: need → consumer.
    """
    wanted = None if only is None else set(only)
    links = list(_links(wanted))
    named = None if wanted is None else {*wanted, *(supplier for _need, supplier, *_more in links)}
    functions = {facts.id: facts for facts in _functions(named)}
    needs, short = [], {}
    for need, required in _needs(functions, links, wanted):
        if need.min_required < required or not need.alternatives:
            short[need.id] = need.consumer
        if need.alternatives:
            needs.append(need)
    return list(functions.values()), needs, short


def _functions(only: Collection[int] | None) -> Iterable[FunctionFacts]:
    rows: Chosen = (
        select(
            Function.id,
            Function.code,
            Function.organisation_id,
            Organisation.code,
            Function.criticality,
            Function.restart_h,
            Function.rto_h,
            Function.mtpd_h,
            func.coalesce(Function.recovery_capability_h, Function.committed_recovery_h),
        )
        .join(Organisation, Organisation.id == Function.organisation_id)
        .where(Function.state != FunctionState.RETIRED)
        .order_by(Function.id)
    )
    found = db.session.execute(_of(rows, Function.id, only))
    for id_, code, organisation_id, organisation, criticality, *durations in found:
        if only is None or id_ in only:
            yield FunctionFacts(id_, code, organisation_id, organisation, criticality, *map(in_minutes, durations))


def _of(rows: Chosen, column: InstrumentedAttribute[int], only: Collection[int] | None) -> Chosen:
    """The rows of these ids, or all rows where that is cheaper than to name them."""
    return rows if only is None or len(only) > MOST_NAMED else rows.where(column.in_(only))


def _links(only: Collection[int] | None) -> Iterable[list[Any]]:
    """(need, supplier, extra hours, standing) of every dependency in force of these functions."""
    columns = (Dependency.need_id, Dependency.supplier_id, Dependency.extra_tolerance_h, Dependency.standing)
    rows: Chosen = select(*columns, Need.consumer_id).join(Need, Need.id == Dependency.need_id)
    rows = rows.where(Dependency.retired.is_(False)).order_by(Dependency.id)
    for *link, consumer in db.session.execute(_of(rows, Need.consumer_id, only)):
        if (only is None or consumer in only) and link[1] != consumer:  # nobody is their own supplier
            yield link


def _needs(
    functions: dict[int, FunctionFacts], links: Iterable[Any], only: Collection[int] | None
) -> Iterable[tuple[NeedFacts, int]]:
    """The needs of these functions, and how many suppliers each asks for, be there as many or not."""
    suppliers: dict[int, list[Alternative]] = {}
    for need_id, supplier, extra_h, standing in links:
        if supplier in functions:
            suppliers.setdefault(need_id, []).append(Alternative(supplier, in_minutes(extra_h) or 0, standing))
    columns = (Need.id, Need.consumer_id, Need.name, Need.strength, Need.tolerance_h, Need.min_required, Need.wished)
    rows: Chosen = select(*columns).where(Need.retired.is_(False)).order_by(Need.id)
    for need in db.session.execute(_of(rows, Need.consumer_id, only)):
        if need.consumer_id in functions and (only is None or need.consumer_id in only):
            found = tuple(suppliers.get(need.id, ()))
            required = min(need.min_required, len(found))
            wished = None if need.wished is None else max(required, min(need.wished, len(found)))
            tolerance = in_minutes(need.tolerance_h) or 0
            yield (
                NeedFacts(need.id, need.consumer_id, need.name, need.strength, tolerance, found, required, wished),
                need.min_required,
            )
