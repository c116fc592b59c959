"""Absence: which days can be told, and on which a person is away."""

from datetime import date

import pytest

from prepare import absence
from prepare.absence import Absence

FIRST, LAST = date(2026, 12, 21), date(2027, 1, 6)


def test_a_person_is_away_from_the_first_day_to_the_last():
    days = [date(2026, 12, 20), FIRST, date(2026, 12, 31), LAST, date(2027, 1, 7)]

    assert [absence.is_away(FIRST, LAST, on=day) for day in days] == [False, True, True, True, False]


def test_without_both_days_nobody_is_away():
    assert absence.of_person(FIRST, LAST) == Absence(FIRST, LAST)
    assert absence.of_person(None, LAST) is None
    assert not absence.is_away(FIRST, None, on=FIRST)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (None, None, []),
        (FIRST, LAST, []),
        (FIRST, FIRST, []),
        (FIRST, None, ["away_until"]),
        (None, LAST, ["away_from"]),
        (LAST, FIRST, ["away_until"]),
        (date(2026, 11, 2), date(2026, 11, 29), ["away_until"]),
        (date(2026, 11, 2), date(2026, 11, 30), []),
        (FIRST, date(2028, 1, 6), ["away_until"]),
    ],
)
def test_an_absence_has_two_days_in_their_order_that_have_not_passed(first, last, field):
    assert [rule.field for rule in absence.problems(first, last, on=date(2026, 11, 30))] == field
