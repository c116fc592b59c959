"""Functions that need each other, and the order in which they start again."""

import random

import pytest

from dependencies import mutual, tracing
from dependencies.analysing import mutual as readings
from dependencies.analysing.view import view
from dependencies.graph import Link, build
from dependencies.models.needs import Dependency, Need
from dependencies.network import Network
from dependencies.views import circles as page_of
from dependencies.vocabulary import DependencyKind, Strength
from prepare.actor import EVERYTHING
from tests.dependencies.cases import draw_case, function, need, network

POWER, TELECOM, PUMPS, OFFICE, DIESEL = range(5)


def found(*needs, count=5):
    return mutual.circles(network([function(number) for number in range(count)], needs))


def starts(circle):
    return [(start.place, start.by_hand) for start in circle.starts]


def test_functions_that_need_nobody_who_needs_them_are_in_no_circle():
    assert found(need(TELECOM, POWER), need(OFFICE, TELECOM)) == []


def test_power_and_telecom_lock_and_the_more_tolerant_link_is_bridged_by_hand():
    (circle,) = found(need(POWER, TELECOM, 60), need(TELECOM, POWER, 240), need(OFFICE, TELECOM))

    assert circle.places == (POWER, TELECOM)
    assert circle.bridged == (Link(2, POWER),)  # the telecom endures four hours without power
    assert circle.is_locked
    assert starts(circle) == [(TELECOM, True), (POWER, False)]
    assert [tie.consumer for tie in circle.needs] == [POWER, TELECOM]
    assert [one.consumer for one in circle.starts[0].without] == [TELECOM]


def test_a_circle_with_another_supplier_to_begin_with_starts_by_itself():
    (circle,) = found(need(POWER, TELECOM), need(TELECOM, [POWER, DIESEL], 60))

    assert not circle.is_locked
    assert starts(circle) == [(TELECOM, False), (POWER, False)]


def test_an_alternative_that_is_down_too_does_not_help():
    (circle,) = found(need(POWER, TELECOM), need(TELECOM, [POWER, PUMPS], 60), need(PUMPS, POWER))

    assert circle.is_locked
    assert starts(circle) == [(TELECOM, True), (POWER, False), (PUMPS, False)]


def test_two_circles_in_one_are_opened_one_after_the_other():
    (circle,) = found(
        need(POWER, TELECOM, 10), need(TELECOM, POWER, 30), need(PUMPS, OFFICE, 10), need(OFFICE, PUMPS, 20),
        need(PUMPS, POWER, 5), need(POWER, OFFICE, 40),
    )  # fmt: skip

    assert circle.bridged == (Link(6, OFFICE), Link(2, POWER), Link(4, PUMPS))
    assert starts(circle) == [(TELECOM, True), (POWER, True), (OFFICE, True), (PUMPS, False)]


def test_circles_that_lock_come_first_then_the_larger():
    open_one = (need(0, 1), need(1, [0, 7], 5))
    small, large = (need(2, 3), need(3, 2)), (need(4, 5), need(5, 6), need(6, 4))

    assert [circle.places for circle in found(*open_one, *small, *large, count=8)] == [(4, 5, 6), (2, 3), (0, 1)]


@pytest.mark.parametrize("seed", range(5))
def test_every_function_of_a_circle_starts_once_and_only_with_what_it_needs_or_by_hand(seed):
    """60 graphs per seed."""
    dice = random.Random(seed)  # noqa: S311 - reproducible cases
    for _ in range(60):
        functions, needs = draw_case(dice)
        for circle in mutual.circles(Network(build(functions, needs))):
            assert sorted(start.place for start in circle.starts) == sorted(circle.places)
            down = set(circle.places)
            for start in circle.starts:
                own = [one for one in needs if one.consumer == start.place]
                unmet = [one for one in own if len(down & {a.supplier for a in one.alternatives}) >= one.losses]
                assert unmet == list(start.without)
                down.discard(start.place)


@pytest.fixture
def city(town):
    """The town, whose water needs the shelter (1 h) that needs the water (2 h)."""
    one = Need(consumer=town.function("F-WAT-01"), name="Suoja", strength=Strength.ESSENTIAL, tolerance_h=1.0)
    link = {"supplier": town.function("F-EDU-06"), "kind": DependencyKind.PREMISES}
    town.keep(one, Dependency(code="D-90", need=one, **link))
    return town


def test_the_command_tells_the_circle_what_is_bridged_and_the_order(city):
    (row,) = [one.as_json() for one in readings.circles(view(EVERYTHING))]

    assert row == {
        "functions": ["F-EDU-06", "F-WAT-01"],
        "locked": True,
        "bridged_by_hand": [{"code": "F-EDU-06", "supplier": "F-WAT-01", "need": "Vesi", "tolerance_h": 2.0}],
        "start_order": [{"code": "F-EDU-06", "by_hand": True}, {"code": "F-WAT-01", "by_hand": False}],
    }


def test_a_reader_sees_the_circles_of_its_own_functions_and_no_secret_name(city, acting):
    with acting("wat.contact") as who:
        (circle,) = readings.circles(view(who.scope))
    assert [one.code for one in circle.functions] == [None, "F-WAT-01"]
    assert (circle.bridges, [start.without for start in circle.starts]) == ((), [(), ()])


def test_a_circle_of_others_is_not_told(city, acting):
    city.change(city.record(Dependency, "D-02").need, retired=True)
    city.change(city.record(Dependency, "D-90").need, consumer_id=city.function("F-EDU-06").id)
    city.change(city.record(Dependency, "D-90"), supplier_id=city.function("F-EDU-03").id)

    with acting("wat.contact") as who:
        assert readings.circles(view(who.scope)) == []
    with acting("edu.contact") as who:
        assert len(readings.circles(view(who.scope))) == 1


def test_the_page_tells_what_to_start_by_hand(city, sign_in):
    page = sign_in("edu.contact").get("/circles/").text

    for words in ("2 functions need each other", "F-EDU-06 Turvakoti is started without", "meanwhile without: Vesi"):
        assert words in page
    hidden = sign_in("wat.contact").get("/circles/").text
    assert "Must be started by hand" in hidden
    assert "meanwhile without" not in hidden  # what the shelter needs is its own matter


def test_a_circle_that_starts_by_itself_says_so(city, sign_in):
    need = city.record(Dependency, "D-90").need
    link = {"supplier": city.function("X-POL-01"), "kind": DependencyKind.PREMISES}
    city.keep(Dependency(code="D-91", need=need, **link))

    assert "Starts by itself" in sign_in("central").get("/circles/").text


def test_long_circles_are_cut(city, sign_in, monkeypatch):
    monkeypatch.setattr(page_of, "MOST_MEMBERS", 1)

    assert "1 more function is not shown here." in sign_in("central").get("/circles/").text


def test_a_city_without_circles_is_told_so(town, sign_in, monkeypatch):
    assert "No functions need each other" in sign_in("central").get("/circles/").text
    for code in ("D-01", "D-02", "D-03", "D-04", "D-05"):
        town.change(town.record(Dependency, code).need, retired=True)
    assert "There is nothing to analyse yet" in sign_in("central").get("/circles/").text
    monkeypatch.setattr(tracing, "WHOLE", 3)
    assert "prepare circles" in sign_in("central").get("/circles/").text


def test_the_demo_city_has_no_circle(demo):
    assert readings.circles(view(EVERYTHING)) == []
