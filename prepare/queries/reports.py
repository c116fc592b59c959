"""Readings of stored reports and schedules."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.models.reports import Schedule, StoredReport
from prepare.queries.scopes import within
from prepare.vocabulary import Confidentiality


@dataclass(frozen=True)
class Wanted:
    """Which stored reports are wanted; empty means all."""

    kind: str = ""
    organisation: str = ""
    language: str = ""


def stored(scope: Scope, wanted: Wanted = Wanted()) -> Select[StoredReport]:
    """The stored reports that the scope may know of, the newest first."""
    rows = select(StoredReport).join(StoredReport.organisation).options(contains_eager(StoredReport.organisation))
    rows = rows.where(within(scope, StoredReport.confidentiality))
    if wanted.kind:
        rows = rows.where(StoredReport.kind == wanted.kind)
    if wanted.organisation:
        rows = rows.where(Organisation.code == wanted.organisation)
    if wanted.language:
        rows = rows.where(StoredReport.language == wanted.language)
    return rows.order_by(StoredReport.id.desc())


def counted(rows: Select[StoredReport]) -> Select[Any]:
    """How many there are."""
    return rows.with_only_columns(func.count(StoredReport.id), maintain_column_froms=True).order_by(None)


def about(scope: Scope) -> Select[str, str]:
    """Codes of the organisations and kinds of the stored reports, for a filter."""
    rows = stored(scope).with_only_columns(StoredReport.kind, Organisation.code, maintain_column_froms=True)
    return rows.order_by(None).distinct()


def one(scope: Scope, ref: UUID) -> Select[StoredReport]:
    """One stored report."""
    return stored(scope).where(StoredReport.ref == ref)


def last(
    scope: Scope, organisation: Organisation, kind: str, variant: Confidentiality, *, besides: str = ""
) -> Select[StoredReport]:
    """The report that was stored last of this kind and variant about the organisation.

    What the job `besides`, named by its reference, has stored is left out: the languages of a round go by what was
    there before the round.
    """
    same = (StoredReport.organisation_id == organisation.id) & (StoredReport.kind == kind)
    rows = stored(scope).where(same, StoredReport.confidentiality == variant)
    if besides:
        rows = rows.where(or_(StoredReport.part.is_(None), ~part_of(besides)))
    return rows.limit(1)


def part_of(job: str) -> ColumnElement[bool]:
    """Condition for the reports that a job, named by its reference, has stored."""
    return StoredReport.part.startswith(f"{job} ", autoescape=True)


def parts(job: str) -> Select[Any]:
    """The parts of a job that are stored already."""
    return select(StoredReport.part).where(part_of(job))


def schedules(scope: Scope) -> Select[Schedule]:
    """The schedules of the scope, by their code."""
    rows = select(Schedule).join(Schedule.organisation).options(contains_eager(Schedule.organisation))
    return rows.where(within(scope)).order_by(Schedule.code, Schedule.id)


def schedules_on() -> Select[Schedule]:
    """Every schedule that is on, for the worker."""
    return select(Schedule).where(Schedule.is_on.is_(True)).order_by(Schedule.id)
