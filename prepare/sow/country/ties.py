"""What the functions of a synthetic country need and from whom: exactly as many dependencies as are asked for."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import DependencyKind, Standing, Strength, ToleranceBasis
from prepare.sow.country.bulk import PORTION, Bulk
from prepare.sow.country.land import random_ref
from prepare.sow.country.meetings import Meetings
from prepare.sow.country.pattern import NEIGHBOURS_WATER, MemberKind, NeedKind, Reach
from prepare.sow.country.works import Work, Works, shares
from prepare.vocabulary import Confidentiality

TOLERANCES = (0.0, 0.5, 2.0, 4.0, 12.0, 24.0, 72.0)
MOST_TRIES = (
    12  #: chances that a further need finds a supplier which is not named yet, before one is looked for in order
)
BACKWARDS = 0.03  #: how many of the further needs lean on just anybody in the municipality: that closes circles
IN_GROUPS = 0.25  #: how many of the further needs have alternatives
DISPUTED, CONFIRMED = 0.02, 0.5


class Tie(NamedTuple):
    """One supplier of a need before it is written."""

    supplier: int  #: number of the work
    kind: DependencyKind
    extra_tolerance_h: float = 0.0
    interface: str = ""


class Weaver:
    """Finds suppliers for one function after another."""

    def __init__(self, works: Works, rng: Random) -> None:
        self.works, self.rng = works, rng
        self.kinds = works.pattern.kinds
        self.wanted = list(self.kinds)
        self.weights = list(accumulate(kind.demand + 0.2 for kind in self.kinds.values()))
        self.all = len(works.every)
        self.shared = [work.id - 1 for work in works.every if work.kind.reach is Reach.COUNTRY]

    def town_of(self, work: Work) -> int:
        """The municipality from which a function takes what is local; what is shared leans on one or another."""
        size = self.works.land.size
        if work.kind.reach is Reach.TOWN:
            return work.place
        towns = range(size.municipalities)
        if work.kind.reach is Reach.COUNTY:
            towns = range(*_span(work.place, size.municipalities, size.counties))
        return self.rng.choice(towns)

    def find(self, key: str, town: int, work: Work) -> int | None:
        """A function of this kind for a municipality: that of the same district, if there is one."""
        kind = self.kinds[key]
        if work.kind.reach is Reach.COUNTRY and kind.owner == "ENE" and not self.works.land.is_one_city:
            key, kind = "X-FIN-01", self.kinds["X-FIN-01"]  # the country's networks stand on the country's grid
        found = self.works.of(key, self.works.place_of(kind, town))
        if not found and key == "X-NAA-01":
            found = self.works.of(NEIGHBOURS_WATER, (town + 1) % self.works.land.size.municipalities)
        if not found:
            return None
        near = work.copy if work.kind.reach is Reach.TOWN else self.rng.randrange(len(found))
        return found[near % len(found)]

    def needs(self, work: Work, quota: int) -> Iterator[tuple[NeedKind, list[Tie]]]:
        """Needs with exactly `quota` suppliers in all, none of them twice: those of the kind, then further ones."""
        town, taken = self.town_of(work), {work.id - 1}
        for need in work.kind.needs:
            if quota and (ties := self._known(need, town, work, taken, quota)):
                quota -= len(ties)
                yield need, ties
        while quota:
            ties = self._further(town, work, taken, quota)
            quota -= len(ties)
            strength = self.rng.choices(list(Strength), (0.7, 0.22, 0.08))[0]
            required = 1 if len(ties) < 3 or self.rng.random() < 0.7 else 2
            yield NeedKind("", strength, required, self.rng.choice(TOLERANCES), None, ()), ties

    def _known(self, need: NeedKind, town: int, work: Work, taken: set[int], quota: int) -> list[Tie]:
        ties = []
        for member in need.members[:quota]:
            found = self.find(member.supplier, town, work)
            if found is not None and found not in taken:
                taken.add(found)
                ties.append(_tie(found, member))
        return ties

    def _further(self, town: int, work: Work, taken: set[int], quota: int) -> list[Tie]:
        several = min(quota, self.rng.choice((2, 2, 3)) if self.rng.random() < IN_GROUPS else 1)
        ties = []
        for _ in range(several):
            found = self._some(town, work, taken)
            taken.add(found)
            ties.append(Tie(found, self.works.pattern.flow(self.works.every[found].kind.key)))
        return ties

    def _some(self, town: int, work: Work, taken: set[int]) -> int:
        free = () if work.kind.reach is Reach.TOWN else [shared for shared in self.shared if shared not in taken]
        if free:  # what everybody shares leans on what is shared as well
            return self.rng.choice(free)
        for _ in range(MOST_TRIES):
            if self.rng.random() < BACKWARDS and (own := self.works.of_town[town]):
                found: int | None = self.rng.choice(own)
            else:
                key = self.rng.choices(self.wanted, cum_weights=self.weights)[0]
                found = self.find(key, town, work)
                near = self.works.of(key, town)
                if found in taken and near:
                    found = self.rng.choice(near)
            if found is not None and found not in taken:
                return found
        start = self.rng.randrange(self.all)
        return next(n % self.all for n in range(start, start + self.all) if n % self.all not in taken)


def _span(county: int, towns: int, counties: int) -> tuple[int, int]:
    """The municipalities of a county, from and to."""
    return -(-county * towns // counties), -(-(county + 1) * towns // counties)


def _tie(found: int, member: MemberKind) -> Tie:
    return Tie(found, member.kind, member.extra_tolerance_h, member.interface)


def quotas(works: Works, rng: Random) -> list[int]:
    """How many dependencies each function has: in proportion to its kind's, and exactly as many in all as asked for."""
    most, total = len(works.every) - 1, works.land.size.dependencies
    weights = [(sum(len(n.members) for n in w.kind.needs) + 0.4) * rng.uniform(0.6, 1.4) for w in works.every]
    found = shares(total, weights)
    over = sum(max(0, quota - most) for quota in found)
    found = [min(quota, most) for quota in found]
    for place, quota in enumerate(found):
        more = min(over, most - quota)
        found[place] += more
        over -= more
    return found


def sow_ties(bulk: Bulk, works: Works, meetings: Meetings, rng: Random, today: date) -> None:
    """Write needs and dependencies, a portion at a time."""
    weaver, teller = Weaver(works, rng), _Teller(works, meetings, rng, today)
    for work, quota in zip(works.every, quotas(works, rng), strict=True):
        for need, ties in weaver.needs(work, quota):
            teller.tell(work, need, ties)
        if len(teller.ties) > PORTION:
            teller.send(bulk)
    teller.send(bulk)


class _Teller:
    """Turns needs into rows; a need is written before its dependencies."""

    def __init__(self, works: Works, meetings: Meetings, rng: Random, today: date) -> None:
        self.works, self.meetings, self.rng, self.today = works, meetings, rng, today
        self.needs: list[dict[str, Any]] = []
        self.ties: list[dict[str, Any]] = []
        self.last_need = self.last_tie = self.consumer = 0
        self.called: set[str] = set()

    def send(self, bulk: Bulk) -> None:
        """Write what has been told."""
        bulk.write(Need, self.needs)
        bulk.write(Dependency, self.ties)
        self.needs, self.ties = [], []

    def tell(self, work: Work, need: NeedKind, ties: list[Tie]) -> None:
        """One need of a function with its suppliers."""
        self.last_need += 1
        lasts = need.tolerance_h
        self.needs.append(
            {
                "id": self.last_need,
                "ref": random_ref(self.rng),
                "consumer_id": work.id,
                "name": self._name(work, need, ties),
                "strength": need.strength,
                "min_required": min(need.min_required, len(ties)),
                "tolerance_h": lasts,
                "tolerance_basis": self.rng.choice((None, ToleranceBasis.ESTIMATED, ToleranceBasis.EXERCISED)),
                "workaround": need.workaround or ("Toimitaan käsin." if lasts and self.rng.random() < 0.5 else None),
            }
        )
        self.ties += [self._row(work, tie) for tie in ties]

    def _name(self, work: Work, need: NeedKind, ties: list[Tie]) -> str:
        """A need is called after its group or its first supplier; no function has two needs of one name."""
        if work.id != self.consumer:
            self.consumer, self.called = work.id, set()
        first = self.works.every[ties[0].supplier]
        name = need.name if need.name and len(ties) > 1 else first.name
        if name in self.called:
            name = f"{name[:180]} ({len(self.called) + 1})"
        self.called.add(name)
        return name[:200]

    def _row(self, work: Work, tie: Tie) -> dict[str, Any]:
        self.last_tie += 1
        lot = self.rng.random()
        standing = Standing.DISPUTED if lot < DISPUTED else Standing.CONFIRMED if lot < CONFIRMED else Standing.PROPOSED
        supplier = self.works.every[tie.supplier]
        answered = standing is not Standing.PROPOSED
        return {
            "id": self.last_tie,
            "ref": random_ref(self.rng),
            "code": f"D-{self.last_tie:05}",
            "need_id": self.last_need,
            "supplier_id": supplier.id,
            "kind": tie.kind,
            "extra_tolerance_h": tie.extra_tolerance_h,
            "interface_id": self.meetings.between(work, tie.interface),
            "standing": standing,
            "answered_on": self.today - timedelta(days=self.rng.randrange(400)) if answered else None,
            "answer": "Tarkistakaa sietoaika." if standing is Standing.DISPUTED else None,
            "confidentiality": Confidentiality.CONFIDENTIAL if work.is_secret else Confidentiality.INTERNAL,
        }
