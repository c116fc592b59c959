"""Classes, bands and impacts: E1-E3 and the class that a time suggests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepare.criticality import (
    BANDS,
    band_of,
    falls,
    impact_problems,
    intolerable_band,
    intolerable_first,
    mtpd_problems,
    proposal,
    suggested,
    suggested_by,
    time_problems,
)
from prepare.texts import speaking
from prepare.vocabulary import Criticality, ImpactCategory

LIFE, TRUST = ImpactCategory.LIFE, ImpactCategory.TRUST
CALM = (1, 1, 1, 2, 2, 3, 3)
rising = st.lists(st.integers(1, 5), min_size=7, max_size=7).map(sorted)


@pytest.mark.parametrize(
    ("duration_h", "code"),
    [
        (0, "T1"),
        (0.5, "T1"),
        (1, "T1"),
        (1.01, "T2"),
        (4, "T2"),
        (24, "T3"),
        (24.1, "T4"),
        (72, "T4"),
        (168, "T5"),
        (720, "T6"),
        (720.5, "T7"),
        (99999, "T7"),
    ],
)
def test_a_duration_lies_in_the_band_that_ends_with_it(duration_h, code):
    assert band_of(duration_h).code == code


@given(st.floats(0, 1e6))
def test_every_duration_lies_in_exactly_one_band(duration_h):
    band = band_of(duration_h)

    others = [b for b in BANDS if b.lo < duration_h and (b.hi is None or duration_h <= b.hi)]

    assert others in ([band], [])
    assert others or duration_h == 0


def test_the_bands_follow_each_other_without_a_gap():
    assert [band.hi for band in BANDS[:-1]] == [band.lo for band in BANDS[1:]]
    assert BANDS[0].lo == 0
    assert BANDS[-1].hi is None


@pytest.mark.parametrize(
    ("mtpd_h", "expected"),
    [(None, None), (0.1, "K1"), (24, "K1"), (24.01, "K2"), (72, "K2"), (72.1, "K3"), (168, "K3"), (168.5, "K4")],
)
def test_the_class_is_suggested_from_the_mtpd(mtpd_h, expected):
    assert suggested(mtpd_h) == expected


@given(st.floats(0.1, 10_000), st.floats(0.1, 10_000))
def test_a_longer_mtpd_never_suggests_a_graver_class(one, other):
    shorter, longer = sorted((one, other))

    assert list(Criticality).index(suggested(shorter)) <= list(Criticality).index(suggested(longer))


@pytest.mark.parametrize(("rto_h", "mtpd_h"), [(None, None), (5, None), (None, 5), (5, 5), (0, 5), (4.9, 5)])
def test_an_objective_within_the_mtpd_or_an_unknown_one_breaks_no_rule(rto_h, mtpd_h):
    assert time_problems(rto_h, mtpd_h) == []


def test_e1_an_objective_longer_than_the_mtpd_is_refused_at_its_field():
    (problem,) = time_problems(9, 8)

    assert problem.field == "rto_h"
    with speaking("en"):
        assert problem.text() == "The recovery time objective (RTO) 9 h is longer than the MTPD 8 h. Shorten the RTO."
    with speaking("fi"):
        assert "9 h" in problem.text()
        assert "MTPD" in problem.text()


@given(rising)
def test_e2_impacts_that_rise_or_stay_break_no_rule(steps):
    assert impact_problems({LIFE: steps}) == []


@given(rising, st.integers(1, 6))
def test_e2_an_impact_that_falls_is_refused_in_its_category(steps, place):
    if steps[place - 1] == 1:
        steps = [step + 1 if step < 5 else step for step in steps]
    fallen = [*steps[:place], steps[place - 1] - 1, *steps[place + 1 :]]

    (problem,) = impact_problems({TRUST: CALM, LIFE: fallen})

    assert problem.field == f"LIFE-T{place + 1}"


def test_e2_the_message_names_the_band_in_which_the_impact_falls():
    with speaking("en"):
        (problem,) = impact_problems({LIFE: (1, 2, 3, 2, 3, 3, 3)})

        assert problem.text().startswith("Life and health: the impact falls from 3 (4–24 h) to 2 (1–3 d), but")
        assert problem.field == "LIFE-T4"


def test_a_fall_is_seen_across_cells_that_are_still_empty():
    (problem,) = falls({LIFE: (1, 3, 0, 0, 2, 0, 0), TRUST: (0, 0, 1, 0, 2, 0, 0)})

    assert problem.field == "LIFE-T5"


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        ((), 1),
        ((1,) * 6, 7),
        ((1,) * 8, 7),
        ((0, 1, 1, 1, 1, 1, 1), 1),
        ((1, 1, 1, 0, 1, 0, 1), 4),
        ((1,) * 6 + (6,), 7),
    ],
)
def test_e2_every_band_needs_a_step_from_one_to_five(steps, place):
    (problem,) = impact_problems({LIFE: steps})

    assert problem.field == f"LIFE-T{place}"


def test_every_category_that_breaks_e2_is_told():
    problems = impact_problems({LIFE: (2, 1, 1, 1, 1, 1, 1), ImpactCategory.ECON: CALM, TRUST: (0,) * 7})

    assert {problem.field for problem in problems} == {"LIFE-T2", "TRUST-T1"}


def test_the_intolerable_band_is_the_first_in_any_category():
    impacts = {LIFE: (1, 1, 1, 1, 4, 4, 4), TRUST: (1, 1, 1, 4, 4, 4, 5), ImpactCategory.ENV: CALM}

    assert intolerable_band(impacts).code == "T4"
    assert intolerable_band({ImpactCategory.ENV: CALM}) is None
    assert intolerable_band({}) is None


@pytest.mark.parametrize(("mtpd_h", "holds"), [(4, False), (4.5, True), (24, True), (24.5, False), (None, True)])
def test_e3_the_mtpd_lies_in_the_first_intolerable_band(mtpd_h, holds):
    impacts = {LIFE: (1, 2, 4, 4, 5, 5, 5), TRUST: CALM}

    problems = mtpd_problems(impacts, mtpd_h, Criticality.K1)

    assert len(problems) == (0 if holds else 1)


@pytest.mark.parametrize(("mtpd_h", "cell_of", "mend"), [(4, "LIFE-T2", "Raise"), (48, "LIFE-T3", "Lower")])
def test_e3_names_the_cell_that_contradicts_the_mtpd_and_how_to_mend_it(mtpd_h, cell_of, mend):
    impacts = {TRUST: CALM, LIFE: (1, 2, 4, 4, 5, 5, 5)}

    with speaking("en"):
        (problem,) = mtpd_problems(impacts, mtpd_h, Criticality.K1)

        assert problem.field == cell_of
        assert problem.text().startswith("Life and health: intolerable (4)")
        assert f" {mend} " in problem.text()


#: Worked out by hand: MTPD → the steps of the worst category, and of every other.
PROPOSALS = [
    (0.5, (4, 5, 5, 5, 5, 5, 5), (3, 4, 4, 4, 4, 4, 4)),
    (4, (3, 4, 5, 5, 5, 5, 5), (2, 3, 4, 4, 4, 4, 4)),
    (24, (2, 3, 4, 5, 5, 5, 5), (1, 2, 3, 4, 4, 4, 4)),
    (72, (1, 2, 3, 4, 5, 5, 5), (1, 1, 2, 3, 4, 4, 4)),
    (168, (1, 1, 2, 3, 4, 5, 5), (1, 1, 1, 2, 3, 4, 4)),
    (1000, (1, 1, 1, 1, 2, 3, 4), (1, 1, 1, 1, 1, 2, 3)),
]


@pytest.mark.parametrize(("mtpd_h", "worst", "others"), PROPOSALS)
def test_a_grid_is_proposed_from_the_mtpd_and_the_worst_category(mtpd_h, worst, others):
    grid = proposal(ImpactCategory.ECON, mtpd_h)

    assert list(grid) == list(ImpactCategory)
    assert grid.pop(ImpactCategory.ECON) == worst
    assert set(grid.values()) == {others}


@given(st.sampled_from(ImpactCategory), st.floats(0.001, 20_000))
def test_a_proposal_breaks_no_rule_and_suggests_the_class_of_its_mtpd(worst, mtpd_h):
    grid = proposal(worst, mtpd_h)

    assert impact_problems(grid) == []
    assert mtpd_problems(grid, mtpd_h, suggested(mtpd_h)) == []
    assert intolerable_first(grid) == [worst]
    assert suggested_by(grid) == suggested(mtpd_h)


@pytest.mark.parametrize(
    ("place", "expected"), [(0, "K1"), (2, "K1"), (3, "K2"), (4, "K3"), (5, "K4"), (6, "K4"), (7, "K4")]
)
def test_the_grid_suggests_the_class_of_its_first_intolerable_band(place, expected):
    steps = tuple(4 if band >= place else 1 for band in range(7))

    assert suggested_by({TRUST: CALM, LIFE: steps}) == expected
    assert suggested_by({}) is None


@pytest.mark.parametrize(
    ("criticality", "holds"), [(None, True), (Criticality.K4, True), (Criticality.K3, False), (Criticality.K1, False)]
)
def test_e3_without_an_intolerable_impact_the_class_is_k4(criticality, holds):
    problems = mtpd_problems({LIFE: CALM}, 12, criticality)

    assert [problem.field for problem in problems] == ([] if holds else ["criticality"])


def test_e3_asks_nothing_while_there_are_no_impacts():
    assert mtpd_problems({}, 12, Criticality.K1) == []
