"""What indicators ask of the dependency graph: recovery, single points of failure, redundancy and survivability.

The whole graph is computed; only the city's own functions count.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from continuity.readiness.items import Land, item
from continuity.scoring import outcome
from continuity.scoring.cases import LossFacts, NeedFacts
from continuity.scoring.indicator import Indicator, Item
from continuity.scoring.outcome import OutageFacts
from continuity.scoring.vocabulary import Kind
from dependencies import handling, queries, redundancy
from dependencies.analysing import keystones, recovery, scenarios
from dependencies.analysing import redundancy as ways
from dependencies.analysing.view import View, view
from dependencies.network import Place
from dependencies.outcome import in_hours
from dependencies.tracing import TooFar
from dependencies.vocabulary import Handling, RtoStatus, State
from prepare.actor import Root, Scope
from prepare.db import db
from prepare.registration import VITAL
from prepare.vocabulary import Confidentiality


@dataclass
class GraphFacts:
    """What the graph tells of a city; nothing of it where the graph is too large to be computed at once."""

    recovery: dict[int, tuple[RtoStatus, int]] = field(default_factory=dict)  #: function → status, unknown times
    losses: dict[int, list[LossFacts]] = field(default_factory=dict)  #: by the sector whose K1 functions fall
    needs: dict[int, list[NeedFacts]] = field(default_factory=dict)
    outcomes: list[tuple[Item, Indicator]] = field(default_factory=list)
    is_too_large: bool = False


def graph(land: Land, on: date) -> GraphFacts:
    """Everything that the graph tells of the city on the day `on`."""
    scope = Scope((Root(land.city.path, Confidentiality.CONFIDENTIAL),))
    try:
        seen = view(scope, scenarios.graph())
    except TooFar:
        return GraphFacts(is_too_large=True)
    places = ((place, land.of(one.organisation_id)) for place, one in enumerate(seen.network.functions))
    own = {place: number for place, number in places if number is not None}
    return GraphFacts(_recovery(seen, own), _losses(seen, own, on), _needs(seen, own), _outcomes(seen, own))


def _item(kind: Kind, seen: View, place: Place) -> Item:
    card = seen.card(place)
    return item(kind, card, card.path)


def _recovery(seen: View, own: dict[Place, int]) -> dict[int, tuple[RtoStatus, int]]:
    found = recovery.recovery(seen)
    told = {}
    for place in own:
        status = found.status(place)
        blockers = len(found.blockers(place)) if status is RtoStatus.UNKNOWN else 0
        told[seen.network.functions[place].id] = (status, blockers)
    return told


def _losses(seen: View, own: dict[Place, int], on: date) -> dict[int, list[LossFacts]]:
    """Single points of failure, each in every sector that would lose K1 functions, with how many of its own."""
    decisions = {one.function_id: one for one in db.session.scalars(queries.loss_decisions(seen.scope))}
    found: dict[int, list[LossFacts]] = {}
    for keystone in keystones.computed(seen):
        if not keystone.is_single_point:
            continue
        decided = decisions.get(seen.network.functions[keystone.place].id)
        held = handling.in_force(decided.handling, decided.holds_until, on=on) if decided else Handling.UNTREATED
        counts: dict[int, int] = {}
        for felled in keystone.fatal:
            if felled.place in own:
                counts[own[felled.place]] = counts.get(own[felled.place], 0) + 1
        for number, lost in counts.items():
            found.setdefault(number, []).append(LossFacts(_item(Kind.LOSS, seen, keystone.place), lost, held))
    return found


def _needs(seen: View, own: dict[Place, int]) -> dict[int, list[NeedFacts]]:
    """The needs of K1-K2 functions that are met in several ways."""
    network = seen.network
    causes = {one.need: one.cause.place for one in ways.defeated(seen)}
    found: dict[int, list[NeedFacts]] = {}
    for number, facts in redundancy.several_ways(network).items():
        consumer = network.consumer[number]
        if consumer in own and network.functions[consumer].criticality in VITAL:
            owner = _item(Kind.NEED, seen, consumer)
            need = replace(owner, code=f"{owner.code} {facts.name}", name_fi=facts.name, name_sv=None, name_en=None)
            cause = _item(Kind.FUNCTION, seen, causes[number]) if number in causes else None
            found.setdefault(own[consumer], []).append(NeedFacts(need, cause))
    return found


def _outcomes(seen: View, own: dict[Place, int]) -> list[tuple[Item, Indicator]]:
    """O1 in each scenario that binds the city."""
    found = []
    for course in scenarios.courses(seen.scope, seen.now):
        outages = {
            one.function.id: in_hours(one.longest_min) or 0.0
            for one in scenarios.traced(seen.now, course.hits).outcomes
            if one.state is State.DOWN
        }
        cases = [_outage(seen, place, outages) for place in own]
        scenario = item(Kind.SCENARIO, course.scenario, course.scenario.organisation.path, is_binding=True)
        found.append((scenario, outcome.survivability(cases)))
    return found


def _outage(seen: View, place: Place, outages: dict[int, float]) -> OutageFacts:
    facts = seen.network.functions[place]
    function = _item(Kind.FUNCTION, seen, place)
    return OutageFacts(function, facts.criticality, outages.get(facts.id, 0.0), in_hours(facts.mtpd_min))
