"""Bulk work: every engine answers as the definition does, and all of them alike."""

import random

import numpy as np
import pytest

from dependencies.bulk import NONE, Wanted
from dependencies.cascade import Outage
from dependencies.graph import build
from dependencies.network import Network
from dependencies.packed import pack
from tests.dependencies import definition
from tests.dependencies.cases import HORIZON, as_minutes, draw_case, draw_hits, function, need, network
from tests.dependencies.engines import ENGINES, told

GRID, PUMPS, WARD, RADIO, MAST = range(5)
every_engine = pytest.mark.parametrize("make", ENGINES.values(), ids=ENGINES)


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


@pytest.mark.parametrize("seed", range(20))
def test_every_engine_equals_the_definition_on_graphs_with_circles_and_groups(seed):
    """105 graphs per seed, 2 100 in all: outages strict and bridged, losses for good, and sweeps."""
    dice = random.Random(seed)  # noqa: S311 - reproducible cases
    for _ in range(105):
        functions, needs = draw_case(dice)
        net = Network(build(functions, needs))
        packed = pack(net)
        hits = draw_hits(dice, len(functions))
        engines = [make(packed) for make in ENGINES.values()]
        for bridged in (False, True):
            links, at = (net.loops, max(end for *_, end in hits)) if bridged else (frozenset(), None)
            defined = definition.down(functions, needs, hits, HORIZON, bridged_links=links, bridged_at=at)
            spells = _alike(bulk.outages([Outage(*hit) for hit in hits], HORIZON, bridged=bridged) for bulk in engines)
            assert _minutes_down(spells, len(functions)) == defined
        places, starts = [place for place, _, _ in hits], [start for _, start, _ in hits]
        lost = _alike(bulk.losses(places, starts, HORIZON) for bulk in engines)
        gone = definition.down(functions, needs, [(place, start, HORIZON) for place, start, _ in hits], HORIZON)
        firsts = {place: definition.intervals(minutes, HORIZON)[0][0] for place, minutes in gone.items() if minutes}
        assert dict(zip(lost.places.tolist(), lost.minutes.tolist(), strict=True)) == firsts
        _sweeps_as_defined(functions, needs, engines, dice)


def _alike(answers):
    """The first answer, which all others equal bit for bit."""
    first, *others = answers
    assert all(told(other) == told(first) for other in others)
    return first


def _minutes_down(spells, count):
    found = {place: [] for place in range(count)}
    for place, start, end in zip(*(column.tolist() for column in spells), strict=True):
        found[place].append((start, end))
    return {place: as_minutes(intervals) for place, intervals in found.items()}


def _sweeps_as_defined(functions, needs, engines, dice):
    count, horizon = len(functions), 20
    wanted = Wanted(
        np.array([dice.random() < 0.7 for _ in range(count)]),
        np.array([dice.randint(0, 8) for _ in range(count)], np.int32),
        np.array([dice.randint(NONE, 9) for _ in range(count)], np.int32),
    )
    sources = [dice.randrange(count) for _ in range(3)]
    swept = _alike(bulk.sweep(sources, horizon, wanted) for bulk in engines)
    gone = definition.down(functions, needs, [(sources[0], 0, horizon)], horizon)
    minutes = {place: definition.intervals(m, horizon)[0][0] for place, m in gone.items() if m and place != sources[0]}
    counts = {place: at for place, at in minutes.items() if wanted.counted[place]}
    assert swept.lost[0] == len(counts)
    assert swept.first[0] == min(counts.values(), default=NONE)
    assert swept.weighted[0] == sum(int(wanted.weight[place]) * (horizon - at) for place, at in counts.items())
    hits = sorted((at, place) for place, at in minutes.items() if at <= wanted.deadline[place])
    numbers, places, ats = (column.tolist() for column in swept.hits)
    assert [(at, p) for number, p, at in zip(numbers, places, ats, strict=True) if number == 0] == hits


@every_engine
def test_runs_leave_nothing_behind_for_the_next_one(make):
    net = water()
    bulk = make(pack(net))
    hits = [Outage(GRID, 0, 8), Outage(RADIO, 2, 30)]
    first = [
        told(bulk.losses([GRID], [0], 100)),
        told(bulk.sweep(range(5), 100, all_of(net))),
        told(bulk.outages(hits, 90, bridged=True)),
    ]

    again = [
        told(bulk.losses([GRID], [0], 100)),
        told(bulk.sweep(range(5), 100, all_of(net))),
        told(bulk.outages(hits, 90, bridged=True)),
    ]

    assert again == first


@every_engine
@pytest.mark.parametrize("horizon", [0, -5, 1 << 33])
def test_a_horizon_that_no_array_can_hold_is_answered_all_the_same(make, horizon):
    net = water()
    bulk = make(pack(net))

    lost = bulk.losses([GRID], [-3], horizon)
    swept = bulk.sweep([GRID], horizon, all_of(net))
    spells = bulk.outages([Outage(GRID, 0, 8)], horizon, bridged=False)

    felt = horizon > 0
    assert (len(lost.places) == 5, swept.lost.tolist() == [4], len(spells.places) > 0) == (felt, felt, felt)


@every_engine
def test_losses_may_begin_before_the_scenario(make):
    lost = make(pack(water())).losses([GRID, RADIO], [-10, 5], 3)

    assert lost.places.tolist() == [GRID, PUMPS, MAST, WARD, RADIO]
    assert lost.minutes.tolist() == [-10, -7, -6, -5, -4]


@every_engine
def test_an_empty_graph_gives_empty_answers(make):
    empty = network([], [])
    bulk = make(pack(empty))

    assert bulk.losses([], [], 10).places.tolist() == []
    assert bulk.sweep([], 10, all_of(empty)).lost.tolist() == []
    assert bulk.outages([], 10, bridged=True).places.tolist() == []
