"""Storing reports, and keeping the schedules by which they are made."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from prepare import actor, audit, scheduling
from prepare.access import Action, act
from prepare.audit import AuditHead
from prepare.db import db
from prepare.errors import refuse_if
from prepare.files import FileEntry
from prepare.merging import Seen, refuse_stale
from prepare.models.files import KeptFile
from prepare.models.organisations import Organisation
from prepare.models.reports import Schedule, StoredReport
from prepare.register import files
from prepare.scheduling import Rhythm, ScheduleEntry


@dataclass(frozen=True, kw_only=True)
class ReportEntry:
    """What is known of a report that is to be stored, beside its file."""

    kind: str
    language: str
    as_of: date
    recipients: str
    rows: int
    left_out: int
    revision: int  #: the last entry of the trail when it was made
    part: str | None = None
    figures: Mapping[str, Any] | None = None  #: to hold the next one against


def revision() -> int:
    """The number of the last entry of the trail: what a report that is made now tells, it tells up to there."""
    return db.session.scalar(select(AuditHead.entries)) or 0


@act(Action.STORE_REPORT)
def store(organisation: Organisation, entry: ReportEntry, file: FileEntry | KeptFile, *, at: datetime) -> StoredReport:
    """Store a report about the organisation with its file, which may be kept already.

    The same part of the same job is stored once.
    """
    if entry.part and (there := db.session.scalars(select(StoredReport).filter_by(part=entry.part)).first()):
        return there
    kept = file if isinstance(file, KeptFile) else files.keep(organisation, file, at=at)
    same = (StoredReport.kind == entry.kind) & (StoredReport.organisation_id == organisation.id)
    number = db.session.scalar(select(func.max(StoredReport.number)).where(same)) or 0
    report = StoredReport(
        kind=entry.kind,
        number=number + 1,
        organisation=organisation,
        language=entry.language,
        confidentiality=kept.confidentiality,
        as_of=entry.as_of,
        made_at=at,
        made_by=actor.current().name,
        revision=entry.revision,
        purpose=kept.purpose,
        recipients=entry.recipients,
        rows=entry.rows,
        left_out=entry.left_out,
        file=kept,
        part=entry.part,
        figures=dict(entry.figures) if entry.figures else None,
    )
    db.session.add(report)
    db.session.flush()
    told = {"file": report.file.name, "sha256": report.file.sha256, "purpose": report.purpose}
    audit.note(report, {name: [None, value] for name, value in (told | {"recipients": report.recipients}).items()})
    return report


@act(Action.ADD_SCHEDULE)
def add_schedule(organisation: Organisation, entry: ScheduleEntry, *, on: date) -> Schedule:
    """Begin to make something by itself, with the rights of whoever adds it. Raises RuleBroken."""
    refuse_if(scheduling.problems(entry))
    number = (db.session.scalar(select(func.count(Schedule.id))) or 0) + 1
    found = Schedule(code=f"SC-{number:02}", organisation=organisation, since=on)
    found.user_id = actor.current().user_id
    _fill(found, entry)
    db.session.add(found)
    db.session.flush()
    return found


@act(Action.EDIT_SCHEDULE)
def edit_schedule(schedule: Schedule, entry: ScheduleEntry, *, seen: Seen[ScheduleEntry] | None, on: date) -> None:
    """Change a schedule; from now on it runs with the rights of whoever changed it.

    Raises StaleEntry if it has changed since it was `seen`, and RuleBroken with every rule that the entry breaks.
    """
    refuse_stale(seen, seen_now(schedule))
    refuse_if(scheduling.problems(entry))
    if entry.is_on and not schedule.is_on:
        schedule.since = on
    schedule.user_id = actor.current().user_id
    _fill(schedule, entry)
    db.session.flush()


def seen_now(schedule: Schedule) -> Seen[ScheduleEntry]:
    """What a person sees who edits the schedule now."""
    names = [field.name for field in fields(ScheduleEntry)]
    entry = ScheduleEntry(**{name: getattr(schedule, name) for name in names})
    return Seen(replace(entry, recipients=schedule.recipients or None))


def _fill(schedule: Schedule, entry: ScheduleEntry) -> None:
    schedule.name, schedule.kind, schedule.languages = entry.name, entry.kind, entry.languages
    schedule.variant, schedule.rhythm = entry.variant, entry.rhythm
    schedule.day = 1 if entry.rhythm is Rhythm.DAILY else entry.day or 1
    schedule.purpose, schedule.recipients = entry.purpose or "", entry.recipients or ""
    schedule.is_on = entry.is_on


@act(Action.RUN_SCHEDULE)
def run_schedule(schedule: Schedule, due: date) -> None:
    """Note that a schedule ran for the day on which it was due."""
    schedule.run_on = due
    db.session.flush()
    audit.note(schedule, {"run_on": [None, due.isoformat()]})
