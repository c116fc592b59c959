"""The pages of the reports that go upwards: choose a variant, take it, and see who has taken what."""

from types import SimpleNamespace

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exports import workbook
from exports.entries import Language, Report, ReportEntry, report_problems
from exports.forms import ReportForm
from exports.views.blueprint import bp
from exports.views.guidance import RECENT
from exports.views.report_jobs import NAMES
from prepare import actor
from prepare.access import Action
from prepare.clock import now
from prepare.db import db
from prepare.errors import NotPermitted, refuse_if
from prepare.gate.opening import opens_page
from prepare.jobs import Recurring
from prepare.models.jobs import Job
from prepare.models.organisations import Organisation
from prepare.queries import trail
from prepare.register import jobs
from prepare.texts import N_, language
from prepare.views.jobs import is_silent
from prepare.views.keeping import chosen, done, offered
from risks.views import choices


@bp.route("/reports/readiness", methods=["GET", "POST"])
@opens_page(Action.EXPORT_READINESS)
def readiness_report() -> ResponseReturnValue:
    """Have the readiness report made: every sector side by side."""
    return _page(Report.READINESS, Action.EXPORT_READINESS)


@bp.route("/reports/leadership", methods=["GET", "POST"])
@opens_page(Action.EXPORT_LEADERSHIP)
def leadership_report() -> ResponseReturnValue:
    """Have the report for the city's leadership made, which begins with one page."""
    return _page(Report.LEADERSHIP, Action.EXPORT_LEADERSHIP)


def _page(report: Report, action: Action) -> ResponseReturnValue:
    """Choose on whom, in which language and variant, what for and for whom; a job makes it."""
    own = choices.keepers(action)
    top = choices.topmost(own)
    highest = workbook.highest(actor.current().scope, top)
    form = ReportForm(data={"organisation": top.code, "language": Language(language()), "variant": highest})
    form.organisation.offer(offered(own))
    asked = done(form, lambda: _ask(report, chosen(own, form.organisation.data), form.entry()))
    if asked is not None:
        return redirect(url_for("prepare.job", ref=asked.ref))
    shown = {"form": form, "report": report, "reports": Report, "taken": _taken(action), "silent": is_silent()}
    return render_template("exports/report.html", **shown)


def _ask(report: Report, organisation: Organisation, entry: ReportEntry) -> Job:
    refuse_if(report_problems(entry))
    if entry.variant.rank > workbook.highest(actor.current().scope, organisation).rank:
        raise NotPermitted(N_("Your role does not allow this variant."))
    wanted = Recurring(
        organisation=organisation.code,
        languages=(entry.language.value,),
        variant=entry.variant.value,
        purpose=entry.purpose or "",
        recipients=entry.recipients or "",
    )
    return jobs.enqueue(organisation, NAMES[report], wanted.params(), at=now())


def _taken(action: Action) -> list[SimpleNamespace]:
    """The latest hand-overs that the reader may see, the newest first."""
    found = trail.trail(actor.current().scope, action=action.value).limit(RECENT)
    return [
        SimpleNamespace(
            at=entry.at,
            who=entry.user_name,
            organisation=entry.subject_code,
            **{name: (payload.changes or {}).get(name, [None, None])[1] for name in ("file", "rows", "purpose")},
        )
        for entry, payload in db.session.execute(found)
    ]
