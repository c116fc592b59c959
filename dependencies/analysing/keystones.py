"""Every single loss as one reader may see it: what it takes down, and what has been decided about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dependencies import handling, keystones, queries
from dependencies.analysing.keeping import once
from dependencies.analysing.view import View
from dependencies.bulk import Engine
from dependencies.keystones import HORIZON_H, Keystone
from dependencies.models.losses import LossDecision
from dependencies.network import Place
from dependencies.outcome import in_hours
from dependencies.reduction import Shown
from dependencies.vocabulary import Handling
from prepare.db import db
from prepare.models.functions import Function

#: Needs for which a longer buffer is tried, and how many functions all those runs may go over: about two seconds.
MOST_BUFFERS, MOST_WORK = 40, 40_000


@dataclass(frozen=True)
class SeenKeystone:
    """A function and what its permanent loss does to those that the reader may read; told when it is asked for."""

    seen: View
    keystone: Keystone
    decision: LossDecision | None
    handling: Handling | None  #: what holds today; None when the reader may not read the function

    @cached_property
    def function(self) -> Shown:
        """The function that is lost."""
        return self.seen.shown(self.keystone.place)

    @property
    def early(self) -> tuple[Shown, ...]:
        """Vital functions lost within a day."""
        return tuple(self.seen.shown(one.place) for one in self.keystone.early)

    @property
    def fatal(self) -> tuple[tuple[Shown, int], ...]:
        """Vital functions lost within their MTPD, and the minute."""
        return tuple((self.seen.shown(one.place), one.minute) for one in self.keystone.fatal)

    @property
    def consumers(self) -> int:
        """How many functions of the reader's name it for an essential need."""
        network = self.seen.network
        consumers = once(network, "consumers", lambda: keystones.direct_consumers(network))
        return sum(bool(self.seen.counted[place]) for place in consumers.get(self.keystone.place, ()))

    @property
    def betweenness(self) -> float | None:
        """On which share of the shortest ways it lies; told only to those who read everything."""
        network = self.seen.network
        shares = once(network, "betweenness", lambda: keystones.betweenness(network)) if self.seen.sees_all else None
        return shares[self.keystone.place] if shares else None

    @property
    def has_lapsed(self) -> bool:
        """Whether a decision was made that no longer holds."""
        return self.decision is not None and self.decision.handling is not self.handling

    @property
    def is_boundary(self) -> bool:
        """Whether it lies outside what the city can double."""
        return self.handling is Handling.BOUNDARY

    def as_json(self) -> dict[str, Any]:
        """As `prepare keystones --json` prints it; hours count from the loss."""
        decided = self.decision
        return {
            "code": self.function.code,
            "functions_lost": self.keystone.lost,
            "k1_lost_24h": [function.code for function in self.early],
            "first_loss_h": in_hours(self.keystone.first),
            "criticality_hours": round(self.keystone.weighted_h, 4),
            "direct_consumers": self.consumers,
            "betweenness": None if self.betweenness is None else round(self.betweenness, 6),
            "single_point_of_failure": self.keystone.is_single_point,
            "k1_lost_within_mtpd": [{"code": one.code, "at_h": in_hours(at)} for one, at in self.fatal],
            "standing": self.handling.value if self.handling else None,
            "measure": decided.measure if decided else None,
            "holds_until": decided.holds_until.isoformat() if decided and decided.holds_until else None,
        }


def every(seen: View, *, on: date, horizon_h: float = HORIZON_H, engine: Engine | None = None) -> list[SeenKeystone]:
    """What the loss of each function alone does to the reader's, the gravest first; an `engine` may be given."""
    return _seen(seen, computed(seen, horizon_h, engine), on)


def one(seen: View, function: Function, *, on: date) -> SeenKeystone | None:
    """What the loss of a function that has been opened does; None when it is no longer in force."""
    place = seen.network.place.get(function.id)
    return next((found for found in _seen(seen, computed(seen), on) if found.keystone.place == place), None)


def computed(seen: View, horizon_h: float = HORIZON_H, engine: Engine | None = None) -> list[Keystone]:
    """The sweep over all losses, counted for this reader."""
    packed, horizon = seen.now.packed, round(horizon_h * 60)
    return once(
        seen.network,
        ("keystones", horizon, seen.counted.tobytes()),
        lambda: keystones.keystones(
            packed, engine or seen.now.engine, seen.network.functions, seen.counted, horizon=horizon
        ),
    )


def _seen(seen: View, found: Iterable[Keystone], on: date) -> list[SeenKeystone]:
    decisions = {one.function_id: one for one in db.session.scalars(queries.loss_decisions(seen.scope))}
    return [_keystone(seen, one, decisions.get(seen.network.functions[one.place].id), on) for one in found]


def _keystone(seen: View, found: Keystone, decision: LossDecision | None, on: date) -> SeenKeystone:
    if not seen.readable[found.place]:
        return SeenKeystone(seen, found, None, None)
    held = handling.in_force(decision.handling, decision.holds_until, on=on) if decision else Handling.UNTREATED
    return SeenKeystone(seen, found, decision, held)


@dataclass(frozen=True)
class Fall:
    """A function of the reader's that goes down with the loss, when, and whether that is within its MTPD."""

    function: Shown
    minute: int
    is_fatal: bool


@dataclass(frozen=True)
class SeenBuffer:
    """A need of the reader's that the loss leaves unmet, how long it manages, and what a buffer there would spare."""

    function: Shown
    need: str
    tolerance: int  #: minutes
    spared: tuple[Shown, ...]


def falls(seen: View, place: Place) -> list[Fall]:
    """What falls with the loss of the function at a place, in order of time."""
    lost, keystone = seen.now.engine.losses([place], [0], HORIZON_H * 60), _at(seen, place)
    fatal = {one.place for one in keystone.fatal}
    return [
        Fall(seen.shown(fallen), minute, fallen in fatal)
        for fallen, minute in zip(lost.places.tolist(), lost.minutes.tolist(), strict=True)
        if seen.counted[fallen] and fallen != place
    ]


def buffers(seen: View, place: Place) -> list[SeenBuffer]:
    """Who of those that need the function at a place could buffer its loss, and what that would spare.

    Of very many those are tried whose own loss would take most with it: `most_buffers` of them.
    """
    network, packed, engine = seen.network, seen.now.packed, seen.now.engine
    rank = {one.place: number for number, one in enumerate(computed(seen))}
    found = once(
        seen.network,
        ("buffers", place, seen.counted.tobytes()),
        lambda: keystones.buffers(
            network, packed, engine, _at(seen, place), horizon=HORIZON_H * 60, rank=rank, most=most_buffers(seen)
        ),
    )
    return [
        SeenBuffer(
            seen.shown(buffer.consumer),
            facts.name if (facts := network.facts[buffer.need]) else "",
            buffer.tolerance,
            tuple(seen.shown(spared) for spared in buffer.spared),
        )
        for buffer in found
        if seen.readable[buffer.consumer]
    ]


def most_buffers(seen: View) -> int:
    """For how many needs a longer buffer is tried: fewer the larger the graph is."""
    return min(MOST_BUFFERS, 1 + MOST_WORK // len(seen.network.functions))


def _at(seen: View, place: Place) -> Keystone:
    return next(found for found in computed(seen) if found.place == place)
