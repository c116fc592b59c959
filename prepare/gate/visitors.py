"""Who comes in: the host and origin of a request, its actor and its language."""

from collections.abc import Callable, Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, request, session
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.actor import LISTS_SUPPLIERS, NOBODY, Actor, Grant, top
from prepare.config import Settings
from prepare.db import db
from prepare.gate.answers import page
from prepare.models.users import User
from prepare.queries import organisations as queries
from prepare.texts import LANGUAGES, N_, UNSTORABLE, speak
from prepare.vocabulary import Role, Shared

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_URL = 8000
#: Longest value in an address, but for the address that one came from.
MAX_WORDS = 200
DEFAULT_PORTS = {"http": 80, "https": 443}


def receive(app: Flask, settings: Settings) -> None:
    """Check and name every visitor before a view runs."""

    def greet() -> ResponseReturnValue | None:
        actor.act_as(NOBODY)
        speak(_language(g.get("user"), settings))
        request.remote_addr = network_address(request.remote_addr)
        if not _own_host(settings):
            return page(400, N_("The service does not stand at this address. Check the address, or ask your support."))
        return None

    def name() -> None:
        if user := g.get("user"):
            actor.act_as(actor_of(user))

    def check() -> ResponseReturnValue | None:
        if told := _odd_words():
            return page(400, told)
        if len(request.full_path) > MAX_URL:
            abort(414)
        if request.method not in SAFE and not _own_origin(settings):
            abort(403)
        if request.mimetype == "application/x-www-form-urlencoded":
            request.max_content_length = app.config["MAX_FORM_MEMORY_SIZE"]
        return None

    for step in (greet, name, check):
        app.before_request(step)


def _own_host(settings: Settings) -> bool:
    """Whether the request names this installation: its host, and a port on which it is reached."""
    try:
        host = urlsplit(f"//{request.host}")
        name, port = host.hostname, host.port
    except ValueError:
        return False
    own = urlsplit(settings.base_url)
    ports = {None, int(settings.port), own.port, DEFAULT_PORTS.get(own.scheme)}
    return name in settings.hosts and (port in ports or str(port) == request.environ.get("SERVER_PORT"))


def _odd_words() -> str | None:
    """Why the words that an address carries cannot be used; None when they can."""
    for name, words in request.args.items(multi=True):
        if UNSTORABLE.search(name + words):
            return N_("The address or the search has characters that cannot be read. Type them anew.")
        if len(words) > MAX_WORDS and name != "next":
            return N_("The search is too long. Use at most 200 characters.")
    return None


def network_address(told: str | None) -> str | None:
    """The address of a visitor's machine without a port; None when what a proxy tells is no address."""
    bare = (told or "").strip()
    if bare.count(":") == 1 or bare.startswith("["):
        bare = bare.rpartition(":")[0] if not bare.endswith("]") else bare
    try:
        return str(ip_address(bare.strip("[]").partition("%")[0]))
    except ValueError:
        return None


def _own_origin(settings: Settings) -> bool:
    """Whether an unsafe request comes from a page of this installation (besides its CSRF token)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    told = request.headers.get("Origin") or request.headers.get("Referer")
    own = {_origin(url) for url in (request.host_url, settings.base_url) if url}
    return told is None or _origin(told) in own


def _origin(url: str) -> str:
    """Scheme, host and port of an address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()


def _language(user: User | None, settings: Settings) -> str:
    chosen = session.get("language") or (user.language if user else None)
    return chosen or request.accept_languages.best_match(LANGUAGES) or settings.language


def _known_over(interfaces: frozenset[int]) -> frozenset[int]:
    """Functions at the ends of what runs over interfaces that are shared with a partner, as other packages tell."""
    sources: list[Callable[[frozenset[int]], Collection[int]]] = current_app.extensions["known_over"]
    return frozenset(function for source in sources for function in source(interfaces)) if interfaces else frozenset()


def _known(grants: list[Grant], commons: frozenset[str]) -> frozenset[int]:
    """Functions on which those of the organisations at these paths depend, as other packages tell.

    Whoever works over the topmost organisation reads what is below it, and need not know more.
    """
    sources: list[Callable[[list[str], list[str], Collection[str]], Collection[int]]] = current_app.extensions["known"]
    parts = [grant for grant in grants if grant.role in LISTS_SUPPLIERS and grant.path != top(grant.path)]
    paths, listed = [one.path for one in parts], [one.home or top(one.path) for one in parts]
    return frozenset(f for source in sources for f in source(paths, listed, commons)) if parts else frozenset()


def _commons(grants: list[Grant]) -> frozenset[str]:
    """Paths of what a country's municipalities share, for those who work in one of them."""
    tops = {top(one.path) for one in grants if one.role in LISTS_SUPPLIERS and one.home not in ("", top(one.path))}
    return frozenset(db.session.scalars(queries.commons(tops))) if tops else frozenset()


def actor_of(user: User) -> Actor:
    """The acting person with roles, shares and known functions of others; some queries at most."""
    rows = db.session.execute(queries.grants_of(user.id)).all()
    grants = [Grant(grant.role, organisation.path, home or "") for grant, organisation, home in rows]
    commons = _commons(grants)
    g.duties = [(grant.role, organisation) for grant, organisation, _home in rows]
    partners = [organisation.id for role, organisation in g.duties if role is Role.PARTNER]
    shares = db.session.scalars(queries.shares_of(partners)).all() if partners else []
    interfaces = frozenset(s.record_id for s in shares if s.what is Shared.INTERFACE)
    sign_in = g.get("sign_in")
    return Actor(
        user_id=user.id,
        name=user.name,
        grants=tuple(grants),
        shared_functions=frozenset(s.record_id for s in shares if s.what is Shared.FUNCTION),
        shared_interfaces=interfaces,
        known_functions=_known(grants, commons) | _known_over(interfaces),
        commons=commons,
        session_hash=sign_in.token_hash[:16] if sign_in else None,
        address=request.remote_addr,
    )
