"""The scenarios that analyses run over: what each hits, and its trace, kept per revision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dependencies import queries, tracing
from dependencies.analysing.keeping import once
from dependencies.outcome import Hit, Trace, trace
from dependencies.reduction import Card, opens
from dependencies.tracing import Loaded, TooFar
from prepare.actor import Scope
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.texts import N_
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries


@dataclass(frozen=True)
class Course:
    """A scenario that the reader may trace, with its hits on functions in force."""

    scenario: Scenario
    hits: tuple[Hit, ...]
    missed: int = 0  #: hits on functions that are no longer in force

    @property
    def code(self) -> str:
        """The scenario's code."""
        return self.scenario.code


def graph() -> Loaded:
    """The whole graph, for an analysis that needs all of it.

    Raises TooFar when it is too large to be computed while somebody waits.
    """
    if (db.session.scalar(queries.functions_counted()) or 0) > tracing.WHOLE:
        raise TooFar(N_("The graph has more than %(most)s functions."), most=tracing.WHOLE)
    return tracing.loaded()


def courses(scope: Scope, now: Loaded, codes: Sequence[str] = ()) -> list[Course]:
    """The scenarios of the scope, all or those with these codes, in order.

    Raises RuleBroken when there is none with one of the codes.
    """
    found = list(db.session.scalars(scenario_queries.scenarios(scope)))
    if codes and set(codes) - {scenario.code for scenario in found}:
        raise RuleBroken(N_("There is no such scenario."), field="scenario")
    chosen = [scenario for scenario in found if not codes or scenario.code in codes]
    hits = tracing.hits_of_all([scenario.id for scenario in chosen])
    return [_course(scenario, hits[scenario.id], now) for scenario in chosen]


def _course(scenario: Scenario, hits: Iterable[Hit], now: Loaded) -> Course:
    hits = list(hits)
    in_force = tuple(hit for hit in hits if hit.function in now.network.place)
    return Course(scenario, in_force, len(hits) - len(in_force))


def traced(now: Loaded, hits: tuple[Hit, ...]) -> Trace:
    """What the hits do to every function, computed once per revision."""
    return once(now.network, ("trace", hits), lambda: trace(now.network, hits))


def opened(scope: Scope, cards: Iterable[Card]) -> dict[int, Card]:
    """Of these functions those that the reader may open, by id."""
    return {card.id: card for card in cards if opens(scope, card)}
