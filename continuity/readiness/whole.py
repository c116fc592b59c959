"""What only the whole graph shows of an organisation's functions and risks, as its reader may see it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from continuity.findings.cases import FunctionCase
from continuity.findings.consequences import CascadeCase
from continuity.findings.finding import Subject, Thing
from continuity.findings.losses import CircleCase, DefeatCase, LossCase
from continuity.findings.reserves import ReserveCase
from continuity.readiness import cases
from dependencies.analysing import consequences, keystones, mutual, recovery, redundancy, reserve_balances, scenarios
from dependencies.analysing import reserves as reserve_queries
from dependencies.analysing.recovery import SeenRecovery
from dependencies.analysing.view import View, view
from dependencies.outcome import in_hours
from dependencies.reduction import Card, Shown
from dependencies.reserving.vocabulary import Sufficiency
from dependencies.tracing import Loaded, TooFar
from dependencies.vocabulary import Handling, RtoStatus
from prepare.actor import Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.texts import _, name_of
from risks.models.risks import Risk

#: The rules that are not run when the graph is too large to be computed while somebody waits.
OF_THE_GRAPH = ("W3", "W5", "W6", "W21", "W24", "W27")


@dataclass(frozen=True)
class Chains:
    """What the graph shows; where it could not be computed, `not_run` says why, and nothing else is known."""

    cascades: list[CascadeCase] = field(default_factory=list)
    losses: list[LossCase] = field(default_factory=list)
    defeats: list[DefeatCase] = field(default_factory=list)
    circles: list[CircleCase] = field(default_factory=list)
    reserves: list[ReserveCase] = field(default_factory=list)
    recoveries: dict[int, SeenRecovery] = field(default_factory=dict)  #: function id → when it is back at best
    not_run: str = ""

    def with_recovery(self, function: int, case: FunctionCase) -> FunctionCase:
        """The case with what its suppliers let the function achieve, where that could be computed."""
        found = self.recoveries.get(function)
        if found is None:
            return case
        blockers = [one for one in found.blocked_by if one != found.function]
        unknown = found.status is RtoStatus.UNKNOWN
        at_best = found.achievable if found.achievable is not None else found.at_least
        return replace(
            case,
            achievable_h=None if unknown else in_hours(at_best),
            achievable_known=True,
            blocked_by=tuple(dict.fromkeys(map(label, blockers))) if unknown else (),
        )


def chains(
    scope: Scope, organisation: Organisation, functions: Sequence[Function], risks: list[Risk], *, on: date
) -> Chains:
    """What the graph shows of these functions and risks of the organisation, on the day `on`."""
    try:
        now = scenarios.graph()
        cascades = list(_cascades(scope, risks, now))
    except TooFar as far:
        return Chains(not_run=far.text())
    seen = view(scope, now)
    held = {one.id: one for one in functions}
    places = [seen.network.place[one] for one in held if one in seen.network.place]
    back = {one.facts.id: one for one in recovery.told(seen, places)}
    losses = list(_losses(seen, organisation, on))
    circles, reserves = list(_circles(seen, held)), list(_reserves(scope, organisation, now))
    return Chains(cascades, losses, list(_defeats(seen, held)), circles, reserves, back)


def label(function: Shown) -> str:
    """Code and name of a function, or that it lies outside the reader's view."""
    return f"{function.code} {name_of(function.card)}" if function.card else _(cases.OUTSIDE)


def _cascades(scope: Scope, risks: list[Risk], now: Loaded) -> Iterator[CascadeCase]:
    told = consequences.of_risks(scope, risks, now)
    for risk in risks:
        if case := cases.cascade_case(risk, told.get(risk.id)):
            yield case


def _losses(seen: View, organisation: Organisation, on: date) -> Iterator[LossCase]:
    """The undecided single points of failure that the organisation keeps; a city keeps its partners' services too."""
    for one in keystones.every(seen, on=on):
        card = one.function.card
        undecided = one.handling is Handling.UNTREATED and one.keystone.is_single_point
        if undecided and card is not None and card.path.startswith(organisation.path):
            yield LossCase(_thing(card), tuple(label(function) for function, _minute in one.fatal), one.has_lapsed)


def _thing(card: Card) -> Thing:
    return Thing(Subject.FUNCTION, card.code, name_of(card), str(card.ref), card.organisation, card.confidentiality)


def _defeats(seen: View, held: dict[int, Function]) -> Iterator[DefeatCase]:
    needs: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one in redundancy.defeated(seen):
        consumer = seen.network.functions[seen.network.consumer[one.need]].id
        if consumer in held:
            needs[consumer].append((one.facts.name, label(seen.shown(one.cause.place))))
    for consumer, told in needs.items():
        function = held[consumer]
        thing = cases.thing_of(Subject.FUNCTION, function, name_of(function))
        yield DefeatCase(thing, function.criticality, tuple(told))


def _circles(seen: View, held: dict[int, Function]) -> Iterator[CircleCase]:
    for circle in mutual.circles(seen):
        mine = [held[one.card.id] for one in circle.functions if one.card and one.card.id in held]
        if mine:
            first, *_rest = sorted(mine, key=lambda one: (one.criticality.value if one.criticality else "K9", one.code))
            thing = cases.thing_of(Subject.FUNCTION, first, name_of(first))
            others = tuple(label(one) for one in circle.functions if not (one.card and one.card.id == first.id))
            yield CircleCase(thing, others, circle.is_locked, first.criticality)


def _reserves(scope: Scope, organisation: Organisation, now: Loaded) -> Iterator[ReserveCase]:
    """The reserves of the organisation that are not enough, each in the scenario in which it stands worst."""
    own = [
        one
        for one in db.session.scalars(reserve_queries.reserves(scope))
        if one.owner_path.startswith(organisation.path)
    ]
    for one in reserve_balances.weigh(scope, own, now=now).worst.values():
        if one.balance.status is Sufficiency.SHORT:
            reserve, scenario = one.reserve, one.course.scenario
            amount = reserve.unit.amount(one.balance.missing)
            functions = [one.claims[share.draw.key].function for share in one.balance.left_without]
            yield ReserveCase(
                cases.thing_of(Subject.RESERVE, reserve, name_of(reserve)),
                f"{scenario.code} {name_of(scenario)}",
                _("at least %(amount)s", amount=amount) if one.balance.at_least else amount,
                tuple((f"{each.code} {name_of(each)}", each.criticality) for each in functions),
            )
