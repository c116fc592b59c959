"""How often a year a step of likelihood means."""

import pytest

from risks import matrix
from risks.frequency import BANDS, in_a_year, step_of, within


def test_every_step_has_a_band_and_each_begins_where_the_one_before_ends():
    assert BANDS.keys() == matrix.LIKELIHOODS.keys()
    assert all(BANDS[step][1] == BANDS[step + 1][0] for step in list(BANDS)[:-1])


def test_a_share_of_a_band_runs_on_a_scale_of_factors():
    assert within(4, 0.0) == pytest.approx(0.1)
    assert within(4, 0.5) == pytest.approx(0.1 * 10**0.5)
    assert within(4, 1.0) == pytest.approx(1.0)


def test_what_comes_once_a_year_on_average_comes_within_a_year_with_63_per_cent():
    assert in_a_year(1.0) == pytest.approx(0.632, abs=0.001)
    assert in_a_year(0.001) == pytest.approx(0.0009995, abs=1e-8)


@pytest.mark.parametrize(
    ("probability", "step"), [(0.0, 1), (0.0099, 1), (0.01, 2), (0.05, 3), (0.1, 4), (0.6, 4), (0.64, 5), (1.0, 5)]
)
def test_a_probability_within_a_year_is_told_in_the_words_of_the_scale(probability, step):
    assert step_of(probability) == step
