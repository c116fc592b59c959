"""Ending sessions: one's own, and by an administrator those of somebody else."""

from uuid import UUID

from flask import flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from prepare.access import Action
from prepare.clock import now
from prepare.db import db, transaction
from prepare.gate.opening import opens, opens_page, takes
from prepare.models.users import SignIn, User
from prepare.queries import people as queries
from prepare.register import accounts
from prepare.texts import ngettext
from prepare.views import bp


@bp.post("/account/sessions/end")
@opens_page(Action.END_SESSION)
@takes("session")
def end_sessions() -> ResponseReturnValue:
    """End one of my sessions, or all others."""
    here = session.sign_in_id  # type: ignore[attr-defined]
    with transaction():
        ended = [one for one in _asked_for(g.user) if one.id != here]
        for one in ended:
            accounts.end(one, at=now())
    flash(_told(len(ended)))
    return redirect(url_for("prepare.account"))


@bp.post("/people/<uuid:ref>/sessions/end")
@opens(User, Action.REVOKE_SESSION)
@takes("session")
def revoke_sessions(user: User) -> ResponseReturnValue:
    """End one of a person's sessions, or all of them."""
    with transaction():
        ended = _asked_for(user)
        for one in ended:
            accounts.revoke(one, user, at=now())
    flash(_told(len(ended)))
    return redirect(url_for("prepare.person", ref=user.ref))


def _asked_for(user: User) -> list[SignIn]:
    """The session that the form names, or every open one when it names none."""
    asked, at = request.form.get("session", ""), now()
    if not asked:
        rows = queries.sessions(user, begun_since=at - accounts.LONGEST, seen_since=at - accounts.IDLE)
        return list(db.session.scalars(rows))
    try:
        return list(db.session.scalars(queries.session(user, UUID(asked))))
    except ValueError:
        return []


def _told(ended: int) -> str:
    return ngettext("%(n)s session was ended.", "%(n)s sessions were ended.", ended)
