"""What waits for a person: its order, how it is cut to a page, and how many minutes it takes."""

from datetime import date

import pytest

from prepare import workload
from prepare.registration import IMPACTS_GAP, Gap
from prepare.texts import speaking
from prepare.workload import DECIDING, SHOWN, WORKING, Task, TaskKind

RETURNED, DECIDE, DUE, MISSING = TaskKind
MONDAY = date(2026, 11, 30)


def task(name, kind=MISSING, **more):
    """A task that is told apart by its name."""
    return Task(name, "", f"/{name}", kind=kind, **more)


def names(group):
    """What a group shows, in its order."""
    return [one.text for one in group.tasks]


def test_what_came_back_presses_most_and_what_is_missing_least():
    assert [kind.rank for kind in (RETURNED, DECIDE, DUE, MISSING)] == [0, 1, 2, 3]


def test_tasks_stand_by_kind_and_a_kind_without_tasks_is_left_out():
    found = workload.grouped([task("a"), task("b", DUE), task("c", RETURNED), task("d")])

    assert [(group.kind, names(group)) for group in found] == [(RETURNED, ["c"]), (DUE, ["b"]), (MISSING, ["a", "d"])]


def test_those_who_decide_see_first_what_waits_for_their_decision():
    tasks = [task("a", RETURNED), task("b", DECIDE)]

    assert [group.kind for group in workload.grouped(tasks, kinds=WORKING)] == [RETURNED, DECIDE]
    assert [group.kind for group in workload.grouped(tasks, kinds=DECIDING)] == [DECIDE, RETURNED]


def test_the_earliest_day_comes_first_and_what_has_no_day_keeps_its_place_after_it():
    days = {"late": date(2026, 11, 1), "soon": date(2026, 12, 24), None: None}
    tasks = [
        task("undated", DUE),
        task("soon", DUE, due=days["soon"]),
        task("late", DUE, due=days["late"]),
        task("last", DUE),
        task("waits", DUE, since=date(2026, 11, 15)),
    ]

    (group,) = workload.grouped(tasks)

    assert names(group) == ["late", "waits", "soon", "undated", "last"]


def test_the_same_thing_is_shown_once():
    (group,) = workload.grouped([task("a"), task("a"), task("a", minutes=5)])

    assert (names(group), group.total) == (["a"], 1)


@pytest.mark.parametrize(("count", "shown"), [(5, 5), (6, 6), (7, SHOWN), (90, SHOWN)])
def test_a_kind_shows_its_first_five_unless_only_one_would_be_hidden(count, shown):
    (group,) = workload.grouped([task(f"{number:03}", minutes=2) for number in range(count)])

    assert len(group.tasks) == shown
    assert (group.total, group.hidden, group.minutes) == (count, count - shown, 2 * count)


def test_all_of_a_kind_are_shown_when_they_are_asked_for_up_to_what_a_page_holds():
    many = [task(f"{number:03}", kind) for kind in (DUE, MISSING) for number in range(300)]

    due, missing = workload.grouped(many, whole=DUE)

    assert (len(due.tasks), due.hidden) == (200, 100)
    assert len(missing.tasks) == SHOWN


def test_a_task_is_late_on_the_day_after_its_day():
    one = task("a", DUE, due=MONDAY)

    assert not one.is_late(on=MONDAY)
    assert one.is_late(on=date(2026, 12, 1))
    assert not task("a", DUE).is_late(on=MONDAY)


@pytest.mark.parametrize(
    ("gap", "minutes"),
    [
        (Gap("mtpd_h", "", ""), 10),
        (Gap("owner_role", "", ""), 2),
        (IMPACTS_GAP, 20),
        (Gap(None, "", "", page="dependencies.add_need"), 30),
        (Gap(None, "", "", page="some.other_page"), 2),
    ],
)
def test_a_fact_that_others_must_be_asked_for_takes_longer(gap, minutes):
    assert workload.minutes_for(gap) == minutes


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(2, "2 min"), (9, "9 min"), (11, "15 min"), (60, "1 h"), (58, "1 h"), (156, "2 h 40 min"), (600, "10 h")],
)
def test_a_length_of_work_is_told_in_steps_of_five_minutes(minutes, told):
    with speaking("en"):
        assert workload.in_words(minutes) == told


def test_minutes_that_nobody_knows_count_as_none():
    assert workload.total_minutes([task("a", minutes=10), task("b"), task("c", minutes=5)]) == 15
