"""What the register counts for the guidance: each rule on small facts, and the town's own records."""

from datetime import date

import pytest

from continuity import checking
from continuity.checking import Facts, FunctionFact, InterfaceFact, NeedFact, PlanFact, RiskFact, SeatFact
from continuity.readiness import checks
from prepare.actor import EVERYTHING
from prepare.checks import Check, Checked, CheckResult
from prepare.clock import today
from prepare.vocabulary import Criticality

ON = date(2026, 11, 21)
LATELY, LONG_AGO = date(2026, 3, 1), date(2023, 1, 1)
K1, K3 = Criticality.K1, Criticality.K3
IN_ORDER = FunctionFact(K1, True, True, LATELY, True, LATELY)
BARE = FunctionFact(K1)
FACTS = Facts(
    duties=(True, False),
    functions=(IN_ORDER, BARE, FunctionFact(K3, True, reviewed_on=LONG_AGO)),
    needs=(NeedFact(K1, 72.0, True), NeedFact(K1, 72.0), NeedFact(K1, 71.0, True), NeedFact(K3, 90.0, True)),
    suppliers=(
        NeedFact(K1, confirmed_on=LATELY),
        NeedFact(K1, confirmed_on=LONG_AGO),
        NeedFact(K1),
        NeedFact(K1, confirmed_on=LATELY, has_supplier=False),
        NeedFact(K3, confirmed_on=LATELY),
    ),
    plans=(PlanFact(True, True), PlanFact(True), PlanFact()),
    risks=(RiskFact(True, True), RiskFact(True, False), RiskFact(False, True)),
    interfaces=(
        InterfaceFact(K1, True, True, LATELY),
        InterfaceFact(K1, exercised_on=LONG_AGO),
        InterfaceFact(K3, True),
    ),
    seats=(SeatFact(3, LATELY), SeatFact(12, LATELY), SeatFact(3)),
    measures=(True, False),
    observations=(True,),
    agreements=(False, False),
    points=(True, False, False),
)


@pytest.mark.parametrize(
    ("check", "good", "of"),
    [
        (Check.CONTACT_AND_DEPUTY, 1, 2),
        (Check.PLANS_APPROVED, 2, 3),
        (Check.MEETING_ATTENDANCE, 1, 3),
        (Check.FUNCTIONS_REGISTERED, 2, 3),
        (Check.BIA_COMPLETE, 1, 2),
        (Check.DEPENDENCIES_CONFIRMED, 1, 4),
        (Check.RISK_COVERAGE, 1, 3),
        (Check.PLAN_APPROVED, 1, 2),
        (Check.WORKAROUND_72H, 1, 3),
        (Check.LEVEL_TASKS, 1, 3),
        (Check.CALLOUT_TESTED, 0, 0),  # nobody records it
        (Check.INTERFACE_OWNERS, 2, 3),
        (Check.INTERFACE_ALERTING, 1, 2),
        (Check.TRANSFER_CLOSED, 0, 0),  # nothing is transferred
        (Check.AGREEMENTS_CLAUSE, 0, 2),
        (Check.INTERFACE_EXERCISED, 1, 2),
        (Check.PLAN_EXERCISED, 1, 2),
        (Check.OBSERVATIONS_MEASURED, 1, 1),
        (Check.REVIEWED, 1, 3),
        (Check.OVERDUE_EXPLAINED, 1, 2),
        (Check.SPOF_TREATED, 1, 3),
    ],
)
def test_a_check_counts_what_is_in_order_among_what_it_looks_at(check, good, of):
    assert checking.checked(check, FACTS, on=ON) == Checked(good, of)


@pytest.mark.parametrize(
    ("good", "of", "result"),
    [
        (0, 0, CheckResult.UNKNOWN),
        (0, 3, CheckResult.NOT_MET),
        (2, 3, CheckResult.PARTLY),
        (3, 3, CheckResult.MET),
    ],
)
def test_a_requirement_is_met_when_everything_is_in_order_and_unknown_when_nothing_is_counted(good, of, result):
    assert Checked(good, of).result is result


def counted(town, *checks_wanted):
    """What the register counts for the education sector and the waterworks."""
    sectors = [town.organisation_of(code) for code in ("EDU", "WAT")]
    found = checks.counted(EVERYTHING, sectors, checks_wanted or tuple(Check), today())
    return [found[one.id] for one in sectors]


def test_the_records_of_an_organisation_and_of_what_stands_below_it_are_counted(town):
    education, water = counted(town)

    assert education[Check.FUNCTIONS_REGISTERED] == Checked(
        4, 6
    )  # four of its own and one of a school, confirmed or not
    assert education[Check.CONTACT_AND_DEPUTY] == Checked(0, 2)
    assert education[Check.PLANS_APPROVED] == Checked(1, 3)
    assert education[Check.RISK_COVERAGE].of == 2
    assert water[Check.PLAN_APPROVED] == Checked(0, 2)
    assert water[Check.BIA_COMPLETE] == Checked(1, 2)


def test_several_organisations_cost_no_more_statements_than_one(town, statements):
    one, several = [], [town.organisation_of(code) for code in ("EDU", "WAT", "SCH")]
    checks.counted(EVERYTHING, several[:1], tuple(Check), today())
    for some in (several[:1], several):
        with statements() as seen:
            checks.counted(EVERYTHING, some, tuple(Check), today())
        one.append(len(seen))

    assert one[0] == one[1] <= 12


def test_only_what_is_asked_for_is_read(town, statements):
    with statements() as seen:
        found = counted(town, Check.CONTACT_AND_DEPUTY)

    assert len([text for text in seen.texts if "organisation.code" not in text]) == 0
    assert [set(one) for one in found] == [{Check.CONTACT_AND_DEPUTY}] * 2
