"""What a program is answered that asks the API for something it does not get: problem+json (RFC 9457)."""

import json
from typing import Any

from flask import Response, request
from werkzeug.exceptions import HTTPException

from prepare.errors import PrepareError
from prepare.texts import speaking

#: Every address of the API begins so.
API = "/api/"
MEDIA_TYPE = "application/problem+json"
#: What each status means where nothing more is known: its stable code, and what to do.
USUAL = {
    400: ("bad_request", "The request cannot be read."),
    401: (
        "unauthenticated",
        "Send a token that opens something: “Authorization: Bearer …”. Its owner makes it on the page of tokens.",
    ),
    403: ("forbidden", "The token does not open this."),
    404: ("not_found", "There is nothing here, or the token does not open it."),
    405: ("method_not_allowed", "The API is for reading: use GET or HEAD."),
    406: ("not_acceptable", "The API answers in JSON: accept application/json."),
    409: ("conflict", "Something changed meanwhile. Ask again."),
    413: ("too_large", "The request is too large."),
    414: ("address_too_long", "The address is too long."),
    415: ("body_refused", "The API takes no body."),
    422: ("invalid_parameter", "A parameter cannot be read."),
    429: ("too_many_requests", "Too many requests. Wait as many seconds as “Retry-After” says."),
    500: ("failed", "Something went wrong. Tell the support the number of the request."),
    503: ("unavailable", "The register cannot be reached right now. Try again in a minute."),
    504: ("too_slow", "The answer takes too long to compute. Ask for less."),
}


class Problem(PrepareError):
    """The API refuses a request: with a status, a stable code, and for whom it concerns the parameter."""

    def __init__(
        self,
        status: int,
        code: str | None = None,
        message: str | None = None,
        *,
        parameter: str | None = None,
        headers: dict[str, str] | None = None,
        **values: Any,
    ) -> None:
        usual_code, usual = USUAL[status]
        super().__init__(message or usual, field=parameter, **values)
        self.status = status
        self.code = code or usual_code
        self.headers = headers or {}


def is_api() -> bool:
    """Whether the request is a program's."""
    return request.path.startswith(API)


def usual(status: int, number: str) -> Response:
    """The answer to a request that ends with this status."""
    return answered(Problem(status if status in USUAL else 500 if status >= 500 else 400), number, status)


def failed(error: HTTPException, number: str) -> Response:
    """The answer to a request that the web framework refuses; a method that is not allowed tells which are."""
    answer = usual(error.code or 500, number)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def answered(problem: Problem, number: str, status: int | None = None) -> Response:
    """A problem as it is sent. Its words are English: whoever reads them builds a report in some other tool."""
    with speaking("en"):
        told: dict[str, Any] = {
            "type": f"about:blank#{problem.code}",
            "title": USUAL.get(problem.status, USUAL[500])[1],
            "status": status or problem.status,
            "code": problem.code,
            "detail": problem.text(),
            "request": number,
        }
        if problem.field:
            told["parameter"] = problem.field
    answer = Response(json.dumps(told), status or problem.status, mimetype=MEDIA_TYPE)
    answer.headers.update(problem.headers)
    return answer
