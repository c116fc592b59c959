"""A sector's preparedness guidance as one Excel file (A): its sheets in their order, under their marking."""

from datetime import date, datetime

from exports import charts, cover, native, pictures, printing, sheets
from exports.book import Book, Entry
from exports.books.readiness import write
from exports.entries import GuidanceEntry
from exports.frames import bands, front, maps
from exports.frames.chosen import Progress
from exports.frames.parts import Parts, parts_of
from exports.frames.reader import Reader, frame_of
from exports.frames.scenarios import Run
from exports.native import Chart
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


def guidance_book(
    organisation: Organisation,
    scope: Scope,
    entry: GuidanceEntry,
    *,
    on: date,
    at: datetime,
    told: Progress | None = None,
    job: str = "",
) -> Made:
    """The preparedness guidance of an organisation, as its reader may see it on the day `on`.

    What lies above the variant is left out before anything is written, and counted. The same records,
    day and moment `at` give the same bytes. `told` hears of each sheet that is done; `job` is the job
    that makes it.
    """
    with speaking(entry.language.value):
        parts = parts_of(Reader(organisation, scope, entry.variant, on, job), told)
        book = Book(_imprint(parts, at))
        cover.begin(book)
        for one in parts.shown:
            write(book, one)
            run = maps.gravest(parts.traced)
            if run and one.key in FURTHER:
                FURTHER[one.key](book, run)
        cover.write(book, front.cover_of(parts, book.imprint))
        name = file_name(_city(organisation), "valmiusohje", organisation.code, on, entry.variant)
        return Made(name, book.to_bytes(), parts.rows, parts.left_out)


def _write_extent(book: Book, run: Run) -> None:
    """How many functions the gravest scenario hits at each hour: as a chart, and the same figures below."""
    rows, title = bands.extent(run), _("Extent of the gravest scenario")
    sheet = book.add(title, "scenario")
    scenario = f"{run.scenario.code} {name_of(run.scenario)}"
    description = _("How many functions “%(scenario)s” hits how hard, hour by hour", scenario=scenario)
    sheets.write_head(book, sheet, title, description)
    row = native.below(sheets.HEADING_ROW)
    frame = frame_of(rows, bands.EXTENT_COLUMNS)
    sheets.write_table(book, sheet, frame, bands.EXTENT_COLUMNS, title, description, sheets.Place(row, filters=False))
    chart = Chart(
        title=scenario,
        shows=bands.extent_in_words(rows, scenario),
        row=row,
        rows=len(rows),
        offsets=range(1, len(bands.LEVELS) + 1),
        across=_("From the beginning"),
        up=_("Functions"),
        colours=bands.COLOURS,
    )
    native.draw(book, sheet, chart, sheets.HEADING_ROW)
    printing.on_one_page(sheet)
    book.contents.append(Entry(sheet.title, description, len(frame)))


def _write_map(book: Book, run: Run) -> None:
    """The map of the gravest scenario, and its arrows as a table below."""
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


#: What stands behind a sheet, by its key: told of the gravest scenario.
FURTHER = {"bands": _write_extent, "chains": _write_map}


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
