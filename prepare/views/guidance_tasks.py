"""What the guidance lets wait: requirements to answer, for a contact; a draft to issue, for the unit."""

from flask import url_for

from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.loading import guidance as loading
from prepare.queries import guidance as queries
from prepare.queries import organisations
from prepare.texts import _, name_of, ngettext
from prepare.vocabulary import Role

MOST_OWN = 3  #: organisations of one's own that are looked at
MINUTES = 4  #: that an answer takes


def guidance_to_see_to() -> list[Task]:
    """One task for all the requirements that an organisation has open, and one for a draft of the guidance."""
    return [*_to_answer(), *_to_issue()]


def _to_answer() -> list[Task]:
    who, found = actor.current(), []
    if not who.holds(Role.SECTOR_CONTACT):
        return []
    every = db.session.scalars(organisations.with_functions(who.scope).limit(MOST_OWN)).all()
    for one in every:
        asked = loading.answered(who.scope, one, on=today()) if may(who, Action.ANSWER_GUIDANCE, one) else []
        waiting = [each for each in asked if each.is_open(today())]
        if waiting:
            fresh = sum(each.answer is None for each in waiting)
            url = url_for("prepare.organisation_guidance", ref=one.ref)
            found.append(
                _task(_("Preparedness guidance: %(name)s", name=name_of(one)), fresh, len(waiting) - fresh, url)
            )
    return found


def _task(text: str, fresh: int, late: int, url: str) -> Task:
    told = [
        ngettext("%(n)s requirement has no answer", "%(n)s requirements have no answer", fresh) if fresh else "",
        ngettext("%(n)s answer is due again", "%(n)s answers are due again", late) if late else "",
    ]
    return Task(
        text,
        ", ".join(filter(None, told)),
        url,
        TaskKind.MISSING if fresh else TaskKind.DUE,
        why=_("The answers show the city's leadership where help and money are needed."),
        minutes=MINUTES * (fresh + late),
    )


def _to_issue() -> list[Task]:
    who = actor.current()
    if not may(who, Action.ISSUE_GUIDANCE):
        return []
    drafts = db.session.scalars(queries.drafts(who.scope).limit(MOST_OWN)).all()
    return [
        Task(
            _("Preparedness guidance %(number)s", number=one.number),
            _("A draft waits to be issued"),
            url_for("prepare.guidance_version", ref=one.ref),
            TaskKind.DECIDE,
            why=_("Sectors go by the version in force until the new one is issued."),
        )
        for one in drafts
        if may(who, Action.ISSUE_GUIDANCE, one)
    ]
