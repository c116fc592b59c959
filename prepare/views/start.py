"""The start page: what waits for me, and how things stand."""

from types import SimpleNamespace
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from prepare import actor, registration
from prepare.access import Action, may
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.insets import StartPage, Task, insets, tasks_elsewhere
from prepare.models.functions import Function, FunctionRevision
from prepare.queries import functions as queries
from prepare.texts import _, name_of, number
from prepare.views import bp
from prepare.views.beginnings import first_steps, open_duties
from prepare.vocabulary import Criticality, FunctionState, Role

MOST_TASKS = 12
MOST_LOOKED_AT = 200  #: functions of one's own that are looked through for what they lack


@bp.get("/")
@opens_page(Action.VIEW_START)
def start() -> ResponseReturnValue:
    """What waits for this person, key figures, and what other packages add."""
    return render_template("prepare/start.html", tasks=_tasks(), figures=_figures(), insets=list(insets(StartPage())))


def _tasks() -> list[Task]:
    who, tasks = actor.current(), []
    if may(who, Action.CONFIRM_FUNCTION):
        rows = db.session.execute(queries.waiting(who.scope).limit(MOST_TASKS)).all()
        tasks += [_task(f, _("Waits for your confirmation"), "prepare.review_function") for f, _revision in rows]
    if may(who, Action.EDIT_FUNCTION):
        rows = db.session.execute(queries.unfinished(who.scope).limit(MOST_TASKS)).all()
        tasks += [_task(f, _unfinished(f, r), "prepare.function") for f, r in rows if may(who, Action.EDIT_FUNCTION, f)]
    tasks = [*first_steps(), *tasks, *tasks_elsewhere(), *open_duties()]
    begun = {task.url for task in tasks}
    return (tasks + [task for task in _incomplete() if task.url not in begun])[:MOST_TASKS]


def _incomplete() -> list[Task]:
    """Functions in force that lack something, the most critical first, for those who can complete them."""
    who = actor.current()
    if not who.holds(Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR):
        return []
    rows = db.session.scalars(queries.ordered(queries.functions(who.scope), "criticality").limit(MOST_LOOKED_AT)).all()
    mine = [function for function in rows if may(who, Action.EDIT_FUNCTION, function)]
    assessed = set(db.session.scalars(queries.assessed(who.scope, [function.id for function in mine])))
    return [
        _task(function, _("Missing: %(what)s", what=", ".join(gaps)), "prepare.function")
        for function in mine
        if (gaps := _gaps(function, assessed=function.id in assessed))
    ]


def _gaps(function: Function, *, assessed: bool) -> list[str]:
    return [gap.what for gap in registration.gaps(registration.of_record(function), assessed=assessed)]


def _task(function: Function, detail: str, endpoint: str) -> Task:
    return Task(f"{function.code} {name_of(function)}", detail, url_for(endpoint, ref=function.ref))


def _unfinished(function: Function, revision: FunctionRevision | None) -> str:
    if (revision and revision.return_reason) or function.return_reason:
        return _("Returned to you for completion")
    return _("A change that has not been submitted") if revision else _("A draft that has not been submitted")


def _figures() -> list[SimpleNamespace]:
    scope = actor.current().scope
    classes = dict(db.session.execute(queries.per_class(scope)).all())
    states = dict(db.session.execute(queries.per_state(scope)).all())
    if not classes:
        return []
    vital = classes.get(Criticality.K1, 0)
    waiting = states.get(FunctionState.DRAFT, 0) + states.get(FunctionState.SUBMITTED, 0)
    return [
        _figure(sum(classes.values()), _("functions registered"), None, "info"),
        _figure(
            vital,
            _("vital (K1)"),
            _("an outage over 24 hours is intolerable"),
            "bad" if vital else None,
            criticality="K1",
        ),
        _figure(classes.get(Criticality.K2, 0), _("critical (K2)"), None, "warn", criticality="K2"),
        _figure(waiting, _("not in force yet"), _("drafts and submitted functions"), "warn" if waiting else "ok"),
    ]


def _figure(count: int, label: str, detail: str | None, tone: str | None, **filters: Any) -> SimpleNamespace:
    url = url_for("prepare.functions", **filters)
    return SimpleNamespace(value=number(count), label=label, detail=detail, tone=tone, url=url)
