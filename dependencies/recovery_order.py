"""What to repair first, and in which order everything restarts after that.

A source is one original fault of a scenario. The others are taken to be repaired as planned; the latest return of
one at which nobody is out past its MTPD on its account is found by halving (a longer outage spares nobody). The
fault with the earliest such deadline comes first; then the one whose outage costs more, then the one for which more
vital functions wait.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dependencies.bulk import Engine
from dependencies.cascade import Outage, Outages
from dependencies.graph import Link, NeedFacts
from dependencies.intervals import Interval, at_least, before, endured
from dependencies.network import Member, Network, Place
from dependencies.outcome import HORIZON_H
from dependencies.packed import UNKNOWN, Flags, Packed
from prepare.vocabulary import Criticality

HORIZON = HORIZON_H * 60
LOOK_AHEAD = 14 * 24 * 60  #: minutes after its planned return up to which a fault may be delayed here


@dataclass(frozen=True)
class Deadline:
    """The latest return that harms nobody further, and who is past its MTPD a minute later."""

    minute: int
    harmed: frozenset[Place]


@dataclass(frozen=True)
class Source:
    """One original fault, and how urgent its repair is."""

    hit: Outage
    latest: Deadline | None  #: nobody is past its MTPD on its account; None: not within the time looked at
    further: Deadline | None  #: nobody more than as planned; only where the plan is too late for `latest`
    waiting: frozenset[Place]  #: vital functions that are down and need it, directly or through others
    weighted: int  #: halves of weighted minutes that its outage costs on top of the others

    @property
    def is_too_late(self) -> bool:
        """Whether the planned return is later than the latest permissible one."""
        return self.latest is not None and self.latest.minute < self.hit.end


@dataclass(frozen=True)
class Table:
    """A graph, and whose hours and limits count."""

    network: Network
    packed: Packed
    engine: Engine
    watched: Flags  #: per function

    def run(self, hits: Sequence[Outage]) -> tuple[frozenset[Place], int]:
        """Who is past its MTPD, and the weighted halves of minutes, when this happens."""
        places, starts, ends = self.engine.outages(hits, HORIZON, bridged=True)
        lasts = (ends - starts).astype(np.int64)
        limit, watched = self.packed.mtpd[places], self.watched[places]
        late = frozenset(places[watched & (limit != UNKNOWN) & (lasts > limit)].tolist())
        return late, int((self.packed.weight[places] * watched * lasts).sum())

    def sources(self, hits: Sequence[Outage]) -> list[Source]:
        """The faults, the most urgent first."""
        planned, cost = self.run(hits)
        down = set(self.engine.outages(hits, HORIZON, bridged=True).places.tolist())
        found = [self._source(number, hits, planned, cost, down) for number in range(len(hits))]
        return sorted(found, key=self._urgency)

    def _source(
        self, number: int, hits: Sequence[Outage], planned: frozenset[Place], cost: int, down: Collection[Place]
    ) -> Source:
        hit, others = hits[number], [*hits[:number], *hits[number + 1 :]]
        spared, without = self.run(others)

        def late(end: int) -> frozenset[Place]:
            return self.run([*others, hit._replace(end=end)])[0]

        end = min(HORIZON, hit.end + LOOK_AHEAD)
        latest = _deadline(late, spared, hit.start, hit.end) if planned != spared else None
        further = _deadline(late, planned, hit.end, end)
        return Source(
            hit,
            latest or further,
            further if latest else None,
            self._waiting(hit.place, down),
            cost - without,
        )

    def _waiting(self, source: Place, down: Collection[Place]) -> frozenset[Place]:
        """The watched vital functions that are down and can be reached from the source through what is down."""
        network, reached, open_ = self.network, {source}, [source]
        while open_:
            for need, _loop in network.supplies[open_.pop()]:
                consumer = network.consumer[need]
                if consumer not in reached and (consumer in down or not network.is_function(consumer)):
                    reached.add(consumer)
                    open_.append(consumer)
        vital = {place for place in reached - {source} if network.is_function(place) and self.watched[place]}
        return frozenset(place for place in vital if network.functions[place].criticality is Criticality.K1)

    def _urgency(self, source: Source) -> tuple[int, int, int, str, int]:
        at = source.latest.minute if source.latest else HORIZON + 1
        code = self.network.functions[source.hit.place].code
        return at, -source.weighted, -len(source.waiting), code, source.hit.start


def _deadline(
    late: Callable[[int], frozenset[Place]], accepted: frozenset[Place], low: int, high: int
) -> Deadline | None:
    """The last minute from `low` on at which nobody but those `accepted` is late; None if that is so up to `high`.

    `low` itself is known to harm nobody else.
    """
    harmed = late(high)
    if harmed <= accepted:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if (found := late(middle)) <= accepted:
            low = middle
        else:
            high, harmed = middle, found
    return Deadline(low, harmed - accepted)


@dataclass(frozen=True)
class Return:
    """How a function comes back: when, after which wait, and what must be done by hand."""

    place: Place
    back_min: int | None  #: None: not within a year
    step: int  #: 0: repaired itself; else one more than what it waited for last
    need: NeedFacts | None = None  #: the need that was met last; None when it is repaired itself
    waited_for: tuple[Place, ...] = ()  #: the suppliers whose return met it
    by_hand: tuple[Link, ...] = ()  #: circular dependencies that are bridged by hand at that moment


def returns(network: Network, outages: Outages, hits: Iterable[Outage], bridged_at: int) -> list[Return]:
    """The return of every function from its last outage, in order of time.

    `outages` are those of a bridged run with these hits; from `bridged_at` on links of circles do not count.
    """
    repaired = {(hit.place, hit.end) for hit in hits}
    needs: dict[Place, list[int]] = {}
    for number in sorted({number for place in outages for number, _ in network.supplies[place]}):
        if network.facts[number]:
            needs.setdefault(network.consumer[number], []).append(number)
    ends = sorted((spells[-1][1], place) for place, spells in outages.items() if network.is_function(place))
    found: dict[Place, Return] = {}
    for end, place in ends:
        if end >= HORIZON:
            found[place] = Return(place, None, 0)
        elif (place, end) in repaired:
            found[place] = Return(place, end, 0)
        else:
            met = end - network.restart[place]
            last = next(one for need in needs[place] if (one := _Wait(network, outages, need, bridged_at)).ends_at(met))
            suppliers, by_hand = last.decided(met)
            step = 1 + max((found[supplier].step for supplier in suppliers if supplier in found), default=0)
            found[place] = Return(place, end, step, network.facts[last.need], suppliers, by_hand)
    return list(found.values())


class _Wait:
    """The times in which a need was unmet, as far as they count."""

    def __init__(self, network: Network, outages: Outages, need: int, bridged_at: int) -> None:
        self.network, self.outages, self.need, self.bridged_at = network, outages, need, bridged_at

    def _lost(self, member: Member) -> list[Interval]:
        spells = self.outages.get(member.place, ())
        return before(spells, self.bridged_at) if member.loop else list(spells)

    def ends_at(self, minute: int) -> bool:
        """Whether the need, unmet for longer than is endured, was met at this minute."""
        lost = [self._lost(member) for member in self.network.members[self.need]]
        unmet = at_least(lost, self.network.losses[self.need])
        return any(end == minute for _start, end in endured(unmet, self.network.tolerance[self.need]))

    def decided(self, minute: int) -> tuple[tuple[Place, ...], tuple[Link, ...]]:
        """The suppliers whose return met it at this minute, and the links that were bridged by hand instead."""
        suppliers, by_hand = [], []
        for member in self.network.members[self.need]:
            if any(end == minute for _start, end in self._lost(member)):
                supplier = self.network.supplier(member)  # behind a reserve it may be down still
                if any(start < minute < end for start, end in self.outages[supplier]):
                    by_hand.append(member.link)
                else:
                    suppliers.append(supplier)
        return tuple(suppliers), tuple(by_hand)
