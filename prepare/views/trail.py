"""The trail: who changed what."""

from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import READING, Action
from prepare.audit import AuditEntry, AuditPayload
from prepare.db import db
from prepare.forms.differences import changes
from prepare.gate.opening import opens, opens_page
from prepare.models.functions import Function
from prepare.queries import trail as queries
from prepare.views import bp
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging


@bp.get("/trail/")
@opens_page(Action.VIEW_TRAIL)
def trail() -> ResponseReturnValue:
    """Every change that the reader may see, newest first."""
    action = word(Action, request.args.get("action"))
    wanted = SimpleNamespace(q=request.args.get("q", "")[:200], action=action.value if action else "")
    found = queries.trail(actor.current().scope, action=wanted.action, q=wanted.q)
    return _page(found, record=None, back=None, wanted=wanted)


@bp.get("/functions/<uuid:ref>/trail")
@opens(Function, Action.VIEW_TRAIL)
def function_trail(function: Function) -> ResponseReturnValue:
    """What has been changed in one function and its revisions."""
    scope = actor.current().scope
    found = queries.about(scope, function)
    return _page(found, record=function, back=url_for("prepare.function", ref=function.ref), wanted=None)


def _page(found: Any, **more: Any) -> ResponseReturnValue:
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.execute(found.limit(PAGE_SIZE).offset(at.offset)).all()
    return render_template(
        "prepare/trail.html",
        entries=[_told(entry, payload) for entry, payload in rows],
        actions=[(a.value, a.label) for a in Action if a not in READING],
        total=at.total,
        page=at.page,
        pages=at.pages,
        **more,
    )


def _told(entry: AuditEntry, payload: AuditPayload) -> SimpleNamespace:
    action = word(Action, entry.action)
    pairs = [(name, *_pair(value)) for name, value in (payload.changes or {}).items()]
    return SimpleNamespace(
        at=entry.at,
        user_name=entry.user_name,
        label=action.label if action else entry.action,
        subject_code=entry.subject_code,
        changes=changes(pairs),
        erased=payload.erased_by is not None,
    )


def _pair(value: Any) -> tuple[Any, Any]:
    """Before and after of a change; an event has only what happened."""
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else (None, value)
