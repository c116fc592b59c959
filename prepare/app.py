"""The roof: puts the rooms together into one application."""

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, g
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import Undefined
from werkzeug.local import LocalProxy
from werkzeug.middleware.proxy_fix import ProxyFix

import continuity.views
import dependencies.views
import exports.views
import prepare.views
import risks.views
from dependencies import compiling, snapshots, waiting
from exports import signatures
from prepare import actor, anchors, jobs, sealing, texts
from prepare.access import Action, may
from prepare.config import Settings
from prepare.db import db, engine_options
from prepare.gate.answers import answer, page
from prepare.gate.drafts import brought_back
from prepare.gate.keeping import keep_texts
from prepare.gate.log import write_lines
from prepare.gate.opening import PUBLIC, require_gates
from prepare.gate.posts import once_key
from prepare.gate.sessions import Sessions
from prepare.gate.visitors import receive
from prepare.insets import menu
from prepare.queries import organisations
from prepare.sow.users import DEMO_PASSWORD, demo_users
from prepare.views import (
    account,
    accounts,
    catalogues,
    drafts,
    files,
    function_edits,
    function_states,
    functions,
    glossary,
    guidance,
    guidance_answers,
    guidance_edits,
    guidance_overview,
    impacts,
    invitations,
    network,
    organisation_edits,
    people,
    resources,
    roles,
    sessions,
    start,
    trail,
    verification,
)
from prepare.views import jobs as job_pages
from prepare.views import organisations as organisation_pages
from prepare.views.paging import page_steps

ROOMS = (prepare.views, risks.views, dependencies.views, continuity.views, exports.views)
#: Modules of the house that add their pages to the blueprint when they are read.
PAGES = (
    account,
    accounts,
    catalogues,
    drafts,
    files,
    function_edits,
    function_states,
    functions,
    glossary,
    guidance,
    guidance_answers,
    guidance_edits,
    guidance_overview,
    impacts,
    invitations,
    job_pages,
    network,
    organisation_edits,
    organisation_pages,
    people,
    resources,
    roles,
    sessions,
    start,
    trail,
    verification,
)
MOST_SECONDS = 25  #: that a page may take to compute; a proxy in front waits longer
MAX_FORM_BYTES = 4_000_000
MAX_REQUEST_BYTES = 16_000_000


class Unprintable(Undefined):
    """A name that a template does not know: it may be tested, but printing it is an error."""

    __str__ = Undefined._fail_with_undefined_error


def create_app(settings: Settings) -> Flask:
    """The application of one installation. Raises RuntimeError if a route has no rule."""
    write_lines()
    app = Flask("prepare", static_folder="static", template_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the gate checks where an unsafe request comes from
        WTF_I18N_ENABLED=False,
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        SEND_FILE_MAX_AGE_DEFAULT=86_400,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        SETTINGS=settings,
    )
    app.session_interface = Sessions(secure=settings.is_https)
    sealing.use_key(settings.audit_key)
    signatures.use_key(settings.audit_key)
    anchors.use_file(Path(settings.anchor_file))
    compiling.use_folder(Path(settings.instance) / "compiled")
    snapshots.use_folder(Path(settings.instance) / "graphs")
    db.init_app(app)
    Migrate(app, db, directory=f"{app.root_path}/migrations", render_as_batch=True)
    answer(app, settings)
    receive(app, settings)
    keep_texts(app)
    CSRFProtect(app)
    _furnish(app, settings)
    _teach_templates(app, settings)
    require_gates(app)
    _give_up_in_time(app)
    if proxies := int(settings.proxies):
        app.wsgi_app = ProxyFix(app.wsgi_app, proxies, proxies, proxies, proxies)  # type: ignore[method-assign]
    return app


def _give_up_in_time(app: Flask) -> None:
    """Answer what takes too long with a page that says so."""
    answered = app.wsgi_app

    def wsgi(environ: Any, start_response: Any) -> Any:
        with waiting.at_most(MOST_SECONDS):
            return answered(environ, start_response)

    app.wsgi_app = wsgi  # type: ignore[method-assign]
    app.register_error_handler(waiting.TooLong, lambda _error: page(504))


def _furnish(app: Flask, settings: Settings) -> None:
    """Let every package into the house: its pages, menu entries, insets, gaps and steps."""
    for room in ROOMS:
        app.register_blueprint(room.bp)
    app.extensions["menu"] = sorted((item for room in ROOMS for item in room.MENU), key=lambda item: item.place)
    app.extensions["insets"] = sorted((inset for room in ROOMS for inset in room.INSETS), key=lambda i: i.place)
    app.extensions["tasks"] = [source for room in ROOMS for source in getattr(room, "TASKS", ())]
    app.extensions["known"] = [source for room in ROOMS for source in getattr(room, "KNOWN", ())]
    app.extensions["known_over"] = [source for room in ROOMS for source in getattr(room, "KNOWN_OVER", ())]
    app.extensions["checks"] = [source for room in ROOMS for source in getattr(room, "CHECKS", ())]
    app.extensions["gaps"] = [source for room in ROOMS for source in getattr(room, "GAPS", ())]
    app.extensions["steps"] = sorted((s for room in ROOMS for s in getattr(room, "STEPS", ())), key=lambda s: s.place)
    jobs.offer(kind for room in ROOMS for kind in getattr(room, "JOBS", ()))
    app.extensions["demo"] = (demo_users, DEMO_PASSWORD) if settings.is_demo else (list, "")
    setattr(app.view_functions["static"], "gate", PUBLIC)  # noqa: B010 - Flask made this function


def _teach_templates(app: Flask, settings: Settings) -> None:
    """Give templates the words, formats and facts that every page needs; an unknown name is an error."""
    started = str(int(time.time()))
    app.jinja_env.undefined = Unprintable
    app.jinja_env.finalize = _shown
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        _=texts._,
        ask=glossary.ask,
        asked=glossary.asked,
        draft_at=brought_back,
        language=texts.language,
        menu=menu,
        ngettext=texts.ngettext,
        once_key=once_key,
        page_steps=page_steps,
    )
    for name in ("name_of", "named", "hours", "number", "percent", "day", "month", "weekday", "whole_month", "moment"):
        app.jinja_env.filters[name] = getattr(texts, name)

    def facts() -> dict[str, Any]:
        return {
            "may": lambda action, subject=None: may(actor.current(), Action(action), subject),
            "person": _person(),
            "city_name": LocalProxy(city_name),
            "demo": settings.is_demo,
            "contact": settings.contact,
            "most_bytes": MAX_FORM_BYTES,
            "request_id": g.get("request_id", ""),
        }

    def stamp(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("v", started)

    app.context_processor(facts)
    app.url_defaults(stamp)


def _shown(value: Any) -> Any:
    """A value as a page writes it: signs that turn the direction of a text are seen."""
    return value if type(value) is not str or value.isascii() else texts.unmasked(value)


def _person() -> SimpleNamespace | None:
    user = g.get("user")
    if user is None:
        return None
    duty = ", ".join(f"{role.label}: {texts.name_of(organisation)}" for role, organisation in g.get("duties", ()))
    return SimpleNamespace(name=user.name, duty=duty)


def city_name() -> str:
    """The name of the reader's city in the current language, or of the first one; empty before there is a city."""
    if "city" not in g:
        g.city = db.session.scalars(organisations.city(actor.current().home)).first()
    return texts.name_of(g.city) if g.city else ""
