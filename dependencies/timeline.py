"""Outages over time, to be compiled: the same events as in `cascade`, on arrays (cascade.md 3.2).

Events of one minute stand in a chain, and the minutes that have any in a small heap. In each minute first
whatever ends, then whatever begins. A place is a function or a reserve; a hit on it is told from its restart,
or from a need, by a negative number. What is written here is read in `cascade` beside its reasons.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dependencies.compiling import compiled
from dependencies.heaps import pop, push
from dependencies.packed import Ints, Packed

NONE = -1
#: Columns of a place's state. One that was never down has no SINCE.
DOWN, HITS, WAITS, RESTARTS_AT, SINCE, UP_AT = range(6)
#: Columns of a need's state. One that never lost an alternative is UNTOUCHED.
LEFT, UNMET_SINCE, MET_AT, STATE = range(4)
UNTOUCHED, WAITING, EXHAUSTED = range(3)
#: Counters of a run.
MINUTES, CHAINED, PLACES, NEEDS, SPELLS, BRIDGED = range(6)
ENDS, BEGINS = range(2)


class Ways(NamedTuple):
    """A packed graph as a run over time sees it."""

    first: Ints  #: P + 1
    need: Ints  #: M: number of the need, doubled, and one more for a loop
    consumer: Ints  #: R
    losses: Ints  #: R
    tolerance: Ints  #: R
    restart: Ints  #: P
    functions: int


class Board(NamedTuple):
    """What one run at a time works on; between two runs all is as `board` made it."""

    places: NDArray[np.int32]  #: P x 8, of which 6 are used: a row lies in one line of the cache
    needs: NDArray[np.int32]  #: R x 4
    looped: Ints  #: R: alternatives lost over loops
    met_places: Ints
    met_needs: Ints
    falling: Ints
    minutes: Ints  #: heap
    chains: NDArray[np.int32]  #: horizon x 2: the newest event of what ends, and of what begins
    subject: Ints  #: of an event
    older: Ints  #: the event before it in the chain
    spells: NDArray[np.int32]  #: place, start, end
    counts: NDArray[np.int64]


def ways(packed: Packed) -> Ways:
    """The packed graph in the order in which a run over time reads it."""
    need = packed.need << 1 | packed.loop.astype(np.int32)
    return Ways(
        plain(packed.first),
        plain(need),
        plain(packed.consumer),
        plain(packed.losses),
        plain(packed.tolerance),
        plain(packed.restart),
        packed.functions,
    )


def plain(column: Ints) -> Ints:
    """The column in the one form that is compiled for: 32 bits, writable, and no file behind it."""
    return np.asarray(np.require(column, np.int32, ["C", "W"]))


def board(of: Ways, horizon: int, events: int, spells: int) -> Board:
    """An empty board for runs up to this horizon with at most so many events and outages."""
    places, needs = np.full((len(of.restart), 8), NONE, np.int32), np.full((len(of.losses), 4), NONE, np.int32)
    places[:, [DOWN, HITS, WAITS]] = 0
    needs[:, LEFT], needs[:, STATE] = of.losses, UNTOUCHED
    chains = np.full((horizon, 2), NONE, np.int32)
    met = np.empty(len(places), np.int32), np.empty(len(needs) + 1, np.int32)
    falling = np.empty(len(needs) + 2, np.int32)
    chained = np.empty(events, np.int32), np.empty(events, np.int32)
    minutes, told = np.empty(horizon + 8, np.int32), np.empty((spells, 3), np.int32)
    looped, count = np.zeros(len(needs), np.int32), np.zeros(6, np.int64)
    return Board(places, needs, looped, *met, falling, minutes, chains, *chained, told, count)


@compiled
def run(of: Ways, on: Board, hits: NDArray[np.int32], horizon: int, bridged_at: int) -> int:
    """Run the hits (rows: place, start, end), bridged from this minute on or, at the horizon, never.

    Gives how many outages stand in `spells` at the end, or that neither they nor the events have room: NONE.
    """
    on.counts[:] = 0
    for hit in range(len(hits)):
        subject, start, end = -int(hits[hit, 0]) - 1, int(hits[hit, 1]), int(hits[hit, 2])
        if start < min(end, horizon):
            plan(on, start, BEGINS, subject, horizon)
            plan(on, end, ENDS, subject, horizon)
    if bridged_at < horizon:
        on.counts[MINUTES] = push(on.minutes, int(on.counts[MINUTES]), bridged_at)
    while on.counts[MINUTES]:
        now = int(on.minutes[0])
        on.counts[MINUTES] = pop(on.minutes, int(on.counts[MINUTES]))
        if now == bridged_at and not on.counts[BRIDGED]:
            bridge(of, on, now, horizon)
        while on.chains[now, ENDS] != NONE:
            event = int(on.chains[now, ENDS])
            on.chains[now, ENDS] = NONE
            while event != NONE:
                end_one(of, on, int(on.subject[event]), now, horizon)
                event = int(on.older[event])
        event = int(on.chains[now, BEGINS])
        on.chains[now, BEGINS] = NONE
        while event != NONE:
            begin_one(of, on, int(on.subject[event]), now, horizon)
            event = int(on.older[event])
    close(of, on, horizon)
    fits = on.counts[CHAINED] <= len(on.subject) and on.counts[SPELLS] <= len(on.spells)
    return int(on.counts[SPELLS]) if fits else NONE


@compiled
def plan(on: Board, minute: int, what: int, subject: int, horizon: int) -> None:
    """Chain an event to its minute; one for which there is no room is only counted."""
    if minute >= horizon:
        return
    event = int(on.counts[CHAINED])
    on.counts[CHAINED] = event + 1
    if event >= len(on.subject):
        return
    if on.chains[minute, ENDS] == NONE and on.chains[minute, BEGINS] == NONE:
        on.counts[MINUTES] = push(on.minutes, int(on.counts[MINUTES]), minute)
    on.subject[event] = subject
    on.older[event] = on.chains[minute, what]
    on.chains[minute, what] = event


@compiled
def begin_one(of: Ways, on: Board, subject: int, now: int, horizon: int) -> None:
    """A hit starts, or a tolerance is used up unless the need has been met since its clock was started."""
    if subject < 0:
        place = -subject - 1
        on.places[place, HITS] += 1
        goes_down(of, on, place, now, horizon)
        return
    is_waiting = on.needs[subject, LEFT] <= 0 and on.needs[subject, STATE] != EXHAUSTED
    if is_waiting and on.needs[subject, UNMET_SINCE] + of.tolerance[subject] == now:
        on.needs[subject, STATE] = EXHAUSTED
        consumer = int(of.consumer[subject])
        on.places[consumer, WAITS] += 1
        goes_down(of, on, consumer, now, horizon)


@compiled
def end_one(of: Ways, on: Board, subject: int, now: int, horizon: int) -> None:
    """A hit or a restart is over; the place comes up if nothing else holds it down."""
    place = subject
    if subject < 0:
        place = -subject - 1
        on.places[place, HITS] -= 1
    held = on.places[place, HITS] or on.places[place, WAITS] or on.places[place, RESTARTS_AT] > now
    if held or not on.places[place, DOWN]:
        return
    on.places[place, DOWN] = 0
    on.places[place, UP_AT] = now
    for supply in range(of.first[place], of.first[place + 1]):
        number = int(of.need[supply]) >> 1
        if of.need[supply] & 1:
            if on.counts[BRIDGED]:
                continue
            on.looped[number] -= 1
        on.needs[number, LEFT] += 1
        if on.needs[number, LEFT] == 1:
            is_met(of, on, number, now, horizon)


@compiled
def is_met(of: Ways, on: Board, number: int, now: int, horizon: int) -> None:
    """Stop the need's clock; the consumer restarts when this was the last need that it waited for."""
    on.needs[number, MET_AT] = now
    if on.needs[number, STATE] == EXHAUSTED:
        on.needs[number, STATE] = WAITING
        consumer = int(of.consumer[number])
        on.places[consumer, WAITS] -= 1
        if on.places[consumer, WAITS] == 0:
            ready = now + int(of.restart[consumer])
            on.places[consumer, RESTARTS_AT] = min(ready, horizon)
            plan(on, ready, ENDS, consumer, horizon)


@compiled
def goes_down(of: Ways, on: Board, place: int, now: int, horizon: int) -> None:
    """Take the place down, and at once everything that does not endure its loss for a minute."""
    falls = 1
    on.falling[0] = place
    while falls:
        falls -= 1
        place = int(on.falling[falls])
        if on.places[place, DOWN]:
            continue
        note_outage(of, on, place, now)
        for supply in range(of.first[place], of.first[place + 1]):
            number = int(of.need[supply]) >> 1
            if of.need[supply] & 1:
                if on.counts[BRIDGED]:
                    continue
                on.looped[number] += 1
            if on.needs[number, STATE] == UNTOUCHED:
                on.needs[number, STATE] = WAITING
                on.met_needs[on.counts[NEEDS]] = number
                on.counts[NEEDS] += 1
            on.needs[number, LEFT] -= 1
            if on.needs[number, LEFT] == 0 and is_unmet(of, on, number, now, horizon):
                on.falling[falls] = of.consumer[number]
                falls += 1


@compiled
def note_outage(of: Ways, on: Board, place: int, now: int) -> None:
    """An outage begins; one that ended in this very minute goes on instead."""
    on.places[place, DOWN] = 1
    if on.places[place, SINCE] == NONE:
        on.met_places[on.counts[PLACES]] = place
        on.counts[PLACES] += 1
        on.places[place, SINCE] = now
    elif on.places[place, UP_AT] != now:
        tell(of, on, place, int(on.places[place, UP_AT]))
        on.places[place, SINCE] = now


@compiled
def is_unmet(of: Ways, on: Board, number: int, now: int, horizon: int) -> bool:
    """Start the need's clock; whether its consumer goes down at once."""
    goes_on = on.needs[number, UNMET_SINCE] != NONE and on.needs[number, MET_AT] == now
    if not goes_on:
        on.needs[number, UNMET_SINCE] = now
    ends = int(on.needs[number, UNMET_SINCE]) + int(of.tolerance[number])
    if ends <= now and on.needs[number, STATE] != EXHAUSTED:
        on.needs[number, STATE] = EXHAUSTED
        on.places[of.consumer[number], WAITS] += 1
        return True
    if ends > now and not goes_on:
        plan(on, ends, BEGINS, number, horizon)
    return False


@compiled
def bridge(of: Ways, on: Board, now: int, horizon: int) -> None:
    """From here on a lost loop link no longer counts."""
    on.counts[BRIDGED] = 1
    for one in range(on.counts[NEEDS]):
        number = int(on.met_needs[one])
        lost = on.looped[number]
        if lost:
            left = on.needs[number, LEFT]
            on.needs[number, LEFT] = left + lost
            if left <= 0 and left + lost > 0:
                is_met(of, on, number, now, horizon)


@compiled
def tell(of: Ways, on: Board, place: int, end: int) -> None:
    """Write an outage of a function down; one for which there is no room is only counted."""
    if place < of.functions:
        spell = int(on.counts[SPELLS])
        on.counts[SPELLS] = spell + 1
        if spell < len(on.spells):
            on.spells[spell, 0] = place
            on.spells[spell, 1] = on.places[place, SINCE]
            on.spells[spell, 2] = end


@compiled
def close(of: Ways, on: Board, horizon: int) -> None:
    """Write the last outage of each function down, and leave the board as it was found."""
    for one in range(on.counts[PLACES]):
        place = int(on.met_places[one])
        tell(of, on, place, horizon if on.places[place, DOWN] else int(on.places[place, UP_AT]))
        on.places[place, DOWN] = on.places[place, HITS] = on.places[place, WAITS] = 0
        on.places[place, RESTARTS_AT] = on.places[place, SINCE] = on.places[place, UP_AT] = NONE
    for one in range(on.counts[NEEDS]):
        number = int(on.met_needs[one])
        on.needs[number, LEFT] = of.losses[number]
        on.needs[number, UNMET_SINCE] = on.needs[number, MET_AT] = NONE
        on.needs[number, STATE] = UNTOUCHED
        on.looped[number] = 0
