"""An exercise's way from planned to closed, and when it is late."""

from dataclasses import replace
from datetime import date

import pytest

from continuity import coverage
from continuity import exercising as rules
from continuity.entries.exercises import EvaluationEntry, ExerciseEntry, HoldingEntry, InjectEntry, MeasurementEntry
from continuity.entries.situations import ObservationEntry
from continuity.vocabulary.exercises import ExerciseState
from continuity.vocabulary.situations import ObservationKind
from prepare.access import Action, may
from prepare.actor import Actor, Grant
from prepare.vocabulary import Confidentiality, Criticality, Role

ON = date(2026, 11, 21)
PLANNED, PREPARED, HELD = ExerciseState.PLANNED, ExerciseState.PREPARED, ExerciseState.HELD
EVALUATED, CLOSED, CANCELLED = ExerciseState.EVALUATED, ExerciseState.CLOSED, ExerciseState.CANCELLED
WHOLE = ExerciseEntry(name_fi="Sähkökatko", planned_on=ON, objectives="Johtaa", lead_role="Päällikkö", plans=("PL-01",))
GAP = ObservationEntry(text="Avain puuttui")
STRENGTH = ObservationEntry(text="Toimi", kind=ObservationKind.STRENGTH)


def fields(found):
    return [rule.field for rule in found]


def test_an_exercise_has_a_name_and_a_basis_when_it_is_secret():
    assert rules.problems(WHOLE) == []
    secret = replace(WHOLE, name_fi=" ", confidentiality=Confidentiality.CONFIDENTIAL)
    assert fields(rules.problems(secret)) == ["name_fi", "secrecy_basis"]
    assert rules.problems(replace(WHOLE, confidentiality=Confidentiality.CONFIDENTIAL, secrecy_basis="24 §")) == []


@pytest.mark.parametrize("lacking", ["planned_on", "objectives", "lead_role", "plans"])
def test_a_prepared_exercise_says_when_what_for_who_and_what_it_tests(lacking):
    assert rules.preparation_problems(WHOLE, PLANNED) == []
    assert len(rules.preparation_problems(replace(WHOLE, **{lacking: ()}), PLANNED)) == 1
    assert len(rules.preparation_problems(WHOLE, PREPARED)) == 1


def test_an_exercise_tests_a_function_or_an_interface_as_well():
    for name in ("functions", "interfaces"):
        assert rules.preparation_problems(replace(WHOLE, plans=(), **{name: ("X-01",)}), PLANNED) == []


def test_an_exercise_is_held_on_a_day_that_is_not_ahead():
    assert rules.holding_problems(HoldingEntry(held_on=ON, headcount=0), PLANNED, on=ON) == []
    assert fields(rules.holding_problems(HoldingEntry(), HELD, on=ON)) == ["held_on"]
    ahead = HoldingEntry(held_on=date(2026, 11, 22), headcount=-1)
    assert fields(rules.holding_problems(ahead, CLOSED, on=ON)) == [None, "held_on", "headcount"]


def test_what_was_held_is_evaluated_in_words_or_by_a_report():
    assert rules.evaluation_problems(EvaluationEntry(conclusion="Meni hyvin"), HELD) == []
    assert rules.evaluation_problems(EvaluationEntry(report_ref="KES/1"), EVALUATED) == []
    assert fields(rules.evaluation_problems(EvaluationEntry(), PLANNED)) == [None, "conclusion"]


def test_an_exercise_is_closed_when_every_gap_has_an_answer():
    settled = replace(GAP, measure="M-01")
    assert rules.closing_problems(EVALUATED, [settled, STRENGTH, replace(GAP, no_action_reason="Pieni")]) == []
    for state, observations in ((EVALUATED, []), (EVALUATED, [STRENGTH, GAP]), (HELD, [STRENGTH])):
        assert len(rules.closing_problems(state, observations)) == 1


def test_what_lies_ahead_is_called_off_for_a_reason():
    assert rules.cancelling_problems("Sairastapaus", PREPARED) == []
    assert fields(rules.cancelling_problems(" ", HELD)) == [None, "state_reason"]


@pytest.mark.parametrize("state", ExerciseState)
def test_what_is_closed_or_cancelled_stays_as_it_is(state):
    assert bool(rules.editing_problems(state)) is (state in (CLOSED, CANCELLED))


def test_an_inject_says_what_happens_within_the_first_year():
    assert rules.inject_problems(InjectEntry(at_h=0, happens="Pimeää")) == []
    assert fields(rules.inject_problems(InjectEntry(at_h=9000, happens=""))) == ["happens", "at_h"]


def test_a_time_is_measured_in_an_exercise_that_was_held():
    assert rules.measurement_problems(MeasurementEntry(function="F-1", achieved_recovery_h=0), HELD) == []
    for state in (PLANNED, CLOSED):
        found = rules.measurement_problems(MeasurementEntry(function="F-1"), state)
        assert fields(found) == [None, "achieved_recovery_h"]


@pytest.mark.parametrize(
    ("held_on", "taken", "known_on", "allowed"),
    [
        (ON, None, None, True),
        (ON, None, ON, True),
        (None, None, None, False),
        (ON, ON, None, False),
        (ON, None, date(2026, 11, 22), False),
    ],
)
def test_a_measured_time_is_taken_over_once_unless_a_newer_one_is_known(held_on, taken, known_on, allowed):
    found = rules.taking_problems(held_on=held_on, taken_over_on=taken, known_on=known_on)
    assert (found == []) is allowed


def test_an_exercise_within_thirty_days_is_to_be_prepared():
    for planned_on, state, waits in (
        (date(2026, 12, 21), PLANNED, True),
        (date(2026, 12, 22), PLANNED, False),
        (date(2026, 12, 3), PREPARED, False),
        (None, PLANNED, False),
    ):
        assert rules.is_unprepared(state, planned_on, on=ON) is waits


def test_an_exercise_whose_day_has_gone_by_is_to_be_recorded():
    for planned_on, state, gone in (
        (date(2026, 11, 20), PREPARED, True),
        (ON, PREPARED, False),
        (None, PLANNED, False),
        (date(2026, 11, 20), HELD, False),
    ):
        assert rules.is_past(state, planned_on, on=ON) is gone


def test_the_share_of_a_class_is_counted_within_its_months():
    assert coverage.first_day(Criticality.K1, on=ON) == date(2024, 11, 21)
    assert coverage.first_day(Criticality.K2, on=ON) == date(2023, 11, 21)

    one, two = coverage.shares({Criticality.K1: (36, 27, 5)})

    assert (one.percent, one.lacking, one.never) == (75, 9, 5)
    assert (two.criticality, two.total, two.percent) == (Criticality.K2, 0, None)


@pytest.mark.parametrize("role", Role)
def test_a_measured_time_is_taken_over_by_those_who_keep_functions(role):
    somebody = Actor(user_id=1, grants=(Grant(role, "/1/"),))

    keeps = role in (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR, Role.CENTRAL)
    assert may(somebody, Action.TAKE_MEASUREMENT) is keeps
