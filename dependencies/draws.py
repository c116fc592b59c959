"""Random numbers of one draw: the same for a record wherever, by whom and in which order it is drawn.

Draw number d of a seed has streams of its own, and a record takes the number of the stream at its own id: to add
a need elsewhere changes no other number, so that before and after a measure can be compared draw by draw.
All is done in whole numbers, so that every machine draws the same bits.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dependencies.packed import Ints
from dependencies.vocabulary import ToleranceBasis

Ids = NDArray[np.uint64]
Lots = NDArray[np.int64]

CERTAIN = 1_000_000  #: a lot is a whole number from 0 up to, not including, this
#: Shares of the draws between which a spread runs straight.
SHARES = np.array([0, 50_000, 500_000, 950_000, CERTAIN], np.int64)
#: Row of SPREADS.
TIGHT, WIDE, WIDEST, DURATION, RESTART = range(5)
#: Per cent of the recorded value at 0, 5, 50, 95 and 100 % of the draws: what is assumed of each kind of figure.
SPREADS = np.array(
    [
        (80, 90, 100, 110, 120),  # a tolerance that has been measured or exercised
        (25, 50, 100, 200, 400),  # a tolerance that somebody has estimated
        (0, 25, 100, 300, 500),  # a tolerance of which nobody has said what it is known from
        (25, 50, 100, 200, 400),  # how long what the scenario hits is out
        (50, 70, 100, 150, 200),  # a restart
    ],
    np.int64,
)
SPREAD_OF = {
    ToleranceBasis.MEASURED: TIGHT,
    ToleranceBasis.EXERCISED: TIGHT,
    ToleranceBasis.ESTIMATED: WIDE,
    None: WIDEST,
}

_GAMMA, _ONE, _TWO = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


class Streams(NamedTuple):
    """The streams of one draw."""

    tolerances: np.uint64
    restarts: np.uint64
    links: np.uint64
    durations: np.uint64
    risks: np.uint64
    frequencies: np.uint64


def streams(seed: int, draw: int) -> Streams:
    """The streams of one draw of a seed."""
    return Streams(*np.random.SeedSequence((seed, draw)).generate_state(len(Streams._fields), np.uint64))


def lots(stream: np.uint64, ids: Ids) -> Lots:
    """The lot of every id (SplitMix64 at the place that the id names)."""
    mixed = stream + (ids + np.uint64(1)) * _GAMMA
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _ONE
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _TWO
    mixed ^= mixed >> np.uint64(31)
    return (((mixed >> np.uint64(32)) * np.uint64(CERTAIN)) >> np.uint64(32)).astype(np.int64)


def spread(minutes: Ints, rows: Ints, drawn: Lots) -> Lots:
    """The minutes, each varied as its row of SPREADS says; nothing stays nothing."""
    piece = np.searchsorted(SHARES[1:-1], drawn, side="right")
    low, high = SPREADS[rows, piece] * 1000, SPREADS[rows, piece + 1] * 1000
    share = low + (high - low) * (drawn - SHARES[piece]) // (SHARES[piece + 1] - SHARES[piece])
    return np.asarray((minutes.astype(np.int64) * share + 50_000) // 100_000, np.int64)
