"""How soon each function can be back at best, through everything that it needs (cascade.md 2.4).

A function is back when it can recover by itself and when each of its needs is met again, or can wait that long:

    back(v) = the latest of v's own recovery and, for each need of v, of the k-th smallest of
              back(supplier) - tolerance, over the need's alternatives

The least solution is meant. A recovery time that nobody has said never ends. Restart times are left out: they come
on top.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dependencies.bulk import Engine
from dependencies.graph import Alternative, NeedFacts
from dependencies.network import Network, Place
from dependencies.packed import UNKNOWN, Flags, Ints, Packed
from dependencies.vocabulary import RtoStatus


@dataclass(frozen=True)
class Step:
    """One step of a chain: the function is back at this minute at best, since it waits for the step before.

    `need` is what it waits for, beyond the `tolerance` in minutes; None at the first step, which recovers by itself.
    """

    place: Place
    minute: int
    need: NeedFacts | None = None
    tolerance: int = 0


class Recovery:
    """When each function of a network is back at best."""

    def __init__(self, network: Network, packed: Packed, engine: Engine) -> None:
        self._network, self._own = network, packed.recovery.tolist()
        self._needs: dict[Place, list[NeedFacts]] = defaultdict(list)
        for need in network.need.values():
            self._needs[network.place[need.consumer]].append(need)
        self._unknown = _unknown(network, packed)
        is_unknown = self._unknown[: packed.functions]
        ceiling = int(packed.recovery.max(initial=0))
        own = np.where(is_unknown, ceiling, packed.recovery).astype(np.int32)
        reserves = (np.flatnonzero(self._unknown[packed.functions :]) + packed.functions).tolist()
        self._minutes: list[int] = _mirrored(engine, own, reserves).tolist()
        #: Per function: the minute at which it is back at best; None when a recovery time that it waits for is unknown.
        self.minutes: list[int | None] = [
            None if unknown else minute for unknown, minute in zip(is_unknown.tolist(), self._minutes, strict=True)
        ]
        known = np.where(packed.recovery == UNKNOWN, 0, packed.recovery).astype(np.int32)
        #: Per function: the minute before which it is not back, whatever the unknown times are.
        self.at_least: list[int] = _mirrored(engine, known, ()).tolist()

    def status(self, place: Place) -> RtoStatus:
        """Whether the function can keep its recovery time objective (RTO)."""
        minute, objective = self.minutes[place], self._network.functions[place].rto_min
        if minute is None or objective is None:
            return RtoStatus.UNKNOWN
        return RtoStatus.GAP if minute > objective else RtoStatus.OK

    def own(self, place: Place) -> int | None:
        """How soon the function recovers by itself."""
        return None if self._own[place] == UNKNOWN else int(self._own[place])

    def chain(self, place: Place) -> tuple[Step, ...]:
        """Why the function is not back sooner: the steps from one that recovers by itself to it.

        Of several reasons the one with the fewest steps is told. Empty when it is unknown when the function is back.
        """
        if self.minutes[place] is None:
            return ()
        steps = []
        cause = self._causes[place]
        while cause:
            supplier, need = cause
            tolerance = self._minutes[supplier] - self._minutes[place]
            steps.append(Step(place, self._minutes[place], need, tolerance))
            place, cause = supplier, self._causes[supplier]
        steps.append(Step(place, self._minutes[place]))
        return tuple(reversed(steps))

    @cached_property
    def _causes(self) -> Mapping[Place, tuple[Place, NeedFacts] | None]:
        """For every function of which it is known: the supplier it waits for; None when it recovers by itself."""
        waits: dict[Place, list[tuple[Place, NeedFacts]]] = defaultdict(list)
        for place, minute in enumerate(self.minutes):
            if minute is not None and minute > self._own[place]:
                for supplier, need in self._decisive(place, minute):
                    waits[supplier].append((place, need))
        causes: dict[Place, tuple[Place, NeedFacts] | None] = {
            place: None for place, minute in enumerate(self.minutes) if minute == self._own[place]
        }
        reached = deque(sorted(causes, key=self._code))
        while reached:
            supplier = reached.popleft()
            for place, need in waits[supplier]:
                if place not in causes:
                    causes[place] = (supplier, need)
                    reached.append(place)
        return causes

    def _decisive(self, place: Place, minute: int) -> list[tuple[Place, NeedFacts]]:
        """The suppliers that hold the function down until that minute."""
        found = []
        for need in self._needs[place]:
            backs = [(self.minutes[self._network.place[a.supplier]], a) for a in need.alternatives]
            known = sorted(back - need.tolerance_of(a) for back, a in backs if back is not None)
            if known[need.min_required - 1] == minute:
                found += [
                    (self._network.place[a.supplier], need)
                    for back, a in backs
                    if back is not None and back - need.tolerance_of(a) == minute
                ]
        return found

    def blockers(self, place: Place) -> tuple[Place, ...]:
        """The functions whose own recovery time must be known before that of this one is, the nearest first."""
        found, seen, reached = [], {place}, deque([place] if self._unknown[place] else [])
        while reached:
            place = reached.popleft()
            if self._own[place] == UNKNOWN:
                found.append(place)
            behind = {self._network.place[a.supplier] for need in self._needs[place] for a in self._blocking(need)}
            reached.extend(sorted(behind - seen, key=self._code))
            seen |= behind
        return tuple(found)

    def _blocking(self, need: NeedFacts) -> Sequence[Alternative]:
        unknown = [a for a in need.alternatives if self._unknown[self._network.place[a.supplier]]]
        return unknown if len(unknown) >= need.losses else ()

    def _code(self, place: Place) -> str:
        return self._network.functions[place].code


def _unknown(network: Network, packed: Packed) -> Flags:
    """Per place, reserves included: whether it waits for a recovery time that nobody has said."""
    unknown = np.zeros(len(network.restart), np.bool_)
    reached = deque(np.flatnonzero(packed.recovery == UNKNOWN).tolist())
    unknown[list(reached)] = True
    gone: dict[int, int] = defaultdict(int)
    while reached:
        for need, _ in network.supplies[reached.popleft()]:
            gone[need] += 1
            consumer = network.consumer[need]
            if gone[need] == network.losses[need] and not unknown[consumer]:
                unknown[consumer] = True
                reached.append(consumer)
    return unknown


def _mirrored(engine: Engine, own: Ints, unknown_reserves: Sequence[int]) -> Ints:
    """When each function is back at best, of its own times, by asking when each is lost on the mirrored clock.

    What comes back last is lost first: with C the longest time, minute m on the clock is C - m, a tolerance lets
    the loss come later there as it lets the return come sooner here, and the k-th smallest return of n is the
    (n - k + 1)-th loss. A reserve whose supplier is unknown never serves.
    """
    longest = int(own.max(initial=0))
    sources = [*range(len(own)), *unknown_reserves]
    starts = [*(longest - own).tolist(), *(0 for _ in unknown_reserves)]
    lost = engine.losses(sources, starts, longest + 1)
    minutes = np.empty_like(own)
    minutes[lost.places] = longest - lost.minutes
    return minutes
