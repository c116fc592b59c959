"""The agreements with partners as a workbook of their own."""

from datetime import date, datetime

from exports import cover, sheets
from exports.book import Book
from exports.entries import AgreementsEntry
from exports.frames import agreements as agreement_frames
from exports.frames.reader import Reader
from exports.properties import Imprint
from exports.workbook import Made, file_name
from prepare.actor import Scope
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import _, name_of, speaking
from prepare.vocabulary import Confidentiality


def agreements_book(
    organisation: Organisation, scope: Scope, entry: AgreementsEntry, *, on: date, at: datetime
) -> Made:
    """The agreements of an organisation and everything below it as a workbook, as far as the scope reads them."""
    with speaking(entry.language.value):
        rows = agreement_frames.found(Reader(organisation, scope, Confidentiality.CONFIDENTIAL, on))
        city = db.session.scalars(organisations.city(organisation.path)).one()
        gravest = max(rows, key=lambda one: one.confidentiality.rank, default=None)
        imprint = Imprint(
            title=_("Agreements"),
            subject=_("What partners are bound to, also in a disruption"),
            city=name_of(city),
            organisation=name_of(organisation),
            organisation_code=organisation.code,
            as_of=on,
            made_at=at.replace(microsecond=0),
            variant=gravest.confidentiality if gravest else Confidentiality.INTERNAL,
            secrecy_basis=(gravest.secrecy_basis or "") if gravest else "",
        )
        book = Book(imprint)
        cover.begin(book)
        sheets.write_register(book, agreement_frames.register(Reader(organisation, scope, imprint.variant, on), rows))
        cover.write(book, agreement_frames.cover_of(rows, imprint))
        name = file_name(city, "sopimukset", organisation.code, on)
        return Made(name, book.to_bytes(), len(rows), 0)
