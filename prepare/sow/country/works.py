"""The functions of a synthetic country: how many of which kind stand where, and what is known of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, islice
from math import sqrt
from random import Random
from typing import Any, NamedTuple

from prepare.models.functions import BiaImpact, Function
from prepare.sow.country import names
from prepare.sow.country.bulk import Bulk
from prepare.sow.country.land import Land, random_ref
from prepare.sow.country.pattern import NEIGHBOUR, Kind, Pattern, Reach
from prepare.sow.functions import SECRECY_BASIS
from prepare.sow.sowing import folded
from prepare.vocabulary import Confidentiality, FunctionState

UNASSESSED = 13  #: every so many-th function has no impacts yet
NOTHING_KNOWN = {
    "criticality": None,
    "rto_h": None,
    "mtpd_h": None,
    "rpo_h": None,
    "recovery_capability_h": None,
    "capability_basis": None,
    "restart_h": None,
    "mbco_pct": None,
    "vital_function": None,
    "min_staff": None,
    "committed_recovery_h": None,
    "commitment_basis": None,
}


class Work(NamedTuple):
    """A function that stands somewhere: number `copy` of its kind in its municipality, county or country."""

    id: int
    kind: Kind
    place: int  #: number of the municipality or county; 0 for the country
    copy: int
    name: str
    is_secret: bool


@dataclass
class Works:
    """Every function of the country, and where each kind is found."""

    land: Land
    pattern: Pattern
    every: list[Work] = field(default_factory=list)
    standing: dict[tuple[str, int], list[int]] = field(default_factory=dict)  #: (kind, place) → numbers of works
    of_town: list[range] = field(default_factory=list)  #: municipality → its works, which stand side by side

    def of(self, key: str, place: int) -> list[int]:
        """The functions of a kind in a municipality, a county (or of the country: place 0)."""
        return self.standing.get((key, place), [])

    def place_of(self, kind: Kind, town: int) -> int:
        """Where a municipality finds what is of this kind."""
        if kind.reach is Reach.TOWN:
            return town
        return self.land.size.county_of(town) if kind.reach is Reach.COUNTY else 0


def shares(total: int, weights: list[float]) -> list[int]:
    """The total in whole parts in proportion to the weights; the parts add up to it exactly."""
    whole, done, parts = sum(weights) or 1.0, 0, []
    so_far = 0.0
    for weight in weights:
        so_far += weight
        upto = round(total * so_far / whole)
        parts.append(upto - done)
        done = upto
    parts[-1] += total - done
    return parts


def place_works(works: Works, rng: Random) -> None:
    """Decide which functions there are: first what everybody shares, then each municipality's own."""
    size, kinds = works.land.size, list(works.pattern.kinds.values())
    shared = [(kind, 0) for kind in kinds if kind.reach is Reach.COUNTRY]
    shared += [(kind, county) for kind in kinds if kind.reach is Reach.COUNTY for county in range(size.counties)]
    shared = shared[: min(size.functions - size.municipalities, max(size.functions // 3, 0))]
    left = size.functions - len(shared) - size.municipalities
    weights = [1 / sqrt(town + 3) for town in range(size.municipalities)]  # few large ones, many small ones
    for kind, place in shared:
        _stand(works, kind, place, 0, rng)
    local = [kind for kind in kinds if kind.reach is Reach.TOWN]
    if not works.land.is_one_city:
        local = [kind for kind in local if kind.owner != NEIGHBOUR]
    for town, more in enumerate(shares(left, weights)):
        first = len(works.every)
        for kind, copy in _kinds_of_town(local, more + 1):
            _stand(works, kind, town, copy, rng)
        works.of_town.append(range(first, len(works.every)))


def _kinds_of_town(local: list[Kind], count: int) -> Iterator[tuple[Kind, int]]:
    """The first of each kind, then what works in every district, district by district."""
    again = [kind for kind in local if kind.in_districts]
    rounds = ((kind, copy) for copy in range(1, count + 1) for kind in again)
    return islice(chain(((kind, 0) for kind in local), rounds), count)


def _stand(works: Works, kind: Kind, place: int, copy: int, rng: Random) -> None:
    name = kind.names[0] if not copy else f"{kind.names[0]}, {names.district(copy - 1 + place).fi}"
    is_secret = kind.is_secret and (not copy or rng.random() < 0.2)
    works.standing.setdefault((kind.key, place), []).append(len(works.every))
    works.every.append(Work(len(works.every) + 1, kind, place, copy, name, is_secret))


def sow_works(bulk: Bulk, works: Works, rng: Random, today: date) -> None:
    """Write the functions and the impacts of their outages."""
    bulk.write(Function, (_row(works, work, rng, today) for work in works.every))
    rows = (
        {"function_id": work.id, **impact}
        for work in works.every
        if work.id % UNASSESSED
        for impact in work.kind.impacts
    )
    bulk.write(BiaImpact, ({"id": id_, **row} for id_, row in enumerate(rows, start=1)))


def _row(works: Works, work: Work, rng: Random, today: date) -> dict[str, Any]:
    kind, texts = work.kind, _texts(work)
    code = _code(works.land, work)
    return {
        "id": work.id,
        "ref": random_ref(rng),
        "code": code,
        "organisation_id": works.land.owners[kind.owner, work.place],
        "state": _state(work, rng),
        **texts,
        **folded(code, texts),
        **NOTHING_KNOWN,
        **_figures(work, rng),
        "owner_role": "Palvelupäällikkö" if kind.is_own and rng.random() < 0.8 else None,
        "confidentiality": Confidentiality.CONFIDENTIAL if work.is_secret else Confidentiality.INTERNAL,
        "secrecy_basis": SECRECY_BASIS if work.is_secret else None,
        "next_review": today + timedelta(days=rng.randrange(-60, 660)) if kind.is_own else None,
    }


def _texts(work: Work) -> dict[str, str]:
    if not work.copy:
        return dict(zip(("name_fi", "name_sv", "name_en"), work.kind.names, strict=True))
    place = names.district(work.copy - 1 + work.place)
    fi, sv, en = work.kind.names
    return {"name_fi": f"{fi}, {place.fi}", "name_sv": f"{sv}, {place.sv}", "name_en": f"{en}, {place.en}"}


def _code(land: Land, work: Work) -> str:
    """The demo city's code, with the municipality's or county's mark and, from the second on, the copy's number."""
    letter, owner, number = work.kind.key.split("-")
    towns = work.kind.reach is Reach.TOWN
    county = work.place if work.kind.reach is Reach.COUNTY else None
    mark = land.mark(work.place if towns else None, county)
    return f"{letter}-{mark}{owner}-{number}" + (f"-{work.copy + 1}" if work.copy else "")


def _state(work: Work, rng: Random) -> FunctionState:
    lot = rng.random() if work.kind.is_own else 1.0
    return FunctionState.DRAFT if lot < 0.04 else FunctionState.SUBMITTED if lot < 0.06 else FunctionState.CONFIRMED


def _figures(work: Work, rng: Random) -> dict[str, Any]:
    """The kind's figures; those of a district's function differ a little, and some are unknown."""
    figures = dict(work.kind.figures)
    if not work.copy:
        return figures
    if capability := figures.get("recovery_capability_h"):
        figures["recovery_capability_h"] = capability * rng.choice((0.5, 1, 1, 1, 1.5, 2))
    if figures.get("mtpd_h") and rng.random() < 0.2:
        figures["mtpd_h"] *= 2
    for unknown, often in (("recovery_capability_h", 0.1), ("restart_h", 0.06), ("rto_h", 0.03), ("mtpd_h", 0.03)):
        if unknown in figures and rng.random() < often:
            figures[unknown] = None
    return figures
