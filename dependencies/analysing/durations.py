"""What a scenario does at other durations, and where the picture tips, for a reader's functions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sqlalchemy import or_, select

from dependencies import tracing
from dependencies.analysing.keeping import once
from dependencies.analysing.scenarios import Course, opened
from dependencies.chains import Step
from dependencies.durations import Counts, Group, Level, Levels, Tip, counts, lasting, levels, scaled, stopping, tips
from dependencies.graph import FunctionFacts
from dependencies.models.needs import Need
from dependencies.outcome import HORIZON_H, Hit, in_hours, in_minutes, trace
from dependencies.reduction import Card, Shown, as_shown
from dependencies.tracing import Loaded
from dependencies.vocabulary import ToleranceBasis
from prepare.actor import Scope
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Criticality

HORIZON = HORIZON_H * 60
USUAL_H = (24.0, 72.0, 96.0, 120.0)  #: durations that are compared when none are asked for
MOST_REACHED = 1_500  #: functions that a scenario reaches up to which its tipping points are found while somebody waits
HALF, MORE = 1, 3  #: tolerances taken half, or half as much again, in halves


@dataclass(frozen=True)
class Duration:
    """What happens when the scenario lasts so long, and between which bounds if estimates are out by half."""

    minutes: int
    counts: Counts
    fewest: Counts  #: if every estimated tolerance is half as long again
    most: Counts  #: if it is only half


@dataclass(frozen=True)
class SeenTip:
    """A duration at which some of the reader's functions become worse off."""

    minute: int  #: the shortest duration at which it happens
    lost: tuple[FunctionFacts, ...]  #: down for the first time
    late: tuple[FunctionFacts, ...]  #: past their MTPD for the first time
    chain: tuple[Step, ...]  #: to the one of `lost` that goes down first; empty when none is lost
    counts: Counts  #: from here on

    @property
    def endured_min(self) -> int:
        """The longest duration at which it does not happen yet."""
        return self.minute - 1


@dataclass(frozen=True)
class Sensitivity:
    """A scenario at other durations, cut to what the reader may see."""

    course: Course
    usual_min: int
    longest_min: int
    durations: list[Duration]
    tips: list[SeenTip] | None  #: None when the scenario reaches too many functions to find them here
    estimated: int  #: needs with an estimated tolerance
    cards: Mapping[int, Card]
    scope: Scope

    def shown(self, function: FunctionFacts) -> Shown:
        """The function as the reader may see it."""
        return as_shown(self.scope, self.cards[function.id])

    def as_json(self, revision: int, engine: str) -> dict[str, Any]:
        """As `prepare sensitivity --json` prints it; times in hours."""
        return {
            "scenario": self.course.code,
            "graph_revision": revision,
            "engine": engine,
            "duration_h": in_hours(self.usual_min),
            "longest_h": in_hours(self.longest_min),
            "estimated_needs": self.estimated,
            "durations": [
                {
                    "hours": in_hours(one.minutes),
                    **asdict(one.counts),
                    "fewest": asdict(one.fewest),
                    "most": asdict(one.most),
                }
                for one in self.durations
            ],
            "tipping_points": None if self.tips is None else [self._tip(tip) for tip in self.tips],
        }

    def _tip(self, tip: SeenTip) -> dict[str, Any]:
        return {
            "longer_than_h": in_hours(tip.endured_min),
            "lost": [function.code for function in tip.lost],
            "mtpd_exceeded": [function.code for function in tip.late],
            "chain": [self.shown(step.function).code for step in tip.chain],
            "counts": asdict(tip.counts),
        }


def sensitivity(
    scope: Scope,
    now: Loaded,
    course: Course,
    hours: Sequence[float] = USUAL_H,
    *,
    longest_h: float | None = None,
    most: int | None = None,
) -> Sensitivity:
    """The scenario at these durations, and its tipping points up to the longest.

    `longest_h` is twice the scenario's own duration unless it is said. The tipping points are left out when the
    scenario reaches more than `most` functions. Raises RuleBroken when a duration is not between a minute and a year.
    """
    minutes = [in_minutes(one) or 0 for one in hours]
    usual = max(1, in_minutes(course.scenario.duration_h) or 0)
    longest = in_minutes(longest_h) if longest_h is not None else min(HORIZON, max(2 * usual, *minutes, 1))
    if longest is None or not all(1 <= one <= HORIZON for one in (*minutes, longest)):
        raise RuleBroken(N_("Give times of at least a minute and at most a year."), field="hours")
    cards = tracing.cards(now.network.place)
    group = _group(scope, now, cards)
    estimated = frozenset(db.session.scalars(_estimated()))
    run = Runs(now, course.hits, usual)
    return Sensitivity(
        course,
        usual,
        longest,
        [run.at(one, group, estimated) for one in minutes],
        None if most is not None and run.reached() > most else run.seen_tips(longest, group),
        len(estimated & now.network.need.keys() & _needs_of(now, opened(scope, cards.values()))),
        cards,
        scope,
    )


def _estimated() -> Any:
    """The needs whose tolerance nobody has measured or exercised."""
    guessed = or_(Need.tolerance_basis.is_(None), Need.tolerance_basis == ToleranceBasis.ESTIMATED)
    return select(Need.id).where(Need.retired.is_(False), Need.tolerance_h > 0, guessed)


def _needs_of(now: Loaded, functions: Collection[int]) -> set[int]:
    return {need.id for need in now.network.need.values() if need.consumer in functions}


def _group(scope: Scope, now: Loaded, cards: Mapping[int, Card]) -> Group:
    """The reader's functions, by place."""
    seen = opened(scope, cards.values())
    own = np.array([f.id in seen and seen[f.id].kind.is_own for f in now.network.functions], bool)
    partners = np.array([f.id in seen and not seen[f.id].kind.is_own for f in now.network.functions], bool)
    vital = own & np.array([f.criticality is Criticality.K1 for f in now.network.functions], bool)
    return Group(own, vital, partners)


@dataclass(frozen=True)
class Runs:
    """Runs of one scenario at other durations, kept per revision."""

    now: Loaded
    hits: tuple[Hit, ...]
    usual: int

    def at(self, minutes: int, group: Group, estimated: frozenset[int]) -> Duration:
        """What happens at a duration, with bounds."""
        found = (self._levels(minutes, None, estimated), self._levels(minutes, MORE, estimated))
        most = self._levels(minutes, HALF, estimated)
        return Duration(minutes, *(counts(one, group) for one in (*found, most)))

    def _levels(self, minutes: int, halves: int | None, estimated: frozenset[int]) -> Levels:
        key = ("levels", self.hits, self.usual, minutes, halves, estimated if halves else None)
        return once(self.now.network, key, lambda: self._computed(minutes, halves, estimated))

    def _computed(self, minutes: int, halves: int | None = None, estimated: Collection[int] = ()) -> Levels:
        packed = self.now.packed
        tolerance = scaled(packed, estimated, halves) if halves else None
        hits = stopping(self.now.network, lasting(self.hits, self.usual, minutes))
        return levels(self.now.engine, packed, hits, HORIZON, tolerance=tolerance)

    def reached(self) -> int:
        """How many functions would be lost if the hits lasted for ever."""
        hits = stopping(self.now.network, self.hits)
        lost = self.now.engine.losses([hit.place for hit in hits], [hit.start for hit in hits], HORIZON)
        return len(lost.places)

    def seen_tips(self, longest: int, group: Group) -> list[SeenTip]:
        """The tipping points at which something happens to the group."""
        key = ("tips", self.hits, self.usual, longest)
        found = once(self.now.network, key, lambda: self._explained(longest))
        seen = (self._seen(tip, chains, group) for tip, chains in found)
        return [tip for tip in seen if tip.lost or tip.late]

    def _explained(self, longest: int) -> list[tuple[Tip, dict[int, tuple[Step, ...]]]]:
        """Every tipping point, with the chains to the functions that are lost there."""
        found = []
        for tip in tips(self._computed, longest):
            lost = {self.now.network.functions[place].id for place in tip.risen_to(Level.DOWN)}
            told = trace(self.now.network, lasting(self.hits, self.usual, tip.minute)).outcomes if lost else ()
            found.append((tip, {o.function.id: o.chain for o in told if o.function.id in lost}))
        return found

    def _seen(self, tip: Tip, chains: Mapping[int, tuple[Step, ...]], group: Group) -> SeenTip:
        lost, late = (self._among(tip.risen_to(level), group) for level in (Level.DOWN, Level.MTPD_EXCEEDED))
        first = min((chains[f.id] for f in lost), key=lambda c: (c[-1].at_min, len(c), c[-1].function.code), default=())
        return SeenTip(tip.minute, lost, late, first, counts(tip.after, group))

    def _among(self, places: Collection[int], group: Group) -> tuple[FunctionFacts, ...]:
        seen = group.own | group.partners
        return tuple(self.now.network.functions[place] for place in places if seen[place])
