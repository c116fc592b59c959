"""Building the reports as jobs, which tell of each sheet and can be called off; each is stored when it is built."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import url_for

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
from prepare.files import WORKBOOK, FileEntry
from prepare.jobs import Done, JobKind, Progress, Recurring
from prepare.models.files import KeptFile
from prepare.models.organisations import Organisation
from prepare.models.reports import StoredReport
from prepare.queries import reports as queries
from prepare.register import reports
from prepare.texts import N_, _, ngettext
from prepare.vocabulary import Confidentiality, Role

Tell = Callable[[Organisation, ReportEntry, Made], None]
#: The job that builds each report.
NAMES = {Report.READINESS: "readiness:export", Report.LEADERSHIP: "leadership:export"}


@dataclass
class Making:
    """A report under way, in one language after the other."""

    report: Report
    tell: Tell
    wanted: Recurring
    progress: Progress

    @property
    def about(self) -> Organisation:
        """On which organisation it is."""
        return db.session.get_one(Organisation, self.progress.organisation_id)

    def entry(self, code: str) -> ReportEntry:
        """The wish in one language. Raises RuleBroken and NotPermitted as the page does."""
        entry = ReportEntry(
            organisation=self.about.code,
            language=Language(code),
            variant=Confidentiality(self.wanted.variant),
            purpose=self.wanted.purpose or None,
            recipients=self.wanted.recipients or None,
        )
        refuse_if(report_problems(entry))
        if entry.variant.rank > workbook.highest(actor.current().scope, self.about).rank:
            raise NotPermitted(N_("Your role does not allow this variant."))
        return entry

    def build(self, entry: ReportEntry) -> tuple[Made, reports.ReportEntry]:
        """The file in one language, and what is told of it when it is stored."""
        scope, up_to, on = actor.current().scope, reports.revision(), today()
        step, job = self.progress.step, self.progress.ref
        step(0, 1, _("Reading the registers"))
        made = report_book(self.report, self.about, scope, entry, on=on, at=now(), told=step, job=job)
        told = reports.ReportEntry(
            kind=self.report.value,
            language=entry.language.value,
            as_of=on,
            recipients=entry.recipients or "",
            rows=made.rows,
            left_out=made.left_out,
            revision=up_to,
            part=self.part(entry),
            figures=made.figures,
        )
        return made, told

    def part(self, entry: ReportEntry) -> str:
        """Under which name it is stored once, however often the job is begun."""
        return f"{self.progress.ref} {self.report.value} {entry.organisation} {entry.language.value}"

    def store(
        self, entry: ReportEntry, made: Made, told: reports.ReportEntry, file: FileEntry | KeptFile
    ) -> StoredReport:
        """Tell the trail of the hand-over and store the report, in the transaction that is open."""
        about = self.about
        self.tell(about, entry, made)
        return reports.store(about, told, file, at=now())


def build_report(report: Report, tell: Tell, params: Mapping[str, Any], progress: Progress) -> Done:
    """Build and store a report on the organisation of the job; `params` are those of `Recurring`.

    The last language is stored in the transaction that ends the job, whose page offers its file; those before it stand
    as soon as they are built, and are not built again when the job was interrupted.
    """
    making = Making(report, tell, Recurring.of(params), progress)
    *others, last = [making.entry(code) for code in making.wanted.languages]
    stored = set(db.session.scalars(queries.parts(progress.ref)))
    for entry in (one for one in others if making.part(one) not in stored):
        made, told = making.build(entry)
        with progress.writing():
            making.store(entry, made, told, as_file(made, entry))
    made, told = making.build(last)

    def write(file: KeptFile) -> str:
        kept = making.store(last, made, told, file)
        return url_for("exports.stored_reports", kind=report.value) if others else _page_of(kept)

    count, name = len(making.wanted.languages), made.name
    text = ngettext(
        "%(n)s report is stored: %(name)s", "%(n)s reports are stored, the last: %(name)s", count, name=name
    )
    return Done(text=text, file=as_file(made, last), write=write)


def _page_of(report: StoredReport) -> str:
    return url_for("exports.stored_report", ref=report.ref)


def as_file(made: Made, entry: ReportEntry) -> FileEntry:
    """A report as a file to be kept; whoever had it made fetches it, and those for whom such reports are made."""
    return FileEntry(
        name=made.name,
        media_type=WORKBOOK,
        content=made.content,
        confidentiality=entry.variant,
        secrecy_basis=AGGREGATE_BASIS if entry.variant is Confidentiality.CONFIDENTIAL else "",
        edition=made.sha256[:16],
        purpose=entry.purpose or "",
        roles=(Role.CENTRAL, Role.LEADERSHIP),
    )


JOBS = (
    JobKind(
        name=NAMES[Report.READINESS],
        label=N_("Readiness report"),
        run=partial(build_report, Report.READINESS, register.hand_over_readiness),
        action=Action.EXPORT_READINESS,
        by_schedule=True,
    ),
    JobKind(
        name=NAMES[Report.LEADERSHIP],
        label=N_("Leadership report"),
        run=partial(build_report, Report.LEADERSHIP, register.hand_over_leadership),
        action=Action.EXPORT_LEADERSHIP,
        by_schedule=True,
    ),
)
