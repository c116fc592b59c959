"""The description of the API (OpenAPI 3.1), made of the declarations of the registers."""

from collections.abc import Iterable
from typing import Any

from exports.registers.catalogue import EVERY
from exports.registers.field import Field, Kind, heading
from exports.registers.register import Register
from prepare.texts import _
from prepare.version import VERSION

MOST_ROWS, USUAL_ROWS = 200, 100
Schema = dict[str, Any]
#: How the values of each kind are written in JSON.
TYPES: dict[Kind, Schema] = {
    Kind.TEXT: {"type": "string"},
    Kind.WORD: {"type": "string"},
    Kind.REF: {"type": "string", "format": "uuid"},
    Kind.WHOLE: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.YES_NO: {"type": "boolean"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
    Kind.CODES: {"type": "array", "items": {"type": "string"}},
}
MOMENT_OR_NOTHING = {"type": ["string", "null"], "format": "date-time"}
LIMIT = {"name": "limit", "in": "query", "description": "How many records at most."} | {
    "schema": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_ROWS}
}
CURSOR = {"name": "cursor", "in": "query", "description": "From where to go on: as the answer before gave it."} | {
    "schema": {"type": "string", "maxLength": 100, "pattern": "^[A-Za-z0-9_.-]+$"}
}
ORGANISATION = {"name": "organisation", "in": "query"} | {
    "description": "Code of an organisation: what it and everything below it keeps.",
    "schema": {"type": "string", "maxLength": 20, "pattern": "^[A-Za-z0-9-]+$"},
}
SINCE = {"name": "updated_since", "in": "query"} | {
    "description": "Only what has changed at this moment or later, as 2026-11-28T08:00:00Z.",
    "schema": {"type": "string", "format": "date-time", "maxLength": 40},
}
REF = {"name": "ref", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "request"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable: programs go by it."},
        "detail": {"type": "string"},
        "request": {"type": "string", "description": "By this number the support finds the request."},
        "parameter": {"type": "string"},
    },
    "additionalProperties": False,
}
REFUSALS = {
    "400": "The request cannot be read.",
    "401": "No token, or one that opens nothing.",
    "403": "The token does not open this register.",
    "404": "There is nothing here, or the token does not open it.",
    "405": "The API is for reading.",
    "406": "The API answers in JSON.",
    "415": "The API takes no body.",
    "422": "A parameter cannot be read.",
    "429": "Too many requests.",
    "503": "The register cannot be reached right now.",
    "504": "The answer takes too long to compute.",
}


def document(base: str) -> Schema:
    """The whole description; `base` is the address of the API."""
    paths: Schema = {
        "/": {"get": _index()},
        "/codes": {"get": _codes()},
        "/openapi.json": {"get": _itself()},
    }
    for register in EVERY:
        paths[f"/{register.name}"] = {"get": _list(register)}
        paths[f"/{register.name}/{{ref}}"] = {"get": _record(register)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Registers of preparedness",
            "version": VERSION,
            "description": "Read-only. Every request carries a token, and sees what the token's owner may see.",
        },
        "servers": [{"url": base}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"problem": PROBLEM} | {one.name: item(one) for one in EVERY},
        },
    }


def item(register: Register) -> Schema:
    """A record of a register, exactly."""
    names = [field.name for field in register.fields]
    told = {field.name: of_field(field) for field in register.fields}
    return _object({**told, "updated_at": MOMENT_OR_NOTHING}, [*names, "updated_at"]) | {
        "description": _(register.told)
    }


def of_field(field: Field) -> Schema:
    """What a field may hold; nothing stands for what is unknown or withheld."""
    schema = dict(TYPES[field.kind])
    if field.words is not None:
        schema["enum"] = [value for value, _label in field.options]
    if not field.always or field.least.rank:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return schema | {"description": heading(field)}


def _object(properties: Schema, required: Iterable[str]) -> Schema:
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def _answers(schema: Schema, *refusals: str) -> Schema:
    good = {"description": "What was asked for.", "content": {"application/json": {"schema": schema}}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    bad = {status: {"description": told, "content": problem} for status, told in REFUSALS.items() if status in refusals}
    return (
        {"200": good | {"headers": {"ETag": {"schema": {"type": "string"}}}}}
        | bad
        | {"304": {"description": "Nothing has changed since the answer with this ETag."}}
    )


ALWAYS = ("400", "401", "405", "406", "415", "422", "429", "503", "504")


def _list(register: Register) -> Schema:
    shape = _object(
        {
            "register": {"const": register.name},
            "total": {"type": "integer", "minimum": 0},
            "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{register.name}"}},
            "next": {"type": ["string", "null"], "format": "uri", "description": "Where it goes on; null at the end."},
            "withheld": _withheld(),
        },
        ["register", "total", "items", "next", "withheld"],
    )
    since = [SINCE] if register.source.knows_changes else []
    return {
        "operationId": f"list-{register.name}",
        "summary": _(register.title),
        "description": _(register.told),
        "parameters": [LIMIT, CURSOR, ORGANISATION, *since],
        "responses": _answers(shape, *ALWAYS, "403", "404"),
    }


def _record(register: Register) -> Schema:
    shape = _object(
        {
            "register": {"const": register.name},
            "item": {"$ref": f"#/components/schemas/{register.name}"},
            "withheld": _withheld(),
        },
        ["register", "item", "withheld"],
    )
    return {
        "operationId": f"get-{register.name}",
        "summary": f"{_(register.title)}: one record",
        "parameters": [REF],
        "responses": _answers(shape, *ALWAYS, "403", "404"),
    }


def _withheld() -> Schema:
    return {"type": "array", "items": {"type": "string"}} | {
        "description": "Fields that are null since the token does not read their class."
    }


def _index() -> Schema:
    told = {name: {"type": "string"} for name in ("name", "title", "description")} | {"url": _uri()}
    shape = _object(
        {
            "version": {"type": "string"},
            "openapi": _uri(),
            "codes": _uri(),
            "registers": {"type": "array", "items": _object(told, told)},
        },
        ["version", "openapi", "codes", "registers"],
    )
    return {"operationId": "index", "summary": "What the token opens", "responses": _answers(shape, *ALWAYS)}


def _codes() -> Schema:
    names = ("register", "field", "code", "label_fi", "label_sv", "label_en")
    row = _object({name: {"type": "string"} for name in names}, names)
    shape = _object({"items": {"type": "array", "items": row}}, ["items"])
    summary = "What the stored words mean, in three languages"
    return {"operationId": "codes", "summary": summary, "responses": _answers(shape, *ALWAYS)}


def _itself() -> Schema:
    refusals = [status for status in ALWAYS if status not in ("401", "429")]
    answers = _answers({"type": "object"}, *refusals)
    return {"operationId": "openapi", "summary": "This description", "security": [], "responses": answers}


def _uri() -> Schema:
    return {"type": "string", "format": "uri"}
