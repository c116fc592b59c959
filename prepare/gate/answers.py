"""What every answer carries: security headers, a request id, and calm pages for errors."""

import json
import logging
from uuid import uuid4

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from werkzeug.exceptions import HTTPException, InternalServerError

from prepare.config import Settings
from prepare.errors import NotPermitted, StaleEntry
from prepare.gate import problems
from prepare.texts import N_, _

log = logging.getLogger("prepare")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

#: The database is away, busy or not migrated; which of the two, each database tells in its own way.
UNREACHABLE = (OperationalError, ProgrammingError)
JSON = ("application/problem+json", "application/json")

#: status → (title, what to do)
ANSWERS = {
    400: (N_("The request could not be read"), N_("Go back, reload the page and try again.")),
    403: (N_("You may not do this"), N_("Ask your administrator if your role should allow it.")),
    404: (N_("The page was not found"), N_("It may not exist, or it is not open to you.")),
    405: (N_("This cannot be done here"), N_("Go back and use the buttons on the page.")),
    409: (N_("Somebody else saved at the same time"), N_("Go back, reload the page and make your change again.")),
    413: (
        N_("The text or file is too large"),
        N_(
            "Nothing was saved. Go back with the browser's back button: what you wrote may still stand in the form. "
            "Copy it to a safe place, shorten it and send it again. One form takes about four million characters."
        ),
    ),
    414: (N_("The address is too long"), N_("Shorten the search.")),
    422: (N_("The form has fields that do not belong to it"), N_("Reload the page and fill in the form again.")),
    429: (N_("Too many tries"), N_("Wait a moment and try again.")),
    500: (
        N_("Something went wrong"),
        N_("Nothing was saved. Try again; if it happens again, tell the support the request id."),
    ),
    503: (N_("The register cannot be reached right now"), N_("Nothing was saved. Try again in a minute.")),
    504: (
        N_("The answer takes too long to compute"),
        N_(
            "Nothing was saved. Ask for less, such as fewer functions or a shorter time, or ask the administrator to "
            "compute it with the command “prepare”."
        ),
    ),
}


def answer(app: Flask, settings: Settings) -> None:
    """Give every answer its headers and every error its page."""

    def number() -> None:
        request_id()

    def carry(response: Response) -> Response:
        if response.status_code == 200 and "status" in g:
            response.status_code = g.status
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.is_https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
            response.headers["Vary"] = "Authorization" if problems.is_api() else "Cookie"
        response.headers["X-Request-Id"] = request_id()
        return response

    app.before_request_funcs.setdefault(None, []).insert(0, number)
    app.after_request(carry)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(problems.Problem, lambda problem: problems.answered(problem, request_id()))
    app.register_error_handler(NotPermitted, lambda error: page(403, error.message))
    app.register_error_handler(StaleEntry, lambda error: page(409))
    for error in UNREACHABLE:
        app.register_error_handler(error, _unreachable)
    app.register_error_handler(InternalServerError, _failed)


def request_id() -> str:
    """The number by which the support finds this request; given when it is first asked for."""
    if "request_id" not in g:
        g.request_id = uuid4().hex
    number: str = g.request_id
    return number


def _refused(error: HTTPException) -> ResponseReturnValue:
    """What the web framework refuses."""
    return problems.failed(error, request_id()) if problems.is_api() else page(error.code or 500)


def _failed(error: InternalServerError) -> ResponseReturnValue:
    """A failure that nobody expected, or a database that was gone before the request had begun."""
    cause = error.original_exception
    return _unreachable(cause) if isinstance(cause, UNREACHABLE) else page(500)


def _unreachable(error: DBAPIError) -> ResponseReturnValue:
    log.error("database: %s", str(error.orig).replace("\n", " "))
    return page(503)


def page(status: int, advice: str | None = None, *, onward: str | None = None) -> ResponseReturnValue:
    """The page of an error: what happened, what to do, and the request id for the support.

    `onward` is an address to go on to. A program that reads only JSON gets the same as problem+json (RFC 9457).
    """
    if problems.is_api():
        return problems.usual(status, request_id())
    title, usual = ANSWERS.get(status, ANSWERS[500 if status >= 500 else 400])
    if request.accept_mimetypes.best_match(("text/html", *JSON)) in JSON:
        told = {"title": _(title), "status": status, "detail": _(advice or usual), "request": request_id()}
        return Response(json.dumps(told), status, mimetype="application/problem+json")
    text = render_template(
        "prepare/error.html",
        status=status,
        title=_(title),
        advice=_(advice or usual),
        request_id=request_id(),
        onward=onward,
    )
    return text, status
