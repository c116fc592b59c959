"""W25: an answer to the guidance that says something else than the register."""

import pytest

from continuity.findings.finding import Severity, Subject, Thing
from continuity.findings.guidance import AnswerCase, of_answer
from continuity.readiness import holdings
from prepare.checks import Check, CheckResult
from prepare.clock import today
from prepare.models.guidance import Requirement, RequirementAnswer
from prepare.vocabulary import AnswerStatus

THING = Thing(Subject.REQUIREMENT, "VO-01", "Vaatimus")


@pytest.mark.parametrize(
    ("status", "shown", "severity"),
    [
        (AnswerStatus.MET, CheckResult.MET, None),
        (AnswerStatus.MET, CheckResult.UNKNOWN, None),
        (AnswerStatus.MET, None, None),
        (AnswerStatus.MET, CheckResult.PARTLY, Severity.NOTABLE),
        (AnswerStatus.NA, CheckResult.NOT_MET, Severity.NOTABLE),
        (AnswerStatus.NOT_MET, CheckResult.MET, Severity.MINOR),
    ],
)
def test_a_difference_is_found_and_weighs_more_when_the_answer_is_the_better_one(status, shown, severity):
    found = list(of_answer(AnswerCase(THING, status, shown)))

    assert [one.severity for one in found] == ([severity] if severity else [])


def test_both_sides_are_named(town):
    (found,) = of_answer(AnswerCase(THING, AnswerStatus.MET, CheckResult.PARTLY))

    assert found.missing == "The answer is “Met”, but the register shows “Partly met”."


def findings_of(town, acting, code="EDU"):
    with acting("central") as who:
        held = holdings.holdings(who.scope, town.organisation_of(code), on=today())
        return [one for one in holdings.findings(held, today()) if one.rule.code == "W25"]


def test_the_register_counts_anew_what_it_holds(town, acting):
    (found,) = findings_of(town, acting)  # partly by the answer, but neither contact nor deputy is named

    assert (found.thing.code, found.thing.organisation) == ("VO-01", "EDU")
    assert found.thing.ref == str(town.organisation_of("EDU").ref)

    town.change(town.organisation_of("EDU"), contact_id=town.user("edu.contact").id)
    assert findings_of(town, acting) == []
    assert findings_of(town, acting, "WAT") == []


def test_what_it_does_not_hold_it_takes_as_it_was_counted_then(town, acting):
    first = next(one for one in town.db.session.query(Requirement) if one.code == "G-01 VO-01")
    town.change(first, automatic=Check.SPOF_TREATED)
    assert findings_of(town, acting) == []

    answer = next(one for one in town.db.session.query(RequirementAnswer) if one.requirement_id == first.id)
    town.change(answer, counted_result=CheckResult.NOT_MET, counted_good=0, counted_of=2)
    assert [one.thing.code for one in findings_of(town, acting)] == ["VO-01"]


def test_every_part_of_what_is_held_is_counted(town, acting):
    first = next(one for one in town.db.session.query(Requirement) if one.code == "G-01 VO-01")
    shown = {}
    for check in (
        Check.FUNCTIONS_REGISTERED,
        Check.DEPENDENCIES_CONFIRMED,
        Check.PLANS_APPROVED,
        Check.RISK_COVERAGE,
        Check.INTERFACE_OWNERS,
        Check.OVERDUE_EXPLAINED,
    ):
        town.change(first, automatic=check)
        shown[check] = [one.values["shown"] for one in findings_of(town, acting)]

    assert shown[Check.INTERFACE_OWNERS] == ["Not met"]
    assert shown[Check.PLANS_APPROVED] == []  # partly on both sides
    assert shown[Check.OVERDUE_EXPLAINED] == ["Met"]
