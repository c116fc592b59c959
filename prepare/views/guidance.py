"""The preparedness guidance: where one begins, its versions, and the text of one."""

from types import SimpleNamespace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from prepare import actor, guiding
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.models.guidance import GuidanceVersion
from prepare.models.organisations import Organisation
from prepare.queries import guidance as queries
from prepare.queries import organisations
from prepare.queries.pages import page
from prepare.views import bp
from prepare.views.guidance_answers import answers_page, grouped, may_answer, sectors
from prepare.views.guidance_overview import overview_page
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import GuidanceState


@bp.get("/guidance/")
@opens_page(Action.VIEW_GUIDANCE)
def guidance() -> ResponseReturnValue:
    """One's own organisation's answers; for those who answer for none, the sectors side by side."""
    if own := _asked_for() or _own():
        return answers_page(own)
    version = _first_in_force()
    if version is None:
        return render_template("prepare/guidance_empty.html", draft=_first_draft(), may_begin=may_begin())
    return overview_page(version)


def _asked_for() -> Organisation | None:
    """The organisation that ?organisation= names, if the acting person may read its answers."""
    asked = request.args.get("organisation", "")[:20]
    if not asked:
        return None
    return db.session.scalars(
        organisations.with_functions(actor.current().scope).where(Organisation.code == asked)
    ).first()


def _own() -> Organisation | None:
    """The first organisation for which the acting person answers."""
    if not may(actor.current(), Action.ANSWER_GUIDANCE):
        return None
    every = db.session.scalars(organisations.with_functions(actor.current().scope))
    return next((one for one in every if may_answer(one)), None)


def _first_in_force() -> GuidanceVersion | None:
    return db.session.scalars(queries.begun(actor.current().scope, on=today())).first()


def _first_draft() -> GuidanceVersion | None:
    return db.session.scalars(queries.drafts(actor.current().scope).limit(1)).first()


def may_begin() -> bool:
    """Whether the acting person may begin a version somewhere."""
    return may(actor.current(), Action.ADD_GUIDANCE)


@bp.get("/guidance/versions/")
@opens_page(Action.VIEW_GUIDANCE)
def guidance_versions() -> ResponseReturnValue:
    """Every version of the guidance, with where it stands."""
    found = queries.versions(actor.current().scope)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, GuidanceVersion.id, offset=at.offset, limit=PAGE_SIZE)).all()
    cities = {one.organisation_id: one.organisation for one in rows}
    every = db.session.scalars(queries.versions(actor.current().scope, *cities.values())).all()
    states: dict[int, GuidanceState] = {}
    for city in cities:
        states |= guiding.states([one for one in every if one.organisation_id == city], on=today())
    return render_template(
        "prepare/guidance_versions.html",
        rows=rows,
        states=states,
        at=at,
        several=len(cities) > 1,
        may_begin=may_begin(),
    )


@bp.get("/guidance/versions/<uuid:ref>")
@opens(GuidanceVersion, Action.VIEW_GUIDANCE)
def guidance_version(version: GuidanceVersion) -> ResponseReturnValue:
    """One version: its chapters, and its requirements under their dimensions."""
    scope, may_edit = actor.current().scope, may(actor.current(), Action.EDIT_GUIDANCE, version)
    every = may_edit and version.issued_on is None
    requirements = db.session.scalars(queries.requirements(scope, version, every=every)).all()
    return render_template(
        "prepare/guidance_version.html",
        version=version,
        state=state_of(version),
        chapters=db.session.scalars(queries.chapters(scope, version, every=every)).all(),
        groups=grouped([SimpleNamespace(requirement=one) for one in requirements]),
        total=sum(not one.out_of_use for one in requirements),
        sectors=sectors(requirements),
    )


def state_of(version: GuidanceVersion) -> GuidanceState:
    """Where an opened version stands among those of its city."""
    every = db.session.scalars(queries.versions(actor.current().scope, version.organisation)).all()
    return guiding.states(every, on=today())[version.id]
