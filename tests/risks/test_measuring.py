"""What a measure must satisfy, and what it lacks."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from prepare.errors import RuleBroken
from prepare.vocabulary import Confidentiality
from risks import measuring
from risks.entries.measures import MeasureEntry, ProgressEntry, ReopeningEntry
from risks.entries.reasons import ReasonEntry
from risks.reasons import reason_problems
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import OPEN_STATES, MeasureKind, MeasureSource, MeasureState, OpenState

TODAY = date(2026, 11, 21)
WHOLE = MeasureEntry(
    name_fi="Varavoima",
    kind=MeasureKind.INVESTMENT,
    source=MeasureSource.RISK,
    source_code="R-01",
    owner_role="Käyttöpäällikkö",
    due=date(2027, 6, 30),
)


def fields(problems):
    return [one.field for one in problems]


def test_a_complete_measure_breaks_no_rule_and_lacks_nothing():
    assert measuring.problems(WHOLE) == []
    assert measuring.gaps(WHOLE) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_fi": " "}, "name_fi"),
        ({"source": None}, "source"),
        ({"cost_eur": -1.0}, "cost_eur"),
        ({"confidentiality": Confidentiality.CONFIDENTIAL}, "secrecy_basis"),
    ],
)
def test_each_broken_rule_names_its_field(changes, field):
    assert fields(measuring.problems(replace(WHOLE, **changes))) == [field]


def test_a_cost_of_nothing_and_a_secret_with_its_basis_are_fine():
    secret = {"confidentiality": Confidentiality.CONFIDENTIAL, "secrecy_basis": "JulkL 24.1 § 8 k"}

    assert measuring.problems(replace(WHOLE, cost_eur=0.0, **secret)) == []


@pytest.mark.parametrize("name", ["kind", "source", "owner_role", "due"])
def test_what_is_missing_is_told_with_why_it_matters(name):
    (gap,) = measuring.gaps(replace(WHOLE, **{name: None}))

    assert gap.field == name
    assert gap.what
    assert gap.why


def test_at_the_level_of_areas_no_day_is_demanded_but_the_area_is():
    continuous = replace(WHOLE, level=SteeringLevel.AREA, due=None)

    assert fields(measuring.gaps(continuous)) == ["area"]
    assert measuring.gaps(replace(continuous, area="itainen")) == []


def test_a_late_measure_wants_a_reason_and_only_then():
    assert measuring.gaps(WHOLE, is_late=False) == []
    assert fields(measuring.gaps(WHOLE, is_late=True)) == ["overdue_reason"]
    assert measuring.gaps(WHOLE, overdue_reason="Laite puuttuu", is_late=True) == []


@pytest.mark.parametrize("state", MeasureState)
def test_only_open_measures_become_overdue_and_only_after_their_day(state):
    yesterday = date(2026, 11, 20)

    assert measuring.is_overdue(state, yesterday, on=TODAY) is (state in OPEN_STATES)
    assert not measuring.is_overdue(state, TODAY, on=TODAY)
    assert not measuring.is_overdue(state, None, on=TODAY)


def test_the_days_of_delay_are_counted_from_the_due_date():
    assert measuring.overdue_days(MeasureState.PLANNED, date(2026, 10, 31), on=TODAY) == 21
    assert measuring.overdue_days(MeasureState.DONE, date(2026, 10, 31), on=TODAY) is None
    assert measuring.overdue_days(MeasureState.PLANNED, None, on=TODAY) is None


def test_a_cancelled_measure_is_not_in_force():
    measures = [SimpleNamespace(state=state) for state in MeasureState]

    assert [one.state for one in measuring.in_force(measures)] == list(MeasureState)[:-1]


def test_a_step_is_refused_from_a_state_that_does_not_lead_on():
    measuring.refuse_unless(MeasureState.DONE, frozenset({MeasureState.DONE}))

    with pytest.raises(RuleBroken, match="Todennettu"):
        measuring.refuse_unless(MeasureState.VERIFIED, frozenset({MeasureState.DONE}))


@pytest.mark.parametrize("pct", [None, 0, 99])
def test_progress_lies_from_0_to_99_until_it_is_reported_done(pct):
    assert measuring.progress_problems(ProgressEntry(progress_pct=pct)) == []
    assert measuring.reopening_problems(ReopeningEntry(state_reason="Kesken", progress_pct=pct)) == []


@pytest.mark.parametrize("pct", [-1, 100])
def test_progress_outside_its_bounds_is_refused(pct):
    assert fields(measuring.progress_problems(ProgressEntry(progress_pct=pct))) == ["progress_pct"]
    assert fields(measuring.reopening_problems(ReopeningEntry(state_reason="x", progress_pct=pct))) == ["progress_pct"]


def test_what_is_only_planned_has_no_progress():
    assert measuring.progress_problems(ProgressEntry(state=OpenState.PLANNED, progress_pct=0)) == []
    assert fields(measuring.progress_problems(ProgressEntry(state=OpenState.PLANNED, progress_pct=5))) == ["state"]


def test_what_rests_has_a_reason():
    assert fields(measuring.progress_problems(ProgressEntry(state=OpenState.ON_HOLD))) == ["state_reason"]
    assert measuring.progress_problems(ProgressEntry(state=OpenState.ON_HOLD, state_reason="Odottaa rahaa")) == []


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_cancelling_and_reopening_want_a_reason(reason):
    assert fields(reason_problems(ReasonEntry(state_reason=reason))) == ["state_reason"]
    assert fields(measuring.reopening_problems(ReopeningEntry(state_reason=reason))) == ["state_reason"]


def test_a_reason_is_enough_to_cancel():
    assert reason_problems(ReasonEntry(state_reason="Siirtyy hyvinvointialueelle")) == []


def test_whoever_reported_a_measure_done_does_not_verify_it():
    with pytest.raises(RuleBroken, match="joku muu"):
        measuring.refuse_same_person(7, 7)

    measuring.refuse_same_person(7, 8)
    measuring.refuse_same_person(None, 7)
    measuring.refuse_same_person(None, None)
