"""Bulk work: every engine answers as the definition does, and all of them alike."""

import random

import numpy as np
import pytest

from dependencies.bulk import NONE, Wanted
from dependencies.cascade import Outage, spread
from dependencies.engines import engine
from dependencies.graph import build
from dependencies.network import Network
from dependencies.packed import pack
from dependencies.plain import Plain
from tests.dependencies import definition
from tests.dependencies.cases import HORIZON, draw_case, draw_hits, function, need, network

GRID, PUMPS, WARD, RADIO, MAST = range(5)
ENGINES = [Plain, engine]
every_engine = pytest.mark.parametrize("make", ENGINES, ids=["plain", "chosen"])


def water():
    """The ward needs the pumps (2 min); the pumps the grid (3 min); the ward's call-out the radio or the mast."""
    functions = [function(number) for number in range(5)]
    needs = [need(PUMPS, GRID, 3), need(WARD, PUMPS, 2), need(WARD, [RADIO, MAST], 1), need(MAST, GRID, 4)]
    return network(functions, [*needs, need(RADIO, GRID, 6)])


def all_of(network, *, weight=1, deadline=NONE):
    count = len(network.functions)
    return Wanted(np.full(count, True), np.full(count, weight, np.int32), np.full(count, deadline, np.int32))


@every_engine
def test_a_loss_for_good_is_felt_when_the_tolerances_on_the_way_are_used_up(make):
    found = make(pack(water())).losses([GRID], [10], 100)

    assert found.places.tolist() == [GRID, PUMPS, MAST, WARD, RADIO]
    assert found.minutes.tolist() == [10, 13, 14, 15, 16]


@every_engine
def test_nothing_is_lost_at_the_horizon_or_after_it(make):
    assert make(pack(water())).losses([GRID], [0], 4).places.tolist() == [GRID, PUMPS]
    assert make(pack(water())).losses([GRID], [4], 4).places.tolist() == []


@every_engine
def test_a_sweep_counts_weighs_and_names_what_each_source_takes_with_it(make):
    net = water()

    swept = make(pack(net)).sweep([GRID, WARD, MAST], 20, all_of(net, weight=2, deadline=4))

    assert swept.lost.tolist() == [4, 0, 0]
    assert swept.first.tolist() == [3, NONE, NONE]
    assert swept.weighted.tolist() == [2 * (17 + 16 + 15 + 14), 0, 0]
    assert [column.tolist() for column in swept.hits] == [[0, 0], [PUMPS, MAST], [3, 4]]
    assert [column.tolist() for column in swept.groups] == [[0], [2], [6]]  # radio and mast hang on one grid


@every_engine
def test_what_does_not_count_is_left_out_of_the_figures(make):
    net = water()
    wanted = all_of(net)
    wanted.counted[[PUMPS, WARD]] = False

    swept = make(pack(net)).sweep([GRID], 20, wanted)

    assert (swept.lost.tolist(), swept.first.tolist()) == ([2], [4])


@every_engine
def test_outages_are_those_of_the_exact_engine_with_other_tolerances_tried(make):
    packed = pack(water())
    longer = packed.tolerance.copy()
    longer[0] = 9

    found = make(packed).outages([Outage(GRID, 0, 8)], HORIZON, bridged=False, tolerance=longer)

    assert list(zip(*(column.tolist() for column in found), strict=True)) == [
        (GRID, 0, 8), (WARD, 7, 10), (RADIO, 6, 9), (MAST, 4, 9)
    ]  # fmt: skip


@every_engine
@pytest.mark.parametrize("seed", range(10))
def test_every_engine_equals_the_definition_on_graphs_with_circles_and_groups(make, seed):
    """40 graphs per seed and engine: outages strict and bridged, and permanent losses."""
    dice = random.Random(seed)  # noqa: S311 - reproducible cases
    for _ in range(40):
        functions, needs = draw_case(dice)
        net = Network(build(functions, needs))
        hits = draw_hits(dice, len(functions))
        bulk = make(pack(net))

        for bridged in (False, True):
            found = bulk.outages([Outage(*hit) for hit in hits], HORIZON, bridged=bridged)
            exact = spread(net, [Outage(*hit) for hit in hits], HORIZON, bridged=bridged)
            assert list(zip(*(column.tolist() for column in found), strict=True)) == sorted(
                (place, *spell) for place, spells in exact.items() if net.is_function(place) for spell in spells
            )
        lost = bulk.losses([place for place, _, _ in hits], [start for _, start, _ in hits], HORIZON)
        gone = definition.down(functions, needs, [(place, start, HORIZON) for place, start, _ in hits], HORIZON)
        firsts = {place: definition.intervals(minutes, HORIZON)[0][0] for place, minutes in gone.items() if minutes}
        assert dict(zip(lost.places.tolist(), lost.minutes.tolist(), strict=True)) == firsts
