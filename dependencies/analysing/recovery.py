"""How soon functions can be back at best, as one reader may see it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dependencies.achievable import Recovery, Step
from dependencies.analysing.keeping import once
from dependencies.analysing.view import View
from dependencies.graph import FunctionFacts
from dependencies.network import Place
from dependencies.outcome import in_hours
from dependencies.reduction import Shown
from dependencies.vocabulary import RtoStatus

ORDER = tuple(RtoStatus)


@dataclass(frozen=True)
class SeenStep:
    """A step of a chain: what is told of a function that the reader may name, and of its need if it may be read."""

    function: Shown
    minute: int | None
    need: str | None
    tolerance: int


@dataclass(frozen=True)
class SeenRecovery:
    """One of the reader's functions: its objective, its own capability, and what its suppliers let it achieve."""

    function: Shown
    facts: FunctionFacts
    own: int | None  #: minutes
    achievable: int | None  #: minutes; None is unknown
    at_least: int  #: minutes: sooner it is not back, whatever is unknown
    status: RtoStatus
    steps: tuple[SeenStep, ...]  #: from the one that holds it up to it
    blocked_by: tuple[Shown, ...]  #: whose unknown recovery times make it unknown, the nearest first

    @property
    def gap(self) -> int | None:
        """By how many minutes the objective is missed; None when it is kept or nobody knows."""
        if self.status is not RtoStatus.GAP or self.achievable is None or self.facts.rto_min is None:
            return None
        return self.achievable - self.facts.rto_min

    @property
    def exceeds_mtpd(self) -> bool:
        """Whether it is certain that it comes back later than is tolerable."""
        return self.facts.mtpd_min is not None and self.at_least > self.facts.mtpd_min

    @property
    def misses_by_itself(self) -> bool:
        """Whether its own capability is worse than the objective, whatever its suppliers do."""
        return None not in (self.own, self.facts.rto_min) and self.own > self.facts.rto_min  # type: ignore[operator]

    @property
    def is_held_up(self) -> bool:
        """Whether suppliers hold it up for longer than it needs by itself."""
        return self.achievable is not None and len(self.steps) > 1

    def as_json(self) -> dict[str, Any]:
        """As `prepare rto --json` prints it; times in hours."""
        return {
            "code": self.function.code,
            "rto_h": in_hours(self.facts.rto_min),
            "mtpd_h": in_hours(self.facts.mtpd_min),
            "own_h": in_hours(self.own),
            "achievable_h": in_hours(self.achievable),
            "at_least_h": in_hours(self.at_least),
            "gap_h": in_hours(self.gap),
            "status": self.status.value,
            "own_misses_rto": self.misses_by_itself,
            "mtpd_exceeded": self.exceeds_mtpd,
            "chain": [step.function.code for step in self.steps],
            "blocked_by": [function.code for function in self.blocked_by],
        }


@dataclass(frozen=True)
class Question:
    """A function or service whose recovery time nobody has said, and how many of the reader's functions wait for it."""

    function: Shown
    count: int


def recovery(seen: View) -> Recovery:
    """When everything is back at best, computed once for a state of the records."""
    return once(seen.network, "recovery", lambda: Recovery(seen.network, seen.now.packed, seen.now.engine))


def places(seen: View) -> list[Place]:
    """The reader's functions, gaps first and the largest of them first, then the unknown ones."""
    found = recovery(seen)

    def order(place: Place) -> tuple[int, int, str]:
        facts, status = seen.network.functions[place], found.status(place)
        gap = (found.minutes[place] or 0) - (facts.rto_min or 0) if status is RtoStatus.GAP else 0
        return ORDER.index(status), -gap, facts.code

    return sorted(seen.counted.nonzero()[0].tolist(), key=order)


def told(seen: View, some: Iterable[Place]) -> list[SeenRecovery]:
    """What can be achieved by the functions at these places, and why it is not better."""
    found = recovery(seen)
    return [
        SeenRecovery(
            seen.shown(place),
            seen.network.functions[place],
            found.own(place),
            found.minutes[place],
            found.at_least[place],
            found.status(place),
            tuple(_step(seen, step) for step in found.chain(place)),
            tuple(seen.shown(blocker) for blocker in found.blockers(place)),
        )
        for place in some
    ]


def _step(seen: View, step: Step) -> SeenStep:
    function = seen.shown(step.place)
    need = step.need.name if step.need and function.opens else None
    return SeenStep(function, step.minute if function.card else None, need, step.tolerance if need else 0)


def questions(seen: View) -> list[Question]:
    """Whose recovery time to ask for, those first for whom most of the reader's functions wait."""
    found = recovery(seen)
    counts = once(
        seen.network,
        ("blockers", seen.counted.tobytes()),
        lambda: Counter(blocker for place in places(seen) for blocker in found.blockers(place)),
    )
    ordered = sorted(counts, key=lambda place: (-counts[place], seen.network.functions[place].code))
    return [Question(seen.shown(place), counts[place]) for place in ordered]
