"""Steps on a plan's way that change no text: the unit's review, and the sector's withdrawal."""

from datetime import date

from continuity import lifecycle
from continuity.entries.comments import WithdrawalEntry
from continuity.models.plans import Plan, PlanVersion
from continuity.register.plans import pending
from continuity.vocabulary.comments import Step
from continuity.vocabulary.plans import PlanState
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if


@act(Action.REVIEW_PLAN)
def begin_review(plan: Plan) -> PlanVersion:
    """Take the submitted version up for the unit's review. Raises RuleBroken if none is submitted."""
    version = _pending(plan, Step.BEGIN_REVIEW)
    version.state = PlanState.IN_REVIEW
    db.session.flush()
    return version


@act(Action.PASS_PLAN)
def finish_review(plan: Plan, *, on: date) -> PlanVersion:
    """Note that the unit has reviewed the version; the director decides. Raises RuleBroken if no review goes on."""
    version = _pending(plan, Step.FINISH_REVIEW)
    if version.reviewed_by_central_on:
        raise RuleBroken(lifecycle.REFUSED[Step.FINISH_REVIEW])
    version.reviewed_by_central_on = on
    db.session.flush()
    return version


@act(Action.WITHDRAW_PLAN)
def withdraw(plan: Plan, entry: WithdrawalEntry) -> PlanVersion:
    """Take a submitted version back to be written on, or give a version up; what is in force stays so.

    Raises RuleBroken without a reason, and if no version is being prepared.
    """
    version = _pending(plan, Step.WITHDRAW)
    refuse_if(lifecycle.withdrawal_problems(entry))
    version.state = lifecycle.after_withdrawal(version.state, goes_on=entry.goes_on)
    version.state_reason, version.submitted_at, version.reviewed_by_central_on = entry.state_reason, None, None
    db.session.flush()
    return version


def _pending(plan: Plan, step: Step) -> PlanVersion:
    version = pending(plan)
    lifecycle.refuse_unless_open(step, version.state if version else None)
    if version is None:  # told above
        raise RuleBroken(lifecycle.REFUSED[step])
    return version
