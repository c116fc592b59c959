"""What one reader may see of a traced disruption.

The whole graph is computed; the answer tells the reader's own functions. A supplier of somebody else is
named in a chain if the reader's directory has it, and is "a function outside your view" otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from dependencies.cascade import ENGINE
from dependencies.chains import Step
from dependencies.graph import FunctionFacts, Link, NeedFacts
from dependencies.network import Network
from dependencies.outcome import Hit, Outcome, Trace, Why, as_json, in_hours
from dependencies.vocabulary import State, Verdict
from prepare.actor import Scope
from prepare.vocabulary import Confidentiality, Criticality, OrganisationKind


@dataclass(frozen=True)
class Card:
    """A function's names, owner and class, as the records have them."""

    id: int
    ref: UUID
    code: str
    name_fi: str
    name_sv: str | None
    name_en: str | None
    confidentiality: Confidentiality
    criticality: Criticality | None
    organisation: str  #: the owner's code
    path: str
    kind: OrganisationKind
    organisation_fi: str
    organisation_sv: str | None
    organisation_en: str | None


@dataclass(frozen=True)
class Shown:
    """A function as the reader may see it; without a card it lies outside the reader's view."""

    card: Card | None
    opens: bool  #: whether the reader may open its page

    @property
    def code(self) -> str | None:
        """The code, if the reader may know it."""
        return self.card.code if self.card else None

    @property
    def is_own(self) -> bool:
        """Whether it is the city's own function, not a partner's service."""
        return self.card is not None and self.card.kind.is_own


@dataclass(frozen=True)
class SeenStep:
    """A step of a chain; need and tolerance are told of the reader's own functions, the hour of named ones."""

    function: Shown
    at_min: int | None
    need: NeedFacts | None
    tolerance_min: int | None
    also_lost: tuple[tuple[Shown, int | None], ...]  #: with the minute since which, of named ones


@dataclass(frozen=True)
class SeenOutcome:
    """What happens to one of the reader's functions, and why."""

    function: Shown
    outcome: Outcome
    steps: tuple[SeenStep, ...]


@dataclass(frozen=True)
class Bridge:
    """A circular dependency that somebody must bridge by hand: the consumer does without the supplier for a while."""

    consumer: Shown
    need: NeedFacts
    supplier: Shown


@dataclass(frozen=True)
class SeenTrace:
    """The answer to one disruption, cut to what the reader may see."""

    trace: Trace  #: with the reader's own functions only
    hits: tuple[tuple[Shown, Hit], ...]
    outcomes: tuple[SeenOutcome, ...]
    bridges: tuple[Bridge, ...]
    only_unbridged: tuple[Shown, ...]
    shown: Mapping[int, Shown]  #: every function that was met, by id

    def down(self, verdict: Verdict | None = None, *, own: bool = True) -> list[SeenOutcome]:
        """The functions that go down, all or those with this verdict: the city's own, or partners' services."""
        return [seen for seen in self._in(State.DOWN, own) if verdict in (None, seen.outcome.verdict)]

    def degraded(self, *, own: bool = True) -> list[SeenOutcome]:
        """The functions that are degraded, but never down: the city's own, or partners' services."""
        return self._in(State.DEGRADED, own)

    def _in(self, state: State, own: bool) -> list[SeenOutcome]:
        return [seen for seen in self.outcomes if seen.outcome.state is state and seen.function.is_own is own]

    def as_json(self, *, scenario: str | None = None) -> dict[str, Any]:
        """As `prepare trace --json` prints it; a code that the reader may not know is null."""
        return as_json(self.trace, scenario=scenario, code_of=lambda function: self.shown[function.id].code)


@dataclass(frozen=True)
class SeenWhy:
    """Why one of the reader's functions is down or degraded at a minute, cut to what the reader may see."""

    why: Why
    function: Shown
    steps: tuple[SeenStep, ...]

    def as_json(self, *, scenario: str | None = None) -> dict[str, Any]:
        """As `prepare trace --why --json` prints it; what the reader may not know is null."""
        why = self.why
        since, until = why.interval or (None, None)
        return {
            "scenario": scenario,
            "graph_revision": why.revision,
            "engine": ENGINE,
            "code": why.function.code,
            "at_h": in_hours(why.minute),
            "state": why.state.value if why.state else "up",
            "since_h": in_hours(since),
            "until_h": in_hours(until) if why.is_over else None,
            "chain": [_step_json(step) for step in self.steps],
        }


def _step_json(step: SeenStep) -> dict[str, Any]:
    return {
        "code": step.function.code,
        "at_h": in_hours(step.at_min),
        "need": step.need.name if step.need else None,
        "tolerance_h": in_hours(step.tolerance_min),
        "also_lost": [{"code": other.code, "since_h": in_hours(since)} for other, since in step.also_lost],
    }


def met(result: Trace, network: Network) -> set[int]:
    """The ids of all functions that the trace names anywhere."""
    found = {hit.function for hit in result.hits} | {function.id for function in result.only_unbridged}
    for outcome in result.outcomes:
        for step in outcome.chain:
            found |= {step.function.id, *(other.function.id for other in step.also_lost)}
    for link in result.bridged:
        found |= {link.supplier, network.need[link.need].consumer}
    return found


def reduced(scope: Scope, result: Trace, network: Network, cards: Mapping[int, Card]) -> SeenTrace:
    """The part of the trace that this scope may see; `cards` hold every function of `met`."""
    shown = {id_: as_shown(scope, card) for id_, card in cards.items()}

    def is_open(function: FunctionFacts) -> bool:
        return shown[function.id].opens

    outcomes = tuple(outcome for outcome in result.outcomes if is_open(outcome.function))
    further = tuple(function for function in result.only_unbridged if is_open(function))
    return SeenTrace(
        replace(result, outcomes=outcomes, only_unbridged=further),
        tuple((shown[hit.function], hit) for hit in result.hits),
        tuple(SeenOutcome(shown[o.function.id], o, tuple(_step(s, shown) for s in o.chain)) for o in outcomes),
        tuple(bridge for link in result.bridged if (bridge := _bridge(link, network, shown)).consumer.opens),
        tuple(shown[function.id] for function in further),
        shown,
    )


def opens(scope: Scope, card: Card) -> bool:
    """Whether the function's page may be read in this scope."""
    return card.id in scope.functions or scope.covers(card.path, card.confidentiality)


def as_shown(scope: Scope, card: Card) -> Shown:
    """The function as it may be seen in this scope."""
    readable = opens(scope, card)
    return Shown(card if readable or scope.names(card.id, card.path, card.confidentiality) else None, readable)


def _step(step: Step, shown: Mapping[int, Shown]) -> SeenStep:
    function = shown[step.function.id]
    others = tuple(_also(shown[other.function.id], other.since_min) for other in step.also_lost if function.opens)
    need, tolerance = (step.need, step.tolerance_min) if function.opens else (None, None)
    return SeenStep(function, step.at_min if function.card else None, need, tolerance, others)


def _also(function: Shown, since_min: int) -> tuple[Shown, int | None]:
    return function, since_min if function.card else None


def named_in(found: Why) -> set[int]:
    """The ids of all functions that the explanation names."""
    steps = found.chain
    also = {other.function.id for step in steps for other in step.also_lost}
    return {found.function.id, *(step.function.id for step in steps), *also}


def seen_why(scope: Scope, found: Why, cards: Mapping[int, Card]) -> SeenWhy:
    """The explanation as this scope may see it; `cards` hold every function of `named_in`."""
    shown = {id_: as_shown(scope, card) for id_, card in cards.items()}
    return SeenWhy(found, shown[found.function.id], tuple(_step(step, shown) for step in found.chain))


def _bridge(link: Link, network: Network, shown: Mapping[int, Shown]) -> Bridge:
    need = network.need[link.need]
    return Bridge(shown[need.consumer], need, shown[link.supplier])
