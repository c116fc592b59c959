"""What a safety plan and its priorities must satisfy, what they lack, and how far they have come."""

from datetime import date
from types import SimpleNamespace

import pytest

from prepare.errors import RuleBroken
from prepare.vocabulary import Confidentiality
from risks import safety_planning as rules
from risks.entries.safety_plans import AdoptionEntry, EndingEntry, PriorityEntry, SafetyPlanEntry
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureState
from risks.vocabulary.safety import SafetyPlanKind, SafetyPlanState, TargetGroup, Theme

ON = date(2026, 11, 21)
DRAFT, IN_FORCE = SafetyPlanState.DRAFT, SafetyPlanState.IN_FORCE


def plan(**fields):
    return SafetyPlanEntry(**{"name_fi": "Suunnitelma", "kind": SafetyPlanKind.CITY_PLAN, **fields})


def fields_of(problems):
    return [problem.field for problem in problems]


def test_a_name_in_finnish_is_all_that_a_draft_needs():
    assert rules.plan_problems(SafetyPlanEntry(name_fi="Suunnitelma")) == []
    assert fields_of(rules.plan_problems(SafetyPlanEntry(name_fi=""))) == ["name_fi"]


@pytest.mark.parametrize(
    ("kind", "level", "refused"),
    [
        (SafetyPlanKind.STRATEGY, SteeringLevel.STRATEGIC, []),
        (SafetyPlanKind.STRATEGY, SteeringLevel.CITY, ["level"]),
        (SafetyPlanKind.CITY_PLAN, SteeringLevel.AREA, ["level"]),
        (SafetyPlanKind.AREA_PLAN, SteeringLevel.AREA, []),
        (SafetyPlanKind.RESIDENT_LED, SteeringLevel.CITY, ["level", "support_role"]),
        (SafetyPlanKind.THEMATIC, SteeringLevel.AREA, []),
        (SafetyPlanKind.THEMATIC, SteeringLevel.CITY, []),
    ],
)
def test_a_kind_of_plan_stands_at_its_level(kind, level, refused):
    assert fields_of(rules.plan_problems(plan(kind=kind, level=level))) == refused


def test_residents_who_plan_themselves_are_supported_by_somebody():
    own = {"kind": SafetyPlanKind.RESIDENT_LED, "level": SteeringLevel.AREA}

    assert rules.plan_problems(plan(**own, support_role="Asukasyhteistyötiimi")) == []
    assert fields_of(rules.plan_problems(plan(**own))) == ["support_role"]


def test_the_period_is_free_but_does_not_run_backwards():
    assert rules.plan_problems(plan(period_from=ON)) == rules.plan_problems(plan(period_to=ON)) == []
    assert fields_of(rules.plan_problems(plan(period_from=ON, period_to=date(2026, 1, 1)))) == ["period_to"]


def test_a_confidential_plan_names_its_legal_basis():
    assert fields_of(rules.plan_problems(plan(confidentiality=Confidentiality.CONFIDENTIAL))) == ["secrecy_basis"]


@pytest.mark.parametrize(
    ("predecessor", "refused"),
    [(None, []), ("SP-01", []), ("SP-03", ["predecessor"]), ("SP-04", ["predecessor"]), ("SP-08", []), ("SP-99", [])],
)
def test_a_plan_never_comes_before_itself_by_any_way(predecessor, refused):
    """SP-04 follows SP-03; SP-07 and SP-08 follow each other, which is their own fault."""
    before = {"SP-01": None, "SP-03": "SP-01", "SP-04": "SP-03", "SP-07": "SP-08", "SP-08": "SP-07"}

    assert fields_of(rules.order_problems("SP-03", predecessor, before)) == refused


@pytest.mark.parametrize("state", SafetyPlanState)
def test_only_a_draft_or_a_plan_in_force_is_written(state):
    if state in (DRAFT, IN_FORCE):
        rules.refuse_closed(state)
    else:
        with pytest.raises(RuleBroken):
            rules.refuse_closed(state)


def adopted(entry=None, *, state=DRAFT, priorities=1, **decision):
    decided = AdoptionEntry(**{"approved_by": "Kaupunginhallitus", "approved_on": ON, **decision})
    return rules.adoption_problems(entry or plan(), decided, state=state, priorities=priorities, on=ON)


def test_a_draft_with_a_priority_that_a_body_approved_comes_into_force():
    assert adopted() == []


@pytest.mark.parametrize(
    ("problems", "refused"),
    [
        (adopted(approved_by=" "), ["approved_by"]),
        (adopted(approved_by=None), ["approved_by"]),
        (adopted(approved_on=None), ["approved_on"]),
        (adopted(approved_on=date(2026, 11, 22)), ["approved_on"]),
        (adopted(priorities=0), [None]),
        (adopted(plan(kind=None)), [None]),
        (adopted(plan(kind=SafetyPlanKind.AREA_PLAN, level=SteeringLevel.AREA)), [None]),
        (adopted(plan(kind=SafetyPlanKind.AREA_PLAN, level=SteeringLevel.AREA, area="itainen")), []),
        (adopted(state=IN_FORCE), [None]),
        (adopted(state=SafetyPlanState.ENDED, priorities=0), [None]),
    ],
)
def test_what_keeps_a_plan_from_coming_into_force(problems, refused):
    assert fields_of(problems) == refused


@pytest.mark.parametrize(
    ("fields", "state", "refused"),
    [
        ({}, IN_FORCE, []),
        ({}, DRAFT, [None]),
        ({}, SafetyPlanState.SUPERSEDED, [None]),
        ({"ended_on": None}, IN_FORCE, ["ended_on"]),
        ({"ended_on": date(2026, 11, 22)}, IN_FORCE, ["ended_on"]),
        ({"state_reason": ""}, IN_FORCE, ["state_reason"]),
        ({"state_reason": None}, IN_FORCE, ["state_reason"]),
    ],
)
def test_a_plan_in_force_ends_on_a_day_for_a_reason(fields, state, refused):
    entry = EndingEntry(**{"ended_on": ON, "state_reason": "Hanke päättyi", **fields})

    assert fields_of(rules.ending_problems(entry, state=state, on=ON)) == refused


def test_a_priority_needs_a_name():
    assert rules.priority_problems(PriorityEntry(name_fi="Nuoret")) == []
    assert fields_of(rules.priority_problems(PriorityEntry(name_fi=" "))) == ["name_fi"]


def test_a_plan_of_an_area_lacks_its_area_and_another_does_not():
    lacking = [gap.field for gap in rules.plan_gaps(plan(kind=None, level=SteeringLevel.AREA))]

    assert lacking == [*(name for name, _what, _why in rules.PLAN_NEEDS), "area"]
    assert "area" not in [gap.field for gap in rules.plan_gaps(plan())]


def test_a_priority_lacks_theme_target_group_and_measures_until_it_has_them():
    full = PriorityEntry(name_fi="x", theme=Theme.YOUTH, target_groups=(TargetGroup.YOUTH,), measures=("M-01",))

    assert [gap.field for gap in rules.priority_gaps(PriorityEntry(name_fi="x"))] == [
        "theme",
        "target_groups",
        "measures",
    ]
    assert rules.priority_gaps(full) == []


def measure(state, pct=0, due=None, **fields):
    return SimpleNamespace(
        **{"state": state, "progress_pct": pct, "due": due, "budget_ref": None, "action_plan_ref": None, **fields}
    )


def test_progress_is_the_mean_of_what_is_not_cancelled():
    late = date(2026, 11, 20)
    some = [
        measure(MeasureState.IN_PROGRESS, 50, late, budget_ref="TA 1"),
        measure(MeasureState.DONE, 100, late, budget_ref="TA 1", action_plan_ref="TS 2"),
        measure(MeasureState.CANCELLED, 10, late, budget_ref="TA 1"),
        measure(MeasureState.PLANNED, 0, ON),
    ]

    found = rules.progress(some, on=ON)

    assert (found.total, found.progress_pct, found.overdue) == (3, 50, 1)
    assert (found.budgeted, found.in_action_plan) == (2, 1)
    assert found.states[MeasureState.CANCELLED] == 1


def test_without_measures_progress_is_unknown_and_not_nothing():
    assert rules.progress([], on=ON).progress_pct is None
    assert rules.progress([measure(MeasureState.CANCELLED)], on=ON).progress_pct is None


def test_a_bar_has_a_piece_for_each_state_in_the_order_of_the_life_cycle():
    found = rules.pieces({MeasureState.DONE: 1, MeasureState.PLANNED: 3})

    assert [(one.state.value, one.count, one.begins, one.width) for one in found] == [
        ("planned", 3, 0.0, 75.0),
        ("done", 1, 75.0, 25.0),
    ]
    assert rules.pieces({}) == []


@pytest.mark.parametrize(
    ("begins", "ends", "place"),
    [
        (date(2026, 1, 11), date(2026, 1, 21), (10.0, 10.0)),
        (None, date(2026, 1, 21), (0.0, 20.0)),
        (date(2026, 3, 2), None, (60.0, 40.0)),
        (None, None, (0.0, 100.0)),
        (date(2026, 1, 11), date(2026, 1, 11), (10.0, 1.0)),  # too short to be seen
    ],
)
def test_a_period_lies_between_two_days_and_an_open_end_reaches_the_edge(begins, ends, place):
    assert rules.stretch(begins, ends, first=date(2026, 1, 1), last=date(2026, 4, 11)) == place
