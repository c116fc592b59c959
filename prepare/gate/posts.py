"""A form that is sent twice saves once: each carries a key of its own, and its first answer is kept for a day.

The key names, signed, the person for whom the form was drawn. So it also tells whose text it is that comes
after a session has ended.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Response, abort, g, make_response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import delete, insert, select, update

from prepare import actor
from prepare.clock import now
from prepare.db import db, one_transaction
from prepare.forms.form import ONCE
from prepare.gate import signing
from prepare.models.posts import Draft, FormPost, KeptText

KEPT_FOR = timedelta(hours=24)
PURPOSE = "one-time key"
#: What differs between two sendings of one form.
UNSAID = frozenset({"csrf_token", ONCE})


@dataclass(frozen=True)
class OneTime:
    """The key of one drawn form, and the person for whom it was drawn."""

    user_id: int
    key: str


class SentBefore(Exception):
    """The form has been saved already."""


def once_key(*, again: bool = False) -> str:
    """A key for a form that is being drawn; empty for those who have not signed in.

    A form that is shown `again`, since it was refused or its text was brought back, keeps its key.
    """
    user_id = actor.current().user_id
    if user_id is None:
        return ""
    sent = sent_key() if again and not g.get("sent_otherwise") else None
    key = sent.key if sent and sent.user_id == user_id else secrets.token_urlsafe(16)
    return signing.signed([user_id, g.kept_key if again and "kept_key" in g else key], purpose=PURPOSE)


def sent_key() -> OneTime | None:
    """The key that came with the request; None when it brings none that this installation drew."""
    found = signing.opened(request.form.get(ONCE), purpose=PURPOSE)
    return OneTime(int(found[0]), str(found[1])) if found else None


def answered_once(view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """The view's answer; a form that was saved before gets the answer that it got then.

    What the view writes, the key and where the answer leads are one transaction. A key that comes again with
    other words saves nothing: the view shows them again, with 422, or compares them when the form says what it
    showed, since it is then a late save.
    """
    sent = sent_key() if request.method == "POST" else None
    if sent is None or sent.user_id != actor.current().user_id:
        return view()
    digest = _digest()
    if found := _saved(sent):
        return _again(found, digest, view)
    try:
        with one_transaction(partial(_take, sent, digest)) as whole:
            response = make_response(view())
            if whole.is_open:
                _note(sent, response)
    except SentBefore:
        return _again(_saved(sent), digest, view)
    return response


def _digest() -> str:
    fields = sorted((name, values) for name, values in request.form.lists() if name not in UNSAID)
    files = [(name, file.filename, hashlib.sha256(file.read()).hexdigest()) for name, file in request.files.items()]
    for file in request.files.values():
        file.seek(0)
    return signing.digest(json.dumps([request.path, fields, files]), purpose=PURPOSE)


def _saved(sent: OneTime) -> Any:
    rows = select(FormPost.digest, FormPost.led_to)
    return db.session.execute(rows.filter_by(user_id=sent.user_id, key=sent.key)).one_or_none()


def _take(sent: OneTime, digest: str) -> None:
    """Take the key; there is one writer at a time, and the table's own rule stands behind it."""
    if _saved(sent):
        raise SentBefore
    values = {"user_id": sent.user_id, "key": sent.key, "digest": digest, "at": now()}
    db.session.execute(insert(FormPost), [values])


def _note(sent: OneTime, response: Response) -> None:
    """Keep where the answer leads, and let go of the text that was kept for it; a file can be asked for again."""
    if response.location:
        post = update(FormPost).filter_by(user_id=sent.user_id, key=sent.key)
        db.session.execute(post.values(led_to=response.location))
        db.session.execute(delete(Draft).filter_by(user_id=sent.user_id, address=request.path))
    else:
        db.session.execute(delete(FormPost).filter_by(user_id=sent.user_id, key=sent.key))
    db.session.execute(delete(KeptText).filter_by(user_id=sent.user_id, key=sent.key))


def _again(found: Any, digest: str, view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    if found and found.digest == digest and found.led_to:
        return redirect(found.led_to)
    if request.form.get("seen"):
        return view()
    g.sent_otherwise, g.status = True, 422
    try:
        with one_transaction(_refuse):
            return view()
    except SentBefore:
        abort(422)


def _refuse() -> None:
    raise SentBefore
