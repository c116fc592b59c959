"""Counting in months."""

from datetime import date

import pytest

from prepare.months import months_after


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 21), 3, date(2027, 2, 21)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),  # February has no 31st
        (date(2028, 1, 31), 1, date(2028, 2, 29)),  # and a 29th in a leap year
        (date(2028, 2, 29), -24, date(2026, 2, 28)),
        (date(2026, 11, 21), -24, date(2024, 11, 21)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, expected):
    assert months_after(day, months) == expected


def test_there_is_no_day_before_the_first_year():
    with pytest.raises(ValueError, match="year"):
        months_after(date(1, 1, 31), -1)
