"""What a disruption does: every function that goes down or is degraded, when, why, and how long.

Two runs stand behind the figures. The *bridged* run gives the outages and the earliest return: it takes
circular dependencies to be bridged by hand at their most tolerant link once every original fault is
repaired. The *strict* run takes no such help and gives the guaranteed return. Without circles they agree.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from dependencies import degraded
from dependencies.cascade import ENGINE, Outage, Outages, repaired, spread, used_loops
from dependencies.chains import Explanation, Step
from dependencies.graph import FunctionFacts, Link
from dependencies.intervals import Interval, union
from dependencies.network import Network, Place
from dependencies.vocabulary import State, Verdict
from prepare.errors import RuleBroken
from prepare.texts import N_

HORIZON_H = 8760  #: one year; nothing later is told


@dataclass(frozen=True)
class Hit:
    """What a scenario does to one function: out, or degraded, from `start_min` up to `end_min`.

    The time includes the function's own repair and restart.
    """

    function: int
    start_min: int
    end_min: int
    degrades: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a disruption does to one function. Minutes count from the start of the scenario."""

    function: FunctionFacts
    state: State
    intervals: tuple[Interval, ...]  #: when it is down, or, if it never is, when it is degraded
    up_at_min: int | None  #: the earliest return; None if not back before the horizon
    guaranteed_up_at_min: int | None  #: the return without any bridging by hand
    verdict: Verdict
    mtpd_at_min: int | None  #: when the MTPD is exceeded; None if it is not
    chain: tuple[Step, ...]  #: from a hit to this function
    degraded: tuple[Interval, ...] = ()  #: when it works, but degraded, be it down at other times or not

    @property
    def down_at_min(self) -> int:
        """When it goes down, or becomes degraded."""
        return self.intervals[0][0]

    @property
    def longest_min(self) -> int:
        """The longest outage; an open one counts up to the horizon."""
        return max(end - start for start, end in self.intervals)


@dataclass(frozen=True)
class Trace:
    """The answer to one disruption, of the graph at one revision."""

    revision: int
    horizon_min: int
    hits: tuple[Hit, ...]
    outcomes: tuple[Outcome, ...]  #: by the time of going down, then by code
    bridged: tuple[Link, ...] = ()  #: circular dependencies that must be bridged by hand for the earliest return
    only_unbridged: tuple[FunctionFacts, ...] = ()  #: further functions that go down unless they are bridged


def trace(network: Network, hits: Iterable[Hit], *, horizon_min: int = HORIZON_H * 60) -> Trace:
    """What the hits do to every function of the network.

    Raises RuleBroken when a hit names a function that is not in the network, or lasts no time.
    """
    hits = tuple(hits)
    for hit in hits:
        if hit.function not in network.place:
            raise RuleBroken(N_("The scenario hits a function that is not in force."))
        if not 0 <= hit.start_min < hit.end_min:
            raise RuleBroken(N_("A disruption must last at least one minute."))
    stopping, degrading = _outages(network, hits, degrades=False), _outages(network, hits, degrades=True)
    bridged_at = repaired(stopping, horizon_min)
    earliest = Run(network, spread(network, stopping, horizon_min, bridged=True), degrading, horizon_min)
    bridged = used_loops(network, earliest.down, bridged_at)
    strict = spread(network, stopping, horizon_min, bridged=False) if bridged else earliest.down
    guaranteed = Run(network, strict, degrading, horizon_min) if bridged else earliest
    why = Explanation(network, earliest.down, stopping, bridged_at)
    return Trace(
        network.revision,
        horizon_min,
        hits,
        tuple(sorted((_outcome(place, earliest, guaranteed, why) for place in earliest.affected), key=_order)),
        tuple(sorted(bridged)),
        tuple(network.functions[place] for place in guaranteed.affected if place not in earliest.affected),
    )


def _outages(network: Network, hits: Iterable[Hit], *, degrades: bool) -> list[Outage]:
    return [Outage(network.place[h.function], h.start_min, h.end_min) for h in hits if h.degrades is degrades]


@dataclass(frozen=True)
class Why:
    """Why one function is down or degraded at a minute; without state, interval and chain it is neither."""

    revision: int
    function: FunctionFacts
    minute: int
    state: State | None = None
    interval: Interval | None = None  #: the outage, or the degraded time, in which the minute lies
    is_over: bool = True  #: whether the interval ends before the horizon
    chain: tuple[Step, ...] = ()  #: from a hit to this function; its minutes and tolerances add up to the start


def explained(
    network: Network, hits: Iterable[Hit], function: int, minute: int, *, horizon_min: int = HORIZON_H * 60
) -> Why:
    """Why the function of this id is down or degraded at the minute, taking circles to be bridged as `trace` does.

    The outage that contains the minute is explained by how it began.
    """
    hits, place = tuple(hits), network.place[function]
    stopping = _outages(network, hits, degrades=False)
    down = spread(network, stopping, horizon_min, bridged=True)
    run = Run(network, down, _outages(network, hits, degrades=True), horizon_min)
    why = Explanation(network, down, stopping, repaired(stopping, horizon_min))
    told = Why(network.revision, network.functions[place], minute)
    if outage := why.outage_at(place, minute):
        chain = why.chain(place, outage[0])
        return replace(told, state=State.DOWN, interval=outage, is_over=outage[1] < horizon_min, chain=chain)
    for start, end in run.degraded.get(place, ()):
        if start <= minute < end:
            chain = _degraded_chain(place, run, why, minute)
            return replace(told, state=State.DEGRADED, interval=(start, end), is_over=end < horizon_min, chain=chain)
    return told


def _order(outcome: Outcome) -> tuple[int, str]:
    return outcome.down_at_min, outcome.function.code


class Run:
    """The outages of one run, with the degradation that they cause."""

    def __init__(self, network: Network, down: Outages, degrading: Iterable[Outage], horizon: int) -> None:
        self.network, self.down, self.horizon = network, down, horizon
        self.spells = degraded.spells(network, down, degrading, horizon)
        self.degraded = {
            place: degraded.intervals(spells, down.get(place, ())) for place, spells in self.spells.items()
        }
        #: Every function that goes down or is degraded, with the worse of the two.
        self.affected = {place: State.DEGRADED for place, intervals in self.degraded.items() if intervals}
        self.affected.update({place: State.DOWN for place in down if network.is_function(place)})

    def back_at(self, place: Place, state: State) -> int | None:
        """The end of the last outage, or of the last degradation when `state` is that; None if it is not over."""
        intervals = list(self.down.get(place, ()))
        if state is State.DEGRADED:
            intervals = union([intervals, self.degraded.get(place, ())])
        end = intervals[-1][1] if intervals else 0
        return end if end < self.horizon else None


def _outcome(place: Place, earliest: Run, guaranteed: Run, why: Explanation) -> Outcome:
    function, state = earliest.network.functions[place], earliest.affected[place]
    is_down = state is State.DOWN
    intervals = earliest.down[place] if is_down else earliest.degraded[place]
    verdict, mtpd_at = judge(function, intervals) if is_down else (Verdict.DEGRADED, None)
    return Outcome(
        function,
        state,
        tuple(intervals),
        earliest.back_at(place, state),
        guaranteed.back_at(place, state),
        verdict,
        mtpd_at,
        why.chain(place, intervals[0][0]) if is_down else _degraded_chain(place, earliest, why, intervals[0][0]),
        tuple(earliest.degraded.get(place, ())),
    )


def _degraded_chain(place: Place, run: Run, why: Explanation, minute: int) -> tuple[Step, ...]:
    """The shortest chain to what first degraded the function of all that degrades it at the minute."""
    function = run.network.functions[place]
    spells = [spell for spell in run.spells[place] if spell.start <= minute < spell.end]
    first = min(spell.start for spell in spells)
    chains = []
    for spell in spells:
        if spell.start == first:
            steps = [
                (*why.chain(*loss), Step(function, first, spell.need, first - loss.minute)) for loss in spell.losses
            ]
            chains += steps or [(Step(function, first),)]
    return min(
        chains, key=lambda c: (len(c), [(step.function.code, step.need.name if step.need else "") for step in c])
    )


def judge(function: FunctionFacts, outages: Iterable[Interval]) -> tuple[Verdict, int | None]:
    """How the outages stand against the function's RTO and MTPD, and when the MTPD is first exceeded.

    Each outage counts by itself. An objective that is met is only known to be met when the RTO is known.
    """
    outages = list(outages)
    longest = max(end - start for start, end in outages)
    if function.mtpd_min is not None and longest > function.mtpd_min:
        start = next(start for start, end in outages if end - start > function.mtpd_min)
        return Verdict.MTPD_EXCEEDED, start + function.mtpd_min
    if function.rto_min is None:
        return Verdict.UNKNOWN, None
    return (Verdict.RTO_EXCEEDED if longest > function.rto_min else Verdict.OK), None


def as_json(
    result: Trace, *, scenario: str | None = None, code_of: Callable[[FunctionFacts], str | None] = attrgetter("code")
) -> dict[str, Any]:
    """The trace as `prepare trace --json` prints it (cascade.md 2.6); times in hours.

    `code_of` gives the code of a function on a chain, or None when the reader may not know it.
    """
    return {
        "scenario": scenario,
        "graph_revision": result.revision,
        "engine": ENGINE,
        "horizon_h": in_hours(result.horizon_min),
        "disruptions": [_row(outcome, result.horizon_min, code_of) for outcome in result.outcomes],
    }


def _row(outcome: Outcome, horizon_min: int, code_of: Callable[[FunctionFacts], str | None]) -> dict[str, Any]:
    row = {
        "code": outcome.function.code,
        "state": outcome.state.value,
        "down_at_h": in_hours(outcome.down_at_min),
        "up_at_h": in_hours(outcome.up_at_min),
        "longest_h": in_hours(outcome.longest_min),
        "intervals_h": [
            [in_hours(start), in_hours(end) if end < horizon_min else None] for start, end in outcome.intervals
        ],
        "guaranteed_up_at_h": in_hours(outcome.guaranteed_up_at_min),
        "status": outcome.verdict.value,
        "chain": [code_of(step.function) for step in outcome.chain],
    }
    if outcome.mtpd_at_min is not None:
        row["mtpd_at_h"] = in_hours(outcome.mtpd_at_min)
    return row


def in_hours(minutes: int | None) -> float | None:
    """Minutes as hours, to four decimals; None stays None."""
    return None if minutes is None else round(minutes / 60, 4)


def in_minutes(hours: float | None) -> int | None:
    """Hours as whole minutes; None stays None."""
    return None if hours is None else round(hours * 60)
