"""What has to be known to tell one disruption in a country: those whom it takes down, and nobody else."""

from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dependencies.cascade import Outage
from dependencies.graph import Link
from dependencies.loading.kept import Bulk
from dependencies.packed import Ints

Places = NDArray[np.bool_]


class Near(NamedTuple):
    """The functions whose needs have to be known, by id, and which of their links are loops."""

    functions: set[int]
    loops: set[Link]


def near(bulk: Bulk, hits: Collection[tuple[int, int, int]], horizon: int, told: Collection[int] | None) -> Near:
    """The functions that the hits take down or may degrade, and that matter to those `told` (ids; None: all).

    Hits are (id of a function, start, end); one that is not in force is passed over. Who is up all the time changes
    nothing, so what is told of the others is the same as from the whole graph.
    """
    packed = bulk.packed
    places = {id_: int(np.searchsorted(packed.ids, id_)) for id_, _, _ in hits}
    known = {id_: place for id_, place in places.items() if id_ in packed.ids[place : place + 1]}
    outages = [Outage(known[id_], start, end) for id_, start, end in hits if id_ in known and 0 <= start < end]
    down = np.zeros(len(packed.restart), np.bool_)
    down[bulk.engine.outages(outages, horizon, bridged=False).places] = True
    met = down[: packed.functions].copy()
    met[bulk.arrays.degraded[down[bulk.arrays.degrading]]] = True
    if told is not None:
        wanted = met & np.isin(packed.ids, np.fromiter(told, np.int64))
        met &= _behind(bulk, wanted)
    return Near(set(packed.ids[met].tolist()), _loops(bulk, met))


def _behind(bulk: Bulk, wanted: Places) -> Places:
    """The wanted functions and everyone on whom they lean, however far behind."""
    packed = bulk.packed
    supplier = np.repeat(np.arange(len(packed.restart), dtype=np.int32), np.diff(packed.first))
    consumer = packed.consumer[packed.need]
    leans = _sorted(np.append(consumer, bulk.arrays.degraded), np.append(supplier, bulk.arrays.degrading))
    found = np.zeros(len(packed.restart), np.bool_)
    found[: packed.functions] = wanted
    edge: NDArray[Any] = np.flatnonzero(found)
    while len(edge):
        ahead = np.unique(_of(leans, edge))
        edge = ahead[~found[ahead]]
        found[edge] = True
    return found[: packed.functions]


def _sorted(by: Ints, values: Ints) -> tuple[Ints, Ints]:
    order = np.argsort(by, kind="stable")
    return by[order], values[order]


def _of(lists: tuple[Ints, Ints], places: NDArray[Any]) -> Ints:
    """The values that stand at any of these places."""
    begin, end = np.searchsorted(lists[0], places), np.searchsorted(lists[0], places, side="right")
    count = end - begin
    at = np.arange(count.sum()) + np.repeat(begin - np.concatenate([[0], np.cumsum(count)[:-1]]), count)
    values: Ints = lists[1][at]
    return values


def _loops(bulk: Bulk, met: Places) -> set[Link]:
    """The loop links of the needs of these functions; over a reserve, they are those of the need that it serves."""
    packed = bulk.packed
    at = np.flatnonzero(packed.loop)
    supplier = np.searchsorted(packed.first, at, side="right") - 1
    need = packed.need[at]
    reserve = packed.consumer[need] >= packed.functions
    if reserve.any():
        # A reserve supplies one need only: the one that it belongs to.
        need = np.where(reserve, packed.need[packed.first[np.where(reserve, packed.consumer[need], 0)]], need)
    of_met = met[packed.consumer[need]]
    ids, suppliers = packed.need_ids[need[of_met]], packed.ids[supplier[of_met]]
    return {Link(need_id, supplier_id) for need_id, supplier_id in zip(ids.tolist(), suppliers.tolist(), strict=True)}
