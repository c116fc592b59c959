"""The best next investment: how many weighted hours of outage each measure would save over the chosen scenarios.

An hour without a function counts by its class (`packed.WEIGHTS`, in halves: K1 four times as much as K3 twice …),
from the start of a scenario to two weeks after its last original fault is repaired. Figures are whole: halves of
weighted minutes. The earliest return is counted, circles bridged by hand; a cold-start arrangement is held against
the return without any help by hand.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from dependencies.bulk import Engine
from dependencies.candidates import Kind, Measure, Setup, applied, measures
from dependencies.cascade import Outage, repaired
from dependencies.graph import Link
from dependencies.network import Network, Place
from dependencies.outcome import HORIZON_H
from dependencies.packed import UNKNOWN, Flags, Ints, Packed

AFTERWARDS = 14 * 24 * 60  #: minutes that are counted after the last original fault is repaired
MOST_NEXT = 5  #: measures in a sequence
PER_HOUR = 120  #: halves of weighted minutes in a weighted hour


@dataclass(frozen=True)
class Loss:
    """What a scenario costs: halves of weighted minutes, and the functions that are out past their MTPD."""

    weighted: int
    late: frozenset[Place]
    down: frozenset[Place]


@dataclass(frozen=True)
class Benefit:
    """What a measure saves, alone, over the chosen scenarios."""

    measure: Measure
    saved: int  #: halves of weighted minutes, each scenario's times its weight
    spared: frozenset[Place]  #: functions that some scenario no longer keeps out past their MTPD
    by_scenario: Mapping[str, int]  #: the same as `saved`, unweighted, where it is not 0
    touches: frozenset[str]  #: the scenarios in which it changes anything

    @property
    def hours(self) -> float:
        """Weighted hours saved."""
        return self.saved / PER_HOUR


Known: TypeAlias = dict[tuple[Measure, str], Loss]  #: what each measure leaves of each scenario's loss


class TooMuch(Exception):
    """There is more to try than was allowed; `tries` tells how much, in functions times runs."""

    def __init__(self, tries: int) -> None:
        super().__init__(tries)
        self.tries = tries


@dataclass(frozen=True)
class Bench:
    """A graph and the scenarios over which measures are tried."""

    network: Network
    packed: Packed
    engine: Engine
    make: Callable[[Packed], Engine]  #: an engine for a changed graph
    scenarios: Mapping[str, tuple[Outage, ...]]  #: by code
    watched: Flags  #: per function: whether its hours count
    alike: Mapping[int, Sequence[Place]] = field(default_factory=dict)
    may: Callable[[Measure], bool] = lambda _measure: True  #: whether a measure may be told, and counted
    weights: Mapping[str, int] = field(default_factory=dict)  #: of a scenario; 1 where none is given
    bridges: Callable[[], Mapping[str, Collection[Link]]] = dict  #: circles bridged by hand, by scenario
    most: int | None = None  #: functions times runs that may be tried at once

    @property
    def setup(self) -> Setup:
        """As things are."""
        return Setup(tuple(self.network.tolerance), tuple(self.network.restart), dict(self.scenarios))

    @cached_property
    def _weight(self) -> NDArray[np.int64]:
        return np.where(self.watched, self.packed.weight, 0).astype(np.int64)

    def losses(self, setup: Setup, codes: Iterable[str] | None = None) -> dict[str, Loss]:
        """What each scenario, or each of those with these codes, costs in this setup."""
        return {code: self._loss(setup, code) for code in (self.scenarios if codes is None else sorted(codes))}

    def _loss(self, setup: Setup, code: str) -> Loss:
        single = {need for need in setup.doubled if self.network.losses[need] == len(self.network.members[need])}
        tolerance = np.array(setup.tolerance, np.int32)
        tolerance[list(single)] = HORIZON_H * 60  # one of the alternatives is enough, and the new one stays up
        engine = self._doubled(setup.doubled - single)
        return self._told(engine, setup, code, tolerance=tolerance)

    def _told(self, engine: Engine, setup: Setup, code: str, *, tolerance: Ints, bridged: bool = True) -> Loss:
        hits, restart = list(setup.hits[code]), np.array(setup.restart, np.int32)
        end = self._end(code)
        places, starts, ends = engine.outages(hits, end, bridged=bridged, tolerance=tolerance, restart=restart)
        lasts = (ends - starts).astype(np.int64)
        limit = self.packed.mtpd[places]
        late = self.watched[places] & (limit != UNKNOWN) & (lasts > limit)
        weighted = int((self._weight[places] * lasts).sum())
        return Loss(weighted, frozenset(places[late].tolist()), frozenset(places.tolist()))

    def _end(self, code: str) -> int:
        """Up to which minute a scenario is counted; a measure does not change it."""
        return min(HORIZON_H * 60, repaired(self.scenarios[code], HORIZON_H * 60) + AFTERWARDS)

    def _doubled(self, needs: frozenset[int]) -> Engine:
        """An engine in which these needs endure one loss more."""
        if not needs:
            return self.engine
        losses = self.packed.losses.copy()
        losses[sorted(needs)] += 1
        return self.make(replace(self.packed, losses=losses))

    def benefits(self, setup: Setup, now: Mapping[str, Loss], known: Known | None = None) -> list[Benefit]:
        """Every measure that saves something when it is taken in this setup, best first; `now` are its losses.

        A measure of several needs is left out when the needs one by one save as much. What is `known` already is not
        tried again, and what is tried is added to it. Raises TooMuch when there is more to try than `most`.
        """
        known = {} if known is None else known
        tried = [
            (measure, codes)
            for measure, codes in measures(self.network, setup, {c: loss.down for c, loss in now.items()}, self.alike)
            if self.may(measure)
        ]
        tries = sum(len(now[code].down) for measure, codes in tried for code in codes if (measure, code) not in known)
        if self.most is not None and tries > self.most:
            raise TooMuch(tries)
        for measure, codes in tried:
            if new := [code for code in codes if (measure, code) not in known]:
                losses = self.losses(applied(setup, measure), new)
                known.update({(measure, code): loss for code, loss in losses.items()})
        found = [self._benefit(m, now, {code: known[m, code] for code in sorted(codes)}) for m, codes in tried]
        return sorted(_worthwhile(found), key=self.order)

    def _benefit(self, measure: Measure, now: Mapping[str, Loss], then: Mapping[str, Loss]) -> Benefit:
        by_scenario = {code: now[code].weighted - loss.weighted for code, loss in then.items()}
        spared = frozenset[Place]().union(*(now[code].late - loss.late for code, loss in then.items()))
        saved = sum(self.weights.get(code, 1) * value for code, value in by_scenario.items())
        return Benefit(measure, saved, spared, {c: value for c, value in by_scenario.items() if value}, frozenset(then))

    def order(self, benefit: Benefit) -> tuple[int, int, int, str, str, tuple[int, ...]]:
        """The most saved first, then the most vital functions and the most functions spared, then by code."""
        measure, functions = benefit.measure, self.network.functions
        vital = sum(int(self.packed.weight[place]) for place in benefit.spared)
        place = functions[measure.place].code
        return -benefit.saved, -vital, -len(benefit.spared), place, measure.kind.value, measure.needs

    def ranked(self) -> tuple[list[Benefit], list[Benefit]]:
        """Every measure that saves something, best first; and the best sequence of up to five.

        Cold-start arrangements stand behind the others, as they are held against another return.
        In the sequence each measure is the best after the ones before, and saves on top of them: two halves of a
        common cause can be worth more together than each alone.
        """
        setup, known = self.setup, Known()
        now = self.losses(setup)
        found = first = self.benefits(setup, now, known)
        chosen: list[Benefit] = []
        while found:
            chosen.append(found[0])
            if len(chosen) == MOST_NEXT:
                break
            setup = applied(setup, found[0].measure)
            now = {**now, **self.losses(setup, found[0].touches)}
            # A measure is inert where it touches nothing, whatever else is done: what was tried there still holds.
            known = {key: loss for key, loss in known.items() if key[1] not in found[0].touches}
            found = self.benefits(setup, now, known)
        return [*first, *sorted(self._cold_starts(), key=self.order)], chosen

    def _cold_starts(self) -> Iterable[Benefit]:
        """What each circle's arrangement saves against a return without help by hand."""
        codes: dict[Link, set[str]] = {}
        for code, links in self.bridges().items():
            for link in links:
                codes.setdefault(link, set()).add(code)
        tolerance = np.array(self.network.tolerance, np.int32)
        for link, where in sorted(codes.items()):
            measure = Measure(Kind.COLD_START, self._consumer(link), link=link)
            if not self.may(measure):
                continue
            one = self.make(replace(self.packed, loop=self._loop(link)))
            now = {c: self._told(self.engine, self.setup, c, tolerance=tolerance, bridged=False) for c in where}
            then = {c: self._told(one, self.setup, c, tolerance=tolerance) for c in where}
            benefit = self._benefit(measure, now, then)
            if benefit.saved > 0:
                yield benefit

    def _consumer(self, link: Link) -> Place:
        return self.network.place[self.network.need[link.need].consumer]

    def _loop(self, link: Link) -> Flags:
        """The loop flags of the members with only this link flagged."""
        flags = [
            loop and self.network.members[need][0].link == link
            if self.network.facts[need] is None
            else loop and any(m.link == link and m.place == place for m in self.network.members[need])
            for place, supplied in enumerate(self.network.supplies)
            for need, loop in supplied
        ]
        return np.array(flags, np.bool_)


def _worthwhile(found: Sequence[Benefit]) -> list[Benefit]:
    """Those that save something; several needs together only if that is more than the sum of each alone."""
    alone = {b.measure.needs[0]: b.saved for b in found if b.measure.kind is Kind.TOLERANCE}
    return [
        benefit
        for benefit in found
        if benefit.saved > 0
        and (
            benefit.measure.kind is not Kind.TOGETHER
            or benefit.saved > sum(max(0, alone.get(need, 0)) for need in benefit.measure.needs)
        )
    ]


def by_cost(found: Sequence[Benefit], eur: Callable[[Measure], float | None]) -> list[Benefit]:
    """Those with a known cost first, the least euros for an hour saved before the others; the rest as they stood."""

    def order(benefit: Benefit) -> tuple[bool, float]:
        cost = eur(benefit.measure)
        return cost is None, (cost or 0) / benefit.saved

    return sorted(found, key=order)
