"""When a function works, but degraded: an important need is exhausted, or fewer alternatives than wished are left.

Degradation does not travel, so it is read off the outages once they are known.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dependencies.cascade import Outage, Outages
from dependencies.chains import Moment
from dependencies.graph import NeedFacts
from dependencies.intervals import Interval, at_least, endured, union, without
from dependencies.network import Network, Place
from dependencies.vocabulary import Strength


class Spell(NamedTuple):
    """One cause of degradation, from minute `start` up to `end`: want of `need`, or (None) the scenario itself."""

    start: int
    end: int
    need: NeedFacts | None = None
    losses: tuple[Moment, ...] = ()  #: the suppliers' outages that began it


def spells(network: Network, outages: Outages, hits: Iterable[Outage], horizon: int) -> dict[Place, list[Spell]]:
    """Every cause of degradation of every function that has one; `hits` are those that degrade."""
    found: dict[Place, list[Spell]] = {}
    for hit in hits:
        if hit.start < min(hit.end, horizon):
            found.setdefault(hit.place, []).append(Spell(hit.start, min(hit.end, horizon)))
    touched = {need.id: need for place in outages for need in network.degrades.get(place, ())}
    for _, need in sorted(touched.items()):
        if short := list(_shortages(network, outages, need)):
            found.setdefault(network.place[need.consumer], []).extend(short)
    return found


def _shortages(network: Network, outages: Outages, need: NeedFacts) -> Iterator[Spell]:
    """When too few alternatives are left for longer than the tolerance, or fewer than wished for any time."""
    lost = [(a, endured(outages.get(network.place[a.supplier], ()), a.extra_tolerance_min)) for a in need.alternatives]
    limits = [(need.losses, need.tolerance_min)] if need.strength is Strength.IMPORTANT else []
    if need.wished is not None:
        limits.append((len(need.alternatives) - need.wished + 1, 0))
    for count, tolerance in limits:
        short = at_least([intervals for _, intervals in lost], count)
        for start, end in endured(short, tolerance):
            losses = tuple(
                Moment(network.place[a.supplier], start - tolerance - a.extra_tolerance_min)
                for a, intervals in lost
                if any(begins == start - tolerance for begins, _ in intervals)
            )
            yield Spell(start, end, need, losses)


def intervals(causes: Iterable[Spell], down: Iterable[Interval]) -> list[Interval]:
    """The minutes in which a function with these causes is degraded and not down."""
    return without(union([[(spell.start, spell.end)] for spell in causes]), list(down))
