"""Reminders: what is told, when again, and to whom; a digest, not a flood."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from prepare import reminding
from prepare.reminding import Gravity, Item, Post, Told
from prepare.vocabulary import Pace
from prepare.workload import Task, TaskKind

RETURNED, DECIDE, DUE, MISSING = TaskKind
TODAY = date(2026, 11, 30)


def days_ago(days):
    """A day before today."""
    return TODAY - timedelta(days=days)


def item(key, gravity=Gravity.SOON):
    """Something to be told of."""
    return Item(key, gravity, Task(key, "", f"/{key}", kind=DUE))


def told(*pairs):
    """What was told: (key, days ago, gravity)."""
    return {key: Told(days_ago(days), gravity) for key, days, gravity in pairs}


def chosen(items, before, *, pace=Pace.WEEKLY):
    """The keys of what is told today."""
    return [one.key for one in reminding.to_tell(items, before, pace=pace, on=TODAY)]


@pytest.mark.parametrize(
    ("kind", "due", "gravity"),
    [
        (RETURNED, None, Gravity.URGENT),
        (DECIDE, days_ago(400), Gravity.URGENT),
        (DUE, days_ago(1), Gravity.LATE),
        (DUE, TODAY, Gravity.SOON),
        (DUE, days_ago(-30), Gravity.SOON),
        (DUE, None, Gravity.LATE),
    ],
)
def test_a_thing_presses_by_its_kind_and_its_day(kind, due, gravity):
    found = reminding.item_of(Task("a", "", "/a?b=1#field", kind=kind, due=due), on=TODAY)

    assert (found.key, found.gravity) == (f"{kind.value} /a?b=1", gravity)


def test_what_is_missing_or_due_much_later_waits_until_the_person_looks():
    assert reminding.item_of(Task("a", "", "/a", kind=MISSING), on=TODAY) is None
    assert reminding.item_of(Task("a", "", "/a", kind=DUE, due=days_ago(-31)), on=TODAY) is None


def test_the_first_digest_tells_everything():
    assert chosen([item("a"), item("b", Gravity.URGENT)], {}) == ["a", "b"]


def test_nothing_is_told_again_before_seven_days():
    assert chosen([item("a")], told(("a", 6, Gravity.SOON))) == []
    assert chosen([item("a")], told(("a", 7, Gravity.SOON))) == ["a"]
    assert chosen([item("a", Gravity.URGENT)], told(("a", 6, Gravity.URGENT))) == []


def test_what_has_grown_worse_is_told_again_at_once():
    assert chosen([item("a", Gravity.LATE)], told(("a", 2, Gravity.SOON)), pace=Pace.DAILY) == ["a"]
    assert chosen([item("a", Gravity.URGENT)], told(("a", 2, Gravity.LATE))) == ["a"]
    assert chosen([item("a", Gravity.SOON)], told(("a", 2, Gravity.LATE)), pace=Pace.DAILY) == []


def test_between_weekly_digests_only_what_is_urgent_leaves():
    items = [item("new"), item("returned", Gravity.URGENT)]

    assert chosen(items, told(("other", 3, Gravity.LATE))) == ["returned"]
    assert chosen(items, told(("other", 7, Gravity.LATE))) == ["new", "returned"]
    assert chosen(items, told(("other", 3, Gravity.URGENT))) == ["new", "returned"]  # no digest has left yet
    assert chosen(items, told(("other", 3, Gravity.LATE)), pace=Pace.DAILY) == ["new", "returned"]


def test_one_letter_leaves_in_a_day_at_most():
    assert chosen([item("a", Gravity.URGENT)], told(("other", 0, Gravity.SOON)), pace=Pace.DAILY) == []


def test_who_wants_none_gets_none():
    assert chosen([item("a", Gravity.URGENT)], {}, pace=Pace.NONE) == []


CONTACT, DEPUTY, OTHER = 1, 2, 3
POSTS = {"/1/": Post(9, None, False), "/1/4/": Post(CONTACT, DEPUTY, False)}
KEPT = SimpleNamespace(owner_path="/1/4/7/")


def reaches(user, task, *, away=False):
    """Whether a person is told while the contact of /1/4/ is there, or away."""
    return reminding.is_told(user, task, {**POSTS, "/1/4/": Post(CONTACT, DEPUTY, away)})


def test_the_deputy_is_told_only_while_the_contact_is_away():
    late = Task("a", "", "/a", kind=DUE, about=KEPT)

    assert reaches(CONTACT, late)
    assert reaches(OTHER, late)
    assert not reaches(DEPUTY, late)
    assert reaches(DEPUTY, late, away=True)
    assert reaches(CONTACT, late, away=True)


def test_everybody_is_told_of_decisions_and_of_what_no_organisation_with_a_contact_keeps():
    assert reaches(DEPUTY, Task("a", "", "/a", kind=DECIDE, about=KEPT))
    assert reaches(DEPUTY, Task("a", "", "/a", kind=DUE, about=SimpleNamespace(owner_path="/2/")))
    assert reaches(DEPUTY, Task("a", "", "/a", kind=DUE))
