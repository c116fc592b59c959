"""What is told of the draws: figures worked by hand, standard errors, and never nothing where nobody knows."""

import math

import numpy as np
import pytest

from dependencies import draws, sureness
from dependencies.draws import Streams
from dependencies.graph import build
from dependencies.network import Network
from dependencies.packed import pack
from dependencies.sureness import NOT_KNOWN, Yearly, chance, chances, influences, pictures, years
from dependencies.uncertainty import Effort, Moves, Outages, Sample
from prepare.vocabulary import Criticality
from risks.frequency import bands, in_a_year
from risks.matrix import DEFAULT
from tests.dependencies.cases import function

BANDS = bands(DEFAULT)
A, B, C = range(3)
PACKED = pack(
    Network(
        build(
            [
                function(A, criticality=Criticality.K1, mtpd_min=100),
                function(B, criticality=Criticality.K4, mtpd_min=50),
                function(C),
            ],
            [],
        )
    )
)
ALL = np.array([True, True, True])


def ints(*values):
    return np.array(values, np.int32)


def drawn(outages, *, draws=4, moves=((),), links=()):
    """A sample of cases given as rows of (draw, place, minutes, longest) and (link, draw, place, minutes)."""
    found = [Outages(*np.array(rows, np.int32).reshape(-1, 4).T) for rows in outages]
    moved = [Moves(*np.array(rows, np.int32).reshape(-1, 4).T) for rows in moves]
    return Sample(PACKED, "plain-1", Effort(draws, 1, 9, draws), ints(*links), tuple(found), tuple(moved))


STORM = [(0, A, 120, 120), (1, A, 90, 90), (1, B, 60, 60), (2, A, 130, 101), (3, C, 10, 10), (3, B, 50, 50)]


def test_ranges_are_those_of_the_draws_and_the_record_stands_apart():
    (storm,) = pictures(PACKED, drawn([STORM]), ALL)

    assert (storm.down.recorded, storm.down.low, storm.down.middle, storm.down.high) == (1, 0, 1, 2)
    assert storm.down.mean == (2 + 1 + 2 + 0) / 4
    assert storm.down.error == pytest.approx(math.sqrt(np.var([2, 1, 2, 0], ddof=1) / 4))
    assert (storm.minutes.recorded, storm.minutes.high) == (120, 150)
    # weights stand in halves: a minute of K1 is 8, of K4 1, of a function without a class nothing
    assert (storm.weighted.recorded, storm.weighted.high) == (960, 130 * 8)
    # A passes its 100 minutes in draw 2 only (one outage of 101), B its 50 in draw 1; 50 are not more than 50
    assert (storm.over.recorded, storm.over.mean) == (1, 2 / 4)


def test_five_and_ninety_five_per_cent_are_draws_that_happened():
    rows = [(number, A, number, number) for number in range(1, 41)]

    (storm,) = pictures(PACKED, drawn([rows], draws=40), ALL)

    assert (storm.minutes.low, storm.minutes.middle, storm.minutes.high) == (2, 20, 38)


def test_only_the_functions_of_the_reader_count():
    (storm,) = pictures(PACKED, drawn([STORM]), np.array([False, True, False]))

    assert (storm.down.recorded, storm.minutes.high, storm.weighted.high) == (0, 60, 60)


def test_the_probability_within_a_year_is_one_minus_the_product_of_the_misses():
    probability, _error, at_least = chance((5, 2), [Yearly(0.1, 0.0), Yearly(0.5, 0.0)], 10)

    assert probability == pytest.approx(1 - (1 - 0.1 * 0.5) * (1 - 0.5 * 0.2))
    assert not at_least


def test_the_standard_error_is_worked_by_hand():
    _probability, error, _at_least = chance((5,), [Yearly(0.4, 0.05)], 10)

    assert error == pytest.approx(math.sqrt(0.4**2 * 0.5 * 0.5 / 10 + (0.5 * 0.05) ** 2))


def test_none_of_a_few_draws_is_not_never():
    probability, error, _at_least = chance((0,), [Yearly(0.4, 0.0)], 10)

    assert probability == 0
    assert error == pytest.approx(0.4 * math.sqrt(1 / 12 * 11 / 12 / 10))


def test_what_nobody_knows_is_unknown_and_never_nothing():
    assert chance((5,), [NOT_KNOWN], 10) == (None, 0.0, True)
    assert chance((5, 0), [NOT_KNOWN, Yearly(0.5, 0.0)], 10)[0] is None
    probability, _error, at_least = chance((5, 1), [NOT_KNOWN, Yearly(0.5, 0.0)], 10)
    assert (probability, at_least) == (pytest.approx(0.05), True)
    # a scenario of which nobody knows how often it comes adds nothing where no draw of it passes
    assert chance((0, 1), [NOT_KNOWN, Yearly(0.5, 0.0)], 10)[2] is False


def test_functions_are_told_most_likely_first_and_only_those_that_pass_in_some_draw():
    rare, often = Yearly(0.01, 0.0), Yearly(0.9, 0.0)
    flood = [(1, B, 60, 60), (2, B, 60, 60), (0, A, 400, 400)]

    found = chances(PACKED, drawn([STORM, flood], moves=((), ())), ALL, [rare, often])

    assert [(one.place, one.passed) for one in found] == [(B, (1, 2)), (A, (1, 0))]
    assert found[0].probability == pytest.approx(1 - (1 - 0.01 / 4) * (1 - 0.9 / 2))
    mine = np.array([True, False, False])
    assert [one.place for one in chances(PACKED, drawn([STORM, flood]), mine, [rare, often])] == [A]


def test_a_dependency_is_weighed_over_all_cases_and_told_where_it_moves_most():
    storm = [(7, 1, A, 10), (7, 2, A, 20), (9, 1, B, -500)]
    flood = [(7, 1, A, 1), (9, 3, A, -1)]

    found = influences(PACKED, drawn([[], []], moves=(storm, flood), links=(7, 8, 9)), ALL)

    assert [(one.link, one.mean, one.case) for one in found] == [(9, -508 / 4, 0), (7, (88 + 160) / 4, 0)]
    assert found[1].error == pytest.approx(math.sqrt(np.var([88, 160, 0, 0], ddof=1) / 4))
    mine = influences(PACKED, drawn([[], []], moves=(storm, flood), links=(7, 8, 9)), np.array([True, False, False]))
    assert [one.link for one in mine] == [7, 9]


def test_how_often_a_scenario_comes_is_drawn_from_the_steps_of_its_risks(monkeypatch):
    monkeypatch.setattr(draws, "streams", lambda seed, draw: Streams(*Streams._fields))
    lots = {"risks": 500_000, "frequencies": 500_000}
    monkeypatch.setattr(draws, "lots", lambda stream, ids: np.full(len(ids), lots[stream], np.int64))

    storm, flood = years(Effort(3, 1, 0, 0), [11, 12], {11: [BANDS[2], BANDS[4]]})

    # half way through two risks is the second, likely; half way of 1/10 to 1 a year on a scale of factors is 0.316
    assert storm == Yearly(pytest.approx(in_a_year(10**-0.5)), pytest.approx(0.0))
    assert flood == NOT_KNOWN


def test_the_error_of_how_often_is_that_of_the_draws():
    (storm,) = years(Effort(200, 1, 0, 0), [11], {11: [BANDS[3]]})

    assert in_a_year(1 / 30) < storm.probability < in_a_year(1 / 10)
    assert 0 < storm.error < 0.01


def test_everything_assumed_can_be_read_by_a_script():
    told = sureness.assumed(BANDS)

    assert told["tolerance_estimated_percent"] == [25, 50, 100, 200, 400]
    assert told["present"] == {"proposed": 0.8, "disputed": 0.5}
    assert told["frequency_a_year"]["4"] == [0.1, 1.0]
