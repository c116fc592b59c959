"""Why a function is down at an hour: the chain from a hit, which adds up."""

import random

import pytest

from dependencies import tracing
from dependencies.hits import read
from dependencies.models.needs import Dependency, Need
from dependencies.outcome import Hit, explained, trace
from dependencies.vocabulary import DependencyKind, State, Strength
from prepare.actor import EVERYTHING
from prepare.db import db
from prepare.errors import RuleBroken
from tests.dependencies.cases import draw_case, draw_hits, function, need, network
from tests.dependencies.test_pages import text_of
from tests.dependencies.test_tracing import a_need, change

GRID, MAST, CABLE, OFFICE, DESK = range(5)
HOUR = 60


def city():
    """Power feeds a mast (battery 4 h) and a cable; the office needs one of the two and manages 2 h without both.

    The desk is degraded without the office, after an hour.
    """
    functions = [function(number) for number in (GRID, MAST, CABLE, OFFICE, DESK)]
    needs = [
        need(MAST, GRID, 4 * HOUR),
        need(OFFICE, [MAST, CABLE], 2 * HOUR),
        need(DESK, OFFICE, HOUR, strength=Strength.IMPORTANT),
    ]
    return network(functions, needs)


HITS = [Hit(GRID, 0, 10 * HOUR), Hit(CABLE, HOUR, 9 * HOUR), Hit(GRID, 20 * HOUR, 30 * HOUR)]


def steps(found):
    """(function, hour, tolerance in hours, others lost with the hours since when) of every step."""
    return [
        (
            step.function.id,
            step.at_min / HOUR,
            step.tolerance_min / HOUR,
            [(other.function.id, other.since_min / HOUR) for other in step.also_lost],
        )
        for step in found.chain
    ]


def test_a_chain_of_tolerances_leads_from_the_hit_to_the_function():
    # Grid at 0, mast at 0 + 4, both lost at 4, office at 4 + 2 = 6; the cable has been lost since 1.
    found = explained(city(), HITS, OFFICE, 8 * HOUR)

    assert steps(found) == [(GRID, 0, 0, []), (MAST, 4, 4, []), (OFFICE, 6, 2, [(CABLE, 1)])]
    assert (found.state, found.interval, found.is_over) == (State.DOWN, (6 * HOUR, 9 * HOUR + 1), True)


def test_a_second_outage_has_a_chain_of_its_own():
    assert steps(explained(city(), HITS, MAST, 25 * HOUR)) == [(GRID, 20, 0, []), (MAST, 24, 4, [])]


def test_between_and_after_outages_there_is_nothing_to_explain():
    for minute in (0, 6 * HOUR - 1, 9 * HOUR + 1, 40 * HOUR):
        found = explained(city(), HITS, OFFICE, minute)
        assert (found.state, found.interval, found.chain) == (None, None, ())


def test_degradation_is_explained_as_well():
    found = explained(city(), HITS, DESK, 8 * HOUR)

    assert found.state is State.DEGRADED
    assert [place for place, *_more in steps(found)] == [GRID, MAST, OFFICE, DESK]
    assert steps(found)[-1][:3] == (DESK, 7, 1)
    assert found.interval == (7 * HOUR, 9 * HOUR + 1)


def test_what_is_degraded_after_an_outage_is_explained_by_what_degrades_it_then():
    """The desk itself is hit from 7 to 8 h, in the midst of being degraded from 7 h on."""
    found = explained(city(), [*HITS, Hit(DESK, 7 * HOUR, 8 * HOUR)], DESK, 8 * HOUR + 30)

    assert (found.state, found.interval) == (State.DEGRADED, (8 * HOUR, 9 * HOUR + 1))
    assert steps(found)[-1][:3] == (DESK, 7, 1)


def test_of_several_causes_of_degradation_the_first_is_told():
    # Degraded for want of the office from 7 h on, and by the disruption itself from 8 to 9 h.
    found = explained(city(), [*HITS, Hit(DESK, 8 * HOUR, 9 * HOUR, degrades=True)], DESK, 8 * HOUR + 30)

    assert steps(found)[-1][:3] == (DESK, 7, 1)


def test_each_time_of_being_degraded_is_explained_by_itself():
    hits = [Hit(DESK, HOUR, 2 * HOUR, degrades=True), Hit(DESK, 4 * HOUR, 5 * HOUR, degrades=True)]

    assert explained(city(), hits, DESK, 4 * HOUR).interval == (4 * HOUR, 5 * HOUR)
    assert steps(explained(city(), hits, DESK, 4 * HOUR)) == [(DESK, 4, 0, [])]
    assert explained(city(), hits, DESK, 3 * HOUR).state is None


def test_a_reserves_own_tolerance_counts_into_the_sum():
    # The reserve lasts 3 h more: felt at 1 + 3 = 4, when the other has been lost since 2; down at 4 + 1 = 5.
    functions, needs = [function(n) for n in range(3)], [need(2, [0, 1], HOUR, extra=(3 * HOUR, 0))]
    found = explained(network(functions, needs), [Hit(0, HOUR, 9 * HOUR), Hit(1, 2 * HOUR, 9 * HOUR)], 2, 6 * HOUR)

    assert steps(found) == [(0, 1, 0, []), (2, 5, 4, [(1, 2)])]


def test_an_outage_that_is_not_over_within_the_horizon_has_no_end():
    assert not explained(city(), [Hit(GRID, 0, 10**6)], GRID, HOUR).is_over


def test_start_and_tolerances_add_up_for_every_minute_of_every_outage():
    dice = random.Random(6)  # noqa: S311 - the same graphs every time
    explained_minutes = 0
    for _ in range(200):
        functions, needs = draw_case(dice)
        net = network(functions, needs)
        hits = [Hit(*hit) for hit in draw_hits(dice, len(functions))]
        for outcome in trace(net, hits, horizon_min=60).outcomes:
            for start, end in outcome.intervals:
                for minute in {start, (start + end) // 2, end - 1}:
                    found = explained(net, hits, outcome.function.id, minute, horizon_min=60)
                    first, *others = found.chain
                    assert first.at_min in {hit.start_min for hit in hits}
                    assert first.at_min + sum(step.tolerance_min for step in others) == start
                    assert found.interval == (start, end)
                    explained_minutes += 1
    assert explained_minutes > 500


def test_the_reader_is_told_only_of_functions_that_may_be_read(town, acting):
    hits = tracing.function_hits(EVERYTHING, "F-WAT-01", 24)

    told = tracing.why(EVERYTHING, hits, "F-EDU-06", 5 * HOUR).as_json()
    assert [step["code"] for step in told["chain"]] == ["F-WAT-01", "F-EDU-06"]
    assert (told["state"], told["since_h"], told["at_h"]) == ("down", 2.0, 5.0)

    change(town, lambda: a_need(town, "F-EDU-04", "F-WAT-02", "D-80"))  # on a secret function
    storm = tracing.scenario_hits(EVERYTHING, "S1")
    with acting("edu.contact") as who:
        for code in ("F-WAT-02", "F-NON-01"):  # a secret function answers as one that does not exist
            with pytest.raises(RuleBroken):
                tracing.why(who.scope, storm, code, 5 * HOUR)
        start = tracing.run(who.scope, storm).outcomes
        minute = next(o.outcome.down_at_min for o in start if o.function.code == "F-EDU-04")
        chain = tracing.why(who.scope, storm, "F-EDU-04", minute).as_json()["chain"]
    assert [step["code"] for step in chain] == [None, "F-EDU-04"]
    assert (chain[0]["at_h"], chain[0]["need"]) == (None, None)


def test_the_other_alternatives_that_were_lost_are_told_with_their_times(town, sign_in):
    def two_sources():
        either = Need(consumer=town.function("F-EDU-04"), name="Vesi", strength=Strength.ESSENTIAL, tolerance_h=1.0)
        for code in ("F-WAT-01", "F-WAT-03"):
            link = Dependency(code=f"D-{code}", need=either, supplier=town.function(code), kind=DependencyKind.WATER)
            db.session.add(link)

    change(town, two_sources)
    hits = tracing.hits_from(EVERYTHING, [read("F-WAT-01:0:24"), read("F-WAT-03:3:12")])

    (_hit, step) = tracing.why(EVERYTHING, hits, "F-EDU-04", 5 * HOUR).as_json()["chain"]
    page = sign_in("central").get("/trace/?hit=F-WAT-01:0:24&hit=F-WAT-03:3:12&why=F-EDU-04&at=5").text

    assert (step["at_h"], step["tolerance_h"], step["also_lost"]) == (4.0, 1.0, [{"code": "F-WAT-01", "since_h": 0.0}])
    assert "Lost as well: F-WAT-01 Talousvesi (at once)." in text_of(page)


def test_the_page_explains_an_hour_of_a_function(town, sign_in):
    browser = sign_in("central")

    page = text_of(browser.get("/trace/?scenario=S1&why=F-EDU-03&at=5").text)
    none = text_of(browser.get("/trace/?scenario=S1&why=F-EDU-03&at=1").text)
    foreign = text_of(browser.get("/trace/?scenario=S1&why=F-NON-01&at=1").text)

    assert "Why is F-EDU-03 Perusopetus down at 5 h?" in page
    assert "add up: 0 h + 2 h + 2 h = 4 h." in page
    assert "F-EDU-03 Perusopetus is neither down nor degraded at 1 h" in none
    assert "There is no such function: F-NON-01." in foreign
