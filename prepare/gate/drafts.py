"""What a person is typing is kept on the server until it is saved, for a day at most.

A form opts in by `keeps_draft`; its page sends what stands in it a few seconds after the typing stops. A draft
belongs to its writer alone, is no record of the city and leaves nothing in the trail or in the browser. Others
learn only that somebody is writing there now.
"""

from datetime import datetime, timedelta

from flask import current_app, g, request
from sqlalchemy import delete, insert, select
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from prepare import actor
from prepare.clock import now
from prepare.db import db, transaction
from prepare.gate.posts import KEPT_FOR, UNSAID, sent_key
from prepare.models.posts import Draft, FormPost
from prepare.models.users import User
from prepare.personal import masked

#: Whoever has typed within this time is writing now.
WRITING_FOR = timedelta(minutes=3)
#: The most drafts of one person.
MOST = 50


def keep(address: str) -> datetime | None:
    """Keep the fields of this request as the acting person's draft of the form at `address`; gives when.

    None, and nothing is kept, when no form of this installation stands there or when it has been saved meanwhile.
    """
    if not _is_form(address) or _is_saved():
        return None
    found = [pair for pair in request.form.lists() if pair[0] not in UNSAID and "password" not in pair[0]]
    fields = {name: [masked(value) for value in values] for name, values in found}
    me, at = actor.current().user_id, now()
    with transaction():
        db.session.execute(delete(Draft).where(Draft.at < at - KEPT_FOR))
        db.session.execute(delete(Draft).filter_by(user_id=me, address=address))
        mine = select(Draft.id).filter_by(user_id=me).order_by(Draft.at.desc()).offset(MOST - 1)
        db.session.execute(delete(Draft).where(Draft.id.in_(db.session.scalars(mine).all())))
        db.session.execute(insert(Draft), [{"user_id": me, "address": address, "fields": fields, "at": at}])
    return at


def discard(address: str) -> None:
    """Let go of the acting person's draft of the form at `address`."""
    with transaction():
        db.session.execute(delete(Draft).filter_by(user_id=actor.current().user_id, address=address))


def offer() -> None:
    """Let a form of this page that keeps drafts ask for the acting person's own."""
    if request.method == "GET" and "kept" not in g:
        g.draft = _bring_back


def brought_back() -> datetime | None:
    """When the draft that this page shows was kept; None where it shows none."""
    at: datetime | None = g.get("draft_at")
    return at


def writers(under: str) -> dict[str, list[str]]:
    """Address of a form → names of the others who are writing in it now, for addresses that begin with `under`."""
    rows = select(Draft.address, User.name).join(User, User.id == Draft.user_id).order_by(User.name)
    recent = Draft.at > now() - WRITING_FOR
    others = Draft.user_id != actor.current().user_id
    found: dict[str, list[str]] = {}
    for address, name in db.session.execute(
        rows.where(Draft.address.startswith(under, autoescape=True), recent, others)
    ):
        found.setdefault(address, []).append(name)
    return found


def _bring_back() -> None:
    rows = select(Draft).filter_by(user_id=actor.current().user_id, address=request.path)
    draft = db.session.scalars(rows.where(Draft.at > now() - KEPT_FOR)).one_or_none()
    if draft is not None:
        g.kept, g.draft_at = MultiDict(draft.fields), draft.at


def _is_form(address: str) -> bool:
    if len(address) > 300:
        return False
    try:
        endpoint, _url = current_app.url_map.bind("").match(address, method="POST")
    except HTTPException:
        return False
    gate = getattr(current_app.view_functions[endpoint], "gate", None)
    return gate is not None and gate.kind != "public"


def _is_saved() -> bool:
    """Whether the form has been saved since it was drawn: what comes late is no draft any more."""
    sent = sent_key()
    rows = select(FormPost.id).where(FormPost.led_to.is_not(None))
    return bool(sent and db.session.scalars(rows.filter_by(user_id=sent.user_id, key=sent.key)).first())
