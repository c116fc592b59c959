"""Bulk work compiled: what `plain` answers, some dozen times as fast on a large graph.

Runs work on desks and boards that are left clean and used again; each thread takes its own. Times and sources
that the arrays cannot hold are answered by the plain engine.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import cached_property
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from dependencies import permanent, timeline, waiting
from dependencies.bulk import NONE, Losses, Spells, Sweep, Wanted
from dependencies.cascade import Outage, repaired
from dependencies.compiling import fast
from dependencies.packed import Ints, Packed
from dependencies.plain import Plain

LONGEST = 1 << 23  #: minutes up to which a run over time has an array of minutes: sixteen years
LATEST = (1 << 31) - 1  #: the last minute that a whole number of 32 bits can tell
CHUNK = 64  #: neighbouring sources that a thread takes at a time: few, since those of hubs take long
KEPT = 4  #: desks or boards that wait for the next run
NO_ROWS = np.empty(0, np.int32)
T = TypeVar("T")


class _Shelf(Generic[T]):
    """What runs work on, kept from one run to the next; a thread takes one and puts it back."""

    def __init__(self, make: Callable[[int], T]) -> None:
        self._make, self._lock = make, Lock()
        self._free: list[tuple[int, T]] = []

    @contextmanager
    def taken(self, size: int) -> Iterator[T]:
        """One of this size; when the run fails it is thrown away."""
        with self._lock:
            fitting = next((number for number, (its, _) in enumerate(self._free) if its == size), None)
            one = None if fitting is None else self._free.pop(fitting)[1]
        one = self._make(size) if one is None else one
        yield one
        with self._lock:
            self._free = [(size, one), *self._free][:KEPT]


class Kernel:
    """The compiled engine on a packed graph; `threads` are those of a sweep, by default one per core."""

    name = "kernel-1"

    def __init__(
        self, packed: Packed, *, threads: int | None = None, made: Callable[[Any], Any] = fast, room: int | None = None
    ) -> None:
        self._packed, self._threads, self._made = packed, threads or os.cpu_count() or 1, made
        self._wires, self._ways = permanent.wires(packed), timeline.ways(packed)
        self._room = room or len(packed.restart) + len(packed.losses) + 64
        self._desks = _Shelf(lambda horizon: permanent.desk(self._wires, horizon))
        self._boards = _Shelf(lambda horizon: timeline.board(self._ways, horizon, self._room, self._room))

    @cached_property
    def _plain(self) -> Plain:
        return Plain(self._packed)

    def losses(self, sources: Sequence[int], starts: Sequence[int], horizon: int) -> Losses:
        """See `bulk.Engine`."""
        places, minutes = self._places(sources), np.asarray(starts, np.int64)
        early = min(0, int(minutes.min(initial=0)))
        if not -LATEST < horizon - early <= LATEST:
            return self._plain.losses(sources, starts, horizon)
        order = np.argsort(minutes, kind="stable")
        last = max(0, horizon - early)
        starting = np.minimum(minutes[order] - early, last).astype(np.int32)
        with self._desks.taken(last) as desk:
            settled, used, _unmet = self._made(permanent.settle)(self._wires, desk, places[order], starting, last)
            found = desk.settled[:settled].copy()
            when = -desk.minute[found] - 1 + early
            self._made(permanent.clear)(self._wires, desk, settled, used, last)
        found, when = found[(own := found < self._packed.functions)], when[own]
        order = np.argsort((when - early).astype(np.int64) << 32 | found)
        return Losses(found[order], when[order].astype(np.int32))

    def sweep(self, sources: Sequence[int], horizon: int, wanted: Wanted) -> Sweep:
        """See `bulk.Engine`; told of by `waiting.step`, chunk by chunk."""
        places, count = self._places(sources), len(sources)
        if not 0 < horizon <= LATEST:
            return self._plain.sweep(sources, horizon, wanted)
        marks = self._marks(wanted)
        figures = np.zeros(count, np.int32), np.full(count, NONE, np.int32), np.zeros(count, np.int64)
        begins = range(0, count, CHUNK)
        waiting.step(0, len(begins))
        with ThreadPoolExecutor(self._threads) as pool:
            jobs = [pool.submit(self._swept, marks, places[: at + CHUNK], at, horizon, figures) for at in begins]
            try:
                for done, job in enumerate(as_completed(jobs), start=1):
                    job.result()
                    waiting.step(done, len(begins))
            finally:
                pool.shutdown(cancel_futures=True)
        hits, groups = (_columns([job.result()[kind] for job in jobs]) for kind in (0, 1))
        return Sweep(*figures, hits, groups)

    def _swept(
        self, marks: NDArray[np.int32], places: Ints, begin: int, horizon: int, figures: Any
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The sources from number `begin` on: their figures are written, their hits and groups given in order.

        Neighbours reach much the same places, which are still at hand when the next one is lost.
        """
        rows: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
        many = 2 * len(self._packed.restart) + CHUNK, 2 * len(self._wires.losses) + CHUNK
        out = permanent.Tallied(*figures, *(np.empty((most, 3), np.int32) for most in many))
        with self._desks.taken(horizon) as desk:
            while begin < len(places):
                begin, hits, groups = self._made(permanent.sweep)(self._wires, desk, marks, places, begin, horizon, out)
                rows.append((out.hits[:hits].copy(), out.groups[:groups].copy()))
        hits, groups = zip(*rows, strict=True)
        return _in_order(hits), _in_order(groups)

    def outages(
        self,
        hits: Sequence[Outage],
        horizon: int,
        *,
        bridged: bool,
        tolerance: Ints | None = None,
        restart: Ints | None = None,
    ) -> Spells:
        """See `bulk.Engine`."""
        self._places([hit.place for hit in hits])
        latest = max((hit.end for hit in hits), default=0)
        if not 0 < horizon <= LONGEST or latest > LATEST or any(hit.start < 0 for hit in hits):
            return self._plain.outages(hits, horizon, bridged=bridged, tolerance=tolerance, restart=restart)
        ways = self._ways
        if tolerance is not None or restart is not None:
            ways = ways._replace(
                tolerance=ways.tolerance if tolerance is None else timeline.plain(tolerance),
                restart=ways.restart if restart is None else timeline.plain(restart),
            )
        rows = np.array(hits, np.int32).reshape(-1, 3)
        found = self._run(ways, rows, horizon, repaired(hits, horizon) if bridged else horizon)
        order = np.argsort(found[:, 0].astype(np.int64) << 32 | found[:, 1])
        return Spells(*(np.ascontiguousarray(found[order, column]) for column in range(3)))

    def _run(self, ways: timeline.Ways, hits: NDArray[np.int32], horizon: int, bridged_at: int) -> NDArray[np.int32]:
        """The outages in any order; a run that has no room is done again with twice as much."""
        while True:
            with self._boards.taken(horizon) as board:
                count = self._made(timeline.run)(ways, board, hits, horizon, bridged_at)
                if count != NONE:
                    return board.spells[:count].copy()
            self._room *= 2
            self._boards = _Shelf(lambda horizon: timeline.board(self._ways, horizon, self._room, self._room))

    def _places(self, places: Sequence[int]) -> Ints:
        """The places as an array. Raises IndexError for one that is not in the graph."""
        array = np.asarray(places, np.int64)
        if len(array) and not 0 <= int(array.min()) <= int(array.max()) < len(self._packed.restart):
            raise IndexError("A place lies outside the graph.")
        return array.astype(np.int32)

    def _marks(self, wanted: Wanted) -> NDArray[np.int32]:
        marks = np.zeros((len(self._packed.restart), 4), np.int32)
        marks[:, 2] = NONE
        marks[: self._packed.functions, :3] = np.column_stack(wanted)
        return marks


def _in_order(parts: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    """Rows (source, place or need, minute) by source, minute, place or need."""
    found = np.concatenate(parts)
    return found[np.lexsort((found[:, 1], found[:, 2], found[:, 0]))]


def _columns(parts: Sequence[NDArray[np.int32]]) -> tuple[Ints, Ints, Ints]:
    """Rows that are in order, part after part, as columns."""
    one, two, three = (np.concatenate([part[:, column] for part in parts] or [NO_ROWS]) for column in range(3))
    return one, two, three
