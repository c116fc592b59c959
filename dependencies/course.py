"""The course of a disruption: where every function stands at a moment, how many stand where, and until when to decide.

A moment is a minute from the start. An outage that begins at a minute holds at that minute; one that ends there
does not hold any more. Only functions that are given are counted, so give those that the reader may read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby

from dependencies.intervals import Intervals, endured
from dependencies.outcome import Outcome
from dependencies.vocabulary import Phase, State
from prepare.vocabulary import Criticality


@dataclass(frozen=True)
class Counts:
    """How many functions stand where at one moment."""

    down: int = 0
    vital: int = 0  #: K1 functions among those that are down
    late: int = 0  #: those that have been down for longer than their MTPD
    degraded: int = 0
    back: int = 0  #: were affected and work again


def outages(outcome: Outcome) -> Intervals:
    """The minutes in which the function is down."""
    return outcome.intervals if outcome.state is State.DOWN else ()


def intolerable(outcome: Outcome) -> Intervals:
    """The minutes in which the function has been down for longer than its MTPD; none when that is unknown."""
    mtpd = outcome.function.mtpd_min
    return [] if mtpd is None else endured(outages(outcome), mtpd)


def phase(outcome: Outcome, minute: int) -> Phase:
    """Where the function stands at the minute."""
    if _holds(intolerable(outcome), minute):
        return Phase.LATE
    if _holds(outages(outcome), minute):
        return Phase.DOWN
    if _holds(outcome.degraded, minute):
        return Phase.DEGRADED
    return Phase.WAITING if minute < _first(outcome) else Phase.BACK


def _holds(intervals: Intervals, minute: int) -> bool:
    return any(start <= minute < end for start, end in intervals)


def _first(outcome: Outcome) -> int:
    """When the function is first affected: down or degraded."""
    return min(start for start, _end in (*outages(outcome), *outcome.degraded))


def counts(outcomes: Iterable[Outcome], minute: int) -> Counts:
    """How many of the functions stand where at the minute."""
    found = [(outcome, phase(outcome, minute)) for outcome in outcomes]
    down = [outcome for outcome, now in found if now in (Phase.DOWN, Phase.LATE)]
    return Counts(
        len(down),
        sum(outcome.function.criticality is Criticality.K1 for outcome in down),
        sum(now is Phase.LATE for _outcome, now in found),
        sum(now is Phase.DEGRADED for _outcome, now in found),
        sum(now is Phase.BACK for _outcome, now in found),
    )


def hourly(outcomes: Iterable[Outcome]) -> list[tuple[int, Counts]]:
    """(hour, counts) of every full hour at which the counts are others than an hour before, from hour 0 on."""
    steps = [
        (-(-minute // 60), step) for outcome in outcomes for minute, step in _steps(outcome)
    ]  # what happens within an hour shows at its end
    now, found = [0] * 5, [(0, Counts())]
    for hour, group in groupby(sorted(steps), key=lambda step: step[0]):
        for _hour, step in group:
            now = [number + change for number, change in zip(now, step, strict=True)]
        if hour == 0:
            found.clear()
        if not found or astuple(found[-1][1]) != tuple(now):
            found.append((hour, Counts(*now)))
    return found


def _steps(outcome: Outcome) -> Iterable[tuple[int, tuple[int, ...]]]:
    """How the counts change at which minutes, in the order of `Counts`."""
    vital = int(outcome.function.criticality is Criticality.K1)
    yield _first(outcome), (0, 0, 0, 0, 1)
    for intervals, step in (
        (outages(outcome), (1, vital, 0, 0, -1)),
        (intolerable(outcome), (0, 0, 1, 0, 0)),
        (outcome.degraded, (0, 0, 0, 1, -1)),
    ):
        for start, end in intervals:
            yield start, step
            yield end, tuple(-change for change in step)


def deadlines(outcomes: Iterable[Outcome]) -> list[tuple[int, Sequence[Outcome]]]:
    """(minute, functions) of every moment by which something must be decided, in order of time.

    After that minute the functions have been out for longer than is tolerable.
    """
    late = [outcome for outcome in outcomes if outcome.mtpd_at_min is not None]
    late.sort(key=lambda outcome: (outcome.mtpd_at_min or 0, outcome.function.code))
    return [(minute or 0, list(group)) for minute, group in groupby(late, key=lambda outcome: outcome.mtpd_at_min)]


def first_vital(outcomes: Iterable[Outcome]) -> Outcome | None:
    """The K1 function that is lost first, by code among equals; None when none goes down."""
    vital = (o for o in outcomes if o.state is State.DOWN and o.function.criticality is Criticality.K1)
    return min(vital, key=lambda outcome: (outcome.down_at_min, outcome.function.code), default=None)
