"""Losses for good, to be compiled: what one source takes with it, minute by minute (cascade.md 3.1).

Places are settled in the order of time. What a settled place supplies is lost its tolerance later, so there is
a queue for each distinct tolerance, which is in order of time by itself; a small heap tells whose turn is next.
A need that several losses leave unmet counts them. A run costs what it touches, not the size of the graph.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dependencies.compiling import compiled
from dependencies.heaps import pop, push
from dependencies.packed import Ints, Packed

Classes: TypeAlias = NDArray[np.uint8] | Ints
Longs: TypeAlias = NDArray[np.int64]

SHIFT = 31  #: a key of the heap is a minute, shifted by so many bits, and a class of tolerance
KIND = (1 << SHIFT) - 1


class Wires(NamedTuple):
    """A packed graph as losses for good see it; needs that one loss leaves unmet stand apart from groups."""

    first_single: Ints  #: P + 1: singles of place p stand from first_single[p] up to first_single[p + 1]
    consumer: Ints  #: per single
    kind: Classes  #: per single: class of its tolerance
    first_link: Ints  #: P + 1: links of place p to groups
    group: Ints  #: per link
    losses: Ints  #: G: how many losses leave the group unmet
    group_consumer: Ints  #: G
    group_kind: Classes  #: G
    group_need: Ints  #: G: number of the need
    tolerances: Ints  #: K: minutes, ascending
    room: Longs  #: K + 1: where the queue of each class has its room


class Desk(NamedTuple):
    """What one run at a time works on; between two runs all is as `desk` made it, with the same horizon."""

    minute: Ints  #: P: the horizon; the earliest minute seen; -minute - 1 once settled
    left: Ints  #: G: losses until the group is unmet
    settled: Ints  #: places in the order of time
    used: Ints  #: groups that lost somebody, as often as they did
    unmet: Ints  #: groups that became unmet
    unmet_at: Ints
    queue: Ints  #: the queues' places ...
    queued_at: Ints  #: ... and minutes
    head: Longs  #: K
    tail: Longs  #: K
    latest: Ints  #: K: the last minute in the queue
    turns: Longs  #: heap of (minute, class)
    source: Ints  #: one source ...
    start: Ints  #: ... that is lost at minute 0


class Tallied(NamedTuple):
    """Where a sweep writes; `hits` and `groups` have rows (number of the source, place or need, minute)."""

    lost: Ints
    first: Ints
    weighted: Longs
    hits: NDArray[np.int32]
    groups: NDArray[np.int32]


def wires(packed: Packed) -> Wires:
    """The packed graph in the order in which losses for good read it."""
    places = np.repeat(np.arange(len(packed.restart), dtype=np.int32), np.diff(packed.first))
    tolerances, kinds = np.unique(packed.tolerance, return_inverse=True)
    kind: Classes = kinds.astype(np.uint8) if len(tolerances) <= 256 else kinds.astype(np.int32)
    is_group = packed.losses > 1
    group_need = np.flatnonzero(is_group).astype(np.int32)
    group_of = np.cumsum(is_group, dtype=np.int32) - np.int32(1)
    single = ~is_group[packed.need]
    count = np.bincount(kinds[packed.need[single]], minlength=len(tolerances))
    count += np.bincount(kinds[group_need], minlength=len(tolerances))
    return Wires(
        _offsets(places[single], len(packed.restart)),
        packed.consumer[packed.need[single]],
        kind[packed.need[single]],
        _offsets(places[~single], len(packed.restart)),
        group_of[packed.need[~single]],
        packed.losses[group_need],
        packed.consumer[group_need],
        kind[group_need],
        group_need,
        tolerances.astype(np.int32),
        np.concatenate([np.zeros(1, np.int64), np.cumsum(count, dtype=np.int64)]),
    )


def _offsets(places: Ints, count: int) -> Ints:
    return np.concatenate([np.zeros(1, np.int32), np.cumsum(np.bincount(places, minlength=count), dtype=np.int32)])


def desk(of: Wires, horizon: int) -> Desk:
    """An empty desk for runs up to this horizon."""
    places, groups, queued, kinds = len(of.first_single) - 1, len(of.losses), int(of.room[-1]), len(of.tolerances)
    return Desk(
        np.full(places, horizon, np.int32),
        of.losses.copy(),
        np.empty(places + 1, np.int32),
        np.empty(len(of.group) + 1, np.int32),
        np.empty(groups + 1, np.int32),
        np.empty(groups + 1, np.int32),
        np.empty(queued + 1, np.int32),
        np.empty(queued + 1, np.int32),
        np.zeros(kinds, np.int64),
        np.zeros(kinds, np.int64),
        np.full(kinds, -1, np.int32),
        np.empty(queued + 1, np.int64),
        np.zeros(1, np.int32),
        np.zeros(1, np.int32),
    )


@compiled
def settle(of: Wires, at: Desk, sources: Ints, starts: Ints, horizon: int) -> tuple[int, int, int]:
    """Settle all that the sources take down; `starts` ascend from 0 on.

    Gives how many places were settled, how many links to groups were used, and how many groups are unmet.
    """
    for kind in range(len(of.tolerances)):
        at.head[kind] = at.tail[kind] = of.room[kind]
        at.latest[kind] = -1
    settled = done = used = unmet = turns = source = 0
    while True:
        now = int(at.turns[0]) >> SHIFT if turns else horizon
        if source < len(sources) and starts[source] <= now:
            now = int(starts[source])
        if now >= horizon:
            break
        while source < len(sources) and starts[source] == now:
            if at.minute[sources[source]] >= now:
                at.minute[sources[source]] = -now - 1
                at.settled[settled] = sources[source]
                settled += 1
            source += 1
        while turns and int(at.turns[0]) >> SHIFT == now:
            kind = int(at.turns[0]) & KIND
            turns = pop(at.turns, turns)
            settled = serve(at, kind, now, settled)
        while done < settled:
            place = int(at.settled[done])
            done += 1
            settled, turns = lose_singles(of, at, place, now, settled, turns)
            begin, end = int(of.first_link[place]), int(of.first_link[place + 1])
            if begin < end:
                settled, turns, used, unmet = lose_links(of, at, begin, end, now, settled, turns, used, unmet)
    return settled, used, unmet


@compiled
def serve(at: Desk, kind: int, now: int, settled: int) -> int:
    """Settle what stands at this minute in the queue of this tolerance, unless it was settled before."""
    head, tail = at.head[kind], at.tail[kind]
    while head < tail and at.queued_at[head] == now:
        place = at.queue[head]
        head += 1
        if at.minute[place] == now:
            at.minute[place] = -now - 1
            at.settled[settled] = place
            settled += 1
    at.head[kind] = head
    return settled


@compiled
def lose_singles(of: Wires, at: Desk, place: int, now: int, settled: int, turns: int) -> tuple[int, int]:
    """What endures no loss beyond its tolerance."""
    for single in range(of.first_single[place], of.first_single[place + 1]):
        kind = int(of.kind[single])
        consumer = int(of.consumer[single])
        minute = now + int(of.tolerances[kind])
        if minute < at.minute[consumer]:
            settled, turns = reach(at, consumer, kind, minute, now, settled, turns)
    return settled, turns


@compiled
def lose_links(
    of: Wires, at: Desk, begin: int, end: int, now: int, settled: int, turns: int, used: int, unmet: int
) -> tuple[int, int, int, int]:
    """One way less for each of these groups; the last one that it needs leaves it unmet."""
    for link in range(begin, end):
        group = int(of.group[link])
        at.used[used] = group
        used += 1
        left = at.left[group] - 1
        at.left[group] = left
        if left == 0:
            at.unmet[unmet] = group
            at.unmet_at[unmet] = now
            unmet += 1
            kind = int(of.group_kind[group])
            consumer = int(of.group_consumer[group])
            minute = now + int(of.tolerances[kind])
            if minute < at.minute[consumer]:
                settled, turns = reach(at, consumer, kind, minute, now, settled, turns)
    return settled, turns, used, unmet


@compiled
def reach(at: Desk, place: int, kind: int, minute: int, now: int, settled: int, turns: int) -> tuple[int, int]:
    """The place is lost at this minute, unless it is earlier: at once, or by the queue of its tolerance."""
    if minute == now:
        at.minute[place] = -now - 1
        at.settled[settled] = place
        return settled + 1, turns
    at.minute[place] = minute
    tail = at.tail[kind]
    at.queue[tail] = place
    at.queued_at[tail] = minute
    at.tail[kind] = tail + 1
    if at.latest[kind] != minute:
        at.latest[kind] = minute
        turns = push(at.turns, turns, (minute << SHIFT) | kind)
    return settled, turns


@compiled
def clear(of: Wires, at: Desk, settled: int, used: int, horizon: int) -> None:
    """Leave the desk as it was found."""
    for number in range(settled):
        at.minute[at.settled[number]] = horizon
    for number in range(used):
        group = at.used[number]
        at.left[group] = of.losses[group]


@compiled
def sweep(
    of: Wires, at: Desk, marks: NDArray[np.int32], sources: Ints, begin: int, horizon: int, out: Tallied
) -> tuple[int, int, int]:
    """Lose the sources from number `begin` on, each alone, until all are done or `out` is full.

    `marks` has a row per place: whether its loss counts, what a minute without it weighs, its deadline.
    Gives the number of the source to go on with, and how many hits and groups were written.
    """
    hits = groups = 0
    most_hits, most_groups = len(out.hits) - len(at.minute), len(out.groups) - len(of.losses)
    number = begin
    while number < len(sources) and hits <= most_hits and groups <= most_groups:
        at.source[0] = sources[number]
        settled, used, unmet = settle(of, at, at.source, at.start, horizon)
        hits = tell(at, marks, settled, horizon, number, hits, out)
        for one in range(unmet):
            out.groups[groups, 0] = number
            out.groups[groups, 1] = of.group_need[at.unmet[one]]
            out.groups[groups, 2] = at.unmet_at[one]
            groups += 1
        clear(of, at, settled, used, horizon)
        number += 1
    return number, hits, groups


@compiled
def tell(at: Desk, marks: NDArray[np.int32], settled: int, horizon: int, number: int, hits: int, out: Tallied) -> int:
    """Count and weigh what the source took with it, and write down the hits."""
    lost = weighted = 0
    first = -1
    for one in range(1, settled):
        place = int(at.settled[one])
        minute = -int(at.minute[place]) - 1
        if marks[place, 0]:
            if lost == 0:
                first = minute
            lost += 1
            weighted += int(marks[place, 1]) * (horizon - minute)
        if minute <= marks[place, 2]:
            out.hits[hits, 0] = number
            out.hits[hits, 1] = place
            out.hits[hits, 2] = minute
            hits += 1
    out.lost[number] = lost
    out.first[number] = first
    out.weighted[number] = weighted
    return hits
