"""What an outside partner may know of the disruptions that the city prepares for.

A partner learns when what runs over its own interface stops and comes back, since it must plan by that. Which
disruption it is, it learns only of scenarios that are public. Of an internal scenario it learns the hours alone, and
of one that is secret by law nothing. Hours of a line with a secret end are never told (trust.md 3.1, P4).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from dependencies.intervals import Interval
from dependencies.outcome import Outcome
from dependencies.vocabulary import State
from prepare.texts import _, hours
from prepare.vocabulary import Confidentiality

#: Length of the time line of a picture, and the shortest time that it shows, in hours.
WIDTH, SHORTEST_H = 480, 24
MINUTES = 60


class Openness(Enum):
    """How much of a scenario a partner may know."""

    NAMED = "named"
    HOURS = "hours"
    CLOSED = "closed"


def openness(confidentiality: Confidentiality) -> Openness:
    """How much of a scenario of this class a partner may know."""
    if confidentiality is Confidentiality.CONFIDENTIAL:
        return Openness.CLOSED
    return Openness.NAMED if confidentiality is Confidentiality.PUBLIC else Openness.HOURS


@dataclass(frozen=True)
class Span:
    """A time in which something does not work, or only in part; `end_min` None: not back within a year."""

    start_min: int
    end_min: int | None
    is_degraded: bool = False

    @property
    def start_h(self) -> float:
        """Its beginning in hours from the start of the disruption."""
        return self.start_min / MINUTES

    @property
    def end_h(self) -> float | None:
        """Its end in hours."""
        return None if self.end_min is None else self.end_min / MINUTES


@dataclass(frozen=True)
class Bar:
    """A span as it is drawn."""

    x: int
    width: int
    span: Span


def spans(outcome: Outcome | None, horizon_min: int) -> tuple[Span, ...]:
    """When a function is down or degraded, in order; nothing when a disruption leaves it alone."""
    if outcome is None:
        return ()
    down = [] if outcome.state is State.DEGRADED else [_span(one, horizon_min) for one in outcome.intervals]
    weak = outcome.degraded or (outcome.intervals if outcome.state is State.DEGRADED else ())
    found = [*down, *(_span(one, horizon_min, is_degraded=True) for one in weak)]
    return tuple(sorted(found, key=lambda one: (one.start_min, one.is_degraded)))


def _span(interval: Interval, horizon_min: int, *, is_degraded: bool = False) -> Span:
    start, end = interval
    return Span(start, None if end >= horizon_min else end, is_degraded)


def told_of_consumer(supplier: Sequence[Span], consumer: tuple[Span, ...], *, is_own: bool) -> tuple[Span, ...]:
    """What a partner is told of who needs what runs over its interface.

    Of its own service everything. Of a function of the city only what begins once the supplier over this interface
    has failed: what befalls the function for other reasons is not the interface's matter.
    """
    since = first_min(supplier)
    if is_own:
        return consumer
    return () if since is None else tuple(one for one in consumer if one.start_min >= since)


def length_h(found: Iterable[Span]) -> float:
    """How many hours a picture of these spans shows: to the last end, or twice the last start of an open one."""
    hours = [one.end_h if one.end_h is not None else 2 * one.start_h for one in found]
    return max([float(SHORTEST_H), *hours])


def bars(found: Sequence[Span], shown_h: float) -> list[Bar]:
    """The spans as they are drawn on a line that shows so many hours; none is too short to be seen."""
    return [_bar(one, shown_h) for one in found]


def _bar(span: Span, shown_h: float) -> Bar:
    x = min(round(WIDTH * span.start_h / shown_h), WIDTH - 2)
    end = WIDTH if span.end_h is None else round(WIDTH * span.end_h / shown_h)
    return Bar(x, max(end - x, 2), span)


def first_min(found: Iterable[Span]) -> int | None:
    """The first minute of these spans; None when there is none."""
    return min((one.start_min for one in found), default=None)


def in_words(span: Span) -> str:
    """A span as a sentence."""
    since = hours(span.start_h)
    if span.end_h is None and span.is_degraded:
        return _("in part from %(since)s on, not back within a year", since=since)
    if span.end_h is None:
        return _("out from %(since)s on, not back within a year", since=since)
    if span.is_degraded:
        return _("in part from %(since)s to %(until)s", since=since, until=hours(span.end_h))
    return _("out from %(since)s to %(until)s", since=since, until=hours(span.end_h))
