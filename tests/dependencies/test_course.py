"""Where functions stand at a moment of a disruption, and how many stand where."""

import random
from dataclasses import astuple

from dependencies import course
from dependencies.course import Counts
from dependencies.outcome import Hit, trace
from dependencies.vocabulary import Phase, Strength
from prepare.vocabulary import Criticality
from tests.dependencies.cases import draw_case, draw_hits, function, need, network

GRID, PUMPS, WARD, OFFICE = range(4)
HOUR = 60


def storm():
    """The grid is out for 10 h. Worked by hand, in hours:

    GRID    0–10, MTPD 6: intolerable 6–10
    PUMPS   manage 2 h, restart 1 h: 2–11, K1, MTPD 3: intolerable 5–11
    WARD    needs the pumps, manages 4 h: 6–11 and a minute, MTPD unknown
    OFFICE  is degraded without the ward, at once: 6–11 and a minute
    """
    functions = [
        function(GRID, mtpd_min=6 * HOUR),
        function(PUMPS, HOUR, mtpd_min=3 * HOUR, criticality=Criticality.K1),
        function(WARD, criticality=Criticality.K1),
        function(OFFICE),
    ]
    needs = [need(PUMPS, GRID, 2 * HOUR), need(WARD, PUMPS, 4 * HOUR), need(OFFICE, WARD, strength=Strength.IMPORTANT)]
    found = trace(network(functions, needs), [Hit(GRID, 0, 10 * HOUR)]).outcomes
    return sorted(found, key=lambda outcome: outcome.function.id)


def test_the_phase_of_each_function_hour_by_hour():
    phases = {
        hour: "".join(course.phase(outcome, hour * HOUR).value[0] for outcome in storm())
        for hour in (0, 2, 5, 6, 10, 12)
    }

    # waiting, down, late, degraded and back begin with w, d, l, d, b
    assert phases == {0: "dwww", 2: "ddww", 5: "dlww", 6: "lldd", 10: "bldd", 12: "bbbb"}
    assert course.phase(storm()[OFFICE], 6 * HOUR) is Phase.DEGRADED
    assert course.phase(storm()[WARD], 6 * HOUR) is Phase.DOWN


def test_the_counts_at_a_moment():
    assert course.counts(storm(), 0) == Counts(down=1)
    assert course.counts(storm(), 6 * HOUR) == Counts(down=3, vital=2, late=2, degraded=1)
    assert course.counts(storm(), 10 * HOUR) == Counts(down=2, vital=2, late=1, degraded=1, back=1)
    assert course.counts([], 0) == Counts()


def test_the_counts_by_the_hour_name_only_hours_at_which_they_change():
    found = dict(course.hourly(storm()))

    assert sorted(found) == [0, 2, 5, 6, 10, 11, 12]
    assert found[11] == Counts(down=1, vital=1, degraded=1, back=2)  # the ward restarts for a minute more
    assert found[12] == Counts(back=4)
    assert course.hourly([]) == [(0, Counts())]


def test_an_hour_at_which_one_goes_down_as_another_comes_back_changes_no_count_but_what_is_back():
    """Two functions that are hit one after the other; and two that are both hit twice, crosswise."""
    found = trace(network([function(GRID), function(PUMPS)], []), [Hit(GRID, 0, 60), Hit(PUMPS, 60, 120)]).outcomes
    assert course.hourly(found) == [(0, Counts(down=1)), (1, Counts(down=1, back=1)), (2, Counts(back=2))]

    hits = [Hit(GRID, 0, 60), Hit(PUMPS, 0, 60), Hit(GRID, 120, 180), Hit(PUMPS, 180, 240)]
    found = trace(network([function(GRID), function(PUMPS)], []), hits).outcomes
    hours = [hour for hour, _counts in course.hourly(found)]
    assert hours == [0, 1, 2, 4]  # at hour 3 one is down as before, though another one


def test_a_course_that_begins_late_begins_with_nothing():
    functions, needs = [function(GRID)], []
    found = trace(network(functions, needs), [Hit(GRID, 90, 150)]).outcomes

    assert course.hourly(found) == [(0, Counts()), (2, Counts(down=1)), (3, Counts(back=1))]


def test_the_counts_by_the_hour_are_the_counts_at_each_hour():
    dice = random.Random(20261122)  # noqa: S311 - the same graphs every time
    for _ in range(300):
        functions, needs = draw_case(dice)
        found = [function(f.id, f.restart_min, mtpd_min=dice.choice((None, 1, 4))) for f in functions]
        hits = [Hit(place, start * 30, end * 30) for place, start, end in draw_hits(dice, len(found))]
        outcomes = trace(network(found, needs), hits, horizon_min=100 * HOUR).outcomes

        steps = course.hourly(outcomes)

        for hour in range(40):
            expected = [row for at, row in steps if at <= hour][-1]
            assert astuple(course.counts(outcomes, hour * HOUR)) == astuple(expected)


def test_a_deadline_is_when_the_tolerable_time_of_an_outage_ends():
    told = [(minute / HOUR, [outcome.function.id for outcome in group]) for minute, group in course.deadlines(storm())]

    assert told == [(5.0, [PUMPS]), (6.0, [GRID])]


def test_the_first_vital_function_that_is_lost():
    assert course.first_vital(storm()).function.id == PUMPS
    assert course.first_vital(storm()[:1]) is None
