"""The report for the city's leadership as one Excel file (C): how bad, how likely to be mended, what to decide."""

from dataclasses import replace
from datetime import date, datetime

from exports import cover
from exports.book import Book
from exports.books.readiness import imprint_of, write
from exports.entries import ReportEntry
from exports.frames import chosen
from exports.frames.chosen import Progress
from exports.frames.leadership import parts
from exports.frames.reader import Reader
from exports.frames.readiness import figures, front
from exports.frames.readiness.gathered import gathered
from exports.workbook import Made, file_name
from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.texts import _, speaking
from prepare.vocabulary import Confidentiality


def leadership_book(
    organisation: Organisation,
    scope: Scope,
    entry: ReportEntry,
    *,
    on: date,
    at: datetime,
    told: Progress | None = None,
    job: str = "",
) -> Made:
    """The leadership report on a city, or on a part of it, as its reader may see it on the day `on`.

    What lies above the variant is left out before anything is written, and counted. The same records, day and moment
    `at` give the same bytes. `told` hears of each sheet that is done; `job` is the job that makes it.
    """
    with speaking(entry.language.value):
        held = gathered(Reader(organisation, scope, entry.variant, on, job))
        found = chosen.chosen(held.reader, parts.offered(held), told)
        title, subject = _("Leadership report"), _("How ready we are, what threatens us and what must be decided")
        book = Book(imprint_of(held, title, subject, found.digest, at))
        cover.begin(book)
        for one in found.shown:
            write(book, one)
        made = front.cover_of(held, book.imprint, found)
        cover.write(book, replace(made, advice=_advice(entry.variant)))
        name = file_name(held.city, "johdon-raportti", organisation.code, on, entry.variant)
        return Made(name, book.to_bytes(), found.rows, found.left_out, figures.counted(held))


def _advice(variant: Confidentiality) -> list[str]:
    advice = [_("Unknown is told as unknown; it is never counted as fine.")]
    if variant is not Confidentiality.PUBLIC:
        advice.insert(0, _("Read “On one page” first: it tells the state, and what you are asked to decide."))
    if variant is Confidentiality.CONFIDENTIAL:
        advice.append(_("Keep the file where only those who need it may open it; destroy it when it is replaced."))
    return advice
