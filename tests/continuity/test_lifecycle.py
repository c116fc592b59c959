"""The way of a plan's version and the life of a comment, as rules."""

from datetime import date

import pytest

from continuity import lifecycle
from continuity.entries.comments import AnswerEntry, CommentEntry, WithdrawalEntry
from continuity.vocabulary.comments import CommentState, Step
from continuity.vocabulary.groups import SectionGroup, grouped
from continuity.vocabulary.plans import PlanKind, PlanState, Section
from prepare.errors import RuleBroken

DRAFT, SUBMITTED, IN_REVIEW, RETURNED = (
    PlanState.DRAFT,
    PlanState.SUBMITTED,
    PlanState.IN_REVIEW,
    PlanState.RETURNED,
)
CLOSED = (PlanState.APPROVED, PlanState.SUPERSEDED, PlanState.WITHDRAWN)
#: Written by hand from domain.md 2.4: step → the states from which it may be taken.
OPEN = {
    Step.SUBMIT: {DRAFT, RETURNED},
    Step.BEGIN_REVIEW: {SUBMITTED},
    Step.FINISH_REVIEW: {IN_REVIEW},
    Step.COMMENT: {SUBMITTED, IN_REVIEW},
    Step.ANSWER: {DRAFT, SUBMITTED, IN_REVIEW, RETURNED},
    Step.SETTLE: {DRAFT, SUBMITTED, IN_REVIEW, RETURNED},
    Step.SEND_BACK: {SUBMITTED, IN_REVIEW},
    Step.APPROVE: {SUBMITTED, IN_REVIEW},
    Step.WITHDRAW: {DRAFT, SUBMITTED, IN_REVIEW, RETURNED},
}


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", [*PlanState, None])
def test_each_step_is_open_from_its_states_only(step, state):
    assert lifecycle.is_open(step, state) is (state in OPEN[step])


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", CLOSED)
def test_nothing_is_done_to_a_version_that_is_closed(step, state):
    with pytest.raises(RuleBroken) as broken:
        lifecycle.refuse_unless_open(step, state)

    assert broken.value.text()
    assert lifecycle.refuse_unless_open(Step.APPROVE, SUBMITTED) is None


def test_a_return_needs_a_reason_or_a_comment_that_waits():
    assert lifecycle.return_problems("Lisää kortti", open_comments=0) == []
    assert lifecycle.return_problems(None, open_comments=1) == []
    assert [one.field for one in lifecycle.return_problems("  ", open_comments=0)] == ["reason"]


def test_a_comment_an_answer_and_a_withdrawal_say_something():
    assert lifecycle.comment_problems(CommentEntry(text="Kuka?")) == []
    assert [one.field for one in lifecycle.comment_problems(CommentEntry(text=" "))] == ["text"]
    assert lifecycle.answer_problems(AnswerEntry(answer="Lisätty")) == []
    assert [one.field for one in lifecycle.answer_problems(AnswerEntry())] == ["answer"]
    assert lifecycle.withdrawal_problems(WithdrawalEntry(state_reason="Kesken")) == []
    assert [one.field for one in lifecycle.withdrawal_problems(WithdrawalEntry())] == ["state_reason"]


@pytest.mark.parametrize(
    ("state", "goes_on", "after"),
    [
        (SUBMITTED, True, DRAFT),
        (IN_REVIEW, True, DRAFT),
        (SUBMITTED, False, PlanState.WITHDRAWN),
        (DRAFT, False, PlanState.WITHDRAWN),
        (RETURNED, True, PlanState.WITHDRAWN),  # a version that is written on anyway is not taken back
    ],
)
def test_a_submitted_version_may_be_written_on_and_any_other_is_given_up(state, goes_on, after):
    assert lifecycle.after_withdrawal(state, goes_on=goes_on) is after


def test_a_comment_waits_until_it_is_answered_or_settled():
    assert lifecycle.comment_state(is_answered=False, is_settled=False) is CommentState.OPEN
    assert lifecycle.comment_state(is_answered=True, is_settled=False) is CommentState.ANSWERED
    assert lifecycle.comment_state(is_answered=False, is_settled=True) is CommentState.SETTLED


def test_a_waiting_version_says_how_far_the_units_review_is():
    texts = [
        lifecycle.reviewed_text(SUBMITTED, None),
        lifecycle.reviewed_text(IN_REVIEW, None),
        lifecycle.reviewed_text(IN_REVIEW, date(2026, 5, 4)),
    ]

    assert ["has not begun" in texts[0], "is reviewing" in texts[1], "has reviewed" in texts[2]] == [True] * 3
    assert lifecycle.reviewed_text(DRAFT, None) is None


def test_the_general_part_has_its_sections_in_three_groups_and_any_other_plan_in_one():
    assert grouped(PlanKind.CONTINUITY) == [(None, list(Section))]

    parts = dict(grouped(PlanKind.GENERAL))

    assert list(parts) == list(SectionGroup)
    assert [one.place for one in parts[SectionGroup.STRATEGIC]] == [1, 2, 3, 4]
    assert [one.place for one in parts[SectionGroup.OPERATIVE]] == [5, 6, 7, 8, 11, 12, 13, 14]
    assert [one.place for one in parts[SectionGroup.EMERGENCY]] == [9, 10]
