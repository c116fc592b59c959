"""What the permanent loss of each function alone would take down, and which of them are single points of failure.

A single point of failure takes down at least one vital function (K1) within the time for which the lack of that
function is tolerable, its MTPD (domain.md 2.6 b).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import networkx as nx
import numpy as np

from dependencies.bulk import NONE, Engine, Wanted
from dependencies.cascade import Outage
from dependencies.graph import FunctionFacts
from dependencies.network import Network, Place
from dependencies.packed import Flags, Packed
from prepare.vocabulary import Criticality

HORIZON_H = 720  #: a month: what falls later is not counted as a consequence of the loss
EARLY_MIN = 24 * 60  #: a vital function is one that must not be out for longer; also what "within a day" is
MOST_BETWEEN = 1_000  #: functions up to which betweenness is worth its time


@dataclass(frozen=True)
class Felled:
    """A vital function that the loss takes down within its MTPD, and when."""

    place: Place
    minute: int


@dataclass(frozen=True)
class Keystone:
    """What the permanent loss of the function at `place` alone does; the function itself is not counted."""

    place: Place
    lost: int  #: functions that go down within the horizon
    first: int | None  #: minute at which the first of them does
    weighted_h: float  #: hours without them up to the horizon, each weighed by its class
    early: tuple[Felled, ...]  #: vital functions that go down within a day
    fatal: tuple[Felled, ...]  #: vital functions that go down within their MTPD

    @property
    def is_single_point(self) -> bool:
        """Whether it is a single point of failure."""
        return bool(self.fatal)

    @property
    def order(self) -> tuple[int, int, int, float, int]:
        """The gravest first: single points by the vital functions they fell, then what takes most with it."""
        return (-len(self.fatal), -len(self.early), -self.lost, -self.weighted_h, self.place)


def keystones(
    packed: Packed, engine: Engine, functions: Sequence[FunctionFacts], counted: Flags, *, horizon: int
) -> list[Keystone]:
    """What the loss of each function alone does within the horizon (minutes), the gravest first.

    Only functions that are `counted` (one flag per function) count as lost.
    """
    deadlines = [deadline(function) for function in functions]
    latest = np.array([NONE if d is None else max(d, EARLY_MIN) for d in deadlines], np.int32)
    wanted = Wanted(counted, packed.weight, np.where(counted, latest, NONE).astype(np.int32))
    sweep = engine.sweep(range(packed.functions), horizon, wanted)
    hits = zip(*(column.tolist() for column in sweep.hits), strict=True)
    felled = {source: [Felled(place, at) for _, place, at in rows] for source, rows in groupby(hits, key=itemgetter(0))}
    found = []
    for place in range(packed.functions):
        vital, first = felled.get(place, []), int(sweep.first[place])
        found.append(
            Keystone(
                place,
                int(sweep.lost[place]),
                None if first == NONE else first,
                int(sweep.weighted[place]) / (2 * 60),  # weights are halves, times are minutes
                tuple(one for one in vital if one.minute <= EARLY_MIN),
                tuple(one for one in vital if one.minute <= (deadlines[one.place] or 0)),
            )
        )
    return sorted(found, key=lambda keystone: keystone.order)


def deadline(function: FunctionFacts) -> int | None:
    """Within how many minutes the loss of a vital function is felt as fatal: its MTPD, or a day while that is unknown.

    None for a function that is not vital.
    """
    if function.criticality is not Criticality.K1:
        return None
    return EARLY_MIN if function.mtpd_min is None else function.mtpd_min


def direct_consumers(network: Network) -> dict[Place, set[Place]]:
    """Who cannot do without a function: per place those with an essential need that it is named for."""
    found: dict[Place, set[Place]] = defaultdict(set)
    for need, facts in enumerate(network.facts):
        if facts:
            for member in network.members[need]:
                found[network.supplier(member)].add(network.consumer[need])
    return found


@dataclass(frozen=True)
class Buffer:
    """A need that the loss leaves unmet: whose it is, how long it manages, and what a longer buffer would spare."""

    need: int
    consumer: Place
    tolerance: int  #: minutes
    spared: tuple[Place, ...]  #: vital functions that would no longer go down within their MTPD


def buffers(
    network: Network,
    packed: Packed,
    engine: Engine,
    keystone: Keystone,
    *,
    horizon: int,
    rank: Mapping[Place, int],
    most: int,
) -> list[Buffer]:
    """Where the loss of a single point of failure could be buffered: the needs that it leaves unmet by itself.

    At most so many are tried, those whose consumer has the lowest `rank` first, for each takes a run. Those come
    first that spare the most vital functions of `keystone.fatal`.
    """
    gone = {keystone.place, *engine.losses([keystone.place], [0], horizon).places.tolist()}
    unmet = []
    for need, facts in enumerate(network.facts):
        suppliers = [network.supplier(member) for member in network.members[need]]
        if facts and keystone.place in suppliers and len(gone.intersection(suppliers)) >= network.losses[need]:
            unmet.append(need)
    unmet.sort(key=lambda need: rank[network.consumer[need]])
    found = [
        Buffer(
            need,
            network.consumer[need],
            network.tolerance[need],
            _spared(packed, engine, keystone, need, horizon),
        )
        for need in unmet[:most]
    ]
    return sorted(found, key=lambda buffer: (-len(buffer.spared), buffer.tolerance, buffer.consumer))


def _spared(packed: Packed, engine: Engine, keystone: Keystone, need: int, horizon: int) -> tuple[Place, ...]:
    """The vital functions that the loss no longer fells in time when this need can wait for ever."""
    tolerance = packed.tolerance.copy()
    tolerance[need] = horizon
    hits = [Outage(keystone.place, 0, horizon)]
    spells = engine.outages(hits, horizon, bridged=False, tolerance=tolerance)
    starts = dict(zip(reversed(spells.places.tolist()), reversed(spells.starts.tolist()), strict=True))
    return tuple(one.place for one in keystone.fatal if starts.get(one.place, horizon) > one.minute)


def betweenness(network: Network) -> list[float] | None:
    """On how large a share of the shortest ways between functions each of them lies, 0 to 1, by place.

    None when the graph is too large for it to be worth the time.
    """
    if len(network.functions) > MOST_BETWEEN:
        return None
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(network.functions)))
    graph.add_edges_from((place, other) for place, others in direct_consumers(network).items() for other in others)
    shares = nx.betweenness_centrality(graph)
    return [shares[place] for place in range(len(network.functions))]
