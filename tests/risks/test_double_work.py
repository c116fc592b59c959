"""Programmes and priorities that may do the same work: what is held to overlap, and what is not."""

from datetime import date

import pytest
from sqlalchemy import select

from prepare.db import db
from risks import areas, double_work
from risks.double_work import Work
from risks.models.programmes import Programme
from risks.vocabulary.safety import TargetGroup, Theme

LINES = areas.above(
    [areas.Place("east"), areas.Place("mall", "east"), areas.Place("centre"), areas.Place("station", "centre")]
)
YOUTH, ALL = TargetGroup.YOUTH, TargetGroup.ALL


def work(code, **fields):
    given = {"whole": code, "themes": (Theme.YOUTH,), "areas": ("east",), "target_groups": (YOUTH,), **fields}
    return Work(code=code, **given)


def pairs(*works):
    return [(pair.one.code, pair.other.code) for pair in double_work.overlaps(works, LINES)]


def test_the_same_theme_area_and_group_overlap_and_say_so():
    (pair,) = double_work.overlaps([work("B", who=frozenset("xy")), work("A", who=frozenset("yz"))], LINES)

    assert (pair.one.code, pair.other.code) == ("A", "B")
    assert (pair.themes, pair.areas, pair.target_groups, pair.who) == ((Theme.YOUTH,), ("east",), (YOUTH,), ("y",))
    assert not pair.is_wide


@pytest.mark.parametrize(
    ("fields", "meets"),
    [
        ({}, True),
        ({"themes": (Theme.TRAFFIC,)}, False),
        ({"themes": (Theme.TRAFFIC, Theme.YOUTH)}, True),
        ({"themes": ()}, False),  # nothing is known
        ({"target_groups": (TargetGroup.OLDER,)}, False),
        ({"target_groups": ()}, False),  # nothing is known
        ({"target_groups": (ALL,)}, True),
        ({"areas": ("centre",)}, False),
        ({"areas": ("mall",)}, True),  # it lies in the east
        ({"areas": ()}, True),  # the whole city meets every area
        ({"whole": "A"}, False),  # parts of one plan divide its work
    ],
)
def test_what_meets_a_work_for_the_young_in_the_east(fields, meets):
    assert bool(pairs(work("A"), work("B", **fields))) is meets


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        ((2025, 2027), (2027, 2029), True),
        ((2025, 2026), (2027, 2029), False),
        ((2027, 2029), (2025, 2026), False),
        ((None, 2026), (2026, None), True),
        ((None, None), (2025, 2026), True),
    ],
)
def test_only_what_is_done_at_the_same_time_is_done_twice(one, other, meets):
    timed = [
        work(code, begins=years[0] and date(years[0], 6, 1), ends=years[1] and date(years[1], 6, 1))
        for code, years in (("A", one), ("B", other))
    ]

    assert bool(pairs(*timed)) is meets


def test_an_overlap_only_in_the_large_is_told_as_such_and_comes_last():
    close, wide, everybody = work("B"), work("C", areas=()), work("D", target_groups=(ALL,))
    found = double_work.overlaps([work("A"), close, wide, everybody], LINES)

    told = {(pair.one.code, pair.other.code): pair for pair in found}
    assert not told["A", "B"].is_wide
    assert told["A", "C"].is_wide
    assert told["A", "C"].areas == ("east",)
    assert told["A", "D"].is_wide
    assert told["A", "D"].target_groups == (YOUTH,)
    assert [pair.is_wide for pair in found] == sorted(pair.is_wide for pair in found)


def test_two_works_of_the_whole_city_share_all_of_it():
    (pair,) = double_work.overlaps([work("A", areas=()), work("B", areas=())], LINES)

    assert (pair.areas, pair.is_wide) == ((), False)


def test_a_measure_that_both_count_as_theirs_is_told():
    both = [work(code, measures=frozenset({"M-11", code})) for code in "AB"]

    assert double_work.overlaps(both, LINES)[0].measures == ("M-11",)


def test_the_page_names_both_sides_and_who_should_meet(town, sign_in):
    page = sign_in("edu.contact").get("/safety/double-work").text

    assert "0 pairs" in page
    assert "Painopiste SP-01" in page  # it does not say for whom it is
    assert "SP-02" not in page


def test_the_demo_city_shows_that_youth_work_in_the_east_is_planned_thrice(demo, sign_in):
    browser = sign_in("central@merikaupunki.example")
    programme = db.session.scalars(select(Programme).where(Programme.code == "PR-01")).one()

    page = browser.get("/safety/double-work").text
    traffic = browser.get("/safety/double-work?theme=traffic").text

    assert page.count(f"/safety/programmes/{programme.ref}") >= 2
    assert f"/safety/programmes/{programme.ref}" not in traffic
    assert "M-11" in page
