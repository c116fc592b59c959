"""What of the functions waits for the acting person: decisions, what came back, and facts that are missing."""

from flask import url_for

from prepare import actor
from prepare.access import Action, may
from prepare.clock import day_of
from prepare.db import db
from prepare.insets import Task, TaskKind, tasks_elsewhere
from prepare.models.functions import Function, FunctionRevision
from prepare.queries import functions as queries
from prepare.texts import _, name_of
from prepare.views.beginnings import first_steps, open_duties
from prepare.views.missing import Missing, missing_of
from prepare.views.standing import left_alone
from prepare.vocabulary import FunctionState, RevisionState, Role

MOST = 100  #: of a kind that are looked at
MOST_LOOKED_AT = 200  #: functions of one's own that are looked through for what they lack
#: States in which the sector has nothing to do: what is in force, or waits for the unit.
THEIRS = (FunctionState.CONFIRMED, FunctionState.SUBMITTED, RevisionState.SUBMITTED)
CONFIRM_MINUTES, COMPLETE_MINUTES, SUBMIT_MINUTES = 10, 15, 2


def every_task() -> list[Task]:
    """Everything that waits for the acting person, from every package."""
    return [*first_steps(), *left_alone(), *_to_confirm(), *_of_own_functions(), *tasks_elsewhere(), *open_duties()]


def _to_confirm() -> list[Task]:
    """Functions, and changes to them, that sectors have submitted to this person, the oldest first."""
    who = actor.current()
    if not may(who, Action.CONFIRM_FUNCTION):
        return []
    rows = db.session.execute(queries.waiting(who.scope).limit(MOST)).all()
    return [_submitted(function, revision) for function, revision in rows]


def _submitted(function: Function, revision: FunctionRevision | None) -> Task:
    at = revision.submitted_at if revision else function.submitted_at
    return Task(
        _named(function),
        _("A change to confirm or to return") if revision else _("A new function to confirm or to return"),
        url_for("prepare.review_function", ref=function.ref),
        kind=TaskKind.DECIDE,
        why=name_of(function.organisation),
        since=day_of(at) if at else None,
        minutes=CONFIRM_MINUTES,
        about=function,
    )


def _of_own_functions() -> list[Task]:
    """What came back, what is ready to be submitted, and every fact that a sector fills in, the most critical first."""
    who = actor.current()
    if not who.holds(Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR):
        return []
    rows = db.session.scalars(queries.ordered(queries.functions(who.scope), "criticality").limit(MOST_LOOKED_AT))
    mine = [function for function in rows if may(who, Action.EDIT_FUNCTION, function)]
    waiting = list(db.session.scalars(queries.pending_of(who.scope, [function.id for function in mine])))
    revisions = {one.function_id: one for one in waiting}
    told = missing_of(mine, revisions=waiting, whole=False)
    lacks = {one: [gap for gap in gaps if gap.is_must] for one, gaps in told.items()}
    found = [_begun(one, revisions.get(one.id), lacks.get(one.id, [])) for one in mine]
    gaps = [(gap, function) for function in mine for gap in lacks.get(function.id, ()) if gap.url]
    gaps.sort(key=lambda pair: pair[0].weight)
    return [task for task in found if task] + [_fact(function, gap) for gap, function in gaps]


def _begun(function: Function, revision: FunctionRevision | None, lacks: list[Missing]) -> Task | None:
    """A function that was returned, or a draft that only has to be submitted; None when it is not the sector's turn."""
    if (revision.state if revision else function.state) in THEIRS:
        return None
    said = (revision.return_reason if revision else function.return_reason) or ""
    url = url_for("prepare.function", ref=function.ref)
    if said:
        why = _("The sector answers, then the unit confirms it.")
        return Task(
            _named(function),
            _("Returned to you for completion"),
            url,
            kind=TaskKind.RETURNED,
            why=why,
            said=said,
            minutes=COMPLETE_MINUTES,
            about=function,
        )
    if lacks:
        return None
    detail = _("A change is ready to be submitted") if revision else _("A draft is ready to be submitted")
    why = _("Until it is confirmed, others cannot count on it.")
    return Task(_named(function), detail, url, why=why, minutes=SUBMIT_MINUTES, about=function)


def _fact(function: Function, gap: Missing) -> Task:
    return Task(gap.what, _named(function), gap.url or "", why=gap.why, minutes=gap.minutes, about=function)


def _named(function: Function) -> str:
    return f"{function.code} {name_of(function)}"
