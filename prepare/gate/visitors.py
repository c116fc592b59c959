"""Who comes in: the host and origin of a request, its actor and its language."""

from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, request, session
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.actor import LISTS_SUPPLIERS, NOBODY, Actor, Grant
from prepare.config import Settings
from prepare.db import db
from prepare.models.users import User
from prepare.queries import organisations as queries
from prepare.texts import LANGUAGES, speak
from prepare.vocabulary import Role, Shared

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_URL = 8000


def receive(app: Flask, settings: Settings) -> None:
    """Check and name every visitor before a view runs."""

    def blank() -> None:
        request.query_string = request.query_string.replace(b"%00", b"%20")  # PostgreSQL takes no NUL, not even to find

    def check() -> ResponseReturnValue | None:
        if urlsplit(f"//{request.host}").hostname not in settings.hosts:
            abort(400)
        if len(request.full_path) > MAX_URL:
            abort(414)
        if request.method not in SAFE and not _own_origin(settings):
            abort(403)
        return None

    def name() -> None:
        user: User | None = g.get("user")
        actor.act_as(actor_of(user) if user else NOBODY)
        speak(_language(user, settings))

    app.before_request(blank)
    app.before_request(check)
    app.before_request(name)


def _own_origin(settings: Settings) -> bool:
    """Whether an unsafe request comes from a page of this installation (besides its CSRF token)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    own = {request.host_url.rstrip("/"), settings.base_url.rstrip("/")}
    return origin in own


def _language(user: User | None, settings: Settings) -> str:
    chosen = session.get("language") or (user.language if user else None)
    return chosen or request.accept_languages.best_match(LANGUAGES) or settings.language


def _known(paths: list[str]) -> frozenset[int]:
    """Functions on which those of the organisations at these paths depend, as other packages tell."""
    sources: list[Callable[[list[str]], Collection[int]]] = current_app.extensions["known"]
    return frozenset(function for source in sources for function in source(paths)) if paths else frozenset()


def actor_of(user: User) -> Actor:
    """The acting person with roles, shares and known suppliers; two queries at most."""
    rows = db.session.execute(queries.grants_of(user.id)).all()
    g.duties = [(grant.role, organisation) for grant, organisation in rows]
    partners = [organisation.id for role, organisation in g.duties if role is Role.PARTNER]
    shares = db.session.scalars(queries.shares_of(partners)).all() if partners else []
    sign_in = g.get("sign_in")
    return Actor(
        user_id=user.id,
        name=user.name,
        grants=tuple(Grant(role, organisation.path) for role, organisation in g.duties),
        shared_functions=frozenset(s.record_id for s in shares if s.what is Shared.FUNCTION),
        shared_interfaces=frozenset(s.record_id for s in shares if s.what is Shared.INTERFACE),
        known_functions=_known([organisation.path for role, organisation in g.duties if role in LISTS_SUPPLIERS]),
        session_hash=sign_in.token_hash[:16] if sign_in else None,
        address=request.remote_addr,
    )
