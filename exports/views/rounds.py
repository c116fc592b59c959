"""A whole round of workbooks asked for in one go, and the reports that were stored."""

import hashlib
from types import SimpleNamespace
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports import workbook
from exports.entries import Language
from exports.views.blueprint import bp
from exports.views.round_jobs import GUIDANCE, ROUND
from prepare import actor
from prepare.access import Action, may
from prepare.clock import now
from prepare.db import db
from prepare.errors import NotPermitted
from prepare.forms.reports import RoundForm
from prepare.gate.opening import opens_page
from prepare.jobs import Recurring
from prepare.models.jobs import Job
from prepare.models.organisations import Organisation
from prepare.models.reports import StoredReport
from prepare.queries import jobs as job_queries
from prepare.queries import organisations
from prepare.queries import reports as queries
from prepare.queries.pages import page
from prepare.register import jobs
from prepare.scheduling import RoundEntry
from prepare.texts import N_, _, language, name_of
from prepare.views import keeping
from prepare.views.jobs import is_silent
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Role

#: What a stored report is, by its kind.
KINDS = {
    GUIDANCE: N_("Preparedness guidance"),
    "readiness": N_("Readiness report"),
    "leadership": N_("Leadership report"),
}


@bp.route("/workbooks/round", methods=["GET", "POST"])
@opens_page(Action.EXPORT_GUIDANCE)
def guidance_round() -> ResponseReturnValue:
    """Ask for the workbooks of all sectors in all languages at once."""
    offered = _tops()
    form = RoundForm(data=_begin(offered))
    form.organisation.offer([(code, f"{code} {name_of(one)}") for code, one in offered.items()])
    asked = keeping.done(form, lambda: _ask(offered[str(form.organisation.data)], form.entry()))
    if asked is not None:
        return redirect(url_for("prepare.job", ref=asked.ref))
    return render_template("exports/round.html", form=form, offered=offered, silent=is_silent())


def _tops() -> dict[str, Organisation]:
    """The organisations at or below which this person may make workbooks, by code; the topmost first."""
    who = actor.current()
    every = db.session.scalars(organisations.organisations(who.scope))
    return {one.code: one for one in every if may(who, Action.EXPORT_GUIDANCE, one)}


def _begin(offered: dict[str, Organisation]) -> dict[str, object]:
    top = min(offered.values(), key=lambda one: (one.path.count("/"), one.code), default=None)
    variant = workbook.highest(actor.current().scope, top) if top else None
    return {"organisation": top.code if top else None, "languages": [language()], "variant": variant}


def _ask(top: Organisation, entry: RoundEntry) -> Job:
    if entry.variant.rank > workbook.highest(actor.current().scope, top).rank:
        raise NotPermitted(N_("Your role does not allow this variant."))
    return jobs.enqueue(top, ROUND, recurring(entry).params(), at=now())


def recurring(entry: RoundEntry) -> Recurring:
    """The wish as the parameters of a job."""
    return Recurring(
        organisation=entry.organisation,
        languages=tuple(entry.languages),
        variant=entry.variant.value,
        purpose=entry.purpose or "",
        recipients=entry.recipients or "",
    )


@bp.get("/workbooks/stored/")
@opens_page(Action.VIEW_REPORT)
def stored_reports() -> ResponseReturnValue:
    """The reports that were stored: filters and paging."""
    scope = actor.current().scope
    wanted = queries.Wanted(**{name: request.args.get(name, "")[:60] for name in ("kind", "organisation", "language")})
    about = db.session.execute(queries.about(scope)).all()
    found = queries.stored(scope, wanted)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = page(found, StoredReport.id, offset=at.offset, limit=PAGE_SIZE)
    return render_template(
        "exports/stored_reports.html",
        rows=list(map(_shown, db.session.scalars(rows))),
        at=at,
        wanted=wanted,
        kinds=[(kind, kind_label(kind)) for kind in sorted({kind for kind, _code in about})],
        codes=[(code, code) for code in sorted({code for _kind, code in about})],
        languages=[(one.value, one.label) for one in Language],
        may_ask=may(actor.current(), Action.EXPORT_GUIDANCE),
    )


@bp.get("/workbooks/stored/<uuid:ref>")
@opens_page(Action.VIEW_REPORT)
def stored_report(ref: UUID) -> ResponseReturnValue:
    """One stored report: what it told, to whom, and whether its file is still as it was made."""
    found = db.session.scalars(queries.one(actor.current().scope, ref)).one_or_none() or abort(404)
    file = db.session.scalars(job_queries.with_content(found.file_id)).one()
    is_whole = file.content is not None and hashlib.sha256(file.content).hexdigest() == file.sha256
    return render_template("exports/stored_report.html", one=_shown(found), is_whole=is_whole)


def _shown(report: StoredReport) -> SimpleNamespace:
    """A stored report as pages show it."""
    is_open = report.file.is_there and may(actor.current(), Action.FETCH_FILE, report.file)
    fetchers = ", ".join(Role(one).label for one in report.file.roles)
    shown = {"kind": kind_label(report.kind), "is_open": is_open, "language": _language(report)}
    return SimpleNamespace(report=report, fetchers=fetchers, **shown)


def _language(report: StoredReport) -> str:
    return Language(report.language).label


def kind_label(kind: str) -> str:
    """What a kind of report is called."""
    return _(KINDS.get(kind, kind))
