"""What disruptions do to what runs over one interface: computed over the whole graph, cut to what may be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dependencies import partner_sight, tracing
from dependencies.analysing import partners, scenarios
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency
from dependencies.outcome import Outcome, Trace
from dependencies.partner_sight import Openness, Span
from prepare.actor import Actor
from prepare.db import db
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries


@dataclass(frozen=True)
class Effect:
    """What one disruption does to a line: when its supplier is out, and when whoever needs it."""

    dependency: Dependency
    supplier: tuple[Span, ...]
    consumer: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Both sides together."""
        return self.supplier + self.consumer


@dataclass(frozen=True)
class Disruption:
    """What one disruption does to the interface. `scenario` is None when the reader may not know which one it is."""

    scenario: Scenario | None
    effects: tuple[Effect, ...]

    @property
    def first_min(self) -> int:
        """When it is first felt."""
        return min(partner_sight.first_min(one.spans) or 0 for one in self.effects)


def disruptions(who: Actor, interface: Interface) -> list[Disruption]:
    """The disruptions that are felt on an opened interface, the soonest first; one that is not felt is not told of.

    For a partner a line with a secret end is left out, and the order says nothing of the register's. Raises TooFar
    when the graph is too large to be computed while somebody waits.
    """
    lines = list(db.session.scalars(partners.open_lines(who, interface)))
    if not lines:
        return []
    now = scenarios.graph()
    rows = list(db.session.scalars(scenario_queries.scenarios(partners.scenario_scope(who, interface))))
    hits = tracing.hits_of_all([one.id for one in rows])
    found = []
    for scenario in rows:
        in_force = tuple(hit for hit in hits[scenario.id] if hit.function in now.network.place)
        told = _told(scenario, lines, scenarios.traced(now, in_force), is_partner=partners.is_partner(who))
        found += [told] if told else []
    return sorted(found, key=lambda one: (one.first_min, one.scenario is None))


def _told(scenario: Scenario, lines: Sequence[Dependency], trace: Trace, *, is_partner: bool) -> Disruption | None:
    how = partner_sight.openness(scenario.confidentiality) if is_partner else Openness.NAMED
    outcomes = {one.function.id: one for one in trace.outcomes}
    effects = [_effect(line, outcomes, trace.horizon_min, is_partner=is_partner) for line in lines]
    felt = tuple(effect for effect in effects if effect.spans)
    if how is Openness.CLOSED or not felt:
        return None
    return Disruption(scenario if how is Openness.NAMED else None, felt)


def _effect(line: Dependency, outcomes: Mapping[int, Outcome], horizon_min: int, *, is_partner: bool) -> Effect:
    consumer = line.need.consumer
    failing = partner_sight.spans(outcomes.get(line.supplier_id), horizon_min)
    missing = partner_sight.spans(outcomes.get(consumer.id), horizon_min)
    if is_partner:
        missing = partner_sight.told_of_consumer(failing, missing, is_own=not consumer.owner_is_own)
    return Effect(line, failing, missing)
