"""What of the plans waits for somebody: decisions, versions that came back or were begun, and plans out of date."""

from flask import url_for

from continuity import approval
from continuity.models.plans import Plan, PlanVersion
from continuity.queries import plans as queries
from continuity.vocabulary.plans import WAITING_STATES
from prepare import actor
from prepare.access import Action, may
from prepare.clock import day_of, today
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.texts import _, name_of, ngettext

MOST = 100  #: of a kind that are looked at
APPROVE_MINUTES, REVIEW_MINUTES, COMPLETE_MINUTES, RENEW_MINUTES = 20, 30, 30, 45


def plans_to_do() -> list[Task]:
    """The plans that wait for the acting person, what is to be decided with the day since when it waits."""
    who = actor.current()
    if may(who, Action.APPROVE_PLAN) or may(who, Action.EDIT_PLAN):
        rows = db.session.execute(queries.unsettled(who.scope, on=today()).limit(MOST)).all()
        found = [_task(plan, approved, pending) for plan, approved, pending in rows]
    elif may(who, Action.RETURN_PLAN):
        rows = db.session.execute(queries.waiting(who.scope).limit(MOST)).all()
        found = [_to_decide(plan, v, _("Look at it and comment or return it"), REVIEW_MINUTES) for plan, _a, v in rows]
        found += [_of_sectors()]
    else:
        found = []
    return [task for task in found if task]


def _task(plan: Plan, approved: PlanVersion | None, pending: PlanVersion | None) -> Task | None:
    """Why the plan waits for this person; None when it does not."""
    who = actor.current()
    if pending and pending.state in WAITING_STATES:
        may_approve = may(who, Action.APPROVE_PLAN, plan)
        return _to_decide(plan, pending, _("Waits for your approval"), APPROVE_MINUTES) if may_approve else None
    if not may(who, Action.EDIT_PLAN, plan):
        return None
    if pending:
        return _to_finish(plan, pending)
    return _to_renew(plan, approved) if approved else None


def _to_decide(plan: Plan, version: PlanVersion, detail: str, minutes: int) -> Task:
    return Task(
        _named(plan),
        detail,
        url_for("continuity.plan", ref=plan.ref, version=version.number),
        kind=TaskKind.DECIDE,
        why=name_of(plan.organisation),
        since=day_of(version.submitted_at) if version.submitted_at else None,
        minutes=minutes,
        about=plan,
    )


def _to_finish(plan: Plan, version: PlanVersion) -> Task:
    said, url = version.return_reason or "", url_for("continuity.plan", ref=plan.ref, version=version.number)
    if said:
        detail, why = _("Returned to you for completion"), _("Answer what was said, and submit it again.")
        kind = TaskKind.RETURNED
    else:
        detail, why = _("A version that has not been submitted"), _("A draft binds nobody when something happens.")
        kind = TaskKind.MISSING
    return Task(_named(plan), detail, url, kind=kind, why=why, said=said, minutes=COMPLETE_MINUTES, about=plan)


def _to_renew(plan: Plan, version: PlanVersion) -> Task:
    expired = approval.has_expired(version.state, version.valid_until, on=today())
    return Task(
        _named(plan),
        _("The plan has expired") if expired else _("The review is overdue"),
        url_for("continuity.plan", ref=plan.ref),
        kind=TaskKind.DUE,
        why=_("A plan that nobody has looked at for long gives false comfort."),
        due=version.valid_until if expired else version.next_review,
        minutes=RENEW_MINUTES,
        about=plan,
    )


def _of_sectors() -> Task | None:
    """For the unit: that plans of the sectors are out of date, as one thing."""
    count = db.session.scalar(queries.counted(queries.plans(actor.current().scope, overdue_on=today()))) or 0
    text = ngettext("%(n)s plan is out of date", "%(n)s plans are out of date", count)
    why = _("A plan that nobody has looked at for long gives false comfort.")
    url = url_for("continuity.plans", overdue=1)
    return (
        Task(text, _("Ask their sectors to look at them"), url, kind=TaskKind.DUE, why=why, plain=True)
        if count
        else None
    )


def _named(plan: Plan) -> str:
    return f"{plan.code} {name_of(plan)}"
