"""The page of the preparedness guidance workbook: choose, take, and see who has taken what."""

from io import BytesIO
from types import SimpleNamespace

from flask import redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from exports import workbook
from exports.entries import GuidanceEntry, Language
from exports.forms import GuidanceForm
from exports.frames import changes
from exports.register import handing_over as register
from exports.views import guidance_jobs
from exports.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens_page
from prepare.models.organisations import Organisation
from prepare.queries import organisations, trail
from prepare.register import jobs
from prepare.texts import language, name_of
from prepare.views.telling import Teller

# The trail is told in words by the forms, which know what each field is called.
changes.told_by(Teller)
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How many earlier hand-overs the page tells of.
RECENT = 10


@bp.route("/workbooks/", methods=["GET", "POST"])
@opens_page(Action.EXPORT_GUIDANCE)
def guidance() -> ResponseReturnValue:
    """Choose a sector's guidance workbook and take it."""
    offered = _offered()
    form = GuidanceForm(data={"language": Language(language()), "variant": _highest(offered)})
    form.organisation.offer([(code, f"{code} {name_of(one)}") for code, one in offered.items()])
    if form.accepted():
        try:
            return _taken_or_asked(offered[str(form.organisation.data)], form.entry())
        except RuleBroken as broken:
            form.refuse(broken)
    return render_template("exports/guidance.html", form=form, offered=offered, taken=_taken())


def _offered() -> dict[str, Organisation]:
    """The organisations whose guidance this person may take, by code."""
    who = actor.current()
    every = db.session.scalars(organisations.with_functions(who.scope))
    return {one.code: one for one in every if may(who, Action.EXPORT_GUIDANCE, one)}


def _highest(offered: dict[str, Organisation]) -> object:
    scope = actor.current().scope
    return max((workbook.highest(scope, one) for one in offered.values()), key=lambda c: c.rank, default=None)


def _taken_or_asked(organisation: Organisation, entry: GuidanceEntry) -> ResponseReturnValue:
    """The file, or for a large one the page of the job that builds it."""
    if guidance_jobs.is_large(actor.current().scope, organisation):
        guidance_jobs.refuse(organisation, entry)
        with transaction():
            asked = jobs.enqueue(organisation, guidance_jobs.ONE, guidance_jobs.wish(entry), at=now())
        return redirect(url_for("prepare.job", ref=asked.ref))
    made = guidance_jobs.built(organisation, entry)  # first, so that the register is locked only to write the trail
    with transaction():
        register.hand_over(organisation, entry, made)
    return send_file(BytesIO(made.content), mimetype=MIME, as_attachment=True, download_name=made.name)


def _taken() -> list[SimpleNamespace]:
    """The latest hand-overs that the reader may see."""
    found = trail.trail(actor.current().scope, action=Action.EXPORT_GUIDANCE.value).limit(RECENT)
    return [
        SimpleNamespace(
            at=entry.at,
            who=entry.user_name,
            organisation=entry.subject_code,
            **{name: (payload.changes or {}).get(name, [None, None])[1] for name in ("file", "rows", "purpose")},
        )
        for entry, payload in db.session.execute(found)
    ]
