"""The risk matrix: where an assessment lands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepare import texts
from prepare.errors import RuleBroken
from risks import matrix
from risks.matrix import Level

steps = st.sampled_from(list(matrix.STEPS))


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
    assert matrix.level(likelihood, impact) is expected


@given(likelihood=steps)
def test_a_very_serious_impact_is_at_least_significant_unless_very_unlikely(likelihood):
    level = matrix.level(likelihood, 5)

    assert (level >= Level.SIGNIFICANT) is (likelihood >= 2)


@given(likelihood=steps, impact=steps)
def test_a_level_never_falls_when_a_step_rises(likelihood, impact):
    here = matrix.level(likelihood, impact)

    assert all(matrix.level(likelihood, more) >= here for more in matrix.STEPS if more > impact)
    assert all(matrix.level(more, impact) >= here for more in matrix.STEPS if more > likelihood)


@pytest.mark.parametrize(
    ("likelihood", "impact", "field"), [(0, 3, "likelihood"), (6, 3, "likelihood"), (3, 0, "impact"), (3, 6, "impact")]
)
def test_a_step_outside_1_to_5_names_its_field(likelihood, impact, field):
    with pytest.raises(RuleBroken) as broken:
        matrix.level(likelihood, impact)

    assert broken.value.field == field


def test_an_unknown_step_gives_an_unknown_level():
    assert matrix.level_of(None, 4) is None
    assert matrix.level_of(3, None) is None
    assert matrix.score_of(None, None) is None


def test_the_cells_of_all_levels_make_up_the_whole_matrix_once():
    cells = [cell for level in Level for cell in matrix.cells_of(level)]

    assert len(cells) == len(set(cells)) == 25
    assert matrix.cells_of(Level.SIGNIFICANT) == {(2, 5), (5, 2), (3, 4), (4, 3)}


def test_levels_and_steps_speak_the_language_of_the_page():
    with texts.speaking("fi"):
        assert (Level.SIGNIFICANT.label, matrix.impact_label(5)) == ("Merkittävä", "Erittäin vakava")
    with texts.speaking("sv"):
        assert matrix.likelihood_label(3) == "Möjlig (1/30–1/10 a)"
