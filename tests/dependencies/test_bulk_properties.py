"""What must hold of losses for good, of durations and of objectives, whatever the graph (cascade.md 3.3)."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dependencies.cascade import Outage
from dependencies.graph import build
from dependencies.network import Network
from dependencies.packed import pack
from tests.dependencies.cases import HORIZON, cases, function, hits, need, network
from tests.dependencies.engines import ENGINES

ENDLESS = 10_000  #: minutes; longer than any chain in the cases
thorough = settings(max_examples=40, deadline=None)
every_engine = pytest.mark.parametrize("make", ENGINES.values(), ids=ENGINES)


def bulk(make, case):
    functions, needs = case
    return make(pack(Network(build(functions, needs))))


def distances(engine, count):
    """Minutes from the loss of each function to the loss of each other; ENDLESS where it takes nothing down."""
    found = np.full((count, count), ENDLESS)
    for source in range(count):
        lost = engine.losses([source], [0], ENDLESS)
        found[source, lost.places] = lost.minutes
    return found


@every_engine
@thorough
@given(st.data())
def test_what_a_loss_takes_down_takes_down_what_it_would_take_down_itself(make, data):
    """Single points of failure are transitive, and no detour is shorter than the way."""
    case = data.draw(cases())
    apart = distances(bulk(make, case), len(case[0]))

    for between in range(len(case[0])):
        assert (apart <= apart[:, between][:, None] + apart[between][None, :]).all()


@every_engine
@thorough
@given(st.data())
def test_without_redundancy_the_time_to_impact_is_the_shortest_way(make, data):
    functions, needs = data.draw(cases())
    needs = [replace(one, min_required=len(one.alternatives), wished=None) for one in needs]
    ways = nx.MultiDiGraph()
    ways.add_nodes_from(range(len(functions)))
    for one in needs:
        for a in one.alternatives:
            ways.add_edge(a.supplier, one.consumer, weight=one.tolerance_of(a))

    lost = bulk(make, (functions, needs)).losses([0], [0], ENDLESS)

    assert dict(zip(lost.places.tolist(), lost.minutes.tolist(), strict=True)) == dict(
        nx.single_source_dijkstra_path_length(ways, 0)
    )


@every_engine
@thorough
@given(st.data())
def test_the_longest_outage_that_nobody_feels_too_long_is_found_by_halving(make, data):
    case = data.draw(cases())
    limits = data.draw(st.lists(st.integers(1, 20), min_size=len(case[0]), max_size=len(case[0])))
    engine = bulk(make, case)

    def is_tolerable(lasts):
        spells = engine.outages([Outage(0, 0, lasts)], 400, bridged=True)
        return all(
            end - start <= limits[place] for place, start, end in zip(*(c.tolist() for c in spells), strict=True)
        )

    scanned = [is_tolerable(lasts) for lasts in range(30)]
    low, high = 0, 29
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_tolerable(middle) else (low, middle - 1)
    assert scanned == sorted(scanned, reverse=True)
    assert low == sum(scanned) - 1


@every_engine
def test_what_a_supplier_promises_leaves_its_consumer_down_for_the_rest_and_a_restart(make):
    """The local RTO gap (cascade.md 2.4): RTO of the supplier - tolerance + restart, if it lasts at all."""
    for promised in range(1, 9):
        for tolerance in range(9):
            for restart in (1, 3):
                engine = make(pack(network([function(0), function(1, restart)], [need(1, 0, tolerance)])))
                spells = engine.outages([Outage(0, 0, promised)], HORIZON, bridged=False)
                down = int((spells.ends - spells.starts)[spells.places == 1].sum())
                assert down == (promised - tolerance + restart if promised > tolerance else 0)


@every_engine
@thorough
@given(st.data())
def test_the_order_of_functions_and_needs_changes_no_answer(make, data):
    functions, needs = data.draw(cases())
    scenario = data.draw(hits(len(functions)))
    order = data.draw(st.permutations(range(len(functions))))
    shuffled = data.draw(st.permutations(needs))

    def answers(functions, needs):
        net = Network(build(functions, needs))
        engine = make(pack(net))
        outages = [Outage(net.place[f], start, end) for f, start, end in scenario]
        spells = engine.outages(outages, HORIZON, bridged=True)
        lost = engine.losses([hit.place for hit in outages], [hit.start for hit in outages], HORIZON)
        name = np.array([f.id for f in net.functions])
        return (
            sorted(zip(name[spells.places].tolist(), spells.starts.tolist(), spells.ends.tolist(), strict=True)),
            dict(zip(name[lost.places].tolist(), lost.minutes.tolist(), strict=True)),
        )

    assert answers(functions, needs) == answers([functions[at] for at in order], shuffled)
