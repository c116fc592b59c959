"""The way of a plan's version: which step is open from which state (domain.md 2.4), and the life of a comment."""

from collections.abc import Mapping
from datetime import date

from continuity.entries.comments import AnswerEntry, CommentEntry, WithdrawalEntry
from continuity.vocabulary.comments import CommentState, Step
from continuity.vocabulary.plans import OPEN_STATES, PENDING_STATES, WAITING_STATES, PlanState
from prepare.errors import RuleBroken
from prepare.texts import N_

#: The states from which a step may be taken. The director need not wait for the unit's review.
FROM: Mapping[Step, frozenset[PlanState]] = {
    Step.SUBMIT: OPEN_STATES,
    Step.BEGIN_REVIEW: frozenset({PlanState.SUBMITTED}),
    Step.FINISH_REVIEW: frozenset({PlanState.IN_REVIEW}),
    Step.COMMENT: WAITING_STATES,
    Step.ANSWER: PENDING_STATES,
    Step.SETTLE: PENDING_STATES,
    Step.SEND_BACK: WAITING_STATES,
    Step.APPROVE: WAITING_STATES,
    Step.WITHDRAW: PENDING_STATES,
}
REFUSED: Mapping[Step, str] = {
    Step.SUBMIT: N_("There is no version to submit."),
    Step.BEGIN_REVIEW: N_("No submitted version waits for a review."),
    Step.FINISH_REVIEW: N_("No review of this plan is going on."),
    Step.COMMENT: N_("Only a version that has been submitted is commented on."),
    Step.ANSWER: N_("The version is closed, and its comments with it."),
    Step.SETTLE: N_("The version is closed, and its comments with it."),
    Step.SEND_BACK: N_("No version of the plan waits for approval."),
    Step.APPROVE: N_("No version of the plan waits for approval."),
    Step.WITHDRAW: N_("No version of the plan is being prepared."),
}


def is_open(step: Step, state: PlanState | None) -> bool:
    """Whether a version in this state may take the step; None = there is no such version."""
    return state in FROM[step]


def refuse_unless_open(step: Step, state: PlanState | None) -> None:
    """Raise RuleBroken, which says what stands in the way, unless the step is open."""
    if not is_open(step, state):
        raise RuleBroken(REFUSED[step])


def return_problems(reason: str | None, *, open_comments: int) -> list[RuleBroken]:
    """A return says what is to be completed: in words, or by at least one comment that waits for an answer."""
    if (reason or "").strip() or open_comments:
        return []
    return [RuleBroken(N_("Say what the sector should complete, or comment on a section."), field="reason")]


def comment_problems(entry: CommentEntry) -> list[RuleBroken]:
    """A comment says something."""
    return [] if (entry.text or "").strip() else [RuleBroken(N_("Write your comment."), field="text")]


def answer_problems(entry: AnswerEntry) -> list[RuleBroken]:
    """An answer says what was done about the comment, or why nothing was."""
    if (entry.answer or "").strip():
        return []
    return [RuleBroken(N_("Say what was done about the comment, or why nothing was."), field="answer")]


def withdrawal_problems(entry: WithdrawalEntry) -> list[RuleBroken]:
    """A withdrawal says why."""
    if (entry.state_reason or "").strip():
        return []
    return [RuleBroken(N_("Say why the version is withdrawn."), field="state_reason")]


def after_withdrawal(state: PlanState, *, goes_on: bool) -> PlanState:
    """Where a withdrawn version stands: a submitted one may be written on as a draft, else it is given up."""
    return PlanState.DRAFT if goes_on and state in WAITING_STATES else PlanState.WITHDRAWN


def comment_state(*, is_answered: bool, is_settled: bool) -> CommentState:
    """How far a comment is; it is settled by those who comment, answered or not."""
    if is_settled:
        return CommentState.SETTLED
    return CommentState.ANSWERED if is_answered else CommentState.OPEN


def reviewed_text(state: PlanState, reviewed_on: date | None) -> str | None:
    """What is to be said of the unit's review while a version waits; a message, or None when it is not waiting."""
    if state not in WAITING_STATES:
        return None
    if reviewed_on:
        return N_("The security and preparedness unit has reviewed the version.")
    if state is PlanState.IN_REVIEW:
        return N_("The security and preparedness unit is reviewing the version.")
    return N_("The security and preparedness unit has not begun its review.")
