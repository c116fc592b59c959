"""Mutual dependencies: functions that need each other, and what must be started by hand (cascade.md 2.3, W21).

Once everything in a circle is down, each waits for another. In every circle the most tolerant link is taken to be
bridged by hand: its consumer is started without that supplier. A circle in which every need has enough suppliers
outside it, or that have started already, needs no hand.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import networkx as nx

from dependencies.graph import Link, NeedFacts
from dependencies.network import Network, Place


@dataclass(frozen=True)
class Start:
    """A function that is started in its turn; `without` are the needs that are bridged by hand for it meanwhile."""

    place: Place
    without: tuple[NeedFacts, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Whether it is started although something that it needs is still down."""
        return bool(self.without)


@dataclass(frozen=True)
class Circle:
    """Functions that all need each other, directly or by way of others."""

    places: tuple[Place, ...]  #: by code
    needs: tuple[NeedFacts, ...]  #: those that tie them together
    bridged: tuple[Link, ...]  #: the links that are taken to be bridged by hand
    starts: tuple[Start, ...]  #: in which order they start when all of them are down, and nothing else is

    @property
    def is_locked(self) -> bool:
        """Whether nothing in it starts again without help."""
        return any(start.by_hand for start in self.starts)


def circles(network: Network) -> list[Circle]:
    """Every circle of essential needs, those that lock first, then the largest."""
    graph = nx.DiGraph()
    needs: dict[Place, list[NeedFacts]] = defaultdict(list)
    for need in network.need.values():
        consumer = network.place[need.consumer]
        needs[consumer].append(need)
        graph.add_edges_from((network.place[a.supplier], consumer) for a in need.alternatives)
    found = [_circle(network, inside, needs) for inside in nx.strongly_connected_components(graph) if len(inside) > 1]
    return sorted(
        found, key=lambda circle: (not circle.is_locked, -len(circle.places), _code(network, circle.places[0]))
    )


def _code(network: Network, place: Place) -> str:
    return network.functions[place].code


def _circle(network: Network, inside: Collection[Place], needs: dict[Place, list[NeedFacts]]) -> Circle:
    places = tuple(sorted(inside, key=lambda place: _code(network, place)))
    ties = tuple(need for place in places for need in needs[place] if _down(network, need, inside))
    bridged = [
        link
        for need in ties
        for link in (Link(need.id, a.supplier) for a in need.alternatives)
        if link in network.loops and network.place[link.supplier] in inside
    ]
    return Circle(places, ties, tuple(bridged), _starts(network, places, needs, set(bridged)))


def _down(network: Network, need: NeedFacts, down: Collection[Place]) -> list[int]:
    """The need's alternatives that are down."""
    return [a.supplier for a in need.alternatives if network.place[a.supplier] in down]


def _starts(
    network: Network, places: tuple[Place, ...], needs: dict[Place, list[NeedFacts]], bridged: Collection[Link]
) -> tuple[Start, ...]:
    """The order in which the functions start: whoever can by itself, then the first that can by hand."""
    down, starts = dict.fromkeys(places), []
    while down:
        waiting = {place: [n for n in needs[place] if len(_down(network, n, down)) >= n.losses] for place in down}
        ready = [place for place in down if not waiting[place]]
        if ready:
            starts += [Start(place) for place in ready]
        else:
            ready = [next(place for place in down if _can_by_hand(network, waiting[place], down, bridged))]
            starts.append(Start(ready[0], tuple(waiting[ready[0]])))
        for place in ready:
            del down[place]
    return tuple(starts)


def _can_by_hand(
    network: Network, waiting: list[NeedFacts], down: Collection[Place], bridged: Collection[Link]
) -> bool:
    """Whether every need that is unmet would be met if the bridged links did not count."""
    return all(
        len([one for one in _down(network, need, down) if Link(need.id, one) not in bridged]) < need.losses
        for need in waiting
    )
