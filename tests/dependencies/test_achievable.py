"""How soon each function can be back at best, through everything that it needs."""

import math
import random

import pytest

from dependencies.achievable import Recovery
from dependencies.engines import engine
from dependencies.graph import build
from dependencies.network import Network
from dependencies.packed import pack
from dependencies.plain import Plain
from dependencies.vocabulary import RtoStatus
from tests.dependencies.cases import draw_case, function, need, network

GRID, PUMPS, WARD, RADIO, MAST = range(5)


def recovery(net, make=engine):
    packed = pack(net)
    return Recovery(net, packed, make(packed))


def hospital(**own):
    """The ward needs the pumps (30 min), the pumps the grid (60 min); the ward's call-out the radio or the mast."""
    times = {"grid": 300, "pumps": 20, "ward": 10, "radio": 90, "mast": 400} | own
    functions = [function(place, recovery_min=times[name], rto_min=120) for place, name in enumerate(times)]
    return network(functions, [need(PUMPS, GRID, 60), need(WARD, PUMPS, 30), need(WARD, [RADIO, MAST], 5)])


def test_a_function_is_back_when_its_slowest_supplier_is_less_what_it_endures():
    found = recovery(hospital())

    # The pumps wait for the grid: 300 - 60; the ward for the pumps: 240 - 30; the radio would let it be back at 85.
    assert found.minutes == [300, 240, 210, 90, 400]
    assert [found.status(place) for place in (GRID, RADIO)] == [RtoStatus.GAP, RtoStatus.OK]


def test_its_own_recovery_decides_when_every_supplier_is_sooner():
    found = recovery(hospital(ward=250))

    assert found.minutes[WARD] == 250
    assert [(step.place, step.minute, step.need) for step in found.chain(WARD)] == [(WARD, 250, None)]


def test_of_several_suppliers_as_many_count_as_are_enough_the_fastest_first():
    functions = [function(place, recovery_min=minutes) for place, minutes in enumerate((50, 100, 200, 0, 0))]

    found = recovery(network(functions, [need(3, [0, 1, 2], k=2), need(4, [0, 1, 2], k=3, extra=[0, 0, 150])]))

    assert found.minutes[3:] == [100, 100]  # the third endures 150 more: 200 - 150 is sooner than the second


def test_the_chain_tells_whom_it_waits_for_and_how_long_it_endures():
    chain = recovery(hospital()).chain(WARD)

    assert [(step.place, step.minute, step.tolerance) for step in chain] == [
        (GRID, 300, 0),
        (PUMPS, 240, 60),
        (WARD, 210, 30),
    ]
    assert [step.need.consumer if step.need else None for step in chain] == [None, PUMPS, WARD]


def test_of_equal_reasons_the_shortest_chain_is_told():
    functions = [function(place, recovery_min=minutes) for place, minutes in enumerate((60, 0, 0, 60))]
    net = network(functions, [need(1, 0), need(2, 1), need(2, 3)])

    assert [step.place for step in recovery(net).chain(2)] == [3, 2]


def test_a_circle_without_tolerance_is_explained_from_outside_it():
    functions = [function(place, recovery_min=minutes) for place, minutes in enumerate((60, 0, 0))]
    net = network(functions, [need(1, 0), need(1, 2), need(2, 1)])
    found = recovery(net)

    assert found.minutes == [60, 60, 60]
    assert [step.place for step in found.chain(2)] == [0, 1, 2]


def test_an_unknown_time_on_the_way_makes_it_unknown_and_is_named():
    found = recovery(hospital(grid=None))

    assert found.minutes == [None, None, None, 90, 400]
    assert (found.blockers(WARD), found.blockers(RADIO), found.chain(WARD)) == ((GRID,), (), ())
    assert found.at_least == [0, 20, 85, 90, 400]  # the radio holds the ward up for that long in any case
    assert (found.own(GRID), found.own(PUMPS)) == (None, 20)
    assert found.status(WARD) is RtoStatus.UNKNOWN


def test_an_unknown_time_of_one_way_does_not_matter_when_another_is_enough():
    found = recovery(hospital(radio=None))

    assert (found.minutes[WARD], found.blockers(WARD)) == (395, ())  # the mast's 400 - 5 min


def test_every_unknown_way_is_named_when_too_few_known_ones_are_left():
    assert recovery(hospital(radio=None, mast=None)).blockers(WARD) == (RADIO, MAST)


def test_the_nearest_unknown_time_is_named_first():
    found = recovery(hospital(grid=None, pumps=None))

    assert found.blockers(WARD) == (PUMPS, GRID)


def test_an_unknown_supplier_behind_a_reserve_never_serves():
    functions = [function(place, recovery_min=minutes) for place, minutes in enumerate((None, 80, 0))]
    both = network(functions, [need(2, [0, 1], k=2, extra=[500, 0])])
    one = network(functions, [need(2, [0, 1], k=1, extra=[500, 0])])

    assert recovery(both).minutes[2] is None
    assert recovery(one).minutes[2] == 80


def test_without_an_objective_nobody_knows_whether_it_is_kept():
    net = network([function(0, recovery_min=5)], [])

    assert recovery(net).status(0) is RtoStatus.UNKNOWN
    assert recovery(network([], [])).minutes == []


def least_fixpoint(functions, needs):
    """The definition, by raising every time until nothing changes; unknown is endless."""
    back = {one.id: math.inf if one.recovery_min is None else one.recovery_min for one in functions}
    while True:
        higher = dict(back)
        for one in needs:
            waits = sorted(back[a.supplier] - one.tolerance_of(a) for a in one.alternatives)
            higher[one.consumer] = max(higher[one.consumer], waits[one.min_required - 1])
        if higher == back:
            return [None if minutes == math.inf else minutes for minutes in back.values()]
        back = higher


@pytest.mark.parametrize("make", [Plain, engine], ids=["plain", "chosen"])
@pytest.mark.parametrize("seed", range(10))
def test_the_mirrored_clock_gives_the_least_fixpoint_on_graphs_with_circles_and_groups(make, seed):
    """60 graphs per seed and engine, with unknown times; every chain adds up."""
    dice = random.Random(seed)  # noqa: S311 - reproducible cases
    for _ in range(60):
        drawn, needs = draw_case(dice)
        functions = [function(one.id, recovery_min=dice.choice((None, *range(12)))) for one in drawn]
        found = recovery(Network(build(functions, needs)), make)

        assert found.minutes == least_fixpoint(functions, needs)
        for place, minutes in enumerate(found.minutes):
            steps = found.chain(place)
            assert bool(steps) is (minutes is not None) is not bool(found.blockers(place))
            if minutes is not None:
                assert found.own(steps[0].place) - sum(step.tolerance for step in steps) == minutes == steps[-1].minute
                assert found.at_least[place] <= minutes
