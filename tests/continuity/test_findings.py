"""Findings: each rule says what is missing where it should, and keeps silent where it should."""

from dataclasses import replace
from datetime import date

import pytest

from continuity.findings import bodies, functions, interfaces, measures, needs, plans
from continuity.findings.cases import (
    BodyCase,
    FunctionCase,
    InterfaceCase,
    MeasureCase,
    NeedCase,
    OrganisationCase,
    PlanCase,
    RiskCase,
    SupplierCase,
)
from continuity.findings.finding import Finding, Severity, Subject, Thing, listed
from prepare.entries import FunctionEntry
from prepare.texts import speaking
from prepare.vocabulary import CapabilityBasis, Confidentiality, Criticality, ImpactCategory, Organiser, Production

ON = date(2026, 11, 21)
DAY_CARE = Thing(Subject.FUNCTION, "F-KAS-01", "Day care", confidentiality=Confidentiality.INTERNAL)
#: Intolerable (step 4) in the band 1-3 d, so an MTPD of 48 h is right.
IMPACTS = {ImpactCategory.SERVICE: (1, 2, 3, 4, 5, 5, 5)}
ENTRY = FunctionEntry(
    name_fi="Päiväkodit",
    name_sv="Daghem",
    name_en="Day care",
    organiser=Organiser.CITY,
    production=Production.OWN,
    owner_role="Head of day care",
    vital_function="VF6",
    vulnerable_groups=True,
    criticality=Criticality.K2,
    rto_h=12,
    mtpd_h=48,
    mbco_pct=60,
    mbco_text="Children of critical workers",
    recovery_capability_h=12,
    capability_basis=CapabilityBasis.EXERCISED,
    min_staff=320,
)
GRID = SupplierCase(
    "F-ENE-01", "Grid", is_own=True, criticality=Criticality.K1, mtpd_h=12, is_confirmed=True, confirmed_on=ON
)
POWER = NeedCase("Power", is_essential=True, is_supporting=False, tolerance_h=4, has_workaround=True, suppliers=(GRID,))
CASE = FunctionCase(
    DAY_CARE, ENTRY, IMPACTS, (POWER,), has_approved_plan=True, reviewed_on=ON, next_review=date(2027, 11, 21)
)


def found(case: FunctionCase) -> list[Finding]:
    with speaking("en"):
        return [*functions.of_function(case, ON), *needs.of_needs(case, ON)]


def codes(case: FunctionCase) -> list[str]:
    return [finding.rule.code for finding in found(case)]


def with_entry(**changes: object) -> FunctionCase:
    return replace(CASE, entry=replace(ENTRY, **changes))


def with_need(**changes: object) -> FunctionCase:
    return replace(CASE, needs=(replace(POWER, **changes),))


def with_supplier(**changes: object) -> FunctionCase:
    return with_need(suppliers=(replace(GRID, **changes),))


def test_a_complete_function_has_no_findings() -> None:
    assert codes(CASE) == []


def test_missing_fields_are_named_in_one_finding() -> None:
    (finding,) = found(with_entry(owner_role=None, mbco_text=None))

    assert finding.rule.code == "E11"
    assert finding.values["gaps"] == "Owner (role), Minimum service level in words"


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (with_entry(recovery_capability_h=24), "W1"),
        (with_entry(mtpd_h=24, rto_h=12), "E3"),
        (replace(CASE, has_approved_plan=False), "I03"),
        (replace(CASE, reviewed_on=None, next_review=None), "I02"),
        (replace(CASE, next_review=date(2026, 11, 20)), "I02"),
        (replace(CASE, achievable_known=True, achievable_h=30), "W3"),
        (replace(CASE, achievable_known=True, blocked_by=("X-FUE-01",)), "W3"),
        (with_need(has_workaround=False), "W7"),
        (with_need(tolerance_h=48), "W8"),
        (with_supplier(is_confirmed=False), "W9"),
        (with_supplier(confirmed_on=date(2024, 11, 20)), "W9"),
        (with_supplier(is_disputed=True), "W26"),
        (with_supplier(criticality=Criticality.K3), "W20"),
        (with_supplier(mtpd_h=72), "W20"),
        (with_supplier(is_own=False, has_interface=True), "W4"),
        (with_supplier(is_own=False, committed_recovery_h=2), "W0"),
    ],
)
def test_each_flaw_is_found_by_its_own_rule_alone(case: FunctionCase, code: str) -> None:
    assert codes(case) == [code]


@pytest.mark.parametrize(
    "case",
    [
        with_entry(recovery_capability_h=12),
        replace(CASE, achievable_known=True, achievable_h=12),
        with_need(tolerance_h=0, has_workaround=False),
        with_need(tolerance_h=47),
        with_need(suppliers=(replace(GRID, criticality=Criticality.K4), GRID)),
        with_supplier(confirmed_on=date(2024, 11, 21)),
        with_supplier(is_own=False, committed_recovery_h=2, commodity=True),
    ],
)
def test_the_limit_itself_is_not_a_finding(case: FunctionCase) -> None:
    assert codes(case) == []


def test_what_does_not_stop_the_function_needs_no_commitment() -> None:
    case = with_need(is_essential=False, suppliers=(replace(GRID, is_own=False, has_interface=True),))

    assert codes(case) == []


@pytest.mark.parametrize(
    ("basis", "known_on", "flawed"),
    [
        (CapabilityBasis.UNKNOWN, None, True),
        (CapabilityBasis.ESTIMATED, None, True),
        (CapabilityBasis.ESTIMATED, date(2024, 11, 20), True),
        (CapabilityBasis.ESTIMATED, date(2024, 11, 21), False),
        (CapabilityBasis.EXERCISED, None, False),
    ],
)
def test_the_capability_of_a_vital_function_needs_evidence(
    basis: CapabilityBasis, known_on: date | None, flawed: bool
) -> None:
    vital = replace(ENTRY, criticality=Criticality.K1, capability_basis=basis, capability_on=known_on)

    assert ("W2" in codes(replace(CASE, entry=vital))) is flawed


def test_the_same_flaw_weighs_more_on_a_vital_function() -> None:
    weights = {
        one: functions.weigh(one) for one in (Criticality.K1, Criticality.K2, Criticality.K3, Criticality.K4, None)
    }

    assert list(weights.values()) == [
        Severity.GRAVE,
        Severity.NOTABLE,
        Severity.MINOR,
        Severity.MINOR,
        Severity.NOTABLE,
    ]


def test_a_public_function_needs_its_name_in_both_national_languages() -> None:
    public = replace(DAY_CARE, confidentiality=Confidentiality.PUBLIC)
    case = replace(CASE, thing=public, entry=replace(ENTRY, name_sv=None))

    (finding,) = found(case)
    assert (finding.rule.code, finding.values["languages"]) == ("W23", "in Swedish")


PLAN = PlanCase(
    Thing(Subject.PLAN, "PL-09", "Continuity plan"),
    Criticality.K1,
    approved_on=date(2025, 8, 11),
    next_review=date(2027, 8, 31),
    last_exercised_on=date(2025, 10, 8),
)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (PLAN, []),
        (replace(PLAN, approved_on=None, next_review=None), []),
        (replace(PLAN, next_review=date(2026, 8, 31)), ["I04"]),
        (replace(PLAN, valid_until=date(2026, 11, 20)), ["I04"]),
        (replace(PLAN, last_exercised_on=None), ["W14"]),
        (replace(PLAN, changed={"F-KAS-01": date(2025, 8, 12)}), ["W15"]),
        (replace(PLAN, changed={"F-KAS-01": date(2025, 8, 12)}, differences=()), []),  # confirmed anew, nothing differs
        (replace(PLAN, differences=("F-KAS-01 RTO 8 h → 4 h",)), ["W15"]),
        (replace(PLAN, changed={"F-KAS-01": date(2025, 8, 11)}), []),
    ],
)
def test_rules_of_plans(case: PlanCase, expected: list[str]) -> None:
    assert [finding.rule.code for finding in plans.of_plan(case, ON)] == expected


RISK = RiskCase(
    Thing(Subject.RISK, "R-14", "Heat is lost"),
    "Significant",
    is_significant=True,
    is_assessed=True,
    is_treated=True,
    has_measure=True,
    has_owner=True,
    next_review=date(2026, 12, 31),
)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (RISK, []),
        (replace(RISK, is_treated=False), ["W17"]),
        (replace(RISK, accepts=True), ["W17"]),
        (replace(RISK, has_measure=False), ["W17"]),
        (replace(RISK, has_measure=False, avoids=True), []),
        (replace(RISK, has_measure=False, accepts=True, is_accepted=True), []),
        (replace(RISK, accepts=True, is_accepted=True), []),
        (replace(RISK, has_owner=False), ["I11"]),
        (replace(RISK, next_review=date(2026, 11, 20)), ["I11"]),
        (replace(RISK, is_significant=False, is_treated=False, has_owner=False), []),
        (replace(RISK, is_assessed=False, is_significant=False), ["I11"]),
    ],
)
def test_rules_of_risks(case: RiskCase, expected: list[str]) -> None:
    assert [finding.rule.code for finding in plans.of_risk(case, ON)] == expected


LATE = MeasureCase(Thing(Subject.MEASURE, "M-04", "Call-out list"), date(2026, 10, 31), 21)


@pytest.mark.parametrize(
    ("case", "expected"),
    [(LATE, ["W18"]), (replace(LATE, has_reason=True), []), (replace(LATE, overdue_days=None), [])],
)
def test_a_measure_that_is_late_wants_a_reason(case: MeasureCase, expected: list[str]) -> None:
    assert [finding.rule.code for finding in measures.of_measure(case)] == expected


def test_the_finding_says_how_late_a_measure_is() -> None:
    with speaking("en"):
        (finding,) = measures.of_measure(LATE)

        assert finding.missing.startswith("The measure was to be done by 2026-10-31 and is 21 days late")


@pytest.mark.parametrize(
    ("criticality", "exercised_on", "missing"),
    [
        (Criticality.K1, date(2024, 11, 21), None),
        (Criticality.K1, date(2024, 11, 20), "a joint exercise in 24 months"),
        (Criticality.K1, None, "a joint exercise in 24 months"),
        (Criticality.K2, None, None),
    ],
)
def test_a_vital_interface_is_exercised_together(
    criticality: Criticality, exercised_on: date | None, missing: str | None
) -> None:
    thing = Thing(Subject.INTERFACE, "IF-04", "Student welfare")
    case = InterfaceCase(thing, criticality, has_duty_contacts=True, has_alerting=True, exercised_on=exercised_on)

    with speaking("en"):
        assert [finding.values["missing"] for finding in interfaces.of_interface(case, ON)] == [missing] * bool(missing)


def test_an_organisation_names_its_duty_holders() -> None:
    case = OrganisationCase(Thing(Subject.ORGANISATION, "KAS", "Education"), True, False, True)

    with speaking("en"):
        (finding,) = functions.of_organisation(case)
        assert finding.missing == "No named: deputy contact."


def test_findings_are_told_in_the_reader_s_language() -> None:
    case = with_entry(recovery_capability_h=24)

    with speaking("fi"):
        (finding,) = functions.of_function(case, ON)
        assert "24 h" in finding.missing
        assert "RTO" in finding.missing
        assert all(text for text in (finding.missing, finding.matters, finding.mend))


def test_a_long_list_tells_how_many_more_there_are() -> None:
    with speaking("en"):
        assert listed("abcdefgh") == "a, b, c, d, e, f, 2 more"
        assert listed("abc") == "a, b, c"


def test_an_organisation_whose_duties_are_all_held_lacks_nothing():
    thing = Thing(Subject.ORGANISATION, "KAS", "Education", confidentiality=Confidentiality.INTERNAL)

    with speaking("en"):
        assert not [*functions.of_organisation(OrganisationCase(thing, True, True, True))]


def test_a_plan_exercised_two_years_ago_to_the_day_counts_as_exercised():
    last = date(2024, 11, 21)

    with speaking("en"):
        assert plans.exercise_state(replace(PLAN, last_exercised_on=last), ON) == ""
        assert plans.exercise_state(replace(PLAN, last_exercised_on=date(2024, 11, 20)), ON) == "last on 2024-11-20"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"held_on": date(2026, 4, 28)}, []),  # a month of grace goes on until 28.11.
        ({"held_on": date(2026, 4, 20)}, ["W16"]),
        ({"held_on": date(2026, 4, 28), "failed_on": date(2026, 10, 28)}, []),  # due today
        ({"held_on": date(2026, 4, 27), "failed_on": date(2026, 10, 27)}, ["W16"]),
        ({}, ["W16"]),
        ({"appointed_on": date(2026, 9, 1)}, []),
        ({"active": False}, []),
        ({"cadence_months": None}, []),
    ],
)
def test_a_body_with_an_interval_has_met_within_it_and_a_month(values, found):
    thing = Thing(Subject.BODY, "B-03", "Johdon tapaaminen")
    case = BodyCase(**{"thing": thing, "cadence_months": 6} | values)
    on = date(2026, 11, 28) if "failed_on" not in values else date(2026, 10, 28)

    assert [finding.rule.code for finding in bodies.of_body(case, on)] == found
