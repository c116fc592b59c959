"""The records straight as arrays: no object is made per function, so a country takes seconds.

The arrays are those of `packed.pack`, number for number.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, case, func, select

from dependencies.circles import loops
from dependencies.models.needs import Dependency, Need
from dependencies.packed import UNKNOWN, WEIGHTS, Ints, Packed
from dependencies.vocabulary import Strength
from prepare.db import db
from prepare.models.functions import Function
from prepare.vocabulary import FunctionState

Rows: TypeAlias = NDArray[np.void]
Chosen: TypeAlias = Select[*tuple[Any, ...]]
FUNCTION = np.dtype([("id", "i8"), ("weight", "i4"), *((name, "f8") for name in ("restart", "rto", "mtpd", "own"))])
NEED = np.dtype([("id", "i8"), ("consumer", "i8"), ("tolerance", "f8"), ("required", "i4"), ("wished", "i4")])
LINK = np.dtype([("need", "i8"), ("supplier", "i8"), ("extra", "f8")])


class Arrays(NamedTuple):
    """The graph as arrays, and what it leaves out: who is degraded when whom is lost."""

    packed: Packed
    degrading: Ints  #: place of a function ...
    degraded: Ints  #: ... and of one that its loss may degrade


class _Ways(NamedTuple):
    """Alternatives of needs, in the order of the needs, then of the records."""

    need: NDArray[np.int64]  #: position of the need
    supplier: NDArray[np.int64]  #: place
    extra: NDArray[np.int64]  #: minutes


def arrays(revision: int) -> Arrays:
    """The records as they are now, stamped with this revision."""
    functions = _read(_functions(), FUNCTION)
    essential, important = _read(_needs(Strength.ESSENTIAL), NEED), _read(_needs(Strength.IMPORTANT), NEED)
    links = _read(_links(), LINK)
    essential, important = (rows[_known(rows["consumer"], functions["id"])] for rows in (essential, important))
    ways = _ways(functions["id"], essential, links)
    soft = [_ways(functions["id"], important, links), _Ways(*(c[essential["wished"][ways.need] > 0] for c in ways))]
    consumers = [np.searchsorted(functions["id"], rows["consumer"]) for rows in (important, essential)]
    return Arrays(
        _packed(revision, functions, essential, ways),
        np.concatenate([one.supplier for one in soft]).astype(np.int32),
        np.concatenate([who[one.need] for who, one in zip(consumers, soft, strict=True)]).astype(np.int32),
    )


def _read(rows: Chosen, kind: np.dtype[np.void]) -> Rows:
    """The rows of a statement, straight from the database's own cursor."""
    connection = db.session.connection()
    text = str(rows.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    cursor = connection.connection.cursor()
    try:
        cursor.execute(text)
        found: Rows = np.fromiter(cast(Iterable[Any], cursor), dtype=kind)
        return found
    finally:
        cursor.close()


def _functions() -> Chosen:
    weight = case({word.value: weight for word, weight in WEIGHTS.items()}, value=Function.criticality, else_=0)
    recovery = func.coalesce(Function.recovery_capability_h, Function.committed_recovery_h)
    hours = (Function.restart_h, Function.rto_h, Function.mtpd_h, recovery)
    columns = [func.coalesce(column, UNKNOWN) for column in hours]
    return select(Function.id, weight, *columns).where(Function.state != FunctionState.RETIRED).order_by(Function.id)


def _needs(strength: Strength) -> Chosen:
    columns = Need.id, Need.consumer_id, Need.tolerance_h, Need.min_required, func.coalesce(Need.wished, 0)
    rows = select(*columns).where(Need.retired.is_(False), Need.strength == strength)
    return rows.order_by(Need.id)


def _links() -> Chosen:
    columns = Dependency.need_id, Dependency.supplier_id, Dependency.extra_tolerance_h
    return select(*columns).where(Dependency.retired.is_(False)).order_by(Dependency.id)


def _known(ids: NDArray[np.int64], among: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the ids are among these, which ascend."""
    at = np.minimum(np.searchsorted(among, ids), max(0, len(among) - 1))
    return among[at] == ids if len(among) else np.zeros(len(ids), np.bool_)


def _ways(functions: NDArray[np.int64], needs: Rows, links: Rows) -> _Ways:
    kept = links[_known(links["need"], needs["id"]) & _known(links["supplier"], functions)]
    need = np.searchsorted(needs["id"], kept["need"])
    others = needs["consumer"][need] != kept["supplier"]  # nobody is their own supplier
    kept, need = kept[others], need[others]
    order = np.argsort(need, kind="stable")
    kept = kept[order]
    return _Ways(need[order], np.searchsorted(functions, kept["supplier"]), _minutes(kept["extra"]).astype(np.int64))


def _minutes(hours: NDArray[np.float64]) -> Ints:
    """Hours as whole minutes; what is unknown stays so."""
    return np.where(hours < 0, UNKNOWN, np.rint(hours * 60)).astype(np.int32)


def _packed(revision: int, functions: Rows, needs: Rows, ways: _Ways) -> Packed:
    """The arrays of the graph; needs without any supplier in force are left out."""
    count = np.bincount(ways.need, minlength=len(needs))
    needs, position, count = needs[count > 0], (np.cumsum(count > 0) - 1), count[count > 0]
    ways = ways._replace(need=position[ways.need])
    consumer, tolerance = np.searchsorted(functions["id"], needs["consumer"]), _minutes(needs["tolerance"])
    is_loop = loops(
        len(functions),
        ways.supplier.astype(np.int32),
        consumer[ways.need].astype(np.int32),
        (tolerance[ways.need] + ways.extra).astype(np.int32),
    )
    alone = count[ways.need] == 1
    np.add.at(tolerance, ways.need[alone], ways.extra[alone].astype(np.int32))
    reserve = ~alone & (ways.extra > 0)
    first, supplied, loop = _supplied(len(functions), ways.supplier, ways.need, is_loop)
    plain = Packed(
        revision,
        functions["id"].copy(),
        _minutes(functions["rto"]),
        _minutes(functions["mtpd"]),
        _minutes(functions["own"]),
        functions["weight"].copy(),
        np.maximum(1, _minutes(functions["restart"])),
        needs["id"].copy(),
        consumer.astype(np.int32),
        tolerance,
        (count - np.minimum(needs["required"], count) + 1).astype(np.int32),
        count.astype(np.int32),
        first,
        supplied,
        loop,
    )
    return _with_reserves(plain, ways, reserve, is_loop) if reserve.any() else plain


def _supplied(
    places: int, supplier: NDArray[np.int64], need: NDArray[np.int64], is_loop: NDArray[np.bool_]
) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """What each place supplies, in the order of the needs."""
    order = np.lexsort((need, supplier))
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(supplier, minlength=places))])
    return first.astype(np.int32), need[order].astype(np.int32), is_loop[order]


def _with_reserves(plain: Packed, ways: _Ways, reserve: NDArray[np.bool_], is_loop: NDArray[np.bool_]) -> Packed:
    """The same with a place and a need of its own, before the need that it serves, for each reserve."""
    count = int(reserve.sum())
    own = plain.functions + np.arange(count)
    before = np.cumsum(np.bincount(ways.need[reserve], minlength=len(plain.need_ids)))
    number = np.arange(len(plain.need_ids)) + before
    its_number = ways.need[reserve] + np.arange(count)
    sizes = len(number) + count

    def merged(of_needs: NDArray[Any], of_reserves: Any) -> Any:
        column = np.empty(sizes, of_needs.dtype)
        column[number], column[its_number] = of_needs, of_reserves
        return column

    need = number[ways.need]
    need[reserve] = its_number
    suppliers = np.concatenate([ways.supplier, own])
    needs = np.concatenate([need, number[ways.need[reserve]]])
    first, supplied, loop = _supplied(plain.functions + count, suppliers, needs, np.append(is_loop, [False] * count))
    return replace(
        plain,
        restart=np.concatenate([plain.restart, np.zeros(count, np.int32)]),
        need_ids=merged(plain.need_ids, UNKNOWN),
        consumer=merged(plain.consumer, own),
        tolerance=merged(plain.tolerance, ways.extra[reserve]),
        losses=merged(plain.losses, 1),
        members=merged(plain.members, 1),
        first=first,
        need=supplied,
        loop=loop,
    )
