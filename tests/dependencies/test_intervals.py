"""Sets of minutes, held against the same sets written out minute by minute."""

from hypothesis import given
from hypothesis import strategies as st

from dependencies.intervals import at_least, before, endured, union, without

minutes = st.sets(st.integers(0, 30))


def intervals(chosen):
    starts = [minute for minute in sorted(chosen) if minute - 1 not in chosen]
    ends = [minute + 1 for minute in sorted(chosen) if minute + 1 not in chosen]
    return list(zip(starts, ends, strict=True))


@given(st.lists(minutes, max_size=4), st.integers(1, 4))
def test_at_least_counts_in_how_many_sets_a_minute_lies(sets, count):
    expected = {minute for minute in range(31) if sum(minute in chosen for chosen in sets) >= count}

    assert at_least([intervals(chosen) for chosen in sets], count) == intervals(expected)


@given(st.lists(minutes, max_size=4))
def test_union_is_in_any_set(sets):
    assert union([intervals(chosen) for chosen in sets]) == intervals(set().union(*sets))


@given(minutes, minutes)
def test_without_takes_the_other_set_out(one, other):
    assert without(intervals(one), intervals(other)) == intervals(one - other)


@given(minutes, st.integers(0, 5))
def test_endured_leaves_minutes_before_which_the_whole_tolerance_lies_in_the_set(chosen, tolerance):
    expected = {m for m in chosen if all(m - back in chosen for back in range(tolerance + 1))}

    assert endured(intervals(chosen), tolerance) == intervals(expected)


@given(minutes, st.integers(0, 31))
def test_before_cuts_at_the_limit(chosen, limit):
    assert before(intervals(chosen), limit) == intervals({minute for minute in chosen if minute < limit})
