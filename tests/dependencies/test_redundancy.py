"""Needs with several ways that one loss upstream leaves unmet."""

import pytest

from dependencies import redundancy
from dependencies.analysing import redundancy as readings
from dependencies.analysing.view import view
from dependencies.engines import engine
from dependencies.models.needs import Dependency, Need
from dependencies.packed import pack
from dependencies.redundancy import Cause, Loss
from dependencies.vocabulary import DependencyKind, Strength
from prepare.actor import EVERYTHING
from prepare.vocabulary import Criticality
from tests.dependencies.cases import function, need, network

HOUR, HORIZON = 60, 720 * 60
GRID, NET, HALL_A, HALL_B, LOGIN, RADIO = range(6)


def halls(*more, hall_h=2, mtpd_h=4, functions=6):
    """The login needs one of two halls, both need the net (0 and 1 h), which needs the grid (2 h)."""
    nodes = [function(number, mtpd_min=mtpd_h * HOUR if number == LOGIN else None) for number in range(functions)]
    needs = [need(NET, GRID, hall_h * HOUR), need(HALL_A, NET), need(HALL_B, NET, HOUR), need(LOGIN, [HALL_A, HALL_B])]
    return network(nodes, [*needs, *more])


def found(net):
    packed = pack(net)
    return redundancy.defeated(net, packed, engine(packed), horizon=HORIZON)


def test_two_ways_over_one_net_are_no_redundancy_and_the_nearest_cause_is_told_first():
    (one,) = found(halls())

    assert one.facts.consumer == LOGIN
    assert one.cause == Cause(NET, HOUR)  # the second hall goes an hour after the net
    assert one.others == (Cause(GRID, 3 * HOUR),)  # the net lasts two hours without the grid


def test_of_causes_that_are_equally_fast_the_one_downstream_is_told_first():
    (one,) = found(halls(hall_h=0))

    assert (one.cause, one.others) == (Cause(NET, HOUR), (Cause(GRID, HOUR),))


def test_a_way_that_hangs_on_nothing_shared_makes_it_sound():
    sound = halls(need(RADIO, [HALL_A, GRID], 0, k=1))
    ways = halls(need(LOGIN, [HALL_A, RADIO]))

    assert {one.facts.consumer for one in found(sound)} == {LOGIN, RADIO}
    assert [one.facts.alternatives[1].supplier for one in found(ways)] == [HALL_B]


def test_a_common_cause_that_takes_longer_than_a_day_and_the_mtpd_does_not_count():
    assert [one.others for one in found(halls(hall_h=23))] == [(Cause(GRID, 24 * HOUR),)]  # at the limit
    assert [one.others for one in found(halls(hall_h=24))] == [()]
    assert [one.others for one in found(halls(hall_h=24, mtpd_h=25))] == [(Cause(GRID, 25 * HOUR),)]


def test_one_loss_that_is_enough_for_two_ways_of_three_defeats_a_need_for_two():
    nodes = [function(number) for number in range(5)]
    net = network(nodes, [need(1, 0), need(2, 0), need(4, [1, 2, 3], k=2), need(4, [1, 2, 3], k=3)])

    assert [(one.cause.place, one.facts.min_required) for one in found(net)] == [(0, 2)]


def test_a_way_on_which_the_other_hangs_is_itself_the_common_cause():
    nodes = [function(number) for number in range(3)]
    (one,) = found(network(nodes, [need(1, 0), need(2, [0, 1])]))

    assert one.cause == Cause(0, 0)


def test_a_consumer_does_not_defeat_its_own_need():
    nodes = [function(number) for number in range(3)]
    net = network(nodes, [need(1, 0), need(2, 0), need(0, [1, 2], 5)])

    assert found(net) == []


def test_of_causes_that_take_each_other_the_fastest_is_told_first():
    nodes = [function(number) for number in range(5)]
    circle = [need(0, 1, 10), need(1, 0, 10)]
    net = network(nodes, [*circle, need(2, 0), need(3, 0), need(4, [2, 3])])

    (one,) = found(net)

    assert (one.cause, one.others) == (Cause(0, 0), (Cause(1, 10),))


def test_each_way_is_told_with_its_minute_and_the_chain_to_it():
    net = halls(need(LOGIN, [HALL_A, RADIO], extra=[0, 30]), need(RADIO, GRID, HOUR))
    loss = Loss(net, GRID, horizon=HORIZON)

    told = {
        number: [(way.place, way.minute, [step.function.id for step in way.chain]) for way in loss.ways(number)]
        for number in redundancy.several_ways(net)
    }

    both = [(HALL_A, 120, [GRID, NET, HALL_A]), (HALL_B, 180, [GRID, NET, HALL_B])]
    radio = [(RADIO, 90, [GRID, RADIO]), (HALL_A, 120, [GRID, NET, HALL_A])]  # its reserve lasts half an hour more
    assert list(told.values()) == [both, radio]


def test_a_way_that_the_loss_leaves_alone_is_not_told():
    nodes = [function(number) for number in range(4)]
    net = network(nodes, [need(1, 0), need(3, [1, 2])])

    assert [way.place for way in Loss(net, 0, horizon=HORIZON).ways(1)] == [1]


@pytest.fixture
def city(town):
    """The town, whose school can be run by the meals or by the shelter; both hang on the water."""
    school = town.function("F-EDU-04")
    ways = Need(consumer=school, name="Tilat", strength=Strength.ESSENTIAL, tolerance_h=1.0)
    links = [
        Dependency(code=f"D-{code}", need=ways, supplier=town.function(code), kind=DependencyKind.PREMISES)
        for code in ("F-EDU-01", "F-EDU-06")
    ]
    town.keep(ways, *links)
    return town


def test_the_command_tells_the_need_the_cause_and_the_chain_to_each_way(city):
    seen = view(EVERYTHING)

    rows = [one.as_json() for one in readings.told(seen, readings.defeated(seen))]

    assert rows == [
        {
            "code": "F-EDU-04",
            "need": "Tilat",
            "min_required": 1,
            "common_cause": "F-WAT-01",
            "lost_at_h": 2.0,
            "down_at_h": 3.0,
            "members": [
                {"code": "F-EDU-01", "lost_at_h": 2.0, "chain": ["F-WAT-01", "F-EDU-01"]},
                {"code": "F-EDU-06", "lost_at_h": 2.0, "chain": ["F-WAT-01", "F-EDU-06"]},
            ],
            "other_causes": [],
        }
    ]


def test_a_reader_sees_only_the_needs_of_readable_functions(city, acting):
    with acting("wat.contact") as who:
        seen = view(who.scope)
        assert (readings.several_ways(seen), readings.defeated(seen)) == (0, [])
    with acting("edu.contact") as who:
        seen = view(who.scope)
        assert (readings.several_ways(seen), len(readings.defeated(seen))) == (1, 1)


def test_the_page_tells_cause_ways_and_how_to_mend(city, sign_in):
    page = sign_in("edu.contact").get("/redundancy/").text

    for words in ("F-EDU-04 Koulukuljetukset", "F-WAT-01 Talousvesi", "unmet: 2 h", "How to mend it"):
        assert words in page
    assert "No need has several ways" in sign_in("wat.contact").get("/redundancy/").text


def test_a_cause_outside_the_view_is_not_named(city, sign_in):
    tower = Need(consumer=city.function("F-WAT-01"), name="Torni", strength=Strength.ESSENTIAL, tolerance_h=0.0)
    link = {"supplier": city.function("F-WAT-02"), "kind": DependencyKind.WATER}
    city.keep(tower, Dependency(code="D-T", need=tower, **link))

    page = sign_in("edu.contact").get("/redundancy/").text

    assert "a function outside your view" in page
    assert "Vesitorni" not in page


def test_a_sound_redundancy_is_said_to_be_sound(city, sign_in):
    ways = [city.record(Dependency, f"D-0{number}").need for number in (1, 2)]
    for one in ways:
        city.change(one, retired=True)

    assert "No single loss takes all the ways" in sign_in("edu.contact").get("/redundancy/").text


def test_a_way_that_is_itself_the_cause_is_marked(city, sign_in):
    city.change(city.record(Dependency, "D-02"), supplier_id=city.function("F-EDU-01").id)

    assert "It is one of the ways itself." in sign_in("edu.contact").get("/redundancy/").text


def test_a_graph_that_is_too_large_for_a_page_names_the_command(town, sign_in, monkeypatch):
    monkeypatch.setattr("dependencies.tracing.WHOLE", 3)

    assert "prepare redundancy" in sign_in("central").get("/redundancy/").text


def test_seventeen_of_the_demo_citys_redundancies_are_false(demo):
    seen = view(EVERYTHING)
    rows = {(one.consumer.code, one.need.name): one for one in readings.told(seen, readings.defeated(seen))}

    assert (len(rows), readings.several_ways(seen)) == (17, 31)
    halls = rows["F-DIG-04", "Konesali"]
    assert (halls.cause.function.code, halls.cause.minute) == ("F-DIG-01", 0)  # the shared backbone
    calls = rows["F-KES-10", "Viestiyhteydet"]
    assert [calls.cause.function.code, *(one.function.code for one in calls.others)] == ["F-ENE-01", "X-FIN-01"]
    assert [(way.function.code, way.minute) for way in calls.ways] == [("X-TE1-01", 180), ("X-TE2-01", 180)]
    assert Criticality.K1 is calls.consumer.card.criticality
