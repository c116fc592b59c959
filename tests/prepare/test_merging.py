"""Two people edit one record at the same time."""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from prepare.merging import fingerprint, merge


@dataclass(frozen=True)
class Note:
    """A small entry."""

    title: str
    text: str | None = None
    codes: tuple[str, ...] = ()


BASE = Note("Tulva", "pumput", ("F-1",))
notes = st.builds(Note, st.text(max_size=3), st.none() | st.text(max_size=3), st.tuples(st.text(max_size=2)))


def test_what_only_one_changed_is_put_together():
    mine, theirs = replace(BASE, title="Meritulva"), replace(BASE, codes=("F-1", "F-2"))

    merged = merge(fingerprint(BASE), mine, theirs)

    assert merged.entry == Note("Meritulva", "pumput", ("F-1", "F-2"))
    assert (merged.clashes, merged.taken) == ((), ("codes",))


def test_what_both_changed_in_different_ways_clashes_and_stays_mine():
    mine, theirs = replace(BASE, text="venttiilit"), replace(BASE, text="sähkö")

    merged = merge(fingerprint(BASE), mine, theirs)

    assert merged.entry.text == "venttiilit"
    assert merged.clashes == ("text",)


def test_the_same_change_twice_is_no_clash():
    both = replace(BASE, text=None)

    assert merge(fingerprint(BASE), both, both).clashes == ()


def test_a_fingerprint_that_was_tampered_with_makes_every_difference_a_clash():
    merged = merge("nonsense", replace(BASE, title="Meritulva"), replace(BASE, text="sähkö"))

    assert merged.clashes == ("title", "text")
    assert merged.entry == replace(BASE, title="Meritulva")


@given(base=notes, mine=notes, theirs=notes)
def test_no_change_of_mine_is_lost_and_none_of_theirs_without_a_clash(base, mine, theirs):
    merged = merge(fingerprint(base), mine, theirs)

    for name in ("title", "text", "codes"):
        old, my, their, now = (getattr(entry, name) for entry in (base, mine, theirs, merged.entry))
        assert now == my or my == old
        assert now == their or their == old or name in merged.clashes


@given(one=notes, other=notes)
def test_a_fingerprint_tells_whether_an_entry_is_still_the_same(one, other):
    assert (fingerprint(one) == fingerprint(other)) is (one == other)
