"""When a body meets next, and when it has missed a meeting (W16)."""

from datetime import date

import pytest

from risks import cadence

APRIL = date(2026, 4, 28)


def test_a_body_meets_an_interval_after_its_last_meeting_and_before_that_after_its_appointment():
    assert cadence.due_on(6, APRIL, date(2020, 1, 1)) == date(2026, 10, 28)
    assert cadence.due_on(6, None, date(2026, 1, 31)) == date(2026, 7, 31)


def test_a_body_that_is_called_or_of_which_nothing_is_known_has_no_day():
    assert cadence.due_on(None, APRIL, None) is None
    assert cadence.due_on(6, None, None) is None


@pytest.mark.parametrize(
    ("on", "failed_on", "missed"),
    [
        (date(2026, 10, 28), None, False),  # due today
        (date(2026, 11, 28), None, False),  # the last day of the month of grace
        (date(2026, 11, 29), None, True),
        (date(2026, 10, 28), date(2026, 10, 1), False),  # called once in vain, but still in time
        (date(2026, 10, 29), date(2026, 10, 28), True),  # called, not held: no month of grace
        (date(2026, 10, 29), date(2026, 4, 1), False),  # that was before the last held meeting
    ],
)
def test_a_meeting_is_missed_after_the_interval_and_a_month(on, failed_on, missed):
    assert cadence.is_missed(6, APRIL, None, on=on, failed_on=failed_on) is missed


def test_a_body_on_call_misses_nothing_and_one_of_which_nothing_is_known_has_missed():
    assert cadence.is_missed(None, None, None, on=APRIL, failed_on=None) is False
    assert cadence.is_missed(12, None, None, on=APRIL, failed_on=None) is True
    assert cadence.is_missed(12, None, date(2025, 1, 1), on=APRIL, failed_on=date(2026, 4, 1)) is True


def test_further_meetings_fall_due_after_the_last_one_that_is_planned():
    found = cadence.expected(
        6, date(2026, 5, 1), [date(2026, 1, 1), date(2026, 6, 1)], on=APRIL, until=date(2027, 7, 1)
    )

    assert found == [date(2026, 12, 1), date(2027, 6, 1)]


def test_without_a_planned_meeting_the_next_falls_due_in_time_or_at_once():
    assert cadence.expected(12, date(2026, 5, 1), [], on=APRIL, until=date(2026, 12, 1)) == [date(2026, 5, 1)]
    assert cadence.expected(12, date(2025, 5, 1), [], on=APRIL, until=date(2026, 12, 1)) == [APRIL]
    assert cadence.expected(None, None, [], on=APRIL, until=date(2027, 1, 1)) == []


def test_a_calendar_begins_with_the_first_of_the_month_and_goes_over_the_turn_of_the_year():
    assert cadence.months_from(date(2026, 11, 21), 3) == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
