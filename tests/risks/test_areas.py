"""The tree of areas, by a city with two districts: E holds E1, which holds E11; W stands alone."""

from risks.areas import Node, Place, above, shared, tree

PLACES = [Place("E"), Place("E1", "E"), Place("E11", "E1"), Place("W")]


def test_an_area_lies_in_itself_and_in_everything_above_it():
    assert above(PLACES) == {"E": ("E",), "E1": ("E1", "E"), "E11": ("E11", "E1", "E"), "W": ("W",)}


def test_a_circle_of_areas_is_cut_instead_of_walked_for_ever():
    assert above([Place("A", "B"), Place("B", "A")]) == {"A": ("A", "B"), "B": ("B", "A")}


def test_the_tree_is_read_from_the_top_each_area_before_what_lies_in_it():
    shuffled = [PLACES[2], PLACES[3], PLACES[1], PLACES[0]]

    assert tree(shuffled) == [
        Node("W", 1, ("W",)),
        Node("E", 1, ("E11", "E1", "E")),
        Node("E1", 2, ("E11", "E1")),
        Node("E11", 3, ("E11",)),
    ]


def test_an_area_whose_parent_is_out_of_use_stands_at_the_top():
    assert tree([Place("X", "gone")]) == [Node("X", 1, ("X",))]


def test_what_lies_on_both_sides_is_told_by_the_smaller_area():
    lines = above(PLACES)

    assert shared(["E1"], ["E11", "W"], lines) == ("E11",)
    assert shared(["E11"], ["E"], lines) == ("E11",)
    assert shared(["E"], ["W"], lines) == ()
    assert shared(["old"], ["old"], lines) == ("old",)
    assert shared([], ["E"], lines) == ()
