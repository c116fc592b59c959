"""Redundancy that is not, as one reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dependencies import redundancy
from dependencies.analysing.keeping import once
from dependencies.analysing.view import View
from dependencies.chains import Step
from dependencies.graph import FunctionFacts, NeedFacts
from dependencies.keystones import HORIZON_H
from dependencies.outcome import in_hours
from dependencies.reduction import Shown
from dependencies.redundancy import Cause, Defeated, Loss

HORIZON = HORIZON_H * 60


@dataclass(frozen=True)
class SeenCause:
    """A loss that defeats the need, and the minute from which it does."""

    function: Shown
    minute: int


@dataclass(frozen=True)
class SeenWay:
    """One way to meet the need: its supplier, when it is lost, and the steps from the common cause to it."""

    function: Shown
    minute: int
    steps: tuple[SeenCause, ...]


@dataclass(frozen=True)
class SeenDefeat:
    """A need of one of the reader's functions that is met in several ways, and the loss that takes them all."""

    consumer: Shown
    need: NeedFacts
    cause: SeenCause
    down_min: int  #: when the consumer goes down for it
    ways: tuple[SeenWay, ...]
    others: tuple[SeenCause, ...]

    @property
    def hangs_on_itself(self) -> bool:
        """Whether the common cause is one of the ways: another of them needs it."""
        return any(way.function == self.cause.function for way in self.ways)

    def as_json(self) -> dict[str, Any]:
        """As `prepare redundancy --json` prints it; hours count from the loss of the common cause."""
        return {
            "code": self.consumer.code,
            "need": self.need.name,
            "min_required": self.need.min_required,
            "common_cause": self.cause.function.code,
            "lost_at_h": in_hours(self.cause.minute),
            "down_at_h": in_hours(self.down_min),
            "members": [
                {
                    "code": way.function.code,
                    "lost_at_h": in_hours(way.minute),
                    "chain": [step.function.code for step in way.steps],
                }
                for way in self.ways
            ],
            "other_causes": [
                {"code": other.function.code, "lost_at_h": in_hours(other.minute)} for other in self.others
            ],
        }


def several_ways(seen: View) -> int:
    """How many needs of the reader's functions survive the loss of one way."""
    consumer = seen.network.consumer
    return sum(bool(seen.readable[consumer[need]]) for need in redundancy.several_ways(seen.network))


def defeated(seen: View) -> list[Defeated]:
    """The needs of the reader's functions whose redundancy one loss defeats, vital functions first, then by time."""
    network = seen.network
    found = once(
        network,
        "defeated",
        lambda: redundancy.defeated(network, seen.now.packed, seen.now.engine, horizon=HORIZON),
    )
    open_ = [one for one in found if seen.readable[network.consumer[one.need]]]
    return sorted(open_, key=lambda one: (_class(_consumer(seen, one)), one.cause.minute, _consumer(seen, one).code))


def _consumer(seen: View, one: Defeated) -> FunctionFacts:
    return seen.network.functions[seen.network.consumer[one.need]]


def _class(function: FunctionFacts) -> str:
    return function.criticality.value if function.criticality else "K9"


def told(seen: View, found: Iterable[Defeated]) -> list[SeenDefeat]:
    """These needs with the chain to each of their ways."""
    return [_told(seen, one) for one in found]


def _told(seen: View, one: Defeated) -> SeenDefeat:
    network, place = seen.network, one.cause.place
    loss = once(network, ("loss", place), lambda: Loss(network, place, horizon=HORIZON))
    return SeenDefeat(
        seen.shown(network.consumer[one.need]),
        one.facts,
        _cause(seen, one.cause),
        one.cause.minute + network.tolerance[one.need],
        tuple(
            SeenWay(seen.shown(way.place), way.minute, tuple(_step(seen, step) for step in way.chain))
            for way in loss.ways(one.need)
        ),
        tuple(_cause(seen, other) for other in one.others),
    )


def _cause(seen: View, cause: Cause) -> SeenCause:
    return SeenCause(seen.shown(cause.place), cause.minute)


def _step(seen: View, step: Step) -> SeenCause:
    return SeenCause(seen.shown(seen.network.place[step.function.id]), step.at_min)
