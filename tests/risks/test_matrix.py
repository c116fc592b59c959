"""The risk matrix: where an assessment lands, on the city's scale and on scales of other shapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepare import texts
from prepare.errors import RuleBroken
from risks import matrix
from risks.matrix import DEFAULT, Level, Scale, Step

steps = st.sampled_from(list(DEFAULT.likelihood_steps))


def scale(rows, columns, moderate, significant, critical, guard_from=None):
    """A scale of so many steps of likelihood and impact, named by their numbers."""
    named = [tuple(Step(name_fi=str(n + 1)) for n in range(count)) for count in (rows, columns)]
    levels = {"moderate": moderate, "significant": significant, "critical": critical, "guard_from": guard_from}
    return Scale(likelihoods=named[0], impacts=named[1], **levels)


@pytest.mark.parametrize(
    ("likelihood", "impact", "expected"),
    [
        (1, 1, Level.LOW),
        (2, 2, Level.LOW),  # 4
        (4, 1, Level.LOW),  # 4
        (1, 5, Level.MODERATE),  # 5: the guard asks for likelihood 2
        (5, 1, Level.MODERATE),  # 5
        (3, 3, Level.MODERATE),  # 9
        (2, 4, Level.MODERATE),  # 8
        (2, 5, Level.SIGNIFICANT),  # 10
        (3, 4, Level.SIGNIFICANT),  # 12
        (3, 5, Level.CRITICAL),  # 15
        (4, 4, Level.CRITICAL),  # 16
        (5, 5, Level.CRITICAL),  # 25
    ],
)
def test_the_score_is_cut_at_5_10_and_15(likelihood, impact, expected):
    assert DEFAULT.level(likelihood, impact) is expected


@given(likelihood=steps)
def test_a_very_serious_impact_is_at_least_significant_unless_very_unlikely(likelihood):
    assert (DEFAULT.level(likelihood, 5) >= Level.SIGNIFICANT) is (likelihood >= 2)


@given(
    rows=st.integers(2, 7),
    columns=st.integers(2, 7),
    cuts=st.lists(st.integers(2, 49), min_size=3, max_size=3).map(sorted),
    guard=st.none() | st.integers(1, 7),
)
def test_a_level_never_falls_when_a_step_rises_on_whatever_scale(rows, columns, cuts, guard):
    shape = scale(rows, columns, *cuts, guard)
    levels = {(one, other): level for one, other, level in shape.cells()}

    assert len(levels) == rows * columns
    for (one, other), level in levels.items():
        assert all(levels[one, more] >= level for more in shape.impact_steps if more > other)
        assert all(levels[more, other] >= level for more in shape.likelihood_steps if more > one)


#: Levels row by row, the least likely first, by hand from the products and cuts.
SHAPES = {
    "3 x 3 cut at 2, 4, 9": (scale(3, 3, 2, 4, 9), ["122", "233", "234"]),
    "5 x 3 cut at 4, 8, 12": (scale(5, 3, 4, 8, 12), ["111", "122", "123", "234", "234"]),
    "6 x 6 cut at 6, 12, 24 with a guard from 1": (
        scale(6, 6, 6, 12, 24, 1),
        ["111113", "112223", "122333", "123334", "123344", "233444"],
    ),
}


@pytest.mark.parametrize(("shape", "rows"), SHAPES.values(), ids=SHAPES)
def test_a_matrix_of_another_shape_has_the_levels_of_its_own_cuts(shape, rows):
    found = [
        "".join(str(int(shape.level(one, other))) for other in shape.impact_steps) for one in shape.likelihood_steps
    ]

    assert found == rows


@pytest.mark.parametrize(
    ("likelihood", "impact", "field"), [(0, 3, "likelihood"), (6, 3, "likelihood"), (3, 0, "impact"), (3, 6, "impact")]
)
def test_a_step_outside_the_scale_names_its_field(likelihood, impact, field):
    with pytest.raises(RuleBroken) as broken:
        DEFAULT.level(likelihood, impact)

    assert broken.value.field == field
    with texts.speaking("en"):
        assert broken.value.text() == "A step runs from 1 to 5."


def test_an_unknown_step_gives_an_unknown_level():
    assert DEFAULT.level_of(None, 4) is None
    assert DEFAULT.level_of(3, None) is None
    assert DEFAULT.level_of(3, 4) is Level.SIGNIFICANT
    assert matrix.score_of(None, None) is None


def test_the_scores_of_a_level_run_up_to_the_next_one():
    assert DEFAULT.ranges() == {
        Level.LOW: (1, 4),
        Level.MODERATE: (5, 9),
        Level.SIGNIFICANT: (10, 14),
        Level.CRITICAL: (15, 25),
    }
    assert scale(3, 3, 3, 3, 6).ranges() == {Level.LOW: (1, 2), Level.SIGNIFICANT: (3, 5), Level.CRITICAL: (6, 9)}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (5, 3, [1, 2, 2, 3, 3]),
        (3, 5, [1, 3, 5]),
        (5, 6, [1, 2, 4, 5, 6]),  # 3 lies half way between 3 and 4: up
        (5, 5, [1, 2, 3, 4, 5]),
        (2, 7, [1, 7]),
    ],
)
def test_a_step_moves_in_proportion_and_the_ends_stay_the_ends(old, new, expected):
    assert [matrix.moved(step, old, new) for step in range(1, old + 1)] == expected
    assert matrix.moved(None, old, new) is None


def test_levels_and_steps_speak_the_language_of_the_page():
    with texts.speaking("fi"):
        assert (Level.SIGNIFICANT.label, DEFAULT.impact_label(5)) == ("Merkittävä", "Erittäin vakava")
    with texts.speaking("sv"):
        assert DEFAULT.likelihood_label(3) == "Möjlig (1/30–1/10 a)"
        assert [step.frequency for step in DEFAULT.likelihoods] == [
            "< 1/100 a",
            "1/100–1/30 a",
            "1/30–1/10 a",
            "1/10–1 a",
            "≥ 1 a",
        ]
        assert (
            Step(name_fi="Usein", name_sv="Ofta", meaning_sv="Varje månad", commonest_years=0.25).told == "Ofta (< 4 a)"
        )
        assert Step(name_fi="Usein", meaning_sv="Varje månad").meaning == "Varje månad"


def test_a_step_beyond_a_scale_that_has_grown_shorter_is_told_as_the_last():
    assert scale(3, 3, 2, 4, 9).impact_label(5) == "3"
