"""The API for the city's reporting tools: read-only, by token, each register from the query of its page."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue

from exports.registers import openapi
from exports.registers.catalogue import EVERY, REGISTERS
from exports.registers.field import Sight, plain
from exports.registers.register import Filter, Register
from exports.views.blueprint import bp
from prepare import actor
from prepare.access import may
from prepare.clock import today
from prepare.db import db
from prepare.gate.bearing import bearer, bearing, noted, open_document
from prepare.gate.problems import Problem
from prepare.gate.signing import opened, signed
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import LANGUAGES, _, speaking
from prepare.version import VERSION

MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}):(\d{2})(\.\d+)?([Zz]|[+ -]\d{2}:\d{2})?)?")


@bp.get("/api/v1/")
@bearing
def api_index() -> ResponseReturnValue:
    """The registers that the token opens, and where each stands."""
    _parameters()
    with speaking("en"):
        told = [
            {
                "name": one.name,
                "title": _(one.title),
                "description": _(one.told),
                "url": address("api_register", register=one.name),
            }
            for one in EVERY
            if _opens(one)
        ]
    return _answer(
        {
            "version": VERSION,
            "openapi": address("api_description"),
            "codes": address("api_codes"),
            "registers": told,
        }
    )


@bp.get("/api/v1/openapi.json")
@open_document
def api_description() -> ResponseReturnValue:
    """The description of the API."""
    _parameters()
    with speaking("en"):
        return _answer(openapi.document(address("api_index").rstrip("/")))


@bp.get("/api/v1/codes")
@bearing
def api_codes() -> ResponseReturnValue:
    """What the stored words of the registers mean, in three languages."""
    _parameters()
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for language in LANGUAGES:
        with speaking(language):
            for register in EVERY:
                for field in register.fields:
                    for value, label in field.options:
                        row = rows.setdefault((register.name, field.name, value), {})
                        row[f"label_{language}"] = label
    return _answer({"items": [{"register": r, "field": f, "code": c, **row} for (r, f, c), row in rows.items()]})


@bp.get("/api/v1/<string:register>")
@bearing
def api_register(register: str) -> ResponseReturnValue:
    """Records of a register, a page at a time."""
    found = _register(register)
    since = ("updated_since",) if found.source.knows_changes else ()
    asked = _parameters("limit", "cursor", "organisation", *since)
    wanted = Filter(_path(asked.get("organisation")), _since(asked.get("updated_since")))
    sight = _sight()
    noted(found.name)
    with speaking(bearer().user.language):
        part = found.source.part(sight, wanted, _after(found, asked.get("cursor")), _limit(asked.get("limit")))
        items = _items(found, part.records, sight)
    onward = None
    if part.onward is not None:
        cursor = signed(part.onward, purpose=f"api {found.name}")
        onward = address("api_register", register=found.name, **{**asked, "cursor": cursor})
    return _answer(
        {
            "register": found.name,
            "total": found.source.counted(sight, wanted),
            "items": items,
            "next": onward,
            "withheld": found.withheld(sight),
        }
    )


@bp.get("/api/v1/<string:register>/<uuid:ref>")
@bearing
def api_record(register: str, ref: Any) -> ResponseReturnValue:
    """One record of a register."""
    found, sight = _register(register), _sight()
    _parameters()
    noted(found.name)
    with speaking(bearer().user.language):
        record = found.source.one(sight, ref)
        if record is None:
            raise Problem(404)
        item = _items(found, [record], sight)[0]
    return _answer({"register": found.name, "item": item, "withheld": found.withheld(sight)})


def _items(register: Register, records: Iterable[Any], sight: Sight) -> list[dict[str, Any]]:
    """The records with the moment when each was last changed, as far as the trail tells."""
    some = list(records)
    changed = register.source.changed(some)
    rows = [register.row(record, sight) for record in some]
    return [{**row, "updated_at": plain(changed.get(str(row["ref"])))} for row in rows]


def _register(name: str) -> Register:
    """The register of this name. Raises Problem when there is none, or the token does not open it."""
    found = REGISTERS.get(name)
    if found is None:
        raise Problem(404)
    if not _opens(found):
        raise Problem(403, "register_not_opened", "The token does not open this register.")
    return found


def _opens(register: Register) -> bool:
    """Whether the token was made for the register, and its owner may open it now."""
    token, who = bearer(), actor.current()
    if register.name not in token.registers or token.highest.rank < register.least.rank:
        return False
    return may(who, register.action)


def _sight() -> Sight:
    return Sight(actor.current().scope, bearer().highest, today())


def _parameters(*known: str) -> dict[str, str]:
    """The parameters of the address. Raises Problem for one that is not known, or that is given twice."""
    for name, values in request.args.lists():
        if name not in known:
            raise Problem(422, "unknown_parameter", "There is no such parameter here.", parameter=name)
        if len(values) > 1:
            raise Problem(422, "repeated_parameter", "Give each parameter once.", parameter=name)
        if not values[0]:
            raise Problem(422, "invalid_parameter", "Give a value, or leave the parameter out.", parameter=name)
    return dict(request.args.items())


def _limit(told: str | None) -> int:
    if told is None:
        return openapi.USUAL_ROWS
    if re.fullmatch("[0-9]{1,4}", told) and 1 <= int(told) <= openapi.MOST_ROWS:
        return int(told)
    message = "Give a whole number from 1 to %(most)s."
    raise Problem(422, "invalid_parameter", message, parameter="limit", most=openapi.MOST_ROWS)


def _after(register: Register, told: str | None) -> str:
    """From where to go on. Raises Problem for a cursor that this installation has not made for this register."""
    if told is None:
        return ""
    found = opened(told, purpose=f"api {register.name}")
    if not isinstance(found, str):
        raise Problem(404, "unknown_cursor", "There is no such page. Begin anew without a cursor.", parameter="cursor")
    return found


def _path(code: str | None) -> str:
    """The path of the organisation of this code, if the token reads it."""
    if code is None:
        return ""
    rows = organisations.organisations(actor.current().scope, own=None).where(Organisation.code == code)
    found = db.session.scalars(rows).first()
    if found is None:
        message = "There is no such organisation, or the token does not read it."
        raise Problem(404, "unknown_organisation", message, parameter="organisation")
    return found.path


def _since(told: str | None) -> datetime | None:
    """The moment that a text means; a day means its beginning, and what says no zone is in UTC."""
    if told is None:
        return None
    found = MOMENT.fullmatch(told)
    try:
        if found is None:
            raise ValueError(told)
        day, clock, second, _part, zone = found.groups()
        told = f"{day}T{clock or '00:00'}:{min(int(second or 0), 59):02}{(zone or 'Z').upper().replace(' ', '+')}"
        return datetime.fromisoformat(told).astimezone(UTC)
    except (ValueError, OverflowError):
        message = "Give a moment as 2026-11-28T08:00:00Z."
        raise Problem(422, "invalid_parameter", message, parameter="updated_since") from None


def address(endpoint: str, **values: Any) -> str:
    """The whole address of a page of the API."""
    base = current_app.config["SETTINGS"].base_url or request.host_url
    return base.rstrip("/") + url_for(f"exports.{endpoint}", **values)


def _answer(told: dict[str, Any]) -> Response:
    """JSON with the fingerprint of what it says; nothing but the fingerprint when the tool has it already."""
    answer = Response(json.dumps(told, ensure_ascii=False, separators=(",", ":")), mimetype="application/json")
    answer.add_etag()
    answer.make_conditional(request)
    return answer
