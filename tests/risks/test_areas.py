"""The tree of areas, by a city with two districts: E holds E1, which holds E11; W stands alone."""

from sqlalchemy import select

from prepare.db import db
from prepare.models.codes import CodeItem
from risks.areas import Held, Node, Place, above, shared, shares, tally, tree

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


def test_what_is_kept_of_an_area_includes_what_lies_in_it_and_counts_once():
    east = next(node for node in tree(PLACES) if node.code == "E")
    held = Held(
        networks=(("E1", "E11"), ("W",), ("W", "E")),
        phenomena=(("W",),),
        signals={"E": 2, "E11": 3, "W": 9},
        measures={"W": 1},
        inputs={"E1": 1},
        people={"E1": 40},
    )

    assert tally(east, held) == {"networks": 2, "phenomena": 0, "signals": 5, "measures": 0, "inputs": 1, "people": 40}


def test_bars_are_measured_against_the_highest_value():
    assert shares([1, None, 4, 0]) == [25.0, 0.0, 100.0, 0.0]
    assert shares([0, None]) == [0.0, 0.0]
    assert shares([]) == []


def test_the_tree_an_area_and_the_comparison_are_shown(town, sign_in):
    visitor = sign_in("leadership")
    codes = {one.code: one for one in db.session.scalars(select(CodeItem))}

    tree_page = visitor.get("/safety/areas/").text
    assert "Kallioniemi" in tree_page
    page = visitor.get(f"/safety/areas/{codes['ITA'].ref}").text
    assert "Verkosto N-01" in page
    assert "Signaali SG-01" in page  # noticed in an area that lies in it
    inner = visitor.get(f"/safety/areas/{codes['ITA-1'].ref}").text
    assert "Verkosto N-01" in inner  # it works in the larger area around it
    assert visitor.get(f"/safety/areas/{codes['T-SAHKO'].ref}").status_code == 404
    compared = visitor.get("/safety/areas/compare?area=ITA&area=ITA-1&area=none").text
    assert "Itäinen suurpiiri" in compared
    assert "An area is left without" in compared
