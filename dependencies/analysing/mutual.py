"""Mutual dependencies, as one reader may see them."""

from dataclasses import dataclass
from typing import Any

from dependencies import mutual
from dependencies.analysing.keeping import once
from dependencies.analysing.view import View
from dependencies.graph import Link
from dependencies.mutual import Circle
from dependencies.outcome import in_hours
from dependencies.reduction import Bridge, Shown


@dataclass(frozen=True)
class SeenStart:
    """A function of the circle in the order of starting, and the needs that are bridged by hand for it, if told."""

    function: Shown
    by_hand: bool
    without: tuple[str, ...]


@dataclass(frozen=True)
class SeenCircle:
    """Functions that need each other, at least one of them the reader's."""

    functions: tuple[Shown, ...]
    is_locked: bool
    bridges: tuple[Bridge, ...]  #: of the reader's functions
    starts: tuple[SeenStart, ...]

    def as_json(self) -> dict[str, Any]:
        """As `prepare circles --json` prints it."""
        return {
            "functions": [function.code for function in self.functions],
            "locked": self.is_locked,
            "bridged_by_hand": [
                {
                    "code": bridge.consumer.code,
                    "supplier": bridge.supplier.code,
                    "need": bridge.need.name,
                    "tolerance_h": in_hours(bridge.need.tolerance_min),
                }
                for bridge in self.bridges
            ],
            "start_order": [{"code": start.function.code, "by_hand": start.by_hand} for start in self.starts],
        }


def circles(seen: View) -> list[SeenCircle]:
    """The circles in which one of the reader's functions takes part."""
    found = once(seen.network, "circles", lambda: mutual.circles(seen.network))
    return [_circle(seen, one) for one in found if any(seen.readable[place] for place in one.places)]


def _circle(seen: View, circle: Circle) -> SeenCircle:
    bridges = (_bridge(seen, link) for link in circle.bridged)
    return SeenCircle(
        tuple(seen.shown(place) for place in circle.places),
        circle.is_locked,
        tuple(bridge for bridge in bridges if bridge.consumer.opens),
        tuple(
            SeenStart(
                seen.shown(start.place),
                start.by_hand,
                tuple(need.name for need in start.without) if seen.readable[start.place] else (),
            )
            for start in circle.starts
        ),
    )


def _bridge(seen: View, link: Link) -> Bridge:
    network = seen.network
    need = network.need[link.need]
    return Bridge(seen.shown(network.place[need.consumer]), need, seen.shown(network.place[link.supplier]))
