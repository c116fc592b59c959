"""What of the risks waits for the acting person: decisions on acceptance, and reviews that are overdue."""

from flask import url_for

from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.texts import _, day, named
from risks import lifecycle
from risks.models.risks import Risk
from risks.queries import risks as queries

MOST_TASKS = 30  #: of each kind; the rest stands in the register
ACCEPT_MINUTES, REVIEW_MINUTES = 10, 10


def waiting_risks() -> list[Task]:
    """Risks that this person decides on, and risks of the person's own that were to be looked at again."""
    who, tasks = actor.current(), []
    if may(who, Action.ACCEPT_RISK):
        rows = db.session.scalars(queries.waiting_for_acceptance(who.scope, on=today()).limit(MOST_TASKS * 2))
        mine = [risk for risk in rows if who.holds(*lifecycle.acceptors(risk.level), over=risk.owner_path)]
        tasks += [_to_accept(risk) for risk in mine[:MOST_TASKS]]
    if may(who, Action.REVIEW_RISK):
        rows = db.session.scalars(queries.review_overdue(who.scope, on=today()).limit(MOST_TASKS * 2))
        own = [risk for risk in rows if may(who, Action.REVIEW_RISK, risk)]
        tasks += [_to_review(risk) for risk in own[:MOST_TASKS]]
    return tasks


def _acceptance(risk: Risk) -> str:
    if lifecycle.has_lapsed(risk, on=today()):
        return _("The acceptance of the risk has ended: decide anew")
    return _("It is proposed to accept the risk: decide")


def _overdue(risk: Risk) -> str:
    return _("The risk was to be looked at again by %(day)s", day=day(risk.next_review) if risk.next_review else "")


def _to_accept(risk: Risk) -> Task:
    return Task(
        _named(risk),
        _acceptance(risk),
        url_for("risks.accept_risk", ref=risk.ref),
        kind=TaskKind.DECIDE,
        why=_("Until somebody decides, nobody has taken the risk on."),
        minutes=ACCEPT_MINUTES,
        about=risk,
    )


def _to_review(risk: Risk) -> Task:
    return Task(
        _named(risk),
        _overdue(risk),
        url_for("risks.risk", ref=risk.ref),
        kind=TaskKind.DUE,
        why=_("An old assessment hides what has changed."),
        due=risk.next_review,
        minutes=REVIEW_MINUTES,
        about=risk,
    )


def _named(risk: Risk) -> str:
    return f"{risk.code} {named(risk, 'title')}"
