"""What a risk scale must satisfy, and how risks move from one scale to another."""

from dataclasses import replace

import pytest

from prepare.texts import LANGUAGES, speaking
from risks import scaling
from risks.entries.scales import of_scale
from risks.matrix import DEFAULT, Level, Step

ENTRY = of_scale(DEFAULT)
THREE = replace(
    ENTRY, likelihoods=ENTRY.likelihoods[1:4], impacts=ENTRY.impacts[:3], moderate=3, significant=4, critical=9
)


def fields(entry):
    return [problem.field for problem in scaling.problems(entry)]


def test_the_scale_of_the_product_breaks_no_rule_and_has_its_names_in_every_language():
    assert fields(ENTRY) == []
    assert (ENTRY.impacts[4].name_fi, ENTRY.impacts[4].name_sv) == ("Erittäin vakava", "Mycket allvarlig")
    for language in LANGUAGES:
        with speaking(language):
            assert of_scale(DEFAULT) == ENTRY


def test_a_scale_read_from_an_entry_is_that_scale():
    scale = scaling.scale_of(THREE)

    assert of_scale(scale) == THREE
    assert scale.level(3, 3) is Level.CRITICAL
    assert scale.level(2, 2) is Level.SIGNIFICANT


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"impacts": ENTRY.impacts[:1], "moderate": 2, "significant": 3, "critical": 5}, ["impacts"]),
        ({"likelihoods": ENTRY.likelihoods[:1] * 8}, ["likelihoods"]),
        ({"impacts": (*ENTRY.impacts[:2], Step(name_fi=" "), *ENTRY.impacts[3:])}, ["impacts-2-name_fi"]),
        ({"moderate": None}, ["moderate"]),
        ({"moderate": 1}, ["moderate"]),
        ({"critical": 26}, ["critical"]),
        ({"moderate": 12}, ["significant"]),  # 10 lies below
        ({"guard_from": 0}, ["guard_from"]),
        ({"guard_from": 6}, ["guard_from"]),
        ({"guard_from": None}, []),
    ],
)
def test_a_broken_rule_is_told_at_its_field(changes, wrong):
    assert fields(replace(ENTRY, **changes)) == wrong


@pytest.mark.parametrize(
    ("place", "years", "wrong"),
    [
        (1, {"rarest_years": 30, "commonest_years": 30}, ["likelihoods-1-commonest_years"]),
        (2, {"rarest_years": 40}, ["likelihoods-2-rarest_years"]),  # the step below ends at 30
        (2, {"rarest_years": None, "commonest_years": None}, []),
    ],
)
def test_a_higher_step_of_likelihood_comes_more_often(place, years, wrong):
    steps = list(ENTRY.likelihoods)
    steps[place] = replace(steps[place], **years)

    assert fields(replace(ENTRY, likelihoods=tuple(steps))) == wrong


def test_risks_go_from_level_to_level_with_the_cells_that_they_stand_in():
    small = scaling.scale_of(THREE)

    # 3 × 5 of 5 × 5 is 2 × 3 of 3 × 3: 6, from critical to significant; 1 × 1 stays low
    assert scaling.carried((3, 5), DEFAULT, small) == (2, 3)
    assert scaling.shifts({(3, 5): 4, (1, 1): 2, (5, 5): 1, (4, 5): 1}, DEFAULT, small) == {
        (Level.CRITICAL, Level.SIGNIFICANT): 4,
        (Level.LOW, Level.LOW): 2,
        (Level.CRITICAL, Level.CRITICAL): 2,
    }
