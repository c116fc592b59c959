"""What national programmes, objectives and programmes across sectors must satisfy, and what they still lack."""

from datetime import date

import pytest

from prepare.vocabulary import Confidentiality
from risks import planning
from risks.entries.safety import LineEntry, NationalProgrammeEntry, ObjectiveEntry, ProgrammeEntry
from risks.vocabulary.safety import SafetyEffect, TargetGroup, Theme

ON = date(2026, 11, 21)


def fields_of(problems):
    return [problem.field for problem in problems]


def test_a_name_in_finnish_is_all_that_is_needed_at_first():
    assert planning.national_problems(NationalProgrammeEntry(name_fi="Ohjelma")) == []
    assert planning.objective_problems(ObjectiveEntry(name_fi="Tavoite"), on=ON) == []
    assert planning.programme_problems(ProgrammeEntry(name_fi="Ohjelma")) == []
    assert fields_of(planning.programme_problems(ProgrammeEntry(name_fi=" "))) == ["name_fi"]


def test_a_period_ends_on_the_day_that_it_begins_or_later_and_may_be_open():
    day = date(2026, 1, 1)

    assert planning.period_problems(day, day, "x") == []
    assert planning.period_problems(day, None, "x") == planning.period_problems(None, day, "x") == []
    assert fields_of(planning.period_problems(day, date(2025, 12, 31), "x")) == ["x"]


def test_each_line_of_a_national_programme_has_a_number_of_its_own_and_says_something():
    lines = (LineEntry(mark="1", name_fi="a"), LineEntry(mark="1", name_fi="b"), LineEntry(mark="", name_fi=" "))
    found = planning.national_problems(NationalProgrammeEntry(name_fi="Ohjelma", lines=lines))

    assert fields_of(found) == ["lines-0-mark", "lines-1-mark", "lines-2-mark", "lines-2-name_fi"]
    told = (LineEntry(mark="1", name_fi="a"), LineEntry(mark="2", name_fi="b"))
    assert planning.national_problems(NationalProgrammeEntry(name_fi="Ohjelma", lines=told)) == []


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"term_from": 2025, "term_to": 2029}, []),
        ({"term_from": 2029, "term_to": 2025}, ["term_to"]),
        ({"term_from": 25}, ["term_from"]),
        ({"term_to": 2101}, ["term_to"]),
        ({"term_from": 2025}, []),
        ({"target": 78.0}, ["unit"]),
        ({"latest": 0.0}, ["unit"]),
        ({"target": 78.0, "unit": "%"}, []),
        ({"latest_on": ON}, []),
        ({"latest_on": date(2026, 11, 22)}, ["latest_on"]),
    ],
)
def test_an_objective_has_years_and_figures_with_a_unit(fields, refused):
    assert fields_of(planning.objective_problems(ObjectiveEntry(name_fi="Tavoite", **fields), on=ON)) == refused


def test_a_confidential_programme_names_its_legal_basis():
    secret = ProgrammeEntry(name_fi="Ohjelma", confidentiality=Confidentiality.CONFIDENTIAL)

    assert fields_of(planning.programme_problems(secret)) == ["secrecy_basis"]


def test_what_a_programme_lacks_is_told_with_why_it_matters():
    full = ProgrammeEntry(
        name_fi="Ohjelma",
        themes=(Theme.YOUTH,),
        target_groups=(TargetGroup.ALL,),
        organisations=("EDU",),
        owner_role="Rehtori",
        period_from=ON,
        effect=SafetyEffect.DIRECT,
        budget_ref="TA 1",
    )

    assert planning.gaps(full, planning.PROGRAMME_NEEDS) == []
    missing = planning.gaps(ProgrammeEntry(name_fi="Ohjelma"), planning.PROGRAMME_NEEDS)
    assert [gap.field for gap in missing] == [name for name, _what, _why in planning.PROGRAMME_NEEDS]
    assert all(gap.why.endswith(".") for gap in missing)


@pytest.mark.parametrize(
    ("baseline", "latest", "target", "gone"),
    [
        (70, 75, 80, 50),
        (14, 12, 10, 50),  # less is better
        (70, 60, 80, 0),  # the wrong way
        (14, 15, 10, 0),
        (70, 90, 80, 100),  # beyond the target
        (70, 70, 70, None),  # no way to go
        (None, 75, 80, None),
        (70, None, 80, None),
        (70, 75, None, None),
    ],
)
def test_the_way_gone_runs_from_the_beginning_to_the_target(baseline, latest, target, gone):
    assert planning.way_gone(baseline, latest, target) == gone


@pytest.mark.parametrize(
    ("baseline", "latest", "target", "wrong"),
    [
        (70, 60, 80, True),
        (14, 15, 10, True),
        (70, 75, 80, False),
        (70, 95, 80, False),  # beyond the target is not the wrong way
        (70, 70, 80, False),
        (None, 60, 80, False),
        (70, None, 80, False),
        (70, 60, None, False),
    ],
)
def test_a_figure_goes_wrong_when_it_moves_away_from_the_target(baseline, latest, target, wrong):
    assert planning.goes_wrong(baseline, latest, target) is wrong
