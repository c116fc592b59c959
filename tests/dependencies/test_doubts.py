"""What may be absent is left out as if it had been retired, whatever an engine can vary from run to run."""

import random
from dataclasses import replace

import numpy as np
import pytest

from dependencies.cascade import Outage, spread
from dependencies.doubts import NEVER, NONE, doubts
from dependencies.draws import TIGHT, WIDE, WIDEST
from dependencies.engines import engine
from dependencies.graph import Link, build
from dependencies.network import Network
from dependencies.plain import Plain
from dependencies.uncertainty import Draw
from dependencies.vocabulary import Standing, ToleranceBasis
from tests.dependencies.cases import draw_case, draw_hits, function, need, network

GRID, PUMPS, WARD, RADIO, MAST = range(5)
ENGINES = pytest.mark.parametrize("make", [Plain, engine], ids=["plain", "chosen"])


def unsure(network, bases=None):
    """The doubts of a network whose dependencies are numbered in order."""
    links = [member.link for members in network.members for member in members]
    return doubts(network, bases or {}, {link: number for number, link in enumerate(dict.fromkeys(links), start=1)})


def without(needs, absent):
    """The needs as they would be loaded if the absent links had been retired."""
    for one in needs:
        left = tuple(a for a in one.alternatives if Link(one.id, a.supplier) not in absent)
        if left:
            yield replace(one, alternatives=left, min_required=min(one.min_required, len(left)))


def outages(network, hits, *, bridged):
    found = spread(network, hits, NEVER, bridged=bridged)
    return {place: spells for place, spells in sorted(found.items()) if network.is_function(place)}


def drawn(make, asked, absent, hits, *, bridged=False):
    """The outages when these numbers of links are absent, by place."""
    flags = np.zeros(len(asked.links), np.bool_)
    flags[list(absent)] = True
    endured = replace(Draw.of(asked, 1, 0), absent=flags).endured()
    places, starts, ends = make(asked.packed).outages(hits, NEVER, bridged=bridged, tolerance=endured)
    found = {}
    for place, start, end in zip(places.tolist(), starts.tolist(), ends.tolist(), strict=True):
        found.setdefault(place, []).append((start, end))
    return found


def link_of(net, asked, number):
    links = list(dict.fromkeys(member.link for members in net.members for member in members))
    return links[asked.links[number] - 1]


@ENGINES
def test_links_that_are_absent_change_what_retiring_them_would_change(make):
    dice = random.Random(4)  # noqa: S311 - a fixed draw, nothing secret
    for _ in range(400):
        functions, needs = draw_case(dice, largest=6)
        net = Network(build(functions, needs))
        asked = unsure(net)
        hits = [Outage(*hit) for hit in draw_hits(dice, len(functions))]
        absent = [number for number in range(len(asked.links)) if dice.random() < 0.4]
        gone = {link_of(net, asked, number) for number in absent}

        expected = outages(Network(build(functions, without(needs, gone))), hits, bridged=False)

        assert drawn(make, asked, absent, hits) == expected


@ENGINES
def test_with_nothing_absent_the_graph_is_what_it_was_circles_and_all(make):
    dice = random.Random(5)  # noqa: S311 - a fixed draw, nothing secret
    for _ in range(200):
        functions, needs = draw_case(dice)
        net = Network(build(functions, needs))
        hits = [Outage(*hit) for hit in draw_hits(dice, len(functions))]

        assert drawn(make, unsure(net), (), hits, bridged=True) == outages(net, hits, bridged=True)


def test_a_group_whose_members_are_all_absent_is_not_felt():
    net = network([function(n) for n in range(5)], [need(WARD, [RADIO, MAST], 0, k=2)])
    hits = [Outage(RADIO, 0, 9), Outage(MAST, 0, 9)]

    assert WARD in drawn(Plain, unsure(net), (), hits)
    assert WARD in drawn(Plain, unsure(net), (0,), hits)
    assert WARD not in drawn(Plain, unsure(net), (0, 1), hits)


def test_an_alternative_that_is_absent_is_no_reserve():
    net = network([function(n) for n in range(5)], [need(WARD, [RADIO, MAST], 0)])

    assert WARD not in drawn(Plain, unsure(net), (), [Outage(RADIO, 0, 9)])
    assert WARD in drawn(Plain, unsure(net), (1,), [Outage(RADIO, 0, 9)])


def test_what_the_supplier_has_confirmed_is_never_absent():
    one, two = need(PUMPS, GRID, 3), need(WARD, PUMPS, 2)
    sure = replace(two, alternatives=(replace(two.alternatives[0], standing=Standing.CONFIRMED),))
    disputed = replace(one, alternatives=(replace(one.alternatives[0], standing=Standing.DISPUTED),))
    net = network([function(n) for n in range(5)], [disputed, sure])

    asked = unsure(net)

    assert asked.links.tolist() == [1]
    assert asked.presence.tolist() == [500_000]
    assert asked.group.tolist() == [NONE]


def test_how_far_a_tolerance_may_lie_goes_by_what_it_is_known_from_in_every_copy_and_reserve():
    needs = [need(WARD, [RADIO, MAST], 5, extra=[0, 4]), need(PUMPS, GRID, 3), need(MAST, GRID, 3), need(RADIO, GRID)]
    net = network([function(n) for n in range(5)], needs)
    known = {1: ToleranceBasis.EXERCISED, 2: ToleranceBasis.ESTIMATED, 3: ToleranceBasis.MEASURED}

    asked = unsure(net, known)

    rows = dict(zip(asked.ids.tolist(), asked.rows.tolist(), strict=True))
    assert rows[2 * 1] == TIGHT
    assert rows[2 * 2] == WIDE
    assert rows[2 * 3] == TIGHT
    assert rows[2 * 4] == WIDEST
    # the group, its copy for one absent alternative and the way to it share a number, and so a lot
    assert np.count_nonzero(asked.ids == 2) == 3


def test_a_restart_that_nobody_knows_is_not_varied():
    net = network([function(0), function(1, None)], [need(1, [0], 3)])

    assert unsure(net).restarts.tolist() == [True, False]
