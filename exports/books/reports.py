"""The reports that go upwards, each with what builds it."""

from datetime import date, datetime
from typing import Protocol

from exports.books.leadership import leadership_book
from exports.books.readiness import readiness_book
from exports.entries import Report, ReportEntry
from exports.frames.chosen import Progress
from exports.workbook import Made
from prepare.actor import Scope
from prepare.models.organisations import Organisation


class Builds(Protocol):
    """What builds a report."""

    def __call__(
        self,
        organisation: Organisation,
        scope: Scope,
        entry: ReportEntry,
        *,
        on: date,
        at: datetime,
        told: Progress | None = None,
        job: str = "",
    ) -> Made:
        """The report on a city or a part of it."""


BOOKS: dict[Report, Builds] = {Report.READINESS: readiness_book, Report.LEADERSHIP: leadership_book}


def report_book(
    report: Report,
    organisation: Organisation,
    scope: Scope,
    entry: ReportEntry,
    *,
    on: date,
    at: datetime,
    told: Progress | None = None,
    job: str = "",
) -> Made:
    """The report that is wanted; `told` hears of each sheet that is done, `job` is the job that makes it."""
    return BOOKS[report](organisation, scope, entry, on=on, at=at, told=told, job=job)
