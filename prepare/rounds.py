"""The round: the seven steps that a sector takes to be prepared, and how far it has come (domain.md 2.7)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from prepare.actions import Action
from prepare.actor import Scope

FEWEST_FUNCTIONS = 5  #: a sector lists five to fifteen
FEWEST_RISKS = 3  #: three to five of them


@dataclass(frozen=True)
class Tally:
    """How much of a step has been done, of how much; `total` 0 means that there is nothing to do there yet."""

    done: int = 0
    total: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.done + other.done, self.total + other.total)

    @property
    def left(self) -> int:
        """How much is still to be done."""
        return max(self.total - self.done, 0)


#: Counts a step for organisations that have been read with their contacts and deputies, as far as the scope reads:
#: id of the organisation → how far it has come.
Count = Callable[[Scope, Collection[Any]], Mapping[int, Tally]]


@dataclass(frozen=True)
class Step:
    """A step of the round, as the package that keeps its records describes it.

    `place` orders the steps; `minutes` is about how long one of what is counted takes; `endpoint` is the page on
    which the work goes on. `action` is what somebody must be allowed who takes the step, and `others` says who does it
    for those who are not. `begins` says whether something done here shows that a sector has started.
    """

    place: int
    label: str
    why: str
    minutes: int
    endpoint: str
    count: Count
    action: Action = Action.EDIT_FUNCTION
    others: str = ""
    begins: bool = True


class Stand(StrEnum):
    """How far a step is."""

    DONE = "done"
    NEXT = "next"
    OPEN = "open"
    LATER = "later"


@dataclass(frozen=True)
class Stage:
    """A step as it stands for somebody."""

    step: Step
    tally: Tally
    stand: Stand

    @property
    def minutes(self) -> int:
        """About how many minutes are left in it."""
        return self.step.minutes * self.tally.left


@dataclass(frozen=True)
class Round:
    """Every step as it stands, in its order."""

    stages: tuple[Stage, ...]

    @property
    def minutes(self) -> int:
        """About how many minutes are left of the round."""
        return sum(stage.minutes for stage in self.stages)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(stage.stand is Stand.DONE for stage in self.stages)

    @property
    def next(self) -> Stage | None:
        """The step that comes next; None when all is done, or nothing can be done yet."""
        return next((stage for stage in self.stages if stage.stand is Stand.NEXT), None)

    @property
    def is_complete(self) -> bool:
        """Whether every step is done."""
        return self.done == len(self.stages)


def of(counted: Mapping[Step, Tally], *, able: Collection[Step] | None = None) -> Round:
    """The round as the tallies of its steps tell it: the first step with work left is the next.

    `able` are the steps that the person may take (None: all); only one of these is next. A step that has nothing to do
    waits for the steps before it; when all of these are done, it is done too.
    """
    stages: list[Stage] = []
    for step in sorted(counted, key=lambda one: one.place):
        tally, before = counted[step], {stage.stand for stage in stages}
        if not tally.left:
            waits = not tally.total and before & {Stand.NEXT, Stand.OPEN}
            stand = Stand.LATER if waits else Stand.DONE
        elif Stand.NEXT in before or not (able is None or step in able):
            stand = Stand.OPEN
        else:
            stand = Stand.NEXT
        stages.append(Stage(step, tally, stand))
    return Round(tuple(stages))


def has_started(counted: Mapping[Step, Tally]) -> bool:
    """Whether a sector has done something of its round; that its duty holders are named does not yet count."""
    return any(step.begins and tally.done for step, tally in counted.items())


def at_least(found: int, fewest: int) -> Tally:
    """How far one is with something of which there is to be a number at least."""
    return Tally(min(found, fewest), fewest)
