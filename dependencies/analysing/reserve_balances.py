"""How reserves stand in the scenarios, as one reader may see it.

The whole graph is computed. A claim counts for the reader when the hours that it is called on may be told: the reader
may open its function, or may name the function and everybody whose loss it waits for.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dependencies import tracing
from dependencies.analysing import reserves as queries
from dependencies.analysing import scenarios
from dependencies.analysing.scenarios import Course
from dependencies.models.reserves import Reserve, ReserveClaim
from dependencies.outcome import in_minutes
from dependencies.reduction import Card, opens
from dependencies.reserving.balance import Balance, Stock, balance
from dependencies.reserving.demands import ClaimFacts, Happening, draws, happening
from dependencies.reserving.vocabulary import ClaimTrigger, ReserveUse
from dependencies.tracing import Loaded
from dependencies.vocabulary import DependencyKind
from prepare.actor import Scope
from prepare.db import db


@dataclass(frozen=True)
class Weighed:
    """One reserve in one scenario, with the claims of which the balance speaks, by id."""

    reserve: Reserve
    course: Course
    balance: Balance
    claims: Mapping[int, ReserveClaim]

    @property
    def order(self) -> tuple[int, float, str, str]:
        """The worst first: by what is known, then by how much of the reserve is missing."""
        whole = self.reserve.quantity or 1.0
        return self.balance.status.rank, -self.balance.missing / whole, self.reserve.code, self.course.code


@dataclass(frozen=True)
class Weighing:
    """Reserves, who counts on them, and how they stand in each scenario."""

    scope: Scope
    reserves: Sequence[Reserve]
    courses: Sequence[Course]
    claims: Sequence[ReserveClaim]  #: all in use, whoever may read them
    facts: Mapping[int, ClaimFacts]  #: of the claims that count for the reader, by id
    happenings: Mapping[str, Happening] = field(default_factory=dict)  #: by the scenario's code

    @cached_property
    def every(self) -> list[Weighed]:
        """Every reserve in every scenario, the worst first."""
        return sorted((self._weigh(one, course) for one in self.reserves for course in self.courses), key=_order)

    @cached_property
    def worst(self) -> dict[int, Weighed]:
        """Of each reserve the scenario in which it stands worst, by the reserve's id."""
        return {one.reserve.id: one for one in reversed(self.every)}

    def on(self, reserve: Reserve) -> list[ReserveClaim]:
        """The claims on a reserve that count for the reader."""
        return [one for one in self.claims if one.reserve_id == reserve.id and one.id in self.facts]

    def idle(self, claim: ReserveClaim) -> bool:
        """Whether nothing in the register can call the claim: the function depends on nobody of that kind."""
        waits = claim.trigger in (ClaimTrigger.LOSS, ClaimTrigger.SUPPLIER)
        return waits and claim.id in self.facts and not self.facts[claim.id].suppliers

    def _weigh(self, reserve: Reserve, course: Course) -> Weighed:
        told = {one.id: one for one in self.on(reserve)}
        wanted = draws((self.facts[one] for one in told), self.happenings[course.code])
        # Whoever reads the reserve as its owner's sees that others count on it too, but not who.
        is_owners = self.scope.covers(reserve.owner_path, reserve.confidentiality)
        hides = is_owners and any(one.reserve_id == reserve.id and one.id not in told for one in self.claims)
        return Weighed(reserve, course, balance(stock(reserve), wanted, hides=hides), told)


def _order(one: Weighed) -> tuple[int, float, str, str]:
    return one.order


def stock(reserve: Reserve) -> Stock:
    """A reserve as the calculation sees it."""
    is_consumable = reserve.use is ReserveUse.CONSUMABLE
    lasts = None if is_consumable else in_minutes(reserve.lasts_h)
    return Stock(reserve.quantity, is_consumable, in_minutes(reserve.ready_h), lasts)


def weigh(scope: Scope, reserves: Sequence[Reserve], codes: Sequence[str] = (), now: Loaded | None = None) -> Weighing:
    """How these reserves, which the scope reads, stand in all scenarios of the scope or in those with these codes.

    Raises TooFar when the graph is too large to be computed while somebody waits, and RuleBroken when there is no
    scenario with one of the codes.
    """
    if not reserves:
        return Weighing(scope, (), (), (), {})
    now = now or scenarios.graph()
    courses = scenarios.courses(scope, now, codes)
    claims = db.session.scalars(queries.claims_on([one.id for one in reserves])).all()
    cards = tracing.cards(now.network.place)
    facts = {one.id: one for one in _facts(claims) if _tells(scope, one, cards)}
    seen = {one.code: happening(scenarios.traced(now, one.hits)) for one in courses}
    return Weighing(scope, reserves, courses, claims, facts, seen)


def _facts(claims: Collection[ReserveClaim]) -> Iterable[ClaimFacts]:
    """The claims as the calculation sees them."""
    waiting = {one.function_id for one in claims if one.trigger is ClaimTrigger.LOSS}
    kinds: dict[tuple[int, DependencyKind], set[int]] = {}
    for function, supplier, kind in db.session.execute(queries.suppliers_of(waiting)) if waiting else ():
        kinds.setdefault((function, kind), set()).add(supplier)
    for one in claims:
        suppliers = {one.supplier_id} if one.supplier_id else set()
        if one.trigger is ClaimTrigger.LOSS and one.lost:
            suppliers = kinds.get((one.function_id, one.lost), set())
        fits = one.unit is one.reserve.unit and not (one.per_hour and one.reserve.use is ReserveUse.REUSABLE)
        yield ClaimFacts(
            one.id,
            one.function_id,
            one.function.code,
            one.function.criticality,
            one.quantity if fits else None,
            one.per_hour,
            one.trigger,
            frozenset(suppliers),
            in_minutes(one.from_h) or 0,
            in_minutes(one.for_h),
            one.priority,
            one.consent,
        )


def _tells(scope: Scope, claim: ClaimFacts, cards: Mapping[int, Card]) -> bool:
    """Whether the hours at which the claim is called on may be told."""
    own = cards.get(claim.function)
    if own is not None and opens(scope, own):
        return True
    met = [cards.get(one) for one in (claim.function, *claim.suppliers)]
    return all(card is not None and scope.names(card.id, card.path, card.confidentiality) for card in met)
