"""The cascade on graphs small enough to work out by hand."""

import pytest

from dependencies import degraded
from dependencies.cascade import Outage, spread
from dependencies.graph import Link
from dependencies.outcome import Hit, as_json, trace
from dependencies.vocabulary import State, Strength, Verdict
from prepare.errors import RuleBroken
from tests.dependencies.cases import function, need, network

GRID, PUMPS, WARD = 0, 1, 2
HOUR = 60
YEAR = 8760 * HOUR


@pytest.fixture
def hospital_night():
    """The grid feeds the pumps (diesel for 8 h) and the ward (generator for 24 h); the ward needs water (tower 2 h)."""
    functions = [function(GRID), function(PUMPS, 30), function(WARD, HOUR, rto_min=4 * HOUR, mtpd_min=12 * HOUR)]
    needs = [need(PUMPS, GRID, 8 * HOUR), need(WARD, GRID, 24 * HOUR), need(WARD, PUMPS, 2 * HOUR)]
    return network(functions, needs)


def outcome_of(result, number):
    return next(outcome for outcome in result.outcomes if outcome.function.id == number)


def test_a_function_fails_when_its_first_buffer_runs_out(hospital_night):
    result = trace(hospital_night, [Hit(GRID, 0, 20 * HOUR)])

    # Pumps down at 8 h, so no water in the ward at 8 + 2 = 10 h; its generator would have lasted until 24 h.
    # Power is back at 20 h: pumps at 20.5 h, the ward an hour later.
    ward = outcome_of(result, WARD)
    assert ward.intervals == ((10 * HOUR, 21 * HOUR + 30),)
    assert [(step.function.id, step.at_min) for step in ward.chain] == [(GRID, 0), (PUMPS, 480), (WARD, 600)]
    assert ward.verdict is Verdict.RTO_EXCEEDED  # 11.5 h out, RTO 4 h, MTPD 12 h


def test_the_mtpd_is_exceeded_that_long_after_the_function_went_down(hospital_night):
    result = trace(hospital_night, [Hit(GRID, 60, 30 * HOUR)])

    # Everything starts an hour later: the ward is down from 11 h and would have to be back by 11 + 12 = 23 h.
    ward = outcome_of(result, WARD)
    assert ward.verdict is Verdict.MTPD_EXCEEDED
    assert ward.mtpd_at_min == 23 * HOUR


@pytest.mark.parametrize(("minutes", "felt"), [(8 * HOUR - 1, False), (8 * HOUR, False), (8 * HOUR + 1, True)])
def test_an_outage_that_is_not_longer_than_the_tolerance_is_not_felt(hospital_night, minutes, felt):
    outages = spread(hospital_night, [Outage(GRID, 0, minutes)], YEAR, bridged=False)

    assert (PUMPS in outages) is felt


def test_the_hit_function_is_out_for_exactly_as_long_as_the_scenario_says(hospital_night):
    outages = spread(hospital_night, [Outage(PUMPS, 10, 15)], YEAR, bridged=False)

    assert outages == {PUMPS: [(10, 15)]}  # no restart time is added


def test_a_need_is_unmet_when_fewer_alternatives_than_required_are_left():
    two_of_three = network([function(n) for n in range(4)], [need(3, [0, 1, 2], 5, k=2)])

    one_lost = spread(two_of_three, [Outage(0, 0, 100)], YEAR, bridged=False)
    two_lost = spread(two_of_three, [Outage(0, 0, 100), Outage(1, 50, 80)], YEAR, bridged=False)

    assert 3 not in one_lost
    assert two_lost[3] == [(55, 81)]  # unmet from 50, endured for 5; met again at 80, restart 1


def test_zero_tolerances_fall_in_the_same_minute():
    row = network([function(n) for n in range(5)], [need(n + 1, n) for n in range(4)])

    outages = spread(row, [Outage(0, 7, 9)], YEAR, bridged=False)

    assert outages == {n: [(7, 9 + n)] for n in range(5)}  # everyone restarts for a minute after its supplier


def test_two_outages_of_the_supplier_are_felt_twice():
    pair = network([function(0), function(1, 3)], [need(1, 0, 4)])

    outages = spread(pair, [Outage(0, 0, 10), Outage(0, 20, 30)], YEAR, bridged=False)

    assert outages[1] == [(4, 13), (24, 33)]


def test_a_new_outage_within_the_restart_makes_one_outage_of_two():
    pair = network([function(0), function(1, 30)], [need(1, 0, 4)])

    outages = spread(pair, [Outage(0, 0, 10), Outage(0, 20, 30)], YEAR, bridged=False)

    assert outages[1] == [(4, 60)]  # the restart from 10 would have ended at 40, but at 24 the need ran out again


def test_overlapping_hits_are_one_outage():
    alone = network([function(0)], [])

    outages = spread(alone, [Outage(0, 0, 10), Outage(0, 5, 20), Outage(0, 20, 25)], YEAR, bridged=False)

    assert outages == {0: [(0, 25)]}


def test_an_alternatives_own_tolerance_comes_on_top_of_the_needs():
    # The need endures 5, the second alternative another 10: lost together at 0, the need is unmet from 10.
    spare = network([function(n) for n in range(3)], [need(2, [0, 1], 5, extra=(0, 10))])

    outages = spread(spare, [Outage(0, 0, 40), Outage(1, 0, 40)], YEAR, bridged=False)

    assert outages[2] == [(15, 41)]


def test_an_only_alternatives_own_tolerance_adds_to_the_need():
    pair = network([function(0), function(1)], [need(1, 0, 5, extra=(10,))])

    assert spread(pair, [Outage(0, 0, 40)], YEAR, bridged=False)[1] == [(15, 41)]


def test_an_unknown_restart_time_is_a_minute():
    pair = network([function(0), function(1, None)], [need(1, 0)])

    assert spread(pair, [Outage(0, 0, 40)], YEAR, bridged=False)[1] == [(0, 41)]


def test_an_important_need_degrades_and_does_not_travel():
    row = network(
        [function(n) for n in range(3)],
        [need(1, 0, 10, strength=Strength.IMPORTANT), need(2, 1)],
    )

    result = trace(row, [Hit(0, 0, 40)])

    assert [(o.function.id, o.state, o.intervals) for o in result.outcomes] == [
        (0, State.DOWN, ((0, 40),)),
        (1, State.DEGRADED, ((10, 40),)),
    ]
    assert [step.function.id for step in result.outcomes[1].chain] == [0, 1]


def test_a_supporting_need_changes_nothing():
    pair = network([function(0), function(1)], [need(1, 0, strength=Strength.SUPPORTING)])

    assert [outcome.function.id for outcome in trace(pair, [Hit(0, 0, 40)]).outcomes] == [0]


def test_fewer_alternatives_than_wished_degrade_at_once():
    group = network([function(n) for n in range(4)], [need(3, [0, 1, 2], 5, k=1, wished=2)])

    result = trace(group, [Hit(0, 0, 40), Hit(1, 10, 30)])

    assert outcome_of(result, 3).intervals == ((10, 30),)
    assert outcome_of(result, 3).verdict is Verdict.DEGRADED


def test_a_hit_that_degrades_marks_its_function_only():
    pair = network([function(0), function(1)], [need(1, 0)])

    result = trace(pair, [Hit(0, 5, 40, degrades=True)])

    assert [(o.function.id, o.state, o.intervals) for o in result.outcomes] == [(0, State.DEGRADED, ((5, 40),))]


def test_a_circle_is_back_earliest_when_its_most_tolerant_link_is_bridged():
    # Power needs telecom (manages 4 h without), telecom needs power (at once). Power is out for 6 h: telecom falls at
    # 0 and so exhausts power's own tolerance at 4 h. At 6 h power is repaired, but still waits for telecom: for ever,
    # unless somebody manages power without telecom. Then power is up after its restart of 1 h, at 7 h, telecom at 7.5.
    power, telecom = 0, 1
    functions = [function(power, HOUR), function(telecom, 30)]
    circle = network(functions, [need(power, telecom, 4 * HOUR), need(telecom, power)])

    result = trace(circle, [Hit(power, 0, 6 * HOUR)])

    assert circle.loops == {Link(1, telecom)}
    assert result.bridged == (Link(1, telecom),)
    assert [o.up_at_min for o in result.outcomes] == [7 * HOUR, 7 * HOUR + 30]
    assert [o.guaranteed_up_at_min for o in result.outcomes] == [None, None]


def test_a_circle_that_is_not_needed_is_no_assumption():
    power, telecom = 0, 1
    circle = network([function(power), function(telecom)], [need(power, telecom, 4 * HOUR), need(telecom, power, 10)])

    result = trace(circle, [Hit(power, 0, HOUR)])

    assert result.bridged == ()
    assert [o.guaranteed_up_at_min for o in result.outcomes] == [60, 61]


def test_an_outage_that_outlasts_the_horizon_has_no_end(hospital_night):
    result = trace(hospital_night, [Hit(GRID, 0, 500 * HOUR)], horizon_min=48 * HOUR)

    rows = as_json(result, scenario="S1")
    assert rows["disruptions"][2] == {
        "code": "F-02",
        "state": "down",
        "down_at_h": 10.0,
        "up_at_h": None,
        "longest_h": 38.0,
        "intervals_h": [[10.0, None]],
        "guaranteed_up_at_h": None,
        "status": "mtpd_exceeded",
        "mtpd_at_h": 22.0,
        "chain": ["F-00", "F-01", "F-02"],
    }
    assert rows["scenario"] == "S1"
    assert rows["horizon_h"] == 48.0
    assert rows["graph_revision"] == 0


def test_the_objective_is_only_met_when_it_is_known():
    functions = [function(0), function(1, rto_min=100), function(2, rto_min=10), function(3, mtpd_min=100)]
    star = network(functions, [need(n, 0) for n in (1, 2, 3)])

    verdicts = {o.function.id: o.verdict for o in trace(star, [Hit(0, 0, 30)]).outcomes}

    assert verdicts == {0: Verdict.UNKNOWN, 1: Verdict.OK, 2: Verdict.RTO_EXCEEDED, 3: Verdict.UNKNOWN}


def test_among_equal_chains_the_shortest_and_then_the_smallest_code_is_told():
    # 3 falls at minute 6 for three reasons at once: by 1 (code F-01), by 2 (F-02) and by way of both 1 and 4.
    functions = [function(n) for n in range(5)]
    needs = [need(1, 0, 4), need(2, 0, 4), need(4, 1, 1), need(3, 2, 2), need(3, 1, 2), need(3, 4, 1)]

    chain = outcome_of(trace(network(functions, needs), [Hit(0, 0, 50)]), 3).chain

    assert [step.function.code for step in chain] == ["F-00", "F-01", "F-03"]


def test_a_chain_names_the_other_alternatives_that_were_lost():
    group = network([function(n) for n in range(3)], [need(2, [0, 1], 3)])

    chain = outcome_of(trace(group, [Hit(0, 0, 50), Hit(1, 10, 50)]), 2).chain

    assert [step.function.id for step in chain] == [1, 2]  # the loss of 1 at minute 10 was decisive
    assert [other.function.id for other in chain[-1].also_lost] == [0]


@pytest.mark.parametrize("hit", [Hit(9, 0, 10), Hit(0, 10, 10), Hit(0, -1, 10)])
def test_a_hit_that_makes_no_sense_is_refused(hospital_night, hit):
    with pytest.raises(RuleBroken):
        trace(hospital_night, [hit])


@pytest.mark.parametrize("hit", [Outage(GRID, YEAR, YEAR + 1), Outage(GRID, 5, 5), Outage(GRID, 9, 5)])
def test_a_hit_at_the_horizon_or_without_length_has_no_effect(hospital_night, hit):
    assert spread(hospital_night, [hit], YEAR, bridged=False) == {}
    assert degraded.spells(hospital_night, {}, [hit], YEAR) == {}
