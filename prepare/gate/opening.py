"""Which way is open to whom: every route carries one of these rules, or the app does not start."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from prepare import actor
from prepare.access import Action, may
from prepare.actor import readable
from prepare.db import db
from prepare.errors import NotPermitted
from prepare.forms.form import BESIDE
from prepare.gate.drafts import offer
from prepare.gate.keeping import bring_back
from prepare.gate.posts import answered_once
from prepare.texts import N_

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Gate:
    """A route's rule: open to all, to the signed-in, or by an action (on a record of `model`)."""

    kind: str
    action: Action | None = None
    model: type | None = None


PUBLIC, SIGNED_IN = Gate("public"), Gate("signed_in")


def public(view: View) -> View:
    """Open to everybody, signed in or not."""
    view.gate = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Open to every signed-in person."""
    return _guarded(view, SIGNED_IN, view)


def opens_page(action: Action) -> Callable[[View], View]:
    """Open to those who may do the action somewhere; for pages that are not about one record."""

    def decorate(view: View) -> View:
        def checked(**url: Any) -> ResponseReturnValue:
            if not may(actor.current(), action):
                raise NotPermitted(N_("Your role does not open this page."))
            return view(**url)

        return _guarded(view, Gate("page", action), checked)

    return decorate


def opens(model: type, action: Action) -> Callable[[View], View]:
    """Load the record that `<uuid:ref>` names for the view.

    404 when it is missing or lies outside what the actor may read (the same answer: no oracle);
    403 when the actor reads it but may not do this.
    """

    def decorate(view: View) -> View:
        def checked(ref: UUID, **url: Any) -> ResponseReturnValue:
            rows: Any = select(model).where(model.ref == ref)  # type: ignore[attr-defined]
            record: Any = db.session.scalars(rows).one_or_none()
            if record is None or not readable(actor.current(), record):
                abort(404)
            if not may(actor.current(), action, record):
                raise NotPermitted(N_("Your role does not allow this here."))
            return view(record, **url)

        return _guarded(view, Gate("record", action, model), checked)

    return decorate


def takes(*names: str) -> Callable[[View], View]:
    """The fields that a post without a form of its own takes; one that carries another is refused with 422."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **url: Any) -> ResponseReturnValue:
            if not {*request.form, *request.files} <= {*names, *BESIDE}:
                abort(422)
            return view(*args, **url)

        checked.takes = frozenset(names)  # type: ignore[attr-defined]
        return checked

    return decorate


def _guarded(view: View, gate: Gate, checked: View) -> View:
    @wraps(view)
    def guarded(**url: Any) -> ResponseReturnValue:
        if not actor.current().is_signed_in:
            wanted = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("prepare.sign_in", next=wanted))
        bring_back()
        offer()
        return answered_once(lambda: checked(**url))

    guarded.gate = gate  # type: ignore[attr-defined]
    return guarded


def gate_of(app: Flask, endpoint: str) -> Gate | None:
    """The rule of a route, or None if somebody forgot it."""
    return getattr(app.view_functions[endpoint], "gate", None)


def require_gates(app: Flask) -> None:
    """Refuse to start while a route has no rule. Raises RuntimeError that names them."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    if open_by_mistake := sorted(e for e in endpoints if gate_of(app, e) is None):
        raise RuntimeError(f"routes without a rule: {', '.join(open_by_mistake)}")
