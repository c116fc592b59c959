"""What could be done against a cascade: one small change at a time, each with the part of the graph that it touches.

A need that is never unmet in a run is met with any tolerance and any further supplier, so only needs that the run
leaves unmet are changed; and a function that stays up does not restart. Nothing that could help is left out.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dependencies.cascade import Outage
from dependencies.graph import Link
from dependencies.network import Network, Place
from dependencies.vocabulary import DependencyKind
from prepare.texts import N_
from prepare.vocabulary import Labelled

#: The sensible lengths of a tolerance: a battery, a shift, a day of fuel, three days as in 72 hours of preparedness.
STEPS_MIN = (4 * 60, 8 * 60, 24 * 60, 72 * 60)

#: What is the same whoever supplies it, so that a supplier of it elsewhere could be one here.
FUNGIBLE = frozenset(
    {
        DependencyKind.POWER,
        DependencyKind.HEAT,
        DependencyKind.WATER,
        DependencyKind.TELECOM,
        DependencyKind.LOGISTICS,
        DependencyKind.TRANSPORT,
    }
)


class Kind(Labelled):
    """What sort of measure it is."""

    TOLERANCE = "tolerance", N_("Longer tolerance")
    TOGETHER = "together", N_("Longer tolerance of several needs")
    SUPPLIER = "supplier", N_("Second supplier")
    RECOVERY = "recovery", N_("Faster recovery")
    RESTART = "restart", N_("Faster restart")
    COLD_START = "cold_start", N_("Cold-start arrangement")


@dataclass(frozen=True)
class Measure:
    """One measure: what it changes, and in which function."""

    kind: Kind
    place: Place  #: the function that takes it
    needs: tuple[int, ...] = ()  #: numbers of the needs that it changes
    to_min: int = 0  #: the new tolerance, restart or (the longest) outage
    from_min: int = 0  #: the present one; of several needs the shortest
    suppliers: tuple[Place, ...] = ()  #: functions that could be the second supplier
    link: Link | None = None  #: the link of a circle that is arranged for


@dataclass(frozen=True)
class Setup:
    """Everything that measures change; the graph itself stays."""

    tolerance: tuple[int, ...]  #: per number of a need
    restart: tuple[int, ...]  #: per place
    hits: Mapping[str, tuple[Outage, ...]]  #: by scenario
    doubled: frozenset[int] = frozenset()  #: needs with one more supplier, which stays up

    def losses(self, network: Network, need: int) -> int:
        """How many of the need's present alternatives must be lost before it is unmet."""
        return network.losses[need] + (need in self.doubled)


def substitutes(network: Network, kinds: Mapping[Link, DependencyKind]) -> dict[int, tuple[Place, ...]]:
    """Per number of a need the functions that could be one more supplier of it, the likeliest first.

    A function that stands beside one of the need's suppliers as an alternative elsewhere could; and one that supplies
    what flows alike whoever it comes from (`FUNGIBLE`) elsewhere. `kinds` is what flows over each link.
    """
    beside: dict[Place, set[Place]] = {}
    giving: dict[DependencyKind, set[Place]] = {}
    taken = {number: _suppliers(network, number) for number, facts in enumerate(network.facts) if facts}
    for suppliers in taken.values():
        for place in suppliers:
            beside.setdefault(place, set()).update(suppliers)
    for link, kind in kinds.items():
        if kind in FUNGIBLE and link.supplier in network.place:
            giving.setdefault(kind, set()).add(network.place[link.supplier])
    found = {}
    for number, suppliers in taken.items():
        proven = set[Place]().union(*(beside[place] for place in suppliers))
        flowing = {kinds.get(member.link) for member in network.members[number]}
        alike = set[Place]().union(*(giving.get(kind, ()) for kind in flowing if kind))
        out = {*suppliers, network.consumer[number]}
        found[number] = (*sorted(proven - out), *sorted(alike - proven - out))
    return found


def _suppliers(network: Network, need: int) -> set[Place]:
    return {network.supplier(member) for member in network.members[need]}


def step_above(tolerance: int) -> int | None:
    """The next sensible tolerance, in minutes; None when it is long already."""
    return next((step for step in STEPS_MIN if step > tolerance), None)


def unmet(network: Network, setup: Setup, down: Collection[Place]) -> list[int]:
    """The needs that could be unmet when these functions are down, be it at different times."""
    lost: dict[int, int] = {}
    for need in (number for place in down for number, _loop in network.supplies[place]):
        facts = network.facts[need]
        if facts is None:  # a reserve: it passes its supplier's loss on to the need behind it
            need = network.supplies[network.consumer[need]][0][0]
        lost[need] = lost.get(need, 0) + 1
    return sorted(need for need, count in lost.items() if count >= setup.losses(network, need))


def measures(
    network: Network,
    setup: Setup,
    down: Mapping[str, Collection[Place]],
    alike: Mapping[int, Sequence[Place]],
) -> Iterator[tuple[Measure, frozenset[str]]]:
    """Every measure that could help in a scenario, with the scenarios in which it could.

    `down` are the functions that each scenario takes down in this setup; `alike` the functions that supply elsewhere
    what a need needs, by the need's number.
    """
    short: dict[int, set[str]] = {}
    for code, places in down.items():
        for need in unmet(network, setup, places):
            short.setdefault(need, set()).add(code)
    by_consumer: dict[Place, list[int]] = {}
    for need, codes in sorted(short.items()):
        consumer, tolerance = network.consumer[need], setup.tolerance[need]
        by_consumer.setdefault(consumer, []).append(need)
        if (step := step_above(tolerance)) is not None:
            yield Measure(Kind.TOLERANCE, consumer, (need,), step, tolerance), frozenset(codes)
        fit = tuple(place for place in alike.get(need, ()) if not any(place in down[code] for code in codes))
        if fit and need not in setup.doubled:
            yield Measure(Kind.SUPPLIER, consumer, (need,), suppliers=fit), frozenset(codes)
    for consumer, needs in by_consumer.items():
        yield from _together(setup, consumer, needs, short)
    yield from _faster(network, setup, down)


def _together(
    setup: Setup, consumer: Place, needs: Sequence[int], short: Mapping[int, set[str]]
) -> Iterator[tuple[Measure, frozenset[str]]]:
    """The needs of a function that run out, several of them endured up to one common step."""
    for step in STEPS_MIN:
        raised = tuple(need for need in needs if setup.tolerance[need] < step)
        if len(raised) > 1:
            codes = frozenset[str]().union(*(short[need] for need in raised))
            yield Measure(Kind.TOGETHER, consumer, raised, step, min(setup.tolerance[need] for need in raised)), codes
            return


def _faster(
    network: Network, setup: Setup, down: Mapping[str, Collection[Place]]
) -> Iterator[tuple[Measure, frozenset[str]]]:
    """Hit functions back in half the time, and functions that restart in half the time."""
    lasts: dict[Place, int] = {}
    for hit in (hit for hits in setup.hits.values() for hit in hits):
        lasts[hit.place] = max(lasts.get(hit.place, 0), hit.end - hit.start)
    for place, longest in sorted(lasts.items()):
        if longest > 1:
            codes = frozenset(code for code, hits in setup.hits.items() if any(hit.place == place for hit in hits))
            yield Measure(Kind.RECOVERY, place, to_min=halved(longest), from_min=longest), codes
    for place in sorted({place for places in down.values() for place in places if network.is_function(place)}):
        if (restart := setup.restart[place]) > 1:
            codes = frozenset(code for code, places in down.items() if place in places)
            yield Measure(Kind.RESTART, place, to_min=halved(restart), from_min=restart), codes


def halved(minutes: int) -> int:
    """Half of a time of at least two minutes, rounded up."""
    return (minutes + 1) // 2


def applied(setup: Setup, measure: Measure) -> Setup:
    """The setup once the measure has been taken; a cold-start arrangement changes nothing of the earliest return."""
    tolerance, restart, hits, doubled = list(setup.tolerance), list(setup.restart), setup.hits, setup.doubled
    match measure.kind:
        case Kind.TOLERANCE | Kind.TOGETHER:
            for need in measure.needs:
                tolerance[need] = max(tolerance[need], measure.to_min)
        case Kind.SUPPLIER:
            doubled = doubled | frozenset(measure.needs)
        case Kind.RECOVERY:
            hits = {code: tuple(_sooner(hit, measure.place) for hit in of) for code, of in hits.items()}
        case Kind.RESTART:
            restart[measure.place] = measure.to_min
        case _:  # a cold-start arrangement
            pass
    return Setup(tuple(tolerance), tuple(restart), hits, doubled)


def _sooner(hit: Outage, place: Place) -> Outage:
    return hit._replace(end=hit.start + halved(hit.end - hit.start)) if hit.place == place else hit
