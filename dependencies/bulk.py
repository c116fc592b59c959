"""Bulk work on a graph: the same questions asked of thousands of losses, behind one interface.

Two engines answer them, bit for bit alike: `plain` needs nothing but Python, a compiled one is taken when it
is to be had and worth its start. Whoever asks does not know which one it is.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from dependencies.cascade import Outage
from dependencies.packed import Flags, Ints

NONE = -1  #: no such minute


class Losses(NamedTuple):
    """What goes down for good, ordered by minute, then by place; reserves are left out."""

    places: Ints
    minutes: Ints


class Wanted(NamedTuple):
    """What a sweep is to tell of the functions that are lost; each array has one figure per function."""

    counted: Flags  #: whether its loss counts
    weight: Ints  #: what a minute without it weighs; counts only where `counted`
    deadline: Ints  #: a loss at this minute or before is told one by one; NONE: never


class Sweep(NamedTuple):
    """What the permanent loss of each source alone does within the horizon. S sources, in the order asked.

    The source itself counts neither as lost nor in `weighted`, `hits` or `first`.
    """

    lost: Ints  #: S: functions lost that count
    first: Ints  #: S: minute of the first of them; NONE when there is none
    weighted: NDArray[np.int64]  #: S: sum of weight x minutes from the loss up to the horizon
    #: H: losses at or before their deadline: number of the source in the order asked, place, minute;
    #: ordered by source, minute, place
    hits: tuple[Ints, Ints, Ints]
    #: G: needs with several ways that one source leaves unmet although one loss alone does not: number of the
    #: source, number of the need, minute from which it is unmet; ordered by source, minute, need
    groups: tuple[Ints, Ints, Ints]


class Spells(NamedTuple):
    """Outages of functions as three arrays, ordered by place, then by start; an end at the horizon is open."""

    places: Ints
    starts: Ints
    ends: Ints


class Engine(Protocol):
    """Answers over one packed graph; sources and hits are given by place, times in whole minutes."""

    name: str  #: told with every result

    def losses(self, sources: Sequence[int], starts: Sequence[int], horizon: int) -> Losses:
        """When each function is lost if the sources are lost for good, each from its start on."""

    def sweep(self, sources: Sequence[int], horizon: int, wanted: Wanted) -> Sweep:
        """What the permanent loss of each source alone, from minute 0, does before the horizon."""

    def outages(
        self,
        hits: Sequence[Outage],
        horizon: int,
        *,
        bridged: bool,
        tolerance: Ints | None = None,
        restart: Ints | None = None,
    ) -> Spells:
        """The outages that the hits cause; other tolerances (R) and restarts (P) may be tried for this run."""
