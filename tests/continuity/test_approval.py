"""What a plan must satisfy to be saved, submitted and approved."""

from dataclasses import replace
from datetime import date

import pytest

from continuity import approval
from continuity.entries.plans import ApprovalEntry, PlanEntry
from continuity.vocabulary.plans import PlanKind, PlanState, Section
from prepare.vocabulary import Confidentiality

TODAY = date(2026, 5, 4)
MEALS = PlanEntry(kind=PlanKind.CONTINUITY, name_fi="Ruokahuolto", functions=("F-EDU-01",), number="1.0")
FILLED = {Section.ACTIVATION, Section.FIRST_HOUR}
APPROVAL = ApprovalEntry(next_review=date(2027, 5, 4))
AUTHOR, DIRECTOR = 7, 8


def broken(entry):
    return {problem.field for problem in approval.problems(entry, on=TODAY)}


def refused(entry=MEALS, approval_entry=APPROVAL, approver=DIRECTOR, authors=frozenset({AUTHOR})):
    problems = approval.approval_problems(entry, approval_entry, approver=approver, authors=authors, on=TODAY)
    return [problem.field for problem in problems]


def test_a_plan_has_fourteen_sections_in_their_order():
    assert [section.place for section in Section] == list(range(1, 15))


def test_a_name_and_a_number_are_enough_to_begin_with():
    assert broken(PlanEntry(kind=PlanKind.GENERAL, name_fi="Yleinen osa")) == set()
    assert broken(replace(MEALS, name_fi=" ")) == {"name_fi"}


@pytest.mark.parametrize("number", ["1", "0.1", "2.10", "1.2.3.4"])
def test_a_version_has_a_number(number):
    assert broken(replace(MEALS, number=number)) == set()


@pytest.mark.parametrize("number", ["", "v1", "1.", ".1", "1,0", "1.2.3.4.5"])
def test_anything_else_is_no_version_number(number):
    assert broken(replace(MEALS, number=number)) == {"number"}


def test_an_exercise_is_not_held_tomorrow():
    assert broken(replace(MEALS, last_exercised_on=date(2026, 5, 4))) == set()
    assert broken(replace(MEALS, last_exercised_on=date(2026, 5, 5))) == {"last_exercised_on"}


def test_a_confidential_plan_needs_its_legal_basis():
    assert broken(replace(MEALS, confidentiality=Confidentiality.CONFIDENTIAL)) == {"secrecy_basis"}


def test_a_plan_is_submitted_with_functions_activation_and_the_first_hour():
    bare = replace(MEALS, functions=())

    assert [gap.field for gap in approval.gaps(bare, ())] == ["functions", "section_activation", "section_first_hour"]
    assert approval.gaps(MEALS, FILLED) == []


def test_a_document_may_stand_for_the_sections():
    assert approval.gaps(replace(MEALS, document_ref="MK 12/2026"), ()) == []


def test_the_general_part_names_no_functions():
    general = replace(MEALS, kind=PlanKind.GENERAL, functions=())

    assert approval.gaps(general, FILLED) == []
    assert refused(general) == []


def test_a_director_who_wrote_nothing_approves():
    assert refused() == []


@pytest.mark.parametrize("approver", [AUTHOR, None])
def test_an_author_never_approves_and_neither_does_nobody(approver):
    assert refused(approver=approver) == [None]


def test_an_approval_needs_functions_and_a_review_that_lies_ahead():
    assert refused(replace(MEALS, functions=())) == [None]
    assert refused(approval_entry=ApprovalEntry()) == ["next_review"]
    assert refused(approval_entry=ApprovalEntry(next_review=TODAY)) == ["next_review"]


def test_a_plan_does_not_end_before_it_begins():
    assert refused(approval_entry=replace(APPROVAL, valid_until=date(2026, 5, 3))) == ["valid_until"]
    assert refused(approval_entry=replace(APPROVAL, valid_until=TODAY)) == []


@pytest.mark.parametrize(("number", "following"), [("0.0", "0.1"), ("2.9", "2.10"), ("3", "4"), ("odd", "odd.1")])
def test_the_next_version_counts_on(number, following):
    assert approval.next_number(number) == following


def test_a_plan_is_overdue_the_day_after_its_review_and_only_in_force():
    due = date(2026, 5, 3)

    assert approval.is_overdue(PlanState.APPROVED, due, on=TODAY)
    assert not approval.is_overdue(PlanState.APPROVED, TODAY, on=TODAY)
    assert not approval.is_overdue(PlanState.DRAFT, due, on=TODAY)
    assert not approval.is_overdue(PlanState.APPROVED, None, on=TODAY)
    assert approval.has_expired(PlanState.APPROVED, due, on=TODAY)
    assert not approval.has_expired(PlanState.SUPERSEDED, due, on=TODAY)


def test_a_year_after_a_leap_day_is_the_28th():
    assert approval.year_after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert approval.year_after(date(2026, 5, 4)) == date(2027, 5, 4)


def test_the_next_version_takes_the_first_number_that_is_free():
    assert approval.free_number("2.1", ()) == "2.2"
    assert approval.free_number("2.1", {"2.1", "2.2", "2.3"}) == "2.4"
