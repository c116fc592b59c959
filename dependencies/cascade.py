"""How a disruption spreads over time: the exact engine, by events (cascade.md 2 is the definition).

Time runs in whole minutes from the start of the scenario. With X the minutes in which a function is hit,
D those in which it is down, and for every essential need r of a consumer v

    unmet      L_r = minutes in which at least n - k + 1 of its alternatives are down
    exhausted  E_r = L_r without the first `tolerance` minutes of each interval
    down       D_v = X_v and every E_r, each E_r drawn out at its end by the restart time

D is the least solution of these equations, circles or not. Nothing happens before its cause, so the
solution is built minute by minute, jumping from event to event. An outage that is not longer than the
tolerance is not felt; a buffer is full again as soon as the supply is back.

In a *bridged* run the links that the graph calls loops (`graph.loop_links`) no longer count as lost
from the moment when the last original fault of the scenario is repaired.
"""

from collections import defaultdict
from collections.abc import Sequence
from heapq import heappop, heappush
from typing import NamedTuple, Protocol

from dependencies.graph import Link
from dependencies.intervals import Interval, at_least, before, endured, without
from dependencies.network import Network, Place

ENGINE = "events-1"
Outages = dict[Place, list[Interval]]

#: Events of one minute in the order in which they take effect: everything that ends, then everything that begins.
BRIDGED, HIT_ENDS, RESTARTED, HIT_STARTS, EXHAUSTED = range(5)


class Lists(Protocol):
    """What the engine runs on; a `Network` is one."""

    @property
    def supplies(self) -> Sequence[Sequence[tuple[int, bool]]]:
        """Per place: what it supplies, as (number of the need, whether the link is a loop)."""

    @property
    def restart(self) -> Sequence[int]:
        """Per place: minutes from "all needs met" to "running"."""

    @property
    def consumer(self) -> Sequence[Place]:
        """Per need: whose it is."""

    @property
    def tolerance(self) -> Sequence[int]:
        """Per need: minutes that the consumer endures."""

    @property
    def losses(self) -> Sequence[int]:
        """Per need: how many alternatives must be lost before it is unmet."""

    @property
    def has_loops(self) -> bool:
        """Whether any link is a loop."""


class Outage(NamedTuple):
    """The function at `place` is out from minute `start` up to, not including, minute `end`."""

    place: Place
    start: int
    end: int


def spread(network: Lists, hits: Sequence[Outage], horizon: int, *, bridged: bool) -> Outages:
    """The outages of every function that the hits take down, in minutes from the start of the scenario.

    An outage that ends at the `horizon` is not over by then. Raises nothing: a hit that starts at or after
    the horizon, or that is empty, has no effect.
    """
    run = _Run(network, horizon)
    for place, start, end in hits:
        if start < min(end, horizon):
            run.plan(start, HIT_STARTS, place)
            run.plan(end, HIT_ENDS, place)
    if bridged and network.has_loops:
        run.plan(repaired(hits, horizon), BRIDGED, 0)
    return run.outages_until_horizon()


def repaired(hits: Sequence[Outage], horizon: int) -> int:
    """The minute at which the last original fault is repaired, at most the horizon."""
    return min(horizon, max((hit.end for hit in hits if hit.start < hit.end), default=horizon))


def used_loops(network: Network, outages: Outages, bridged_at: int) -> set[Link]:
    """The loop links without whose bridging a need would have been exhausted after `bridged_at`.

    `outages` are those of a bridged run. When there are none, the strict run gives the same outages.
    """
    used: set[Link] = set()
    for need in {number for place in outages for number, loop in network.supplies[place] if loop}:
        losses, tolerance = network.losses[need], network.tolerance[need]
        lost = [(member, outages.get(member.place, ())) for member in network.members[need]]
        bridged = endured(at_least([before(o, bridged_at) if m.loop else o for m, o in lost], losses), tolerance)
        strict = endured(at_least([o for _, o in lost], losses), tolerance)
        for start, end in without(strict, bridged):
            used |= {
                m.link
                for m, o in lost
                if m.loop and any(s < end and max(start - tolerance, bridged_at) < e for s, e in o)
            }
    return used


class _Run:
    """One run over a network; it remembers only what the cascade touches."""

    def __init__(self, network: Lists, horizon: int) -> None:
        self.supplies, self.restart = network.supplies, network.restart
        self.consumer, self.tolerance, self.losses = network.consumer, network.tolerance, network.losses
        self.horizon = horizon
        self.queue: list[tuple[int, int, int]] = []
        self.down: set[Place] = set()
        self.outages: dict[Place, list[list[int]]] = defaultdict(list)
        self.hits: dict[Place, int] = defaultdict(int)  #: hits that hold the function down now
        self.exhausted_needs: dict[Place, int] = defaultdict(int)
        self.restarts_at: dict[Place, int] = {}
        self.lost: dict[int, int] = defaultdict(int)  #: alternatives of the need that are down and count
        self.lost_in_loops: dict[int, int] = defaultdict(int)
        self.unmet_since: dict[int, int] = {}
        self.met_at: dict[int, int] = {}
        self.exhausted: set[int] = set()
        self.is_bridged = False

    def plan(self, minute: int, event: int, subject: int) -> None:
        if minute < self.horizon:
            heappush(self.queue, (minute, event, subject))

    def outages_until_horizon(self) -> Outages:
        effects = (self.bridge, self.hit_ends, self.comes_up, self.hit_starts, self.expires)
        while self.queue:
            minute, event, subject = heappop(self.queue)
            effects[event](subject, minute)
        return {place: [(start, end) for start, end in outages] for place, outages in self.outages.items()}

    def hit_starts(self, place: Place, minute: int) -> None:
        self.hits[place] += 1
        self.goes_down(place, minute)

    def hit_ends(self, place: Place, minute: int) -> None:
        self.hits[place] -= 1
        self.comes_up(place, minute)

    def goes_down(self, place: Place, minute: int) -> None:
        """Take the function down, and at once everything that does not endure its loss for a minute."""
        falling = [place]
        while falling:
            place = falling.pop()
            if place in self.down:
                continue
            self.down.add(place)
            outages = self.outages[place]
            if outages and outages[-1][1] == minute:  # it came up in this very minute: the same outage goes on
                outages[-1][1] = self.horizon
            else:
                outages.append([minute, self.horizon])
            for need, loop in self.supplies[place]:
                if loop:
                    if self.is_bridged:
                        continue
                    self.lost_in_loops[need] += 1
                self.lost[need] = count = self.lost[need] + 1
                if count == self.losses[need] and self.is_unmet(need, minute):
                    falling.append(self.consumer[need])

    def is_unmet(self, need: int, minute: int) -> bool:
        """Start the need's clock; whether its consumer goes down at once."""
        goes_on = need in self.unmet_since and self.met_at.get(need) == minute
        if not goes_on:
            self.unmet_since[need] = minute
        ends = self.unmet_since[need] + self.tolerance[need]
        if ends <= minute:
            return self.exhaust(need)
        if not goes_on:
            self.plan(ends, EXHAUSTED, need)
        return False

    def expires(self, need: int, minute: int) -> None:
        """The tolerance is used up, unless the need has been met since the clock was started."""
        unmet = self.lost[need] >= self.losses[need]
        if unmet and self.unmet_since[need] + self.tolerance[need] == minute and self.exhaust(need):
            self.goes_down(self.consumer[need], minute)

    def exhaust(self, need: int) -> bool:
        if need in self.exhausted:
            return False
        self.exhausted.add(need)
        self.exhausted_needs[self.consumer[need]] += 1
        return True

    def comes_up(self, place: Place, minute: int) -> None:
        """Bring the function up, if nothing holds it down any more and its restart is over."""
        held = self.hits[place] or self.exhausted_needs[place] or self.restarts_at.get(place, 0) > minute
        if held or place not in self.down:
            return
        self.down.discard(place)
        self.outages[place][-1][1] = minute
        for need, loop in self.supplies[place]:
            if loop:
                if self.is_bridged:
                    continue
                self.lost_in_loops[need] -= 1
            self.lost[need] = count = self.lost[need] - 1
            if count == self.losses[need] - 1:
                self.is_met(need, minute)

    def is_met(self, need: int, minute: int) -> None:
        """Stop the need's clock; the consumer restarts when this was the last need that it waited for."""
        self.met_at[need] = minute
        if need not in self.exhausted:
            return
        self.exhausted.discard(need)
        consumer = self.consumer[need]
        self.exhausted_needs[consumer] -= 1
        if not self.exhausted_needs[consumer]:
            self.restarts_at[consumer] = minute + self.restart[consumer]
            self.plan(self.restarts_at[consumer], RESTARTED, consumer)

    def bridge(self, _: int, minute: int) -> None:
        """From here on a lost loop link no longer counts."""
        self.is_bridged = True
        for need, count in self.lost_in_loops.items():
            was_unmet = self.lost[need] >= self.losses[need]
            self.lost[need] -= count
            if was_unmet and self.lost[need] < self.losses[need]:
                self.is_met(need, minute)
