"""Sessions: kept on the server for the signed-in, in a signed cookie for those who are not yet.

The cookie of a signed-in person holds a random token; the table holds only its hash. A session ends
after an hour without use and twelve hours in all, at sign-out, and when the account is disabled.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response, g
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import update
from werkzeug.datastructures import CallbackDict

from prepare.actor import Actor, acting_as
from prepare.clock import now
from prepare.db import db, transaction
from prepare.gate.problems import API
from prepare.models.users import SignIn, User
from prepare.queries import organisations as queries
from prepare.register import accounts

TOUCH_AFTER = timedelta(minutes=1)
ANONYMOUS_AGE = 3600


class Session(CallbackDict[str, Any], SessionMixin):
    """What a visitor's session holds; `sign_in` is None until the visitor has signed in."""

    def __init__(self, content: dict[str, Any] | None = None, sign_in: SignIn | None = None) -> None:
        def changed(session: Any) -> None:
            session.modified = True

        super().__init__(content or {}, changed)
        self.modified = False
        self.accessed = True
        self.sign_in_id = sign_in.id if sign_in else None
        self.seen_at = sign_in.seen_at if sign_in else None
        self.new_token: str | None = None
        self.ended = False


def token_hash(token: str) -> str:
    """What is stored of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A session token of 256 random bits."""
    return secrets.token_urlsafe(32)


class Sessions(SessionInterface):
    """Opens and keeps the session of each request."""

    def __init__(self, *, secure: bool) -> None:
        self.secure = secure
        self.cookie = "__Host-prepare" if secure else "prepare"

    def open_session(self, app: Flask, request: Request) -> Session:
        """The visitor's session: the server's row, the signed cookie, or a new empty one."""
        value = request.cookies.get(self.cookie, "")
        if request.path.startswith(("/static/", API)) or not value:
            return Session()
        kind, _, rest = value.partition(".")
        return self._signed_in(rest) if kind == "s" else self._anonymous(app, rest)

    def _signed_in(self, token: str) -> Session:
        found = db.session.execute(queries.session_of(token_hash(token))).one_or_none()
        if found is None:
            return Session()
        sign_in, user = found
        at = now()
        if at - sign_in.seen_at > accounts.IDLE or at - sign_in.begun_at > accounts.LONGEST:
            return Session()
        g.user, g.sign_in = user, sign_in
        return Session(dict(sign_in.content), sign_in)

    def _anonymous(self, app: Flask, value: str) -> Session:
        try:
            return Session(self._serializer(app).loads(value, max_age=ANONYMOUS_AGE))
        except BadSignature:
            return Session()

    def _serializer(self, app: Flask) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(str(app.config["SECRET_KEY"]), salt="prepare-visitor")

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what the request changed; a use is noted at most once a minute."""
        if not isinstance(session, Session):
            return
        if session.ended:
            response.delete_cookie(self.cookie, path="/", secure=self.secure, httponly=True, samesite="Lax")
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        elif session.new_token:
            self._set(response, f"s.{session.new_token}")
        elif session.sign_in_id is not None:
            self._keep(session)
        elif session.modified and session:
            self._set(response, f"a.{self._serializer(app).dumps(dict(session))}")

    def _set(self, response: Response, value: str) -> None:
        response.set_cookie(self.cookie, value, path="/", secure=self.secure, httponly=True, samesite="Lax")

    def _keep(self, session: Session) -> None:
        at = now()
        if not session.modified and session.seen_at and at - session.seen_at < TOUCH_AFTER:
            return
        with transaction():
            row = update(SignIn).where(SignIn.id == session.sign_in_id)
            db.session.execute(row.values(seen_at=at, content=dict(session)))


def begin(user: User, attempt: accounts.Attempt, content: dict[str, Any]) -> str:
    """Begin a session for a person who has been recognised; gives the token for the cookie."""
    token = new_token()
    with acting_as(person(user, attempt.address)):
        accounts.begin(user, attempt, token_hash=token_hash(token), content=content, at=now())
    return token


def person(user: User, address: str) -> Actor:
    """Somebody who has been recognised but has no session yet."""
    return Actor(user_id=user.id, name=user.name, address=address)
