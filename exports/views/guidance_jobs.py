"""A guidance workbook that takes longer than somebody waits for, built as a job; the file is kept for fetching."""

from collections.abc import Mapping
from typing import Any

from exports import workbook
from exports.books.guidance import guidance_book
from exports.entries import GuidanceEntry, Language, problems
from exports.frames.parts import AGGREGATE_BASIS
from exports.register import handing_over as register
from exports.workbook import Made
from prepare import actor
from prepare.access import Action
from prepare.actor import Scope
from prepare.clock import now, today
from prepare.db import db
from prepare.errors import NotPermitted, refuse_if
from prepare.files import FETCHED_WITHIN, WORKBOOK, FileEntry
from prepare.jobs import Done, JobKind, Progress
from prepare.models.organisations import Organisation
from prepare.queries import functions
from prepare.texts import N_, _
from prepare.vocabulary import Confidentiality

ONE = "guidance:export"
#: Rows of a workbook whatever its size, and for each function: 580 rows in 1 s, 2,640 in 4.3 s (9 and 77 functions).
ROWS, ROWS_PER_FUNCTION = 330, 30
#: With more rows it takes more than two seconds.
MOST_ROWS = 1_200


def is_large(scope: Scope, organisation: Organisation) -> bool:
    """Whether the workbook of an organisation, as far as the scope reads, takes longer than somebody waits for."""
    count = db.session.scalar(functions.counted(functions.functions(scope, organisation=organisation.path))) or 0
    return ROWS + ROWS_PER_FUNCTION * count > MOST_ROWS


def wish(entry: GuidanceEntry) -> dict[str, Any]:
    """A wish as the job keeps it."""
    return {"language": entry.language.value, "variant": entry.variant.value, "purpose": entry.purpose}


def refuse(organisation: Organisation, entry: GuidanceEntry) -> None:
    """Raise RuleBroken or NotPermitted unless the acting person may have the workbook that is wanted."""
    refuse_if(problems(entry))
    if entry.variant.rank > workbook.highest(actor.current().scope, organisation).rank:
        raise NotPermitted(N_("Your role does not allow this variant."))


def built(organisation: Organisation, entry: GuidanceEntry, progress: Progress | None = None) -> Made:
    """The workbook that is wanted. Raises as `refuse` does."""
    refuse(organisation, entry)
    scope = actor.current().scope
    return guidance_book(organisation, scope, entry, on=today(), at=now(), told=progress.step if progress else None)


def run(params: Mapping[str, Any], progress: Progress) -> Done:
    """Build the workbook of the organisation of the job; the hand-over is told when the file is kept."""
    organisation = db.session.get_one(Organisation, progress.organisation_id)
    entry = GuidanceEntry(
        organisation=organisation.code,
        language=Language(params["language"]),
        variant=Confidentiality(params["variant"]),
        purpose=params.get("purpose"),
    )
    made = built(organisation, entry, progress)
    file = FileEntry(
        name=made.name,
        media_type=WORKBOOK,
        content=made.content,
        confidentiality=entry.variant,
        secrecy_basis=AGGREGATE_BASIS if entry.variant is Confidentiality.CONFIDENTIAL else "",
        edition=made.sha256[:16],
        purpose=entry.purpose or "",
        kept_for=FETCHED_WITHIN,
    )
    told = _("The workbook was built: %(name)s", name=made.name)
    return Done(text=told, file=file, write=lambda _file: register.hand_over(organisation, entry, made))


JOBS = (JobKind(ONE, N_("Preparedness guidance workbook"), run, Action.EXPORT_GUIDANCE),)
