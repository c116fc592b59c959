"""What this package lets wait for somebody: comments to answer, situations that go on, and lessons to settle."""

from flask import url_for

from continuity.models.situations import Situation
from continuity.queries import comments as remarks
from continuity.queries import situations as queries
from prepare import actor
from prepare.access import Action, may
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.texts import _, name_of, ngettext
from prepare.vocabulary import Role

MOST = 5
ANSWER_MINUTES, TELL_MINUTES, LEARN_MINUTES = 5, 5, 30


def comments_to_answer() -> list[Task]:
    """Comments on the plans of one's own sector that wait for an answer, one task for each plan."""
    who = actor.current()
    paths = [grant.path for grant in who.grants if grant.role in (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR)]
    if not paths:
        return []
    return [
        Task(
            f"{plan.code} {name_of(plan)}",
            ngettext("%(n)s comment waits for your answer", "%(n)s comments wait for your answer", waiting),
            url_for("continuity.plan", ref=plan.ref, _anchor="comments"),
            TaskKind.RETURNED,
            why=_("Without an answer the reviewers do not know whether their remark was heeded."),
            minutes=ANSWER_MINUTES * waiting,
            about=plan,
        )
        for plan, waiting in db.session.execute(remarks.waiting(who.scope, paths).limit(MOST))
    ]


def situations_to_see_to() -> list[Task]:
    """Situations that go on, for those who add to them, and closed ones with lessons to settle."""
    who = actor.current()
    if not may(who, Action.LOG_SITUATION):
        return []
    live = db.session.scalars(queries.situations(who.scope, live=True).limit(MOST)).all()
    why = _("The common picture is only as good as what is written into it.")
    found = [_task(one, _("A situation is going on: write down what you know"), why, TELL_MINUTES) for one in live]
    if may(who, Action.CLOSE_SITUATION):
        ended = db.session.scalars(queries.to_learn_from(who.scope).limit(MOST)).all()
        why = _("What is not written down now is learnt again the hard way.")
        found += [_task(one, _("Record what was observed and settle the gaps"), why, LEARN_MINUTES) for one in ended]
    return found


def _task(situation: Situation, detail: str, why: str, minutes: int) -> Task:
    text = f"{situation.code} {situation.title}"
    url = url_for("continuity.situation", ref=situation.ref)
    return Task(text, detail, url, kind=TaskKind.DUE, why=why, minutes=minutes, about=situation)
