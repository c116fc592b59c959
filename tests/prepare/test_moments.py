"""A moment as people type it."""

from datetime import UTC, datetime

import pytest

from continuity.entries.situations import SituationEntry
from prepare import stored
from prepare.clock import at, today
from prepare.forms.differences import in_words
from prepare.forms.moments import When
from prepare.texts import speaking

WINTER = datetime(2026, 12, 31, 12, 30, tzinfo=UTC)


@pytest.fixture
def field():
    """A field whose reading is asked, without a form around it."""
    return object.__new__(When)


@pytest.mark.parametrize("text", ["31.12.2026 14.30", "31.12.2026 14:30", "2026-12-31 klo 14.30"])
def test_a_day_and_a_time_are_those_of_finland(field, text):
    assert field.read(text) == WINTER


def test_a_time_alone_is_one_of_today(field):
    assert field.read("9.05") == at(today(), 9, 5)


@pytest.mark.parametrize("text", ["31.12.2026", "24.00", "9.60", "31.13.2026 9.00", "9", "x"])
def test_what_is_no_moment_is_told_so(field, text):
    with pytest.raises(ValueError, match=r"14\.30|31\.12\.2026"), speaking("en"):
        field.read(text)


def test_a_moment_is_told_and_kept_with_its_time():
    with speaking("fi"):
        assert in_words("began_at", WINTER) == "31.12.2026 14.30"
    entry = SituationEntry(title="x", began_at=WINTER)
    assert stored.from_json(SituationEntry, stored.as_json(entry)) == entry
