"""A reworded text: which words were taken out and put in."""

import gc
import time

from hypothesis import given, strategies

from prepare.rewording import LONG, MOST_WORDS, Piece, is_long, pieces


def kinds(before, after):
    return [(piece.kind, piece.text) for piece in pieces(before, after)]


def test_one_word_for_another_is_told_as_one_word():
    assert kinds("Varavoima riittää kaksi tuntia.", "Varavoima riittää kolme tuntia.") == [
        ("same", "Varavoima riittää "),
        ("del", "kaksi"),
        ("ins", "kolme"),
        ("same", " tuntia."),
    ]


def test_words_that_were_changed_side_by_side_stay_a_phrase():
    told = kinds("Yksi kaksi kolme loppu", "Neljä viisi kuusi loppu")

    assert told == [("del", "Yksi kaksi kolme"), ("ins", "Neljä viisi kuusi"), ("same", " loppu")]


def test_unchanged_text_far_from_the_change_is_left_out():
    text = " ".join(f"sana{n}" for n in range(200))

    told = pieces(text, text.replace("sana100", "muutos"))

    assert [piece.kind for piece in told] == ["gap", "same", "del", "ins", "same", "gap"]
    assert sum(len(piece.text) for piece in told) < 400


def test_short_texts_and_figures_are_told_side_by_side():
    assert not is_long("Rehtori", "Apulaisrehtori")
    assert not is_long(24.0, 48.0)
    assert not is_long(None, "x" * 500)
    assert is_long("x" * LONG, "y")
    assert is_long("a\nb", "c")


def test_a_long_plan_is_compared_in_a_moment():
    lines = [f"Rivi {n}: toiminta jatkuu varavoimalla ja henkilöstö siirtyy." for n in range(4_000)]
    changed = [line.replace("varavoimalla", "akulla") if n % 500 == 7 else line for n, line in enumerate(lines)]
    assert len(lines) * 8 > MOST_WORDS

    gc.collect()  # what other tests left is not cleared away on this one's time
    begun = time.process_time()
    told = pieces("\n".join(lines), "\n".join(changed))

    assert time.process_time() - begun < 8  # a clean-up of memory may fall into it
    assert [piece.text for piece in told if piece.kind == "ins"] == ["akulla"] * 8


def test_a_text_written_anew_is_told_whole():
    before, after = "a " * (MOST_WORDS + 1), "b " * (MOST_WORDS + 1)

    assert [piece.kind for piece in pieces(before, after)] == ["del", "ins"]


WORDS = strategies.lists(strategies.sampled_from(["a", "b", "c", "d\n", "e", "ä"]), min_size=1, max_size=30)


@given(WORDS, WORDS)
def test_what_is_told_holds_every_word_of_both_texts(old, new):
    before, after = " ".join(old), " ".join(new)

    told = pieces(before, after)

    if not any(piece.kind == "gap" for piece in told):
        kept = "".join(piece.text for piece in told if piece.kind != "ins")
        made = "".join(piece.text for piece in told if piece.kind != "del")
        assert kept.split() == before.split()
        assert made.split() == after.split()


def test_a_piece_says_what_it_is():
    assert pieces("sama", "sama") == (Piece("same", "sama"),)
