"""The way of programs: a bearer token instead of a session, and nothing that a browser would send along by itself.

A token's request is held against its owner as the owner is now, and against what the token was made for. Requests are
counted in this process's memory: that costs nothing, forgets with a restart, and holds a tool that asks in a circle.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any

from flask import g, request
from flask.typing import ResponseReturnValue

from prepare import actor, tokens
from prepare.actor import Root
from prepare.clock import elapsed_s, now, today
from prepare.db import db, transaction
from prepare.gate.opening import Gate, View
from prepare.gate.problems import Problem
from prepare.gate.visitors import actor_of
from prepare.models.tokens import ApiToken
from prepare.queries import tokens as queries
from prepare.register import tokens as register
from prepare.vocabulary import Confidentiality

BEARER = Gate("bearer")
#: What every token begins with, so that it is recognised where it does not belong.
PREFIX = "prepare_"
#: So many requests at once, and so many more in each second.
BURST, PER_SECOND = 120, 4.0
#: So many tokens are counted at a time; those that were seen last.
COUNTED = 1000
#: A use is noted at most so often.
NOTED_EVERY_S = 60


@dataclass
class Bucket:
    """How many requests a token has left, and as of when."""

    left: float
    at_s: float


class Throttle:
    """Counts each token's requests: a bucket that fills up evenly."""

    def __init__(self, burst: int, per_second: float) -> None:
        self.burst, self.per_second = burst, per_second
        self._buckets: OrderedDict[Any, Bucket] = OrderedDict()
        self._lock = Lock()

    def wait_s(self, key: Any, at_s: float) -> float:
        """In how many seconds the token may ask again; 0 = it may now, and this request is counted."""
        with self._lock:
            bucket = self._buckets.setdefault(key, Bucket(float(self.burst), at_s))
            self._buckets.move_to_end(key)
            while len(self._buckets) > COUNTED:
                self._buckets.popitem(last=False)
            bucket.left = min(float(self.burst), bucket.left + (at_s - bucket.at_s) * self.per_second)
            bucket.at_s = at_s
            if bucket.left < 1:
                return (1 - bucket.left) / self.per_second
            bucket.left -= 1
            return 0.0


throttle = Throttle(BURST, PER_SECOND)


def token_hash(token: str) -> str:
    """What is stored of a token; it is random and long, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def bearing(view: View) -> View:
    """Open to the bearer of a token; for the API, which only reads."""

    @wraps(view)
    def guarded(**url: Any) -> ResponseReturnValue:
        _refuse_cookies()
        _refuse_oddities()
        token = _token()
        if wait := throttle.wait_s(token.id, elapsed_s()):
            raise Problem(429, headers={"Retry-After": str(int(wait) + 1)})
        _act_for(token)
        g.api_token = token
        return view(**url)

    guarded.gate = BEARER  # type: ignore[attr-defined]
    return guarded


def open_document(view: View) -> View:
    """Open to every program: for the description of the API, which tells nothing of the city."""

    @wraps(view)
    def guarded(**url: Any) -> ResponseReturnValue:
        _refuse_oddities()
        return view(**url)

    guarded.gate = Gate("document")  # type: ignore[attr-defined]
    return guarded


def _refuse_cookies() -> None:
    """What a browser sends along by itself opens nothing here, so that no page can make it ask."""
    if {"prepare", "__Host-prepare"} & request.cookies.keys():
        raise Problem(400, "cookie_refused", "The API takes no cookies: send a token and nothing else.")


def _refuse_oddities() -> None:
    """No body, and JSON is what is asked for."""
    if request.content_length or "Transfer-Encoding" in request.headers:
        raise Problem(415)
    if request.accept_mimetypes and not request.accept_mimetypes.best_match(("application/json",)):
        raise Problem(406)


def _token() -> ApiToken:
    """The token that the request bears. Raises Problem when it bears none that opens anything."""
    told = request.headers.get("Authorization", "")
    kind, _, secret = told.partition(" ")
    refused = Problem(401, headers={"WWW-Authenticate": 'Bearer realm="prepare"'})
    if kind.lower() != "bearer" or not secret.strip().startswith(PREFIX):
        raise refused
    found = db.session.execute(queries.by_hash(token_hash(secret.strip()))).one_or_none()
    if found is None or not tokens.opens(False, found[0].expires_on, today()):
        raise refused
    token: ApiToken = found[0]
    return token


def _act_for(token: ApiToken) -> None:
    """Act as the token's person, as far as the token reaches."""
    g.user = token.user
    actor.act_as(actor_of(token.user).limited(Root(token.organisation.path, token.highest)))


def noted(name: str) -> None:
    """Note that the token reads a register: at most once a minute, and the first time of an hour in the trail.

    What may be secret is told to the trail before it is read; where that cannot be written, nothing is read.
    """
    token, at = bearer(), now()
    last = db.session.scalar(queries.last_use(token, name))
    if last is not None and (at - last).total_seconds() < NOTED_EVERY_S and last.hour == at.hour:
        return
    with transaction():
        register.use(token, name, is_secret=token.highest is Confidentiality.CONFIDENTIAL, at=at)


def bearer() -> ApiToken:
    """The token that this request bears."""
    token: ApiToken = g.api_token
    return token
