"""What each single loss takes down, and which losses are single points of failure."""

from datetime import date

import numpy as np
import pytest

from dependencies import handling, keystones
from dependencies.engines import engine
from dependencies.entries.needs import AcceptanceEntry, HandlingEntry
from dependencies.keystones import EARLY_MIN, Felled
from dependencies.packed import pack
from dependencies.vocabulary import Handling
from prepare.vocabulary import Criticality
from tests.dependencies.cases import function, need, network

HOUR = 60
GRID, PUMPS, WARD, KITCHEN, NET, OFFICE = range(6)
K1, K2, K3 = Criticality.K1, Criticality.K2, Criticality.K3


def city(**more):
    """The grid feeds pumps (2 h), kitchen (25 h) and net (48 h); the ward needs the pumps (3 h), the office the net."""
    ward = {"criticality": K1, "mtpd_min": 6 * HOUR} | more
    functions = [
        function(GRID),
        function(PUMPS, criticality=K2),
        function(WARD, **ward),
        function(KITCHEN, criticality=K1, mtpd_min=24 * HOUR),
        function(NET, criticality=K3),
        function(OFFICE, criticality=K3),
    ]
    needs = [need(PUMPS, GRID, 2 * HOUR), need(KITCHEN, GRID, 25 * HOUR), need(NET, GRID, 48 * HOUR)]
    return network(functions, [*needs, need(WARD, PUMPS, 3 * HOUR), need(OFFICE, NET)])


def found(net, *, without=(), horizon_h=72):
    """Place → what its loss does."""
    packed = pack(net)
    counted = np.full(packed.functions, True)
    counted[list(without)] = False
    rows = keystones.keystones(packed, engine(packed), net.functions, counted, horizon=horizon_h * HOUR)
    return {one.place: one for one in rows}


def test_a_loss_is_told_by_what_it_takes_down_when_and_how_much_that_weighs():
    grid = found(city())[GRID]

    # PUMPS 2 h, WARD 2 + 3 h, KITCHEN 25 h, NET and OFFICE 48 h; up to 72 h, K1 weighs 4, K2 2, K3 1.
    assert (grid.lost, grid.first) == (5, 2 * HOUR)
    assert grid.weighted_h == 2 * 70 + 4 * 67 + 4 * 47 + 24 + 24
    assert grid.early == (Felled(WARD, 5 * HOUR),)
    assert grid.fatal == (Felled(WARD, 5 * HOUR),)
    assert grid.is_single_point


def test_a_loss_that_takes_nothing_down_is_no_single_point():
    ward = found(city())[WARD]

    assert (ward.lost, ward.first, ward.weighted_h, ward.is_single_point) == (0, None, 0, False)


def test_a_vital_function_that_falls_exactly_at_its_mtpd_counts_and_later_not():
    assert found(city(mtpd_min=5 * HOUR))[GRID].fatal == (Felled(WARD, 5 * HOUR),)
    assert not found(city(mtpd_min=5 * HOUR - 1))[GRID].is_single_point
    assert found(city(mtpd_min=5 * HOUR - 1))[GRID].early  # it is still lost within a day


def test_a_vital_function_without_an_mtpd_counts_as_tolerable_for_a_day():
    assert found(city(mtpd_min=None))[GRID].fatal == (Felled(WARD, 5 * HOUR),)
    assert keystones.deadline(function(1, criticality=K1)) == EARLY_MIN
    assert keystones.deadline(function(1, criticality=K2, mtpd_min=60)) is None


def test_a_vital_function_with_a_long_mtpd_is_fatal_though_not_lost_within_a_day():
    functions = [function(GRID), function(1, criticality=K1, mtpd_min=48 * HOUR)]

    grid = found(network(functions, [need(1, GRID, 30 * HOUR)]))[GRID]

    assert (grid.early, grid.fatal) == ((), (Felled(1, 30 * HOUR),))


def test_what_does_not_count_for_the_reader_is_neither_counted_nor_named():
    grid = found(city(), without=[WARD, PUMPS])[GRID]

    assert (grid.lost, grid.first, grid.early, grid.fatal) == (3, 25 * HOUR, (), ())


def test_the_gravest_loss_comes_first():
    order = list(found(city()))

    assert order == [GRID, PUMPS, NET, WARD, KITCHEN, OFFICE]


def test_direct_consumers_are_those_who_name_it_for_an_essential_need_alternatives_included():
    functions = [function(number) for number in range(4)]
    net = network(functions, [need(1, 0), need(2, [0, 3], extra=[0, 5]), need(3, 0)])

    assert keystones.direct_consumers(net) == {0: {1, 2, 3}, 3: {2}}


def test_betweenness_is_the_share_of_shortest_ways_over_a_function():
    shares = keystones.betweenness(city())

    # 20 ordered pairs for each; over PUMPS leads GRID-WARD, over NET leads GRID-OFFICE.
    assert shares == pytest.approx([0, 1 / 20, 0, 0, 1 / 20, 0])


def test_betweenness_is_left_out_where_it_would_take_too_long(monkeypatch):
    monkeypatch.setattr(keystones, "MOST_BETWEEN", 5)

    assert keystones.betweenness(city()) is None


def buffers_of(net, place, most=9):
    packed, rank = pack(net), {one: number for number, one in enumerate(found(net))}
    told = {"horizon": 72 * HOUR, "rank": rank, "most": most}
    return keystones.buffers(net, packed, engine(packed), found(net)[place], **told)


def test_a_buffer_is_a_need_that_the_loss_leaves_unmet_with_what_it_would_spare():
    told = [(one.consumer, one.tolerance, one.spared) for one in buffers_of(city(), GRID)]

    # Longer lasting pumps spare the ward; the kitchen and the net are not lost in time to hurt anyway.
    assert told == [(PUMPS, 2 * HOUR, (WARD,)), (KITCHEN, 25 * HOUR, ()), (NET, 48 * HOUR, ())]


def test_of_many_needs_those_are_tried_whose_consumers_take_most_with_them():
    assert [one.consumer for one in buffers_of(city(), GRID, most=2)] == [PUMPS, NET]


def test_a_need_with_another_supplier_left_needs_no_buffer():
    functions = [function(number, criticality=K1, mtpd_min=60) for number in range(4)]
    net = network(functions, [need(1, 0), need(2, [0, 3])])

    assert [one.consumer for one in buffers_of(net, 0)] == [1]


def test_a_function_that_falls_another_way_is_not_spared_by_one_buffer():
    functions = [function(number, criticality=K1, mtpd_min=60) for number in range(3)]
    net = network(functions, [need(1, 0), need(2, 0), need(2, 1)])

    assert {(one.need, one.spared) for one in buffers_of(net, 0)} == {(0, (1,)), (1, ())}


TODAY, LATER, PAST = date(2026, 5, 1), date(2026, 6, 1), date(2026, 4, 30)
MEASURE = {"measure": "Oma aggregaatti", "owner_role": "Päällikkö", "holds_until": LATER}


def fields_of(broken):
    return {one.field for one in broken}


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (HandlingEntry(), {"handling"}),
        (HandlingEntry(handling=Handling.ACCEPTED, reason="x", holds_until=LATER), {"handling"}),
        (HandlingEntry(handling=Handling.TREATED), {"measure", "owner_role", "holds_until"}),
        (HandlingEntry(handling=Handling.TREATED, **MEASURE), set()),
        (HandlingEntry(handling=Handling.TREATED, **MEASURE | {"holds_until": PAST}), {"holds_until"}),
        (HandlingEntry(handling=Handling.TREATED, **MEASURE | {"holds_until": TODAY}), set()),
        (HandlingEntry(handling=Handling.BOUNDARY), {"reason"}),
        (HandlingEntry(handling=Handling.BOUNDARY, reason="Kantaverkko"), set()),
        (HandlingEntry(handling=Handling.UNTREATED), set()),
    ],
)
def test_a_decision_says_what_makes_it_one(entry, wrong):
    assert fields_of(handling.problems(entry, on=TODAY)) == wrong


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (AcceptanceEntry(), {"reason", "holds_until"}),
        (AcceptanceEntry(reason="Kallis", holds_until=PAST), {"holds_until"}),
        (AcceptanceEntry(reason="Kallis", holds_until=TODAY), set()),
    ],
)
def test_an_acceptance_says_why_and_until_when(entry, wrong):
    assert fields_of(handling.acceptance_problems(entry, on=TODAY)) == wrong


def test_a_decision_lapses_after_its_last_day():
    assert handling.in_force(Handling.ACCEPTED, TODAY, on=TODAY) is Handling.ACCEPTED
    assert handling.in_force(Handling.ACCEPTED, PAST, on=TODAY) is Handling.UNTREATED
    assert handling.in_force(Handling.BOUNDARY, None, on=TODAY) is Handling.BOUNDARY


def test_every_decision_says_in_a_sentence_what_it_means():
    assert all(one.meaning.endswith(".") for one in Handling)
