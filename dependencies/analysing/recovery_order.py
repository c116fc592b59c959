"""What to repair first in a scenario, and in which order the reader's functions come back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dependencies import tracing
from dependencies.analysing.keeping import once
from dependencies.analysing.scenarios import Course, opened
from dependencies.cascade import repaired, spread
from dependencies.durations import stopping
from dependencies.graph import FunctionFacts
from dependencies.investment import PER_HOUR
from dependencies.outcome import in_hours
from dependencies.recovery_order import HORIZON, Deadline, Return, Source, Table, returns
from dependencies.reduction import Card, Shown, as_shown
from dependencies.tracing import Loaded, TooFar
from prepare.actor import Scope
from prepare.texts import N_
from prepare.vocabulary import Criticality

RUNS = 30  #: of the cascade, about, for one fault
MOST_TRIES = 100_000  #: functions times runs while somebody waits: some seconds in plain Python


@dataclass(frozen=True)
class RecoveryOrder:
    """The faults of a scenario in the order of their repair, and the returns after it."""

    now: Loaded
    course: Course
    sources: list[Source]
    returns: list[Return]  #: of the reader's functions, in order of time
    cards: Mapping[int, Card]
    scope: Scope

    def function(self, place: int) -> FunctionFacts:
        """The function at a place."""
        return self.now.network.functions[place]

    def shown(self, place: int) -> Shown:
        """The function at a place as the reader may see it."""
        return as_shown(self.scope, self.cards[self.function(place).id])

    def gravest(self, places: Iterable[int]) -> list[int]:
        """These places, the most critical first."""
        return sorted(places, key=lambda p: (self.function(p).criticality or "K9", self.function(p).code))

    def suppliers(self, one: Return) -> list[Shown]:
        """Those without whom a return is started by hand."""
        return [self.shown(self.now.network.place[link.supplier]) for link in one.by_hand]

    def as_json(self) -> dict[str, Any]:
        """As `prepare recovery-order --json` prints it; times in hours from the start of the scenario."""
        return {
            "scenario": self.course.code,
            "graph_revision": self.now.network.revision,
            "engine": self.now.engine.name,
            "sources": [self._source(source) for source in self.sources],
            "returns": [self._return(one) for one in self.returns],
        }

    def _source(self, source: Source) -> dict[str, Any]:
        return {
            "code": self.shown(source.hit.place).code,
            "start_h": in_hours(source.hit.start),
            "planned_h": in_hours(source.hit.end),
            "latest": self._deadline(source.latest),
            "is_too_late": source.is_too_late,
            "further": self._deadline(source.further),
            "waiting_k1": [self.function(place).code for place in self.gravest(source.waiting)],
            "costs_weighted_h": round(source.weighted / PER_HOUR, 4),
        }

    def _deadline(self, deadline: Deadline | None) -> dict[str, Any] | None:
        if deadline is None:
            return None
        harmed = [self.function(place).code for place in self.gravest(deadline.harmed)]
        return {"back_by_h": in_hours(deadline.minute), "else_mtpd_exceeded": harmed}

    def _return(self, one: Return) -> dict[str, Any]:
        return {
            "code": self.function(one.place).code,
            "back_h": in_hours(one.back_min),
            "step": one.step,
            "need": one.need.name if one.need else None,
            "waited_for": [self.shown(place).code for place in one.waited_for],
            "restart_h": in_hours(self.now.network.restart[one.place]) if one.step else None,
            "by_hand_without": [supplier.code for supplier in self.suppliers(one)],
        }


def recovery_order(scope: Scope, now: Loaded, course: Course, *, most: int | None = None) -> RecoveryOrder:
    """The order for the reader's functions: only they have limits to keep, and only they are listed.

    Raises TooFar when there is more to try than `most`.
    """
    cards = tracing.cards(now.network.place)
    open_ = opened(scope, cards.values())
    watched = np.array([function.id in open_ for function in now.network.functions], bool)
    hits = stopping(now.network, course.hits)

    def back() -> list[Return]:
        outages = spread(now.network, hits, HORIZON, bridged=True)
        return returns(now.network, outages, hits, repaired(hits, HORIZON))

    came_back = once(now.network, ("returns", course.hits), back)
    if most is not None and len(came_back) * len(hits) * RUNS > most:
        raise TooFar(N_("The scenario takes down too many functions."))
    key = ("recovery order", course.hits, frozenset(open_))
    table = Table(now.network, now.packed, now.engine, watched)
    sources = once(now.network, key, lambda: table.sources(hits))
    order = [*Criticality, None]

    def when(one: Return) -> tuple[int, int, str]:
        function = now.network.functions[one.place]
        at = HORIZON if one.back_min is None else one.back_min
        return at, order.index(function.criticality), function.code

    own = sorted((one for one in came_back if watched[one.place]), key=when)
    return RecoveryOrder(now, course, sources, own, cards, scope)
