"""Redundancy that is not: needs with several ways that one loss upstream leaves unmet (domain.md 2.6 c).

A need with several ways is defeated when one loss alone takes so many of them that it is unmet within a day, or
within the time for which the lack of its consumer is tolerable (MTPD), whichever is longer.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dependencies.bulk import NONE, Engine, Wanted
from dependencies.cascade import Outage, Outages, spread
from dependencies.chains import Explanation, Step
from dependencies.graph import NeedFacts
from dependencies.keystones import EARLY_MIN
from dependencies.network import Network, Place
from dependencies.packed import Packed


@dataclass(frozen=True)
class Cause:
    """A loss that leaves the need unmet by itself, and the minute after it from which it does."""

    place: Place
    minute: int


@dataclass(frozen=True)
class Defeated:
    """A need with several ways that one loss leaves unmet.

    `cause` is the common cause: of all that do it the one nearest to the ways, which takes none of the others with
    it. `others` lie further upstream, or beside it; the fastest comes first.
    """

    need: int
    facts: NeedFacts
    cause: Cause
    others: tuple[Cause, ...]


def several_ways(network: Network) -> dict[int, NeedFacts]:
    """The needs that survive the loss of one way, by their numbers."""
    return {need: facts for need, facts in enumerate(network.facts) if facts and network.losses[need] > 1}


def defeated(network: Network, packed: Packed, engine: Engine, *, horizon: int) -> list[Defeated]:
    """Every need with several ways that one loss alone defeats, by its number; times in minutes."""
    count = packed.functions
    nothing = Wanted(np.zeros(count, np.bool_), packed.weight, np.full(count, NONE, np.int32))
    groups = engine.sweep(range(count), horizon, nothing).groups
    facts, found = several_ways(network), defaultdict[int, list[Cause]](list)
    for source, need, minute in zip(*(column.tolist() for column in groups), strict=True):
        if source != network.consumer[need] and minute <= _limit(network, need):
            found[need].append(Cause(source, minute))
    sources = {cause.place for causes in found.values() for cause in causes}
    fells = {source: set(engine.losses([source], [0], horizon).places.tolist()) for source in sources}
    return [Defeated(need, facts[need], *_ordered(network, causes, fells)) for need, causes in sorted(found.items())]


def _limit(network: Network, need: int) -> int:
    return max(EARLY_MIN, network.functions[network.consumer[need]].mtpd_min or 0)


def _ordered(
    network: Network, causes: Sequence[Cause], fells: dict[Place, set[Place]]
) -> tuple[Cause, tuple[Cause, ...]]:
    """The cause that takes the fewest of the others with it, and those others, the fastest first."""
    places = {cause.place for cause in causes}

    def order(cause: Cause) -> tuple[int, int, str]:
        taken = fells[cause.place] & places - {cause.place}
        return (len(taken), cause.minute, network.functions[cause.place].code)

    nearest = min(causes, key=order)
    others = (one for one in causes if one is not nearest)
    return nearest, tuple(sorted(others, key=lambda one: (one.minute, network.functions[one.place].code)))


@dataclass(frozen=True)
class Way:
    """One way to meet a defeated need: its supplier, from which minute it no longer serves, and why."""

    place: Place
    minute: int
    chain: tuple[Step, ...]


class Loss:
    """The permanent loss of one function, with the reasons for everything that it takes down."""

    def __init__(self, network: Network, place: Place, *, horizon: int) -> None:
        hits = [Outage(place, 0, horizon)]
        self._network = network
        self._outages: Outages = spread(network, hits, horizon, bridged=False)
        self._why = Explanation(network, self._outages, hits, horizon)

    def ways(self, need: int) -> list[Way]:
        """The ways to meet the need that the loss takes, the first that is lost first."""
        found = []
        for member in self._network.members[need]:
            supplier = self._network.supplier(member)
            if member.place in self._outages:
                minute = self._outages[member.place][0][0]
                found.append(Way(supplier, minute, self._why.chain(supplier, self._outages[supplier][0][0])))
        return sorted(found, key=lambda way: (way.minute, self._network.functions[way.place].code))
