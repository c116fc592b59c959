"""Words of the comments on a plan and of the steps that its versions take."""

from enum import StrEnum

from prepare.texts import N_
from prepare.vocabulary import Labelled


class CommentState(Labelled):
    """How far a comment on a plan is."""

    OPEN = "open", N_("Waits for an answer")
    ANSWERED = "answered", N_("Answered")
    SETTLED = "settled", N_("Settled")


class Step(StrEnum):
    """What may be done with a version of a plan."""

    SUBMIT = "submit"
    BEGIN_REVIEW = "begin_review"
    FINISH_REVIEW = "finish_review"
    COMMENT = "comment"
    ANSWER = "answer"
    SETTLE = "settle"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
