"""Two versions compared word by word: worked out by hand, put together again at random, and fast on a large text."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from continuity import comparing
from continuity.comparing import Text, compared
from continuity.whole import Card, CardStep, Contents, DocumentLine, LevelLine, StrategyLine
from prepare.rewording import Piece
from prepare.texts import speaking


def changed(before, after):
    [part] = compared({"a": Text("A", before)}, {"a": Text("A", after)})
    return [(piece.kind, piece.text) for piece in part.pieces]


def test_one_word_is_changed_in_its_sentence():
    assert changed("Soita vara keittiöön heti.", "Soita vara keittiöön kello 8.") == [
        ("same", "Soita vara keittiöön "),
        ("del", "heti."),
        ("ins", "kello 8."),
    ]


def test_of_lines_that_changed_places_those_that_keep_an_order_stay():
    before = "Johtaja päättää.\nSoita.\nKirjaa.\n"
    after = "Kirjaa.\nSoita.\nTiedota.\nJohtaja päättää heti.\n"

    assert [(kind, text.strip()) for kind, text in changed(before, after)] == [
        ("del", "Johtaja päättää.\nSoita."),
        ("same", "Kirjaa."),
        ("ins", "Soita.\nTiedota.\nJohtaja päättää heti."),
    ]


def test_a_line_put_in_between_leaves_its_neighbours_alone():
    assert changed("Eka.\nToka.\n", "Eka.\nUusi.\nToka.\n") == [
        ("same", "Eka.\n"),
        ("ins", "Uusi.\n"),
        ("same", "Toka.\n"),
    ]


def test_parts_stand_in_the_order_of_the_later_version_and_lost_ones_last():
    old = {"a": Text("A", "eka"), "c": Text("C", "pois"), "e": Text("E", "")}
    new = {"b": Text("B", "uusi"), "a": Text("A", "eka"), "e": Text("E", "")}

    found = compared(old, new)

    assert [(part.key, part.is_changed) for part in found] == [("b", True), ("a", False), ("c", True)]
    assert [piece.kind for part in found for piece in part.pieces] == ["ins", "del"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("ab c\n"), max_size=40), st.lists(st.sampled_from("ab c\n"), max_size=40))
def test_the_pieces_hold_both_texts(old, new):
    before, after = "".join(old), "".join(new)
    pieces = list(comparing._text(before, after))

    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == after


WORDS = " ".join(f"sana{number}" for number in range(40))
LARGE = {
    "paragraphs": (
        "\n".join(f"{WORDS} {n}" for n in range(3500)),
        "\n".join(f"{WORDS} {n}{' uusi' if n % 7 == 0 else ''}" for n in range(3500)),
    ),
    "one line": ("sana " * 200_000, "sana " * 100_000 + "uusi " + "sana " * 100_000),
    "the same lines over and over": ("a b c\nd e f\n" * 80_000, "d e f\na b c\n" * 80_000),
    "nothing in common": ("vanha " * 170_000, "uusi " * 200_000),
}


@pytest.mark.parametrize("which", LARGE)
def test_a_text_of_a_megabyte_takes_less_than_a_second(which):
    before, after = LARGE[which]
    begun = process_time()

    pieces = list(comparing._text(before, after))

    assert process_time() - begun < 1
    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == after


def test_what_a_version_holds_becomes_lines():
    card = Card(
        "Sähkö poissa", "Sähkö", "", "Päivystäjä", (CardStep("Soita", "", "5 min"), CardStep("Kirjaa", "Minä", ""))
    )
    held = Contents(
        (StrategyLine("Sähkö", "Varavoima", "72 h", "Dieselsopimus"),),
        (card,),
        (LevelLine("Tehostettu", "Tarkista varasto", "Emäntä", "", "24 h"),),
        (DocumentLine("Luettelo", "Arkisto", ""),),
    )

    with speaking("en"):
        texts = comparing.texts(held)

    assert [text.text for text in texts.values()] == [
        "Sähkö · Varavoima · 72 h · Dieselsopimus",
        "Sähkö poissa · Päivystäjä · Sähkö\n1. Soita · 5 min\n2. Kirjaa · Minä",
        "Tehostettu · Tarkista varasto · Emäntä · 24 h",
        "Luettelo · Arkisto",
    ]
    assert comparing.compared({}, {}) == []
    assert Piece("same", "x").kind == "same"
