"""Layers of the dependency graph, and where the picture puts what stands in them."""

import pytest

from dependencies.boxes import NODE_HEIGHT, WIDTH, Item, Place, arrange, line
from dependencies.layers import layered


def layers_of(links, functions=()):
    ends = {end for link in links for end in link}
    return layered(frozenset({*functions, *ends}), frozenset(links))


def test_a_function_stands_below_its_longest_chain_of_suppliers():
    # 1 → 2 → 3 → 4, and 1 → 4 directly; 5 stands alone
    found = layers_of({(1, 2), (2, 3), (3, 4), (1, 4)}, functions=(5,))

    assert found.layer == {1: 0, 2: 1, 3: 2, 4: 3, 5: 0}
    assert found.circle == {}


def test_functions_in_a_circle_share_a_layer_and_are_marked():
    # 2 and 3 need each other
    found = layers_of({(1, 2), (2, 3), (3, 2), (3, 4)})

    assert found.layer == {1: 0, 2: 1, 3: 1, 4: 2}
    assert found.circle == {2: 2, 3: 2}
    assert found.closes_circle((2, 3))
    assert not found.closes_circle((1, 2))
    assert not found.closes_circle((3, 4))
    assert not found.closes_circle((1, 4))


def test_a_link_to_what_is_not_shown_counts_for_nothing():
    found = layered(frozenset({1, 2}), frozenset({(9, 1), (1, 2), (2, 9)}))

    assert found.layer == {1: 0, 2: 1}


def items(*places):
    return [Item(key, group, row, str(key)) for key, group, row in places]


def test_rows_stand_below_each_other_and_groups_beside_each_other():
    plan = arrange(items((1, "grid", 0), (2, "water", 0), (3, "grid", 2)), [(1, 3)], ["grid", "water"])

    grid, water, below = plan.boxes
    assert [row.number for row in plan.rows] == [0, 2]
    assert (grid.group, water.group, below.group) == ("grid", "water", "grid")
    assert grid.y == water.y
    assert grid.x + grid.width < water.x
    assert below.y > grid.y + grid.height
    assert plan.width == WIDTH


def test_everything_stands_within_its_box_and_nothing_on_anything_else():
    many = items(*((number, "abcdefg"[number % 7], number % 3) for number in range(150)))

    plan = arrange(many, [], "abcdefg")

    assert len({(place.x, place.y) for place in plan.places.values()}) == 150
    boxes = {(box.group, box.row): box for box in plan.boxes}
    for item in many:
        place, box = plan.places[item.key], boxes[(item.group, item.row)]
        assert box.x <= place.x <= box.x + box.width - place.width
        assert box.y <= place.y <= box.y + box.height - place.height
        assert box.x + box.width <= plan.width
        assert box.y + box.height <= plan.height
    for one in plan.boxes:
        for other in plan.boxes:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            apart = apart or one.y + one.height <= other.y or other.y + other.height <= one.y
            assert one is other or apart


def test_a_consumer_stands_below_what_it_leans_on():
    # In a row of two, the one that leans on the left supplier stands to the left, whatever its rank.
    places = items((1, "a", 0), (2, "b", 0), (3, "c", 1), (4, "c", 1))

    plan = arrange(places, [(2, 3), (1, 4)], ["a", "b", "c"])

    assert plan.places[4].x < plan.places[3].x


def test_the_same_input_gives_the_same_picture():
    many = items(*((number, "ab"[number % 2], number % 5) for number in range(40)))
    links = [(number, (number * 7) % 40) for number in range(40)]

    assert arrange(many, links, "ab") == arrange(reversed(many), links, "ab")


@pytest.mark.parametrize(
    ("source", "target", "starts", "ends"),
    [
        (Place(0, 0), Place(200, 100), NODE_HEIGHT, 100),  # down: from below the supplier to above the consumer
        (Place(0, 100), Place(200, 0), 100, NODE_HEIGHT),  # up: from above the supplier to below the consumer
        (Place(0, 100), Place(200, 100), 100, 100),  # along the row: over both
    ],
)
def test_a_line_runs_from_edge_to_edge(source, target, starts, ends):
    path = line(source, target)

    assert path.startswith(f"M{source.middle} {starts}C")
    assert path.endswith(f" {target.middle} {ends}")
