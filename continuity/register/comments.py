"""Every change to the comments on a plan."""

from datetime import datetime

from continuity import lifecycle
from continuity.entries.comments import AnswerEntry, CommentEntry
from continuity.models.comments import PlanComment
from continuity.models.plans import PlanVersion
from continuity.vocabulary.comments import Step
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.texts import N_


@act(Action.COMMENT_PLAN)
def comment(version: PlanVersion, entry: CommentEntry, *, at: datetime) -> PlanComment:
    """Remark on a section of a version that waits, or on the whole; the sector answers.

    Raises RuleBroken for an empty remark, and for a version that does not wait.
    """
    lifecycle.refuse_unless_open(Step.COMMENT, version.state)
    refuse_if(lifecycle.comment_problems(entry))
    made = PlanComment(plan_version=version, section=entry.section, text=entry.text or "")
    made.author_id, made.written_at = actor.current().user_id, at
    db.session.add(made)
    db.session.flush()
    return made


@act(Action.ANSWER_PLAN)
def answer(comment: PlanComment, entry: AnswerEntry, *, at: datetime) -> None:
    """Say what was done about a comment; a later answer replaces it until the comment is settled.

    Raises RuleBroken for an empty answer, for a settled comment and for a version that is closed.
    """
    lifecycle.refuse_unless_open(Step.ANSWER, comment.plan_version.state)
    if comment.settled_at:
        raise RuleBroken(N_("The comment has been settled."))
    refuse_if(lifecycle.answer_problems(entry))
    comment.answer, comment.answered_by_id, comment.answered_at = entry.answer, actor.current().user_id, at
    db.session.flush()


@act(Action.SETTLE_PLAN)
def settle(comment: PlanComment, *, at: datetime) -> None:
    """Close a comment, answered or not. Raises RuleBroken if it is settled, or its version is closed."""
    lifecycle.refuse_unless_open(Step.SETTLE, comment.plan_version.state)
    if comment.settled_at:
        raise RuleBroken(N_("The comment has been settled."))
    comment.settled_by_id, comment.settled_at = actor.current().user_id, at
    db.session.flush()
