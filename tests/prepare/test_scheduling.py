"""On which days a schedule is due, and what a wish for reports must say."""

from datetime import date

import pytest

from prepare import scheduling
from prepare.scheduling import Rhythm, RoundEntry, ScheduleEntry
from prepare.vocabulary import Confidentiality

NOVEMBER = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("rhythm", "day", "run_on", "due"),
    [
        (Rhythm.DAILY, 1, None, NOVEMBER),
        (Rhythm.DAILY, 1, date(2026, 11, 20), NOVEMBER),  # eight days missed: one run
        (Rhythm.DAILY, 1, NOVEMBER, None),
        (Rhythm.WEEKLY, 1, date(2026, 11, 16), date(2026, 11, 23)),
        (Rhythm.WEEKLY, 6, date(2026, 11, 1), NOVEMBER),  # three missed: one run
        (Rhythm.WEEKLY, 7, date(2026, 11, 22), None),
        (Rhythm.MONTHLY, 15, date(2026, 10, 15), date(2026, 11, 15)),
        (Rhythm.MONTHLY, 15, date(2026, 8, 15), date(2026, 11, 15)),  # three missed: one run
        (Rhythm.MONTHLY, 28, date(2026, 10, 28), NOVEMBER),
        (Rhythm.MONTHLY, 15, date(2026, 11, 15), None),
        (Rhythm.QUARTERLY, 2, date(2026, 7, 2), date(2026, 10, 2)),
        (Rhythm.QUARTERLY, 2, date(2026, 10, 2), None),
    ],
)
def test_a_schedule_is_due_once_however_many_days_were_missed(rhythm, day, run_on, due):
    assert scheduling.due(rhythm, day, since=date(2026, 1, 1), run_on=run_on, on=NOVEMBER) == due


def test_days_before_a_schedule_was_made_are_not_caught_up():
    assert scheduling.due(Rhythm.MONTHLY, 15, since=date(2026, 11, 16), run_on=None, on=NOVEMBER) is None
    assert scheduling.due(Rhythm.QUARTERLY, 2, since=date(2020, 1, 1), run_on=None, on=date(2026, 9, 30)) == date(
        2026, 7, 2
    )


def test_no_day_is_looked_for_beyond_the_longest_rhythm():
    assert scheduling.due(Rhythm.MONTHLY, 31, since=date(2020, 1, 1), run_on=None, on=date(2026, 6, 30)) == date(
        2026, 5, 31
    )
    assert scheduling.due(Rhythm.QUARTERLY, 30, since=date(2020, 1, 1), run_on=None, on=date(2026, 10, 29)) == date(
        2026, 7, 30
    )
    assert scheduling.due(Rhythm.QUARTERLY, 0, since=date(2020, 1, 1), run_on=None, on=NOVEMBER) is None


@pytest.mark.parametrize(
    ("rhythm", "following"),
    [
        (Rhythm.DAILY, date(2026, 11, 29)),
        (Rhythm.WEEKLY, date(2026, 12, 4)),
        (Rhythm.MONTHLY, date(2026, 12, 5)),
        (Rhythm.QUARTERLY, date(2027, 1, 5)),
    ],
)
def test_the_next_day_is_told(rhythm, following):
    assert scheduling.following(rhythm, 5, after=NOVEMBER) == following


def schedule(**more):
    values = {"name": "N", "kind": "k", "languages": ("fi",), "variant": Confidentiality.INTERNAL, "day": 1}
    return ScheduleEntry(**{**values, "rhythm": Rhythm.MONTHLY, "purpose": "Seuranta", **more})


def test_a_schedule_says_in_which_language_on_which_day_and_what_for():
    assert not scheduling.problems(schedule())
    assert not scheduling.problems(schedule(rhythm=Rhythm.DAILY, day=None))
    broken = scheduling.problems(schedule(languages=(), day=29, purpose=" "))
    assert [one.field for one in broken] == ["languages", "day", "purpose"]
    assert [one.field for one in scheduling.problems(schedule(day=None))] == ["day"]
    assert not scheduling.problems(schedule(rhythm=Rhythm.WEEKLY, day=7))
    assert [one.field for one in scheduling.problems(schedule(rhythm=Rhythm.WEEKLY, day=8))] == ["day"]


def test_a_round_says_in_which_language_and_what_for():
    entry = RoundEntry(organisation="CITY", languages=("fi",), variant=Confidentiality.PUBLIC, purpose="Kierros")
    assert not scheduling.round_problems(entry)
    bare = RoundEntry(organisation="CITY", languages=(), variant=Confidentiality.PUBLIC, purpose=None)
    assert [one.field for one in scheduling.round_problems(bare)] == ["languages", "purpose"]
