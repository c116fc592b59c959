"""What the cascade of a scenario does by the impact analyses, beside what a risk was assessed at."""

import pytest

from dependencies import consequences
from dependencies.consequences import Consequence
from prepare.vocabulary import ImpactCategory

LIFE, ECON = ImpactCategory.LIFE, ImpactCategory.ECON
#: Bands: up to 1, 4, 24, 72, 168, 720 hours, and beyond.
WARD = {LIFE: (1, 2, 4, 5, 5, 5, 5), ECON: (1, 1, 2, 2, 3, 3, 3)}
KITCHEN = {ECON: (1, 1, 3, 4, 4, 4, 4)}


def test_the_gravest_impact_of_the_outages_is_told_with_its_function_and_category():
    found = consequences.consequence({1: 10.0, 2: 70.0}, {1: WARD, 2: KITCHEN})

    assert found == Consequence(4, 2, ECON, 70.0, 2, 0)  # both reach 4: the longer outage is told


def test_an_outage_just_at_the_end_of_a_band_lies_in_it():
    assert consequences.consequence({1: 24.0}, {1: WARD}).step == 4
    assert consequences.consequence({1: 24.5}, {1: WARD}).step == 5


def test_of_alike_outages_the_first_function_is_told():
    assert consequences.consequence({7: 10.0, 3: 10.0}, {7: WARD, 3: WARD}).function == 3


def test_a_function_without_an_impact_analysis_is_counted_as_unknown_never_as_harmless():
    assert consequences.consequence({1: 10.0, 2: 5.0}, {1: WARD, 2: {LIFE: (0,) * 7}}) == Consequence(
        4, 1, LIFE, 10.0, 2, 1
    )
    assert consequences.consequence({2: 5.0}, {}) == Consequence(None, out=1, unknown=1)
    assert consequences.consequence({}, {1: WARD}) == Consequence(None)


@pytest.mark.parametrize(
    ("assessed", "computed", "differs"),
    [(3, 4, True), (4, 4, False), (5, 4, False), (5, 3, True), (None, 4, False), (4, None, False)],
)
def test_a_graver_cascade_or_a_much_graver_assessment_wants_a_second_look(assessed, computed, differs):
    assert consequences.differs(assessed, computed) is differs


def test_a_step_of_the_impact_analysis_is_told_on_the_risk_scale_in_force():
    assert [consequences.on_scale(step, 5) for step in range(1, 6)] == [1, 2, 3, 4, 5]
    assert [consequences.on_scale(step, 3) for step in range(1, 6)] == [1, 2, 2, 3, 3]
