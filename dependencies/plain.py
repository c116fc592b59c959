"""Bulk work in plain Python: slower than the compiled engine, and to be had everywhere."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np

from dependencies import waiting
from dependencies.bulk import NONE, Losses, Spells, Sweep, Wanted
from dependencies.cascade import Outage, spread
from dependencies.packed import Ints, Packed


@dataclass(frozen=True)
class _Lists:
    """A packed graph as lists, on which the exact engine runs (`cascade.Lists`)."""

    supplies: list[list[tuple[int, bool]]]
    restart: list[int]
    consumer: list[int]
    tolerance: list[int]
    losses: list[int]
    has_loops: bool

    def tried(self, tolerance: Ints | None, restart: Ints | None) -> "_Lists":
        """The same graph with other tolerances or restarts."""
        return replace(
            self,
            tolerance=self.tolerance if tolerance is None else tolerance.tolist(),
            restart=self.restart if restart is None else restart.tolist(),
        )


def _unpacked(packed: Packed) -> _Lists:
    need, loop, first = packed.need.tolist(), packed.loop.tolist(), packed.first.tolist()
    return _Lists(
        [list(zip(need[a:b], loop[a:b], strict=True)) for a, b in pairwise(first)],
        packed.restart.tolist(),
        packed.consumer.tolist(),
        packed.tolerance.tolist(),
        packed.losses.tolist(),
        bool(packed.loop.any()),
    )


class Plain:
    """The exact engine, and a label-setting search for permanent losses, on a packed graph."""

    name = "plain-1"

    def __init__(self, packed: Packed) -> None:
        self._functions, self._lists = packed.functions, _unpacked(packed)
        lists = self._lists
        #: Per place: the consumers that endure no loss of it, and for how long; the groups that count theirs.
        self._singles = [
            [(lists.consumer[need], lists.tolerance[need]) for need, _ in supplied if lists.losses[need] == 1]
            for supplied in lists.supplies
        ]
        self._groups = [[need for need, _ in supplied if lists.losses[need] > 1] for supplied in lists.supplies]

    def losses(self, sources: Sequence[int], starts: Sequence[int], horizon: int) -> Losses:
        """See `bulk.Engine`."""
        lost, _unmet = self._settle(zip(starts, sources, strict=True), horizon)
        rows = sorted((minute, place) for place, minute in lost.items() if place < self._functions)
        return Losses(_ints([place for _, place in rows]), _ints([minute for minute, _ in rows]))

    def sweep(self, sources: Sequence[int], horizon: int, wanted: Wanted) -> Sweep:
        """See `bulk.Engine`."""
        counted, weight, deadline = (column.tolist() for column in wanted)
        lost, first, weighted = [], [], []
        hits: list[tuple[int, int, int]] = []
        groups: list[tuple[int, int, int]] = []
        for number, source in enumerate(sources):
            waiting.step(number, len(sources))
            minutes, unmet = self._settle([(0, source)], horizon)
            found = sorted((at, place) for place, at in minutes.items() if place < self._functions and place != source)
            counts = [(at, place) for at, place in found if counted[place]]
            lost.append(len(counts))
            first.append(counts[0][0] if counts else NONE)
            weighted.append(sum(weight[place] * (horizon - at) for at, place in counts))
            hits += [(number, place, at) for at, place in found if at <= deadline[place]]
            groups += [(number, need, at) for at, need in sorted(unmet)]
        return Sweep(_ints(lost), _ints(first), np.array(weighted, np.int64), _columns(hits), _columns(groups))

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
        lists = self._lists if tolerance is None and restart is None else self._lists.tried(tolerance, restart)
        found = spread(lists, hits, horizon, bridged=bridged)
        rows = sorted(
            (place, start, end) for place, spells in found.items() if place < self._functions for start, end in spells
        )
        return Spells(*_columns(rows))

    def _settle(self, seeds: Iterable[tuple[int, int]], horizon: int) -> tuple[dict[int, int], list[tuple[int, int]]]:
        """The minute at which each place is lost, and the (minute, need) of every group that is then unmet."""
        singles, groups, consumer = self._singles, self._groups, self._lists.consumer
        tolerance, losses = self._lists.tolerance, self._lists.losses
        queue = [(start, source) for start, source in seeds if start < horizon]
        heapify(queue)
        lost: dict[int, int] = {}
        soonest: dict[int, int] = {}  #: the earliest minute that stands in the queue
        gone: dict[int, int] = defaultdict(int)
        unmet = []
        while queue:
            minute, place = heappop(queue)
            if place in lost:
                continue
            lost[place] = minute
            for other, endures in singles[place]:
                ends = minute + endures
                if ends < soonest.get(other, horizon):
                    soonest[other] = ends
                    heappush(queue, (ends, other))
            for need in groups[place]:
                gone[need] = count = gone[need] + 1
                if count == losses[need]:
                    unmet.append((minute, need))
                    ends, other = minute + tolerance[need], consumer[need]
                    if ends < soonest.get(other, horizon):
                        soonest[other] = ends
                        heappush(queue, (ends, other))
        return lost, unmet


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, np.int32)


def _columns(rows: Sequence[tuple[int, int, int]]) -> tuple[Ints, Ints, Ints]:
    one, two, three = np.array(rows, np.int32).reshape(-1, 3).T
    return np.ascontiguousarray(one), np.ascontiguousarray(two), np.ascontiguousarray(three)
