"""Every indicator of readiness by hand: what counts, what does not, and what nobody knows."""

from dataclasses import replace
from datetime import date

import pytest

from continuity.scoring import cooperating, knowing, leading, outcome, planning
from continuity.scoring.cases import (
    AgreementFacts,
    AnswerFacts,
    BodyFacts,
    DependencyFacts,
    FunctionFacts,
    HolderFacts,
    InterfaceFacts,
    LossFacts,
    MeasureFacts,
    NeedFacts,
    ObservationFacts,
    PlanFacts,
    RiskFacts,
    TransferFacts,
)
from continuity.scoring.indicator import Effect, Indicator, Item, Mark, Row, heaviest_first, ratio, together
from continuity.scoring.method import FORMULAS
from continuity.scoring.outcome import OutageFacts
from continuity.scoring.vocabulary import Code, Kind, weight_of
from dependencies.vocabulary import Handling, RtoStatus, Standing
from prepare.entries import FunctionEntry
from prepare.vocabulary import CapabilityBasis, Criticality, Dimension

ON = date(2026, 11, 21)
K1, K2, K3, K4 = Criticality


def item(code="F-1", kind=Kind.FUNCTION):
    return Item(kind, code)


def function(criticality=K1, **more):
    return FunctionFacts(item(), criticality, **more)


def plan(code="PL-1", *, is_approved=True, **more):
    return PlanFacts(item(code, Kind.PLAN), is_approved, **more)


def told(row):
    """What matters of a row: weight, share, how much is unknown."""
    return row.weight, round(row.share, 4), round(row.unknown, 4)


def test_weights_are_four_two_one_and_a_half_and_an_unknown_class_weighs_as_k2():
    assert [weight_of(one) for one in (K1, K2, K3, K4, None)] == [4, 2, 1, 0.5, 2]


def test_every_indicator_has_a_dimension_a_name_and_a_formula():
    assert [code.value for code in Code] == [f"I{number:02}" for number in range(1, 18)]
    assert set(FORMULAS) == set(Code)
    assert {code.dimension for code in Code} == set(Dimension)


# I01


def test_a_vital_function_states_twelve_facts_its_impacts_and_its_needs():
    wanted, lacking = knowing.mandatory(FunctionEntry(name_fi="x", criticality=K1), has_impacts=False, has_needs=False)

    assert (wanted, len(lacking)) == (14, 13)  # all but the class

    assert (
        knowing.mandatory(FunctionEntry(name_fi="x", criticality=K1), has_impacts=True, has_needs=True)[1]
        == lacking[:11]
    )


def test_a_function_of_the_lowest_class_states_fewer_and_a_broken_fact_lacks():
    entry = FunctionEntry(name_fi="x", criticality=K3, rto_h=8, mtpd_h=4, owner_role="a", vital_function="VF1")

    wanted, lacking = knowing.mandatory(entry, has_impacts=False, has_needs=False)

    assert wanted == 8  # class, MTPD, RTO, owner, organiser, production, vital function, vulnerable groups
    assert len(lacking) == 4  # organiser, production, groups; and an RTO beyond the MTPD is not valid


def test_completeness_is_the_share_of_what_is_filled_in():
    assert told(knowing.complete(function(wanted=14, lacking=("a", "b")))) == (4, round(12 / 14, 4), 0)
    assert told(knowing.complete(function(wanted=14))) == (4, 1, 0)


# I02


@pytest.mark.parametrize(
    ("criticality", "day", "share", "unknown"),
    [
        (K1, date(2025, 11, 21), 1, 0),
        (K1, date(2025, 11, 20), 0, 0),
        (K3, date(2024, 11, 21), 1, 0),
        (K2, None, 0, 1),
    ],
)
def test_a_function_is_reviewed_within_its_interval(criticality, day, share, unknown):
    row = knowing.reviewed(function(criticality, reviewed_on=day), ON)

    assert told(row) == (weight_of(criticality), share, unknown)


def test_the_lowest_class_is_asked_about_neither_reviews_nor_plans_nor_exercises_nor_recovery():
    lowest = function(K4, rto=RtoStatus.OK)

    assert knowing.reviewed(lowest, ON) is planning.planned(lowest, ON) is planning.current(lowest, ON) is None
    assert planning.exercised(lowest, ON) is knowing.achievable(lowest) is None


# I03, I04


def test_a_plan_counts_until_it_expires_although_its_review_is_overdue():
    late = function(plans=(plan(next_review=date(2026, 1, 1)),))
    expired = function(plans=(plan(next_review=date(2027, 1, 1), valid_until=date(2026, 11, 20)),))

    assert told(planning.planned(late, ON)) == (4, 1, 0)
    assert told(planning.current(late, ON)) == (4, 0, 0)
    assert told(planning.planned(expired, ON)) == (4, 0, 0)
    assert planning.planned(expired, ON).step.do == planning.RENEW


def test_of_several_plans_the_one_that_is_valid_longest_counts():
    both = function(K2, plans=(plan("A", next_review=None), plan("B", next_review=date(2027, 1, 1), valid_until=ON)))

    assert told(planning.current(both, ON)) == (2, 1, 0)
    assert planning.planned(both, ON).values["plan"].code == "B"


def test_a_plan_without_a_day_of_review_is_unknown():
    assert told(planning.current(function(K3, plans=(plan(),)), ON)) == (1, 0, 1)


def test_a_vital_function_without_an_approved_plan_is_a_hole():
    bare, begun = planning.planned(function(), ON), planning.planned(function(plans=(plan(is_approved=False),)), ON)

    assert (bare.mark, bare.step.do, bare.step.item.code) == (Mark.HOLE, planning.WRITE, "F-1")
    assert (begun.mark, begun.step.do, begun.step.item.code) == (Mark.HOLE, planning.APPROVE, "PL-1")
    assert planning.planned(function(K2), ON).mark is None
    assert told(planning.current(function(), ON)) == (4, 0, 0)


# I05


@pytest.mark.parametrize(
    ("criticality", "day", "share", "mark"),
    [
        (K1, date(2024, 11, 21), 1, Mark.RECENT),
        (K1, date(2024, 11, 20), 0, Mark.RECENT),
        (K1, date(2023, 11, 20), 0, Mark.VITAL),
        (K2, date(2023, 11, 21), 1, None),
        (K1, None, 0, Mark.VITAL),
    ],
)
def test_a_plan_is_exercised_within_the_interval_of_the_class(criticality, day, share, mark):
    row = planning.exercised(function(criticality, plans=(plan(exercised_on=day),)), ON)

    assert (row.weight, row.share, row.mark) == (weight_of(criticality), share, mark)


def test_what_has_no_plan_cannot_have_exercised_it():
    row = planning.exercised(function(), ON)

    assert (row.share, row.mark, row.step.do) == (0, Mark.VITAL, planning.PLAN_AND_EXERCISE)


# I06


def test_recovery_counts_when_it_can_be_kept_and_the_unknown_is_told_apart():
    rows = [knowing.achievable(function(rto=status, blocked_by=2)) for status in RtoStatus]

    assert [told(row) for row in rows] == [(4, 0, 0), (4, 0, 1), (4, 1, 0)]  # gap, unknown, ok
    assert knowing.achievable(function()) is None


# I07


def test_a_single_point_of_failure_weighs_what_it_takes_down_and_boundaries_are_left_out():
    rows = [leading.loss(LossFacts(item("X", Kind.LOSS), 3, handling)) for handling in Handling]

    assert [row and told(row) for row in rows] == [(3, 0, 0), (3, 1, 0), (3, 1, 0), None]


# I08


def test_redundancy_is_real_when_no_single_loss_takes_all_ways():
    need = item("F-1 sähkö", Kind.NEED)

    assert told(planning.redundant(NeedFacts(need))) == (1, 1, 0)
    assert told(planning.redundant(NeedFacts(need, item("X-1")))) == (1, 0, 0)


# I09


def interface(criticality=K1, **more):
    good = dict.fromkeys(("owners", "duty_contacts", "alerting", "agreement"), True)
    days = {"exercised_on": date(2025, 5, 14), "next_review": ON}
    return InterfaceFacts(item("IF-1", Kind.INTERFACE), criticality, **{**good, **days, **more})


@pytest.mark.parametrize(
    ("more", "share", "unknown"),
    [
        ({}, 6, 0),
        ({"owners": False, "duty_contacts": False}, 4, 0),
        ({"alerting": None, "agreement": None}, 4, 2),
        ({"exercised_on": date(2024, 11, 20)}, 5, 0),
        ({"exercised_on": None}, 5, 0),
        ({"next_review": date(2026, 11, 20)}, 5, 0),
        ({"next_review": None}, 5, 0),
    ],
)
def test_an_interface_gets_a_sixth_for_each_check(more, share, unknown):
    assert told(cooperating.interface(interface(**more), ON)) == (4, round(share / 6, 4), round(unknown / 6, 4))


@pytest.mark.parametrize(("criticality", "share"), [(K2, 6), (K3, 6), (K4, 6), (None, 5)])
def test_how_often_an_interface_is_exercised_goes_by_its_class(criticality, share):
    row = cooperating.interface(interface(criticality, exercised_on=date(2023, 11, 21)), ON)

    assert row.share == share / 6


# I10


def test_an_agreement_gets_a_third_for_each_check_and_an_invalid_one_under_a_vital_function_is_a_hole():
    def agreed(**more):
        return cooperating.agreement(AgreementFacts(item("A-1", Kind.AGREEMENT), **more))

    good = agreed(is_valid=True, preparedness_clause=True, recovery_time=True)
    unsaid = agreed(is_valid=True, preparedness_clause=True, recovery_time=None)
    expired = agreed(is_valid=False, preparedness_clause=False, recovery_time=False, carries_vital=True)

    assert [told(one) for one in (good, unsaid, expired)] == [(1, 1, 0), (1, 0.6667, 0.3333), (1, 0, 0)]
    assert [one.mark for one in (good, unsaid, expired)] == [None, None, Mark.HOLE]


# I11


@pytest.mark.parametrize(
    ("more", "share", "mark"),
    [
        ({}, 1, None),
        ({"has_measure": False, "is_accepted": True}, 1, None),
        ({"has_owner": False}, 0, Mark.HOLE),
        ({"has_measure": False}, 0, Mark.HOLE),
        ({"has_measure": False, "is_critical": False}, 0, None),
        ({"next_review": date(2026, 11, 20)}, 0, None),
        ({"next_review": None}, 0, None),
    ],
)
def test_a_significant_risk_has_an_owner_a_review_and_a_treatment(more, share, mark):
    good = {"is_critical": True, "has_owner": True, "next_review": ON, "has_measure": True, "is_accepted": False}

    row = knowing.risk(RiskFacts(item("R-1", Kind.RISK), **{**good, **more}), ON)

    assert (row.weight, row.share, row.mark) == (1, share, mark)


# I12


def test_a_measure_counts_until_its_day_and_leaves_once_it_is_finished():
    measure = item("M-1", Kind.MEASURE)
    late = leading.measure(MeasureFacts(measure, date(2026, 11, 20)), ON)

    assert told(leading.measure(MeasureFacts(measure, ON), ON)) == (1, 1, 0)
    assert (told(late), late.step.effect) == ((1, 0, 0), Effect.LEAVES)
    assert told(leading.measure(MeasureFacts(measure, None), ON)) == (1, 0, 1)
    assert told(leading.measure(MeasureFacts(measure, None, wants_due=False), ON)) == (1, 1, 0)


@pytest.mark.parametrize(
    ("observed", "closed", "row"),
    [
        (date(2026, 1, 1), date(2026, 4, 1), (1, 1, 0)),  # the ninetieth day
        (date(2026, 1, 1), date(2026, 4, 2), (1, 0, 0)),
        (date(2026, 8, 22), None, (1, 0, 0)),  # ninety-one days ago
        (None, None, (1, 0, 1)),
        (None, date(2026, 4, 1), (1, 0, 1)),
    ],
)
def test_a_gap_is_closed_within_ninety_days(observed, closed, row):
    found = leading.observation(ObservationFacts(item("OB-1", Kind.OBSERVATION), observed, closed), ON)

    assert told(found) == row
    assert found.step is None or found.step.effect is Effect.NONE


def test_a_gap_that_still_has_time_is_not_asked_about():
    assert leading.observation(ObservationFacts(item(), date(2026, 8, 23), None), ON) is None


# I13


def test_what_was_lost_in_a_transfer_is_a_hole_and_what_nobody_assessed_is_unknown():
    def row(**more):
        return cooperating.transfer(TransferFacts(item("TR-1", Kind.TRANSFER), **more))

    assert told(row(is_secured=True)) == (1, 1, 0)
    assert told(row(is_secured=False)) == (1, 0, 0)
    assert told(row(is_secured=False, is_assessed=False)) == (1, 0, 1)
    assert row(is_secured=False, is_lost=True).mark is Mark.HOLE


# I14


@pytest.mark.parametrize(
    ("held", "appointed", "row"),
    [
        (date(2026, 4, 21), None, (1, 1, 0)),  # half a year and one month
        (date(2026, 4, 20), None, (1, 0, 0)),
        (None, date(2026, 9, 1), (1, 1, 0)),
        (None, date(2025, 9, 1), (1, 0, 0)),
        (None, None, (1, 0, 1)),
    ],
)
def test_a_body_meets_within_its_interval_and_one_month(held, appointed, row):
    assert told(leading.meets(BodyFacts(item("B-1", Kind.BODY), 6, held, None, appointed), ON)) == row


# I15, I16


def test_an_organisation_has_all_three_duty_holders_or_does_not_count():
    assert told(leading.holders(HolderFacts(item(), contact=True, deputy=True, director=True))) == (1, 1, 0)
    lacking = leading.holders(HolderFacts(item(), contact=True, deputy=False, director=False))
    assert (told(lacking), len(lacking.values["what"])) == ((1, 0, 0), 2)


def test_a_requirement_is_answered_or_not():
    assert [told(leading.answered(AnswerFacts(item(), is_answered=one))) for one in (True, False)] == [
        (1, 1, 0),
        (1, 0, 0),
    ]


# I17


@pytest.mark.parametrize(
    ("standing", "day", "row"),
    [
        (Standing.PROPOSED, None, (1, 0, 0)),
        (Standing.DISPUTED, ON, (1, 0, 0)),
        (Standing.CONFIRMED, date(2024, 11, 21), (1, 1, 0)),
        (Standing.CONFIRMED, date(2024, 11, 20), (1, 0, 0)),
        (Standing.CONFIRMED, None, (1, 0, 1)),
        (Standing.UNKNOWN, ON, (1, 0, 1)),
    ],
)
def test_a_supplier_has_confirmed_within_two_years(standing, day, row):
    case = DependencyFacts(item("D-1", Kind.DEPENDENCY), item("X-1"), standing, day, K2)

    assert told(cooperating.confirmed(case, ON)) == row


def test_what_a_vital_function_needs_is_confirmed_within_a_year():
    case = DependencyFacts(item("D-1", Kind.DEPENDENCY), item("X-1"), Standing.CONFIRMED, date(2025, 11, 20), K1)

    assert told(cooperating.confirmed(case, ON)) == (1, 0, 0)
    assert told(cooperating.confirmed(replace(case, criticality=K2), ON)) == (1, 1, 0)


# O1


@pytest.mark.parametrize(
    ("criticality", "outage", "mtpd", "row"),
    [
        (K1, 0.0, None, (4, 1, 0)),
        (K1, 4.0, 4.0, (4, 1, 0)),
        (K2, 4.5, 4.0, (2, 0, 0)),
        (K2, 4.5, None, (2, 0, 1)),
    ],
)
def test_a_function_survives_a_scenario_within_its_mtpd(criticality, outage, mtpd, row):
    assert told(outcome.survives(OutageFacts(item(), criticality, outage, mtpd))) == row


def test_survivability_weighs_vital_and_critical_functions_only():
    cases = [OutageFacts(item(str(k)), k, 9.0 if k is K1 else 0.0, 4.0) for k in (K1, K2, K3)]

    found = outcome.survivability(cases)

    assert (found.numerator, found.denominator, found.code) == (2, 6, None)


# Indicators


def test_an_indicator_is_what_is_in_order_of_everything_and_tells_the_unknown():
    rows = (Row(item("a"), 4, 1, ""), Row(item("b"), 2, 0.5, ""), Row(item("c"), 2, 0, "", unknown=1))

    found = Indicator(Code.PLANNED, rows)

    assert (found.numerator, found.denominator, found.unknown) == (5, 8, 2)
    assert (found.value, found.known) == (62.5, 0.75)
    assert [row.item.code for row in heaviest_first(rows)] == ["c", "b", "a"]


def test_an_indicator_of_nothing_has_no_value_and_nothing_is_known():
    assert (Indicator(Code.PLANNED).value, Indicator(Code.PLANNED).known, ratio(0, 0)) == (None, 0, None)


def test_a_record_of_two_sectors_counts_once_in_the_city():
    shared = Indicator(Code.INTERFACES, (Row(item("IF-1", Kind.INTERFACE), 4, 1, ""),))
    other = Indicator(Code.INTERFACES, (*shared.rows, Row(item("IF-2", Kind.INTERFACE), 2, 0, "")))

    assert together(Code.INTERFACES, [shared, other]).denominator == 6


def test_what_is_known_of_the_capability_does_not_change_an_indicator():
    assert function(capability_basis=CapabilityBasis.EXERCISED).capability_basis is CapabilityBasis.EXERCISED
