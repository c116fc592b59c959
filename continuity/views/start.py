"""What this package adds to the start page: the plans that wait for this person."""

from types import SimpleNamespace
from typing import Any

from flask import url_for

from continuity import approval
from continuity.models.plans import Plan, PlanVersion
from continuity.queries import plans as queries
from continuity.vocabulary.plans import WAITING_STATES
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import StartPage
from prepare.texts import _, name_of

MOST = 8


def plans_to_do(_page: StartPage) -> dict[str, Any] | None:
    """Plans to approve, plans that were returned or begun, and plans that are out of date."""
    who = actor.current()
    if not (may(who, Action.APPROVE_PLAN) or may(who, Action.EDIT_PLAN)):
        return None
    rows = db.session.execute(queries.unsettled(who.scope, on=today()).limit(MOST * 2))
    tasks = [task for plan, approved, pending in rows if (task := _task(plan, approved, pending))]
    return {"tasks": tasks[:MOST]} if tasks else None


def _task(plan: Plan, approved: PlanVersion | None, pending: PlanVersion | None) -> SimpleNamespace | None:
    detail = _detail(plan, approved, pending)
    if detail is None:
        return None
    text = f"{plan.code} {name_of(plan)}"
    return SimpleNamespace(text=text, detail=detail, url=url_for("continuity.plan", ref=plan.ref))


def _detail(plan: Plan, approved: PlanVersion | None, pending: PlanVersion | None) -> str | None:
    """Why the plan waits for this person; None when it does not."""
    who = actor.current()
    if pending and pending.state in WAITING_STATES:
        return _("Waits for your approval") if may(who, Action.APPROVE_PLAN, plan) else None
    if not may(who, Action.EDIT_PLAN, plan):
        return None
    if pending:
        return (
            _("Returned to you for completion") if pending.return_reason else _("A version that has not been submitted")
        )
    if approved and approval.has_expired(approved.state, approved.valid_until, on=today()):
        return _("The plan has expired")
    return _("The review is overdue")
