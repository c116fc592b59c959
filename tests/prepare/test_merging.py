"""Two people edit one record at the same time."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepare.errors import StaleEntry
from prepare.forms.differences import word_changes
from prepare.merging import Merge, Seen, merge, refuse_stale
from prepare.stored import as_json, from_json


@dataclass(frozen=True)
class Note:
    """A small entry."""

    title: str
    text: str | None = None
    codes: tuple[str, ...] = ()


NAMES = ("title", "text", "codes")
BASE = Note("Tulva", "pumput", ("F-1",))
notes = st.builds(Note, st.text(max_size=3), st.none() | st.text(max_size=3), st.tuples(st.text(max_size=2)))


def test_what_only_one_changed_is_put_together():
    mine, theirs = replace(BASE, title="Meritulva"), replace(BASE, codes=("F-1", "F-2"))

    merged = merge(BASE, mine, theirs)

    assert merged == Merge(Note("Meritulva", "pumput", ("F-1", "F-2")), (), ("title",), ("codes",))


def test_what_both_changed_in_different_ways_clashes_and_stays_mine():
    merged = merge(BASE, replace(BASE, text="venttiilit"), replace(BASE, text="sähkö"))

    assert merged == Merge(replace(BASE, text="venttiilit"), ("text",))


def test_the_same_change_twice_is_no_clash():
    both = replace(BASE, text=None)

    assert merge(BASE, both, both) == Merge(both)


def test_without_a_known_base_every_difference_is_a_clash():
    merged = merge(None, replace(BASE, title="Meritulva"), replace(BASE, text="sähkö"))

    assert merged == Merge(replace(BASE, title="Meritulva"), ("title", "text"))


@given(base=st.none() | notes, mine=notes, theirs=notes)
def test_no_change_of_mine_is_lost_and_none_of_theirs_without_a_clash(base, mine, theirs):
    merged = merge(base, mine, theirs)

    for name in NAMES:
        old, my, their, now = (getattr(entry, name, None) for entry in (base, mine, theirs, merged.entry))
        assert now == my or (base is not None and my == old)
        assert now == their or (base is not None and their == old) or name in merged.clashes


@given(base=st.none() | notes, mine=notes, theirs=notes)
def test_every_difference_is_told_exactly_once(base, mine, theirs):
    merged = merge(base, mine, theirs)

    told = [*merged.clashes, *merged.mine, *merged.theirs]
    assert sorted(told) == sorted(name for name in NAMES if getattr(mine, name) != getattr(theirs, name))


@given(base=notes, mine=notes, theirs=notes)
def test_both_people_are_told_of_the_same_clashes(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)

    assert (one.clashes, one.mine, one.theirs) == (other.clashes, other.theirs, other.mine)
    if not one.clashes:
        assert one.entry == other.entry


@given(base=notes, mine=notes)
def test_who_is_alone_saves_what_was_written(base, mine):
    assert merge(base, mine, base).entry == mine
    assert merge(base, base, mine).entry == mine


@given(one=notes, other=notes)
def test_only_who_saw_what_is_held_may_save(one, other):
    if one == other:
        refuse_stale(Seen(one), Seen(other))
    else:
        with pytest.raises(StaleEntry):
            refuse_stale(Seen(one), Seen(other))


@pytest.mark.parametrize("seen", [None, Seen(BASE, ("draft",)), Seen(BASE)])
def test_who_saw_another_state_or_nothing_is_stale(seen):
    with pytest.raises(StaleEntry):
        refuse_stale(seen, Seen(BASE, ("submitted",)))


@given(notes)
def test_an_entry_comes_back_from_a_form_as_it_went_in(note):
    assert from_json(Note, as_json(note)) == note


# Differences word by word

texts = st.text(alphabet="ab ,\n<", max_size=30)


@given(before=texts, after=texts)
def test_the_pieces_of_a_changed_text_make_up_both_texts(before, after):
    pieces = word_changes(before, after)

    assert "".join(piece for kind, piece in pieces if kind != "ins") == before
    assert "".join(piece for kind, piece in pieces if kind != "del") == after


def test_a_changed_word_is_told_and_the_rest_stays():
    assert word_changes("kaksi keittiötä", "kolme keittiötä") == [
        ("del", "kaksi"),
        ("ins", "kolme"),
        ("same", " keittiötä"),
    ]


def test_a_little_word_between_two_changes_does_not_break_them_up():
    assert word_changes("äidit ja isät tulevat", "tytöt ja pojat tulevat") == [
        ("del", "äidit ja isät"),
        ("ins", "tytöt ja pojat"),
        ("same", " tulevat"),
    ]


@pytest.mark.parametrize("line", ["a ", "a\n", "a" * 500 + "\n"])
def test_long_texts_are_compared_within_a_moment(line):
    before, after = line * 200_000, line * 199_999 + "b"

    pieces = word_changes(before[:1_000_000], after[:1_000_000])

    assert "".join(piece for kind, piece in pieces if kind != "ins") == before[:1_000_000]
