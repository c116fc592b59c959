"""The dependency graph: its shape, its rules and its circles."""

import networkx as nx
import pytest

from dependencies.graph import Link, NeedNode, ReserveNode, bridged_links_of, build, functions_of, needs_of
from dependencies.vocabulary import Strength
from prepare.errors import RuleBroken
from tests.dependencies.cases import function, need, numbered


def test_edges_run_from_the_supplier_by_the_need_to_the_consumer():
    graph = build([function(0), function(1)], numbered([need(1, 0, 60)]), revision=12)

    assert list(nx.all_simple_paths(graph, 0, 1)) == [[0, NeedNode(1), 1]]
    assert graph.graph["revision"] == 12
    assert [facts.id for facts in functions_of(graph)] == [0, 1]
    assert [facts.id for facts in needs_of(graph)] == [1]


def test_an_alternatives_own_tolerance_is_a_node_on_the_way():
    graph = build([function(n) for n in range(3)], numbered([need(2, [0, 1], extra=(0, 5))]))

    assert sorted(graph.predecessors(NeedNode(1)), key=str) == [0, ReserveNode(1, 1)]


def test_the_graph_can_not_be_changed():
    graph = build([function(0)], [])

    with pytest.raises(nx.NetworkXError):
        graph.add_node(1)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (need(0, 0), "own supplier"),
        (need(0, [1, 1]), "twice"),
        (need(0, [1, 2], k=3), "3 alternatives are needed, but there are 2"),
        (need(0, [1, 2], k=0), "0 alternatives are needed"),
        (need(0, []), "there are 0"),
        (need(0, [1, 2], k=2, wished=1), "wished"),
        (need(0, 1, -1), "negative"),
        (need(0, 1, extra=(-1,)), "negative"),
        (need(0, 9), "not in force"),
        (need(9, 0), "not in force"),
    ],
)
def test_a_need_that_makes_no_sense_is_refused_with_its_name(broken, says):
    with pytest.raises(RuleBroken) as refused:
        build([function(n) for n in range(3)], numbered([broken]))

    assert says in refused.value.message % refused.value.values
    assert refused.value.values["need"] == broken.name


def test_a_graph_without_circles_has_no_loop_links():
    graph = build([function(n) for n in range(3)], numbered([need(1, 0), need(2, 1), need(2, 0)]))

    assert not bridged_links_of(graph)


def test_the_most_tolerant_link_of_a_circle_is_its_loop_link():
    graph = build([function(n) for n in range(3)], numbered([need(1, 0, 1), need(2, 1, 9), need(0, 2, 4)]))

    assert bridged_links_of(graph) == {Link(2, 1)}


def test_circles_within_circles_are_opened_until_none_is_left():
    # 0 → 1 → 2 → 0 with its largest tolerance on 2 → 0; without it 0 ⇄ 1 is still a circle, opened at 1 → 0.
    graph = build(
        [function(n) for n in range(3)], numbered([need(1, 0, 1), need(2, 1, 1), need(0, 2, 9), need(0, 1, 3)])
    )

    assert bridged_links_of(graph) == {Link(3, 2), Link(4, 1)}


def test_an_alternatives_own_tolerance_counts_for_the_most_tolerant_link():
    graph = build([function(0), function(1)], numbered([need(1, 0, 5), need(0, 1, 1, extra=(5,))]))

    assert bridged_links_of(graph) == {Link(2, 1)}


@pytest.mark.parametrize("strength", [Strength.IMPORTANT, Strength.SUPPORTING])
def test_only_essential_needs_make_circles(strength):
    graph = build([function(0), function(1)], numbered([need(1, 0), need(0, 1, strength=strength)]))

    assert not bridged_links_of(graph)


def test_a_row_of_twenty_thousand_functions_is_no_trouble():
    count = 20_000
    needs = numbered([need(n, n - 1) for n in range(1, count)] + [need(0, count - 1, 60)])

    graph = build([function(n) for n in range(count)], needs)

    assert bridged_links_of(graph) == {Link(count, count - 1)}
