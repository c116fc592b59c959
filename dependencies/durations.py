"""How long a scenario may last: what it does at other durations, and at which of them the picture tips.

All hits of a scenario are stretched or shortened in one proportion; their starts stay. A longer outage never
spares a function (cascade.md, property 15), so the duration at which a function is first lost, or first out for
longer than is tolerable, is found exactly by halving.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from dependencies.bulk import Engine
from dependencies.cascade import Outage
from dependencies.network import Network
from dependencies.outcome import Hit
from dependencies.packed import UNKNOWN, Flags, Ints, Packed

Levels: TypeAlias = NDArray[np.int8]  #: a `Level` per function, by place


class Level(IntEnum):
    """How badly off a function is, at least; a later level includes the ones before it."""

    UNHURT = 0
    DOWN = 1
    RTO_EXCEEDED = 2
    MTPD_EXCEEDED = 3


@dataclass(frozen=True)
class Tip:
    """A duration of the scenario at which some functions become worse off."""

    minute: int  #: the shortest duration, in minutes, at which it happens; one minute less is endured
    before: Levels
    after: Levels

    def risen_to(self, level: Level) -> list[int]:
        """The places of the functions that reach this level here."""
        return np.flatnonzero((self.before < level) & (self.after >= level)).tolist()


def lasting(hits: Iterable[Hit], usual_min: int, other_min: int) -> tuple[Hit, ...]:
    """The hits of a scenario that lasts `other_min` instead of `usual_min`, each at least a minute."""
    return tuple(
        replace(hit, end_min=hit.start_min + max(1, _rounded((hit.end_min - hit.start_min) * other_min, usual_min)))
        for hit in hits
    )


def _rounded(number: int, divisor: int) -> int:
    return (2 * number + divisor) // (2 * divisor)


def stopping(network: Network, hits: Iterable[Hit]) -> list[Outage]:
    """The hits that take their functions out, by place."""
    return [Outage(network.place[h.function], h.start_min, h.end_min) for h in hits if not h.degrades]


def levels(
    engine: Engine, packed: Packed, hits: list[Outage], horizon: int, *, tolerance: Ints | None = None
) -> Levels:
    """How badly off each function is when these hits happen, with other tolerances tried if they are given."""
    places, starts, ends = engine.outages(hits, horizon, bridged=True, tolerance=tolerance)
    longest = np.zeros(packed.functions, np.int64)
    np.maximum.at(longest, places, ends - starts)
    found = (longest > 0).astype(np.int8)
    found[(packed.rto != UNKNOWN) & (longest > packed.rto)] = Level.RTO_EXCEEDED
    found[(packed.mtpd != UNKNOWN) & (longest > packed.mtpd)] = Level.MTPD_EXCEEDED
    return found


def tips(levels_at: Callable[[int], Levels], longest_min: int) -> list[Tip]:
    """Every duration up to `longest_min` at which something becomes worse, shortest first.

    `levels_at` gives the levels at a duration of at least one minute; they must never fall as it grows.
    """
    last = levels_at(longest_min)
    return list(_between(levels_at, 0, np.zeros_like(last), longest_min, last))


def _between(levels_at: Callable[[int], Levels], low: int, before: Levels, high: int, after: Levels) -> Iterator[Tip]:
    if np.array_equal(before, after):
        return
    if high - low == 1:
        yield Tip(high, before, after)
        return
    middle = (low + high) // 2
    between = levels_at(middle)
    yield from _between(levels_at, low, before, middle, between)
    yield from _between(levels_at, middle, between, high, after)


def scaled(packed: Packed, needs: Iterable[int], halves: int) -> Ints:
    """The tolerances with those of the given needs (ids) taken so many halves: 1 is half, 3 is half as much again.

    Rounded away from the usual tolerance, so that what lies between stays between.
    """
    chosen = np.isin(packed.need_ids, np.fromiter(needs, np.int64))
    up = 1 if halves > 2 else 0
    return np.where(chosen, (packed.tolerance.astype(np.int64) * halves + up) // 2, packed.tolerance).astype(np.int32)


@dataclass(frozen=True)
class Group:
    """Whose fate is counted: masks over the functions, by place."""

    own: Flags  #: the city's own functions
    vital: Flags  #: those of them that are K1
    partners: Flags  #: partners' services


@dataclass(frozen=True)
class Counts:
    """How many functions of a group are at least that badly off; the services of partners are counted apart."""

    down: int
    k1_down: int
    rto_exceeded: int
    mtpd_exceeded: int
    k1_mtpd_exceeded: int
    partners_down: int


def counts(found: Levels, group: Group) -> Counts:
    """How many of the group are down, past their RTO and past their MTPD."""

    def at_least(level: Level, among: Flags) -> int:
        return int(np.count_nonzero(among & (found >= level)))

    return Counts(
        at_least(Level.DOWN, group.own),
        at_least(Level.DOWN, group.vital),
        at_least(Level.RTO_EXCEEDED, group.own),
        at_least(Level.MTPD_EXCEEDED, group.own),
        at_least(Level.MTPD_EXCEEDED, group.vital),
        at_least(Level.DOWN, group.partners),
    )
