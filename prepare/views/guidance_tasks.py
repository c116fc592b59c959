"""What the guidance lets wait: requirements to answer, for a contact; a draft to issue, for the unit."""

from flask import url_for

from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.loading import guidance as loading
from prepare.loading.guidance import Standing
from prepare.queries import guidance as queries
from prepare.texts import _, name_of, ngettext
from prepare.vocabulary import Role

MOST_OWN = 3  #: organisations of one's own that are looked at
MINUTES = 4  #: that an answer takes


def guidance_to_see_to() -> list[Task]:
    """One task for all the requirements that an organisation has open, and one for a draft of the guidance."""
    return [*_to_answer(), *_to_issue()]


def _to_answer() -> list[Task]:
    who = actor.current()
    own = [grant.path for grant in who.grants if grant.role is Role.SECTOR_CONTACT][:MOST_OWN]
    if not own:
        return []
    found = loading.standings(who.scope, [int(path.split("/")[-2]) for path in own], on=today())
    return [_task(one) for one in found.values() if one.open]


def _task(one: Standing) -> Task:
    fresh, late = one.fresh, one.late
    told = [
        ngettext("%(n)s requirement has no answer", "%(n)s requirements have no answer", fresh) if fresh else "",
        ngettext("%(n)s answer is due again", "%(n)s answers are due again", late) if late else "",
    ]
    return Task(
        _("Preparedness guidance: %(name)s", name=name_of(one.organisation)),
        ", ".join(filter(None, told)),
        url_for("prepare.organisation_guidance", ref=one.organisation.ref),
        TaskKind.DUE if late else TaskKind.MISSING,
        why=_("The answers show the city's leadership where help and money are needed."),
        due=one.due,
        minutes=MINUTES * one.open,
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
