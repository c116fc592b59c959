"""The pages of the reports that go upwards: choose a variant, take it, and see who has taken what."""

from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from exports import workbook
from exports.books.reports import report_book
from exports.entries import Language, Report, ReportEntry, report_problems
from exports.forms import ReportForm
from exports.register import handing_over as register
from exports.views.blueprint import bp
from exports.views.guidance import MIME, RECENT
from exports.workbook import Made
from prepare import actor
from prepare.access import Action
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, refuse_if
from prepare.gate.opening import opens_page
from prepare.models.organisations import Organisation
from prepare.queries import trail
from prepare.texts import N_, language
from prepare.views.keeping import chosen, offered
from risks.views import choices

Tell = Callable[[Organisation, ReportEntry, Made], None]


@bp.route("/reports/readiness", methods=["GET", "POST"])
@opens_page(Action.EXPORT_READINESS)
def readiness_report() -> ResponseReturnValue:
    """Take the readiness report: every sector side by side."""
    return _page(Report.READINESS, Action.EXPORT_READINESS, register.hand_over_readiness)


@bp.route("/reports/leadership", methods=["GET", "POST"])
@opens_page(Action.EXPORT_LEADERSHIP)
def leadership_report() -> ResponseReturnValue:
    """Take the report for the city's leadership, which begins with one page."""
    return _page(Report.LEADERSHIP, Action.EXPORT_LEADERSHIP, register.hand_over_leadership)


def _page(report: Report, action: Action, tell: Tell) -> ResponseReturnValue:
    """Choose on whom, in which language and variant, and what for; then take the file."""
    own = choices.keepers(action)
    top = choices.topmost(own)
    highest = workbook.highest(actor.current().scope, top)
    form = ReportForm(data={"organisation": top.code, "language": Language(language()), "variant": highest})
    form.organisation.offer(offered(own))
    if form.accepted():
        try:
            return _handed_over(report, chosen(own, form.organisation.data), form.entry(), tell)
        except RuleBroken as broken:
            form.refuse(broken)
    return render_template("exports/report.html", form=form, report=report, reports=Report, taken=_taken(action))


def _handed_over(report: Report, organisation: Organisation, entry: ReportEntry, tell: Tell) -> ResponseReturnValue:
    """Build the file first, so that the register is locked only to write the trail."""
    refuse_if(report_problems(entry))
    scope = actor.current().scope
    if entry.variant.rank > workbook.highest(scope, organisation).rank:
        raise NotPermitted(N_("Your role does not allow this variant."))
    made = report_book(report, organisation, scope, entry, on=today(), at=now())
    with transaction():
        tell(organisation, entry, made)
    return send_file(BytesIO(made.content), mimetype=MIME, as_attachment=True, download_name=made.name)


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
