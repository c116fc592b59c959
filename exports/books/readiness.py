"""The readiness report for central administration as one Excel file (B): all sectors side by side."""

from dataclasses import replace
from datetime import date, datetime

from exports import cover, sheets, spreads
from exports.book import Book
from exports.entries import ReportEntry
from exports.frames import chosen
from exports.frames.chosen import Progress, Sheet
from exports.frames.parts import AGGREGATE_BASIS
from exports.frames.reader import Reader
from exports.frames.readiness import figures, front, parts, quality
from exports.frames.readiness.gathered import Gathered, gathered
from exports.properties import Imprint
from exports.spreads import Spread
from exports.workbook import Made, file_name
from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.texts import _, name_of, speaking
from prepare.vocabulary import Confidentiality


def readiness_book(
    organisation: Organisation,
    scope: Scope,
    entry: ReportEntry,
    *,
    on: date,
    at: datetime,
    told: Progress | None = None,
    job: str = "",
) -> Made:
    """The readiness report on a city, or on a part of it, as its reader may see it on the day `on`.

    What lies above the variant is left out before anything is written, and counted. The same records, day and moment
    `at` give the same bytes. `told` hears of each sheet that is done; `job` is the job that makes it.
    """
    with speaking(entry.language.value):
        held = gathered(Reader(organisation, scope, entry.variant, on, job))
        found = chosen.chosen(held.reader, parts.offered(held), told)
        method = quality.spread(held, found.digest)
        last = [method] if held.reader.admits(Confidentiality.INTERNAL) else []
        found = replace(found, shown=[*found.shown[:-1], *last, found.shown[-1]])
        book = Book(imprint_of(held, _("Readiness report"), _("All sectors side by side"), found.digest, at))
        cover.begin(book)
        for one in found.shown:
            write(book, one)
        cover.write(book, front.cover_of(held, book.imprint, found))
        name = file_name(held.city, "valmiusraportti", organisation.code, on, entry.variant)
        return Made(name, book.to_bytes(), found.rows, found.left_out, figures.counted(held))


def write(book: Book, sheet: Sheet) -> None:
    """Add a sheet to the book, of whichever kind it is."""
    if isinstance(sheet, Spread):
        spreads.write_spread(book, sheet)
    else:
        sheets.write_register(book, sheet)


def imprint_of(held: Gathered, title: str, subject: str, digest: str, at: datetime) -> Imprint:
    """What a report says about itself."""
    reader, kept = held.reader, held.held
    records = [*kept.functions, *kept.risks, *kept.measures, *kept.interfaces, *(plan for plan, *_rest in kept.plans)]
    secret = reader.variant is Confidentiality.CONFIDENTIAL
    return Imprint(
        title=title,
        subject=subject,
        city=name_of(held.city),
        organisation=name_of(reader.organisation),
        organisation_code=reader.organisation.code,
        as_of=reader.on,
        made_at=at.replace(microsecond=0),
        variant=reader.variant,
        secrecy_basis=(chosen.bases(records) or AGGREGATE_BASIS) if secret else "",
        digest=digest,
    )
