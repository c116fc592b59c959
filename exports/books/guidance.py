"""A sector's preparedness guidance as one Excel file (A): its sheets in their order, under their marking."""

from datetime import date, datetime

from exports import charts, cover, pictures, printing, sheets
from exports.book import Book, Entry
from exports.entries import GuidanceEntry
from exports.frames import front, maps
from exports.frames.parts import Parts, parts_of
from exports.frames.reader import Reader, frame_of
from exports.properties import Imprint
from exports.workbook import Made, file_name
from prepare.actor import Scope
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import _, name_of, speaking
from prepare.vocabulary import Confidentiality

#: Width of the map on its sheet.
MAP_PX = 1000
#: The sheet behind which the map stands.
MAP_AFTER = "chains"


def guidance_book(organisation: Organisation, scope: Scope, entry: GuidanceEntry, *, on: date, at: datetime) -> Made:
    """The preparedness guidance of an organisation, as its reader may see it on the day `on`.

    What lies above the variant is left out before anything is written, and counted. The same records,
    day and moment `at` give the same bytes.
    """
    with speaking(entry.language.value):
        parts = parts_of(Reader(organisation, scope, entry.variant, on))
        book = Book(_imprint(parts, at))
        cover.begin(book)
        for register in parts.shown:
            sheets.write_register(book, register)
            if register.key == MAP_AFTER:
                _write_map(book, parts)
        cover.write(book, front.cover_of(parts, book.imprint))
        name = file_name(_city(organisation), "valmiusohje", organisation.code, on, entry.variant)
        return Made(name, book.to_bytes(), parts.rows, parts.left_out)


def _write_map(book: Book, parts: Parts) -> None:
    """The map of the gravest scenario, and its arrows as a table below."""
    run = maps.gravest(parts.traced)
    if run is None:
        return
    drawn, title = maps.map_of(run), _("Map of the gravest scenario")
    sheet = book.add(title, "scenario")
    scenario = f"{run.scenario.code} {name_of(run.scenario)}"
    description = _("How “%(scenario)s” reaches the functions", scenario=scenario)
    sheets.write_head(book, sheet, title, description)
    picture = charts.cascade_map(drawn.nodes, drawn.edges, maps.legend(drawn))
    row = pictures.place(book, sheet, picture, sheets.HEADING_ROW, MAP_PX, scenario, maps.shows(run, drawn))
    frame = frame_of(drawn.rows, maps.COLUMNS)
    sheets.write_table(book, sheet, frame, maps.COLUMNS, title, description, sheets.Place(row, filters=False))
    printing.repeat(sheet, row)
    book.contents.append(Entry(sheet.title, description, len(frame)))


def _imprint(parts: Parts, at: datetime) -> Imprint:
    reader = parts.reader
    return Imprint(
        title=_("Preparedness guidance"),
        subject=_("Critical functions, dependencies, scenarios, risks and plans"),
        city=name_of(_city(reader.organisation)),
        organisation=name_of(reader.organisation),
        organisation_code=reader.organisation.code,
        as_of=reader.on,
        made_at=at.replace(microsecond=0),
        variant=reader.variant,
        secrecy_basis=parts.basis if reader.variant is Confidentiality.CONFIDENTIAL else "",
        digest=parts.digest,
    )


def _city(organisation: Organisation) -> Organisation:
    return db.session.scalars(organisations.city(organisation.path)).one()
