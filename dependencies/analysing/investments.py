"""What would help a reader's functions most: measures ranked over the chosen scenarios."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

import numpy as np
from sqlalchemy import select

from dependencies import tracing
from dependencies.analysing.keeping import once
from dependencies.analysing.scenarios import Course, courses, traced
from dependencies.candidates import Kind, Measure, substitutes
from dependencies.durations import stopping
from dependencies.engines import engine
from dependencies.graph import FunctionFacts, Link, NeedFacts
from dependencies.investment import PER_HOUR, Bench, Benefit, TooMuch, by_cost
from dependencies.models.needs import Dependency
from dependencies.outcome import in_hours
from dependencies.reduction import Card, Shown, as_shown
from dependencies.tracing import Loaded
from dependencies.vocabulary import DependencyKind
from prepare.actor import Scope
from prepare.db import db
from prepare.vocabulary import Criticality

MOST_TRIES = 400_000  #: functions times runs that are tried while somebody waits: some seconds in plain Python


class Decides(StrEnum):
    """Whose decision a measure must be to be tried."""

    ANYBODY = ""
    OWN = "own"  #: the city's own functions'
    MINE = "mine"  #: those functions' that the reader may open


@dataclass(frozen=True)
class Investments:
    """The measures that save hours of the reader's functions, best first."""

    now: Loaded
    courses: list[Course]
    ranking: list[Benefit]
    sequence: list[Benefit]  #: the best, then the best after it
    lost: int  #: halves of weighted minutes that the scenarios cost as things are
    cards: Mapping[int, Card]
    scope: Scope

    def function(self, place: int) -> FunctionFacts:
        """The function at a place."""
        return self.now.network.functions[place]

    def shown(self, place: int) -> Shown:
        """The function at a place as the reader may see it."""
        return as_shown(self.scope, self.cards[self.function(place).id])

    def key(self, measure: Measure) -> str:
        """What a measure is called where its cost is given: kind, function, needs or supplier, hours it goes to."""
        supplier = self.supplier(measure)
        needs = [need.name for need in self.needs(measure)]
        parts = (measure.kind.value, self.shown(measure.place).code, *needs, supplier.code if supplier else None)
        return " / ".join([*(part for part in parts if part), f"{measure.to_min / 60:g}"])

    def needs(self, measure: Measure) -> list[NeedFacts]:
        """The needs that a measure changes."""
        facts = (self.now.network.facts[need] for need in measure.needs)
        return [self.now.network.need[measure.link.need]] if measure.link else [one for one in facts if one]

    def supplier(self, measure: Measure) -> Shown | None:
        """Without whom a cold start is arranged for; None for every other measure."""
        return self.shown(self.now.network.place[measure.link.supplier]) if measure.link else None

    def vital(self, benefit: Benefit) -> int:
        """How many of the functions that are spared are K1."""
        return sum(self.function(place).criticality is Criticality.K1 for place in benefit.spared)

    def as_json(self, costs: Mapping[str, float] | None = None) -> dict[str, Any]:
        """As `prepare investments --json` prints it; hours are weighted by class unless they are a measure's own.

        `costs` are euros by the key of the measure; a measure without one has a cost of null.
        """
        costs = costs or {}
        return {
            "graph_revision": self.now.network.revision,
            "engine": self.now.engine.name,
            "scenarios": [course.code for course in self.courses],
            "scenario_weights": "equal",
            "lost_weighted_h": _hours(self.lost),
            "measures": [self._row(benefit, costs) for benefit in by_cost(self.ranking, self.eur(costs))],
            "sequence": [self._row(benefit, costs) for benefit in self.sequence],
        }

    def eur(self, costs: Mapping[str, float]) -> Callable[[Measure], float | None]:
        """Gives the cost of a measure; None where it is not known."""
        return lambda measure: costs.get(self.key(measure)) if costs else None

    def _row(self, benefit: Benefit, costs: Mapping[str, float]) -> dict[str, Any]:
        measure, supplier = benefit.measure, self.supplier(benefit.measure)
        eur = self.eur(costs)(measure)
        return {
            "key": self.key(measure),
            "cost_eur": eur,
            "eur_per_saved_h": None if eur is None else round(eur / benefit.hours, 4),
            "kind": measure.kind.value,
            "function": self.shown(measure.place).code,
            "needs": [need.name for need in self.needs(measure)],
            "from_h": in_hours(measure.from_min),
            "to_h": in_hours(measure.to_min),
            "suppliers": [self.shown(place).code for place in measure.suppliers],
            "without": supplier.code if supplier else None,
            "saved_weighted_h": _hours(benefit.saved),
            "spared_from_mtpd": sorted(self.function(place).code for place in benefit.spared),
            "k1_spared": self.vital(benefit),
            "by_scenario_weighted_h": {code: _hours(value) for code, value in benefit.by_scenario.items()},
        }


def _hours(weighted: int) -> float:
    return round(weighted / PER_HOUR, 4)


def investments(
    scope: Scope,
    now: Loaded,
    codes: Sequence[str] = (),
    *,
    decides: Decides = Decides.ANYBODY,
    most: int | None = None,
) -> Investments:
    """The measures over all scenarios of the scope, or over those with these codes.

    Only what `decides` says is tried. Raises RuleBroken when there is no scenario with one of the codes, TooMuch
    when there is more to try than `most`.
    """
    chosen = courses(scope, now, codes)
    cards = tracing.cards(now.network.place)
    seen = {id_: as_shown(scope, card) for id_, card in cards.items()}
    open_ = frozenset(id_ for id_, one in seen.items() if one.opens)
    named = frozenset(id_ for id_, one in seen.items() if one.card)
    decided = frozenset(id_ for id_, card in cards.items() if decides is not Decides.OWN or card.kind.is_own)
    if decides is Decides.MINE:
        decided = open_
    key = ("investments", tuple((c.code, c.hits) for c in chosen), open_, named, decided, most)

    def compute() -> tuple[list[Benefit], list[Benefit], int] | TooMuch:
        bench = _bench(now, chosen, open_, named, decided, most)
        try:
            return *bench.ranked(), sum(loss.weighted for loss in bench.losses(bench.setup).values())
        except TooMuch as much:  # kept as well, so that nobody waits for it twice
            return much

    found = once(now.network, key, compute)
    if isinstance(found, TooMuch):
        raise found
    return Investments(now, chosen, *found, cards, scope)


def _bench(
    now: Loaded,
    chosen: Sequence[Course],
    open_: Collection[int],
    named: Collection[int],
    decided: Collection[int],
    most: int | None,
) -> Bench:
    network = now.network

    def may(measure: Measure) -> bool:
        id_ = network.functions[measure.place].id
        return id_ in decided and id_ in (named if measure.kind is Kind.RECOVERY else open_)

    alike = substitutes(network, _kinds())
    # Whoever waits for no page has thousands of runs before them: the compiled engine pays, whatever the size.
    make = engine if most is not None else partial(engine, compiled=True)
    return Bench(
        network,
        now.packed,
        make(now.packed),
        make,
        {course.code: tuple(stopping(network, course.hits)) for course in chosen},
        np.array([function.id in open_ for function in network.functions], bool),
        {need: [p for p in places if network.functions[p].id in named] for need, places in alike.items()},
        may,
        bridges=lambda: {c.code: traced(now, c.hits).bridged for c in chosen if network.loops},
        most=most,
    )


def _kinds() -> dict[Link, DependencyKind]:
    rows = select(Dependency.need_id, Dependency.supplier_id, Dependency.kind).where(Dependency.retired.is_(False))
    return {Link(need, supplier): kind for need, supplier, kind in db.session.execute(rows)}
