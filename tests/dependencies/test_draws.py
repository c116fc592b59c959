"""What a draw takes: the same for a record whatever stands around it, and spread as it is said to be."""

import numpy as np
import pytest

from dependencies import draws
from dependencies.draws import CERTAIN, SPREADS, TIGHT, WIDE, WIDEST


def lots(seed, draw, ids):
    return draws.lots(draws.streams(seed, draw).tolerances, np.array(ids, np.uint64))


def test_a_lot_goes_by_seed_draw_and_record_only():
    assert lots(1, 7, [3, 5, 9]).tolist() == [lots(1, 7, [one])[0] for one in (3, 5, 9)]
    assert lots(1, 7, [9, 3])[1] == lots(1, 7, [3])[0]
    assert lots(1, 7, [3]) != lots(2, 7, [3])
    assert lots(1, 7, [3]) != lots(1, 8, [3])


def test_the_streams_of_a_draw_are_told_apart():
    assert len(set(draws.streams(1, 1))) == len(draws.streams(1, 1))


def test_lots_are_even_over_records_and_over_draws():
    over_records = lots(1, 1, range(20_000))
    over_draws = np.concatenate([lots(1, draw, [77]) for draw in range(2_000)])

    for found, allowed in ((over_records, 0.03), (over_draws, 0.1)):
        assert found.min() >= 0
        assert found.max() < CERTAIN
        shares = np.bincount(found * 10 // CERTAIN, minlength=10) / len(found)
        assert np.abs(shares - 0.1).max() < allowed / 3
        assert abs(found.mean() / CERTAIN - 0.5) < allowed / 3


def test_the_known_numbers_stay_what_they_are():
    """Written down once: other machines and later versions must draw the same."""
    assert lots(1, 1, [0, 1, 2, 10**12]).tolist() == [441116, 173765, 243616, 107991]


@pytest.mark.parametrize(
    ("row", "lot", "per_cent"),
    [
        (WIDE, 0, 25),
        (WIDE, 50_000, 50),
        (WIDE, 275_000, 75),  # half way from 5 % (50) to 50 % (100)
        (WIDE, 500_000, 100),
        (WIDE, 950_000, 200),
        (WIDE, 975_000, 300),
        (TIGHT, 50_000, 90),
        (TIGHT, 950_000, 110),
        (WIDEST, 0, 0),
        (WIDEST, 25_000, 12.5),
    ],
)
def test_a_spread_runs_straight_between_the_shares_that_are_told(row, lot, per_cent):
    found = draws.spread(np.array([1000], np.int32), np.array([row], np.int32), np.array([lot], np.int64))

    assert found.tolist() == [per_cent * 10]


def test_half_of_the_draws_lie_at_the_recorded_value_or_below_and_nothing_stays_nothing():
    drawn = np.arange(CERTAIN, dtype=np.int64)
    for row in range(len(SPREADS)):
        rows = np.full(len(drawn), row, np.int32)
        found = draws.spread(np.full(len(drawn), 10_000, np.int32), rows, drawn)

        assert np.count_nonzero(found <= 10_000) == pytest.approx(CERTAIN / 2, rel=0.001)
        assert (np.diff(found) >= 0).all()  # a larger lot is never a shorter time
        assert not draws.spread(np.zeros(len(drawn), np.int32), rows, drawn).any()
