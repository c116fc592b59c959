"""The trail: who did what."""

from flask import request
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import READING, Action
from prepare.actor import SYSTEM, Scope
from prepare.audit import AuditEntry
from prepare.db import db
from prepare.forms.kinds import KINDS, kind_of
from prepare.gate.opening import opens_page
from prepare.models.functions import Function, Resource
from prepare.models.guidance import GuidanceVersion, RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.queries import organisations
from prepare.queries import trail as queries
from prepare.texts import _, name_of
from prepare.views import bp
from prepare.views.asked import NAMES, asked
from prepare.views.history import keep_history, told_page

#: So many organisations are offered; a database takes one question about no more.
MOST_PLACES = 300


@bp.get("/trail/")
@opens_page(Action.VIEW_TRAIL)
def trail() -> ResponseReturnValue:
    """Every change that the reader may see, newest first."""
    scope = actor.current().scope
    given = {name: request.args.get(name, "").strip()[:200] for name in NAMES}
    found = queries.wanted(scope, asked(given))
    return told_page(found, wanted=given, choices=choices(scope))


def choices(scope: Scope) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen: only what the trail holds as far as the reader sees it."""
    people = [(email, name) for _id, name, email in db.session.execute(queries.people(scope))]
    acts = [action for action in Action if action not in READING]
    told = set(db.session.scalars(queries.among(scope, AuditEntry.action, [one.value for one in acts])))
    kinds = db.session.scalars(queries.among(scope, AuditEntry.subject, list(KINDS)))
    places = {one.path: one for one in db.session.scalars(organisations.organisations(scope, own=None))}
    held = set(db.session.scalars(queries.among(scope, AuditEntry.owner_path, list(places)[:MOST_PLACES])))
    return {
        "people": [*people, (SYSTEM.name, _("The system itself"))],
        "actions": sorted(((one.value, one.label) for one in acts if one.value in told), key=lambda pair: pair[1]),
        "kinds": sorted(((kind, kind_of(kind)) for kind in kinds), key=lambda pair: pair[1]),
        "organisations": [(one.code, name_of(one)) for path, one in places.items() if path in held],
    }


def parts_of_function(function: Function) -> dict[str, str]:
    """A function's draft changes, impacts and resources belong to its history."""
    return dict.fromkeys(("function_revision", "bia_impact", "resource"), function.code)


keep_history(bp, Function, "prepare.function", parts_of_function)
keep_history(bp, Organisation, "prepare.organisation")
keep_history(bp, User, "prepare.person", lambda user: {"role_grant": user.email}, action=Action.VIEW_USER)
keep_history(bp, Resource, "prepare.function", whole="function")
keep_history(
    bp,
    GuidanceVersion,
    "prepare.guidance_version",
    lambda version: {"guidance_chapter": version.code, "requirement": version.code},
    room="guidance/versions",
)
keep_history(bp, RequirementAnswer, "prepare.organisation_guidance", whole="organisation", room="guidance/answers")
