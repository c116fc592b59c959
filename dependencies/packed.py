"""The graph as arrays: what bulk work runs on, and what is sent to other machines.

Places are those of the `Network` that the arrays are made of: first the functions, then the reserves.
Every number is a whole one, so that the same work gives the same bits wherever it is done.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from dependencies.network import Network
from prepare.vocabulary import Criticality

Ints: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.bool_]

UNKNOWN = -1  #: a duration that nobody has said
#: Weight of an hour down, in halves: K1 4, K2 2, K3 1, K4 0.5 (domain.md 4); a partner's service has none.
WEIGHTS = {Criticality.K1: 8, Criticality.K2: 4, Criticality.K3: 2, Criticality.K4: 1}


@dataclass(frozen=True)
class Packed:
    """A graph's essential needs as arrays. F functions, P places (functions and reserves), R needs, M members."""

    revision: int
    ids: NDArray[np.int64]  #: F: the functions' ids, by place
    rto: Ints  #: F: minutes, or UNKNOWN
    mtpd: Ints  #: F: minutes, or UNKNOWN
    recovery: Ints  #: F: what the function achieves by itself, or its provider promises; minutes, or UNKNOWN
    weight: Ints  #: F: see WEIGHTS
    restart: Ints  #: P: minutes from "all needs met" to "running"; 0 for a reserve, else at least 1
    need_ids: NDArray[np.int64]  #: R: the need's id; UNKNOWN for a reserve's need for its supplier
    consumer: Ints  #: R: place
    tolerance: Ints  #: R: minutes
    losses: Ints  #: R: how many alternatives must be lost before the need is unmet
    members: Ints  #: R: how many alternatives the need has
    first: Ints  #: P + 1: the members that place p supplies stand from first[p] up to first[p + 1] in the two below
    need: Ints  #: M: number of the need that is supplied
    loop: Flags  #: M: whether the link is bridged by hand once every original fault is repaired

    @property
    def functions(self) -> int:
        """How many functions there are; the places after them are reserves."""
        return len(self.ids)


def pack(network: Network) -> Packed:
    """The network as arrays."""
    functions = network.functions
    facts = [need.id if need else UNKNOWN for need in network.facts]
    supplies = [supply for supplied in network.supplies for supply in supplied]
    first = np.zeros(len(network.supplies) + 1, np.int32)
    np.cumsum([len(supplied) for supplied in network.supplies], out=first[1:])
    return Packed(
        network.revision,
        np.array([function.id for function in functions], np.int64),
        _minutes([function.rto_min for function in functions]),
        _minutes([function.mtpd_min for function in functions]),
        _minutes([function.recovery_min for function in functions]),
        np.array([WEIGHTS[f.criticality] if f.criticality else 0 for f in functions], np.int32),
        np.array(network.restart, np.int32),
        np.array(facts, np.int64),
        np.array(network.consumer, np.int32),
        np.array(network.tolerance, np.int32),
        np.array(network.losses, np.int32),
        np.array([len(members) for members in network.members], np.int32),
        first,
        np.array([need for need, _ in supplies], np.int32),
        np.array([loop for _, loop in supplies], np.bool_),
    )


def _minutes(durations: list[int | None]) -> Ints:
    return np.array([UNKNOWN if duration is None else duration for duration in durations], np.int32)
