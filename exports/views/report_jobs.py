"""Building the reports as jobs, which tell of each sheet and can be called off; the file is kept for fetching."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from exports import workbook
from exports.books.reports import report_book
from exports.entries import Language, Report, ReportEntry, report_problems
from exports.frames.parts import AGGREGATE_BASIS
from exports.register import handing_over as register
from exports.workbook import Made
from prepare import actor
from prepare.access import Action
from prepare.clock import now, today
from prepare.db import db
from prepare.errors import NotPermitted, refuse_if
from prepare.files import FETCHED_WITHIN, WORKBOOK, FileEntry
from prepare.jobs import Done, JobKind, Progress
from prepare.models.organisations import Organisation
from prepare.texts import N_, _
from prepare.vocabulary import Confidentiality

Tell = Callable[[Organisation, ReportEntry, Made], None]


def build_report(report: Report, tell: Tell, params: Mapping[str, Any], progress: Progress) -> Done:
    """Build a report on the organisation of the job; `params` say in which language and variant, and what for.

    The hand-over is told to the trail in the transaction in which the file is kept. Raises RuleBroken and NotPermitted
    as the page does.
    """
    organisation = db.session.get_one(Organisation, progress.organisation_id)
    variant, scope = Confidentiality(params["variant"]), actor.current().scope
    entry = ReportEntry(
        organisation=organisation.code,
        language=Language(params["language"]),
        variant=variant,
        purpose=params.get("purpose"),
    )
    refuse_if(report_problems(entry))
    if variant.rank > workbook.highest(scope, organisation).rank:
        raise NotPermitted(N_("Your role does not allow this variant."))
    made = report_book(report, organisation, scope, entry, on=today(), at=now(), told=progress.step)
    told = _("The report was built: %(name)s", name=made.name)
    return Done(text=told, file=as_file(made, entry), write=lambda _file: tell(organisation, entry, made))


def as_file(made: Made, entry: ReportEntry) -> FileEntry:
    """A report as a file to be kept for a while."""
    return FileEntry(
        name=made.name,
        media_type=WORKBOOK,
        content=made.content,
        confidentiality=entry.variant,
        secrecy_basis=AGGREGATE_BASIS if entry.variant is Confidentiality.CONFIDENTIAL else "",
        edition=made.sha256[:16],
        purpose=entry.purpose or "",
        kept_for=FETCHED_WITHIN,
    )


JOBS = (
    JobKind(
        name="readiness:export",
        label=N_("Readiness report"),
        run=partial(build_report, Report.READINESS, register.hand_over_readiness),
        action=Action.EXPORT_READINESS,
    ),
    JobKind(
        name="leadership:export",
        label=N_("Leadership report"),
        run=partial(build_report, Report.LEADERSHIP, register.hand_over_leadership),
        action=Action.EXPORT_LEADERSHIP,
    ),
)
