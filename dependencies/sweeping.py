"""A sweep in pieces: the loss of every source, asked of several workers, told as if one engine had done it."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from dependencies.bulk import Engine, Sweep, Wanted
from dependencies.packed import Ints, Packed
from dependencies.workers import CHUNK_S, Ready, Workers

TRIED = 500  #: sources by which it is learnt how long one takes: few of them take nearly all of the time


@dataclass(frozen=True)
class Losses:
    """Everything that a worker needs to sweep."""

    packed: Packed
    sources: Ints
    horizon: int
    wanted: Wanted


#: Every so many sources, beginning at this one: neighbours are alike, so that strides are more even than runs.
Stride = tuple[int, int]


def part(losses: Losses, engine: Engine, stride: Stride) -> Sweep:
    """One piece of the sweep; it numbers its sources from nothing."""
    first, step = stride
    return engine.sweep(losses.sources[first::step].tolist(), losses.horizon, losses.wanted)


def sweep(
    packed: Packed, sources: Sequence[int], horizon: int, wanted: Wanted, *, workers: Workers, ready: Ready
) -> Sweep:
    """What `bulk.Engine.sweep` answers, bit for bit, from pieces that the workers do."""
    losses = Losses(packed, np.array(sources, np.int32), horizon, wanted)
    strides = _strides(losses, workers.engine(packed))
    return joined(workers.map(part, losses, strides, ready), strides, len(sources))


def _strides(losses: Losses, mine: Engine) -> list[Stride]:
    """Pieces that each take about as long as a piece should."""
    count = len(losses.sources)
    few = max(1, count // TRIED)
    part(losses, mine, (few // 2, few))  # what is slow only the first time is not measured
    began = perf_counter()
    part(losses, mine, (few // 2, few))
    whole = (perf_counter() - began) * few
    pieces = min(count, max(1, round(whole / CHUNK_S)))
    return [(first, pieces) for first in range(pieces)]


def joined(parts: Sequence[Sweep], strides: Sequence[Stride], count: int) -> Sweep:
    """The pieces as one sweep over `count` sources."""
    lost, first = np.zeros(count, np.int32), np.zeros(count, np.int32)
    weighted = np.zeros(count, np.int64)
    for (start, step), piece in zip(strides, parts, strict=True):
        lost[start::step], first[start::step], weighted[start::step] = piece.lost, piece.first, piece.weighted
    hits = _in_order([piece.hits for piece in parts], strides)
    return Sweep(lost, first, weighted, hits, _in_order([piece.groups for piece in parts], strides))


def _in_order(found: Sequence[tuple[Ints, Ints, Ints]], strides: Sequence[Stride]) -> tuple[Ints, Ints, Ints]:
    """Rows of all pieces by the number of their source; those of one source stay as they stand."""
    none = np.zeros(0, np.int32)
    numbers = [start + step * rows[0] for (start, step), rows in zip(strides, found, strict=True)]
    number: NDArray[np.int32] = np.concatenate([none, *numbers], dtype=np.int32)
    order = np.argsort(number, kind="stable")
    one, other = (np.concatenate([none, *(rows[column] for rows in found)])[order] for column in (1, 2))
    return number[order], one, other


class Shared:
    """An engine whose sweeps are shared out; whatever else it is asked it answers by itself."""

    def __init__(self, packed: Packed, workers: Workers, ready: Ready) -> None:
        own = workers.engine(packed)
        self.name, self.losses, self.outages = own.name, own.losses, own.outages
        self._packed, self._workers, self._ready = packed, workers, ready

    def sweep(self, sources: Sequence[int], horizon: int, wanted: Wanted) -> Sweep:
        """See `bulk.Engine`."""
        return sweep(self._packed, sources, horizon, wanted, workers=self._workers, ready=self._ready)
