"""Where a running situation stands on the course of a scenario: what is down now, and what fails next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from dependencies import course
from dependencies.outcome import Outcome
from dependencies.vocabulary import Phase


class HasOutcome(Protocol):
    """What tells the course of one function."""

    @property
    def outcome(self) -> Outcome:
        """When it is down, degraded and back."""


S = TypeVar("S", bound=HasOutcome)
DOWN = frozenset({Phase.DOWN, Phase.LATE})


@dataclass(frozen=True)
class Foresight(Generic[S]):
    """The functions at one minute of the course: down now, and those that go down after it with the minute."""

    down: tuple[S, ...]
    coming: tuple[tuple[S, int], ...]


def minute_of(began_at: datetime, now: datetime) -> int:
    """The minute of the course that it is now; it begins with the situation."""
    return max(0, int((now - began_at).total_seconds() // 60))


def moment_of(began_at: datetime, minute: int) -> datetime:
    """When a minute of the course comes."""
    return began_at + timedelta(minutes=minute)


def standing(outcomes: Iterable[S], minute: int) -> Foresight[S]:
    """What of these is down at the minute, and what goes down later, the soonest first."""
    seen = list(outcomes)
    down = tuple(one for one in seen if course.phase(one.outcome, minute) in DOWN)
    coming = [(one, start) for one in seen if (start := _next(one.outcome, minute)) is not None]
    coming.sort(key=lambda pair: (pair[1], pair[0].outcome.function.code))
    return Foresight(down, tuple(coming))


def _next(outcome: Outcome, minute: int) -> int | None:
    """When the function goes down next after the minute; None when it is down then, or does not go down any more."""
    if course.phase(outcome, minute) in DOWN:
        return None
    return min((start for start, _end in course.outages(outcome) if start > minute), default=None)
