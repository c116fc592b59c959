"""Requirement catalogues: offering one's own to other municipalities, and beginning a draft from another's."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from prepare import actor, network
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.forms.form import CityForm
from prepare.forms.guidance import GuidanceVersionForm
from prepare.gate.opening import opens, opens_page
from prepare.models.guidance import GuidanceVersion
from prepare.models.organisations import Organisation
from prepare.queries import guidance, pages
from prepare.queries import network as queries
from prepare.register import catalogues as register
from prepare.texts import N_, _
from prepare.views import bp, keeping
from prepare.views.guidance_answers import grouped
from prepare.views.guidance_changes import told
from prepare.views.members import home, owner
from prepare.views.paging import PAGE_SIZE, paging


@bp.get("/shared/guidance/")
@opens_page(Action.VIEW_GUIDANCE)
def catalogues() -> ResponseReturnValue:
    """The requirement catalogues that other municipalities offer."""
    found = queries.catalogues(actor.current().scope)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.execute(pages.page(found, GuidanceVersion.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template("prepare/catalogues.html", rows=[(row, owner(row)) for row in rows], at=at)


@bp.get("/shared/guidance/<uuid:ref>")
@opens_page(Action.VIEW_GUIDANCE)
def catalogue(ref: UUID) -> ResponseReturnValue:
    """One catalogue: its public chapters and requirements, and how they differ from what was taken from it."""
    row = _offered(ref)
    own = home(Action.ADOPT_GUIDANCE)
    chapters, asked = (db.session.execute(find(row)).all() for find in (queries.chapters, queries.requirements))
    return render_template(
        "prepare/catalogue.html",
        row=row,
        owner=owner(row),
        chapters=chapters,
        groups=grouped([SimpleNamespace(requirement=one) for one in asked]),
        total=len(asked),
        mine=_taken(own, row, chapters, asked) if own else None,
        may_begin=own is not None and may(actor.current(), Action.ADOPT_GUIDANCE, own),
    )


def _offered(ref: UUID) -> Any:
    return db.session.execute(queries.catalogue(actor.current().scope, ref)).first() or abort(404)


def _taken(own: Organisation, row: Any, chapters: Any, asked: Any) -> SimpleNamespace | None:
    """How one's own newest version differs from the catalogue; None when nothing was taken from its owner."""
    scope = actor.current().scope
    version = db.session.scalars(guidance.versions(scope, own).limit(1)).first()
    if version is None or version.catalogue is None or version.catalogue.organisation_id != row.organisation_id:
        return None
    ours = db.session.scalars(guidance.requirements(scope, version)).all()
    written = db.session.scalars(guidance.chapters(scope, version)).all()
    return SimpleNamespace(
        version=version,
        requirements=told(network.difference(ours, asked, requirements=True), network.OF_REQUIREMENT),
        chapters=told(network.difference(written, chapters, requirements=False), network.OF_CHAPTER),
    )


@bp.route("/shared/guidance/<uuid:ref>/begin", methods=["GET", "POST"])
@opens_page(Action.ADOPT_GUIDANCE)
def adopt_guidance(ref: UUID) -> ResponseReturnValue:
    """Begin a draft from a catalogue."""
    row, own = _offered(ref), home(Action.ADOPT_GUIDANCE) or abort(404)
    form = GuidanceVersionForm()
    source = db.session.get_one(GuidanceVersion, row.id)
    version = keeping.done(form, lambda: register.adopt(own, form.entry(), source))
    if version is None:
        back = url_for("prepare.catalogue", ref=ref)
        return render_template(
            "prepare/catalogue_begin.html", form=form, row=row, owner=owner(row), home=own, back=back
        )
    flash(_("The draft was begun. Go through what was taken, and reword it for your own municipality."))
    return redirect(url_for("prepare.guidance_version", ref=version.ref))


@bp.route("/guidance/versions/<uuid:ref>/offer", methods=["GET", "POST"])
@opens(GuidanceVersion, Action.OFFER_GUIDANCE)
def offer_guidance(version: GuidanceVersion) -> ResponseReturnValue:
    """Ask, then let other municipalities have what is public in a version."""
    form, back = CityForm(), _page(version)
    return keeping.asking(
        form,
        lambda: register.offer(version, on=today()),
        N_("The public requirements are offered to other municipalities now."),
        back,
        lambda: render_template("prepare/guidance_offer.html", form=form, version=version, back=back),
    )


@bp.route("/guidance/versions/<uuid:ref>/withdraw", methods=["GET", "POST"])
@opens(GuidanceVersion, Action.WITHDRAW_GUIDANCE)
def withdraw_guidance(version: GuidanceVersion) -> ResponseReturnValue:
    """Ask, then offer a version no longer."""
    form, back = CityForm(), _page(version)
    return keeping.asking(
        form,
        lambda: register.withdraw(version),
        N_("The requirements are no longer offered."),
        back,
        lambda: render_template(
            "prepare/withdraw_offer.html",
            form=form,
            title=_("Preparedness guidance %(number)s", number=version.number),
            back=back,
        ),
    )


def _page(version: GuidanceVersion) -> str:
    return url_for("prepare.guidance_version", ref=version.ref)
