"""How often a year a step of likelihood means."""

import pytest

from risks.frequency import bands, in_a_year, step_of, within
from risks.matrix import DEFAULT, Scale, Step

BANDS = bands(DEFAULT)


def test_every_step_has_a_band_and_each_begins_where_the_one_before_ends():
    assert list(BANDS) == list(DEFAULT.likelihood_steps)
    assert BANDS[1] == (0.001, 0.01)  # the open ends reach ten times further
    assert BANDS[5] == (1.0, 10.0)
    assert all(BANDS[step][1] == BANDS[step + 1][0] for step in list(BANDS)[:-1])


def test_a_share_of_a_band_runs_on_a_scale_of_factors():
    assert within(BANDS[4], 0.0) == pytest.approx(0.1)
    assert within(BANDS[4], 0.5) == pytest.approx(0.1 * 10**0.5)
    assert within(BANDS[4], 1.0) == pytest.approx(1.0)


def test_what_comes_once_a_year_on_average_comes_within_a_year_with_63_per_cent():
    assert in_a_year(1.0) == pytest.approx(0.632, abs=0.001)
    assert in_a_year(0.001) == pytest.approx(0.0009995, abs=1e-8)


@pytest.mark.parametrize(
    ("probability", "step"), [(0.0, 1), (0.0099, 1), (0.01, 2), (0.05, 3), (0.1, 4), (0.6, 4), (0.64, 5), (1.0, 5)]
)
def test_a_probability_within_a_year_is_told_in_the_words_of_the_scale(probability, step):
    assert step_of(probability, BANDS) == step


def test_a_step_that_does_not_say_how_often_has_no_band():
    told, silent = Step(name_fi="a", commonest_years=10), Step(name_fi="b")
    scale = Scale(likelihoods=(told, silent), impacts=(silent,), moderate=2, significant=2, critical=2, guard_from=None)

    assert bands(scale) == {1: (0.01, 0.1)}
    assert step_of(0.9, bands(scale)) == 1
    assert step_of(0.9, {}) is None
