"""A sector's preparedness guidance as one Excel file: its sheets in their order, under their marking."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime

from continuity.models.exercises import Exercise
from continuity.queries import exercises as exercise_queries
from dependencies.analysing import agreements as agreement_queries
from exports import charts, cover, pictures, printing, sheets
from exports.book import Book, Entry
from exports.entries import AgreementsEntry, GuidanceEntry, InjectsEntry
from exports.frames import agreements as agreement_frames
from exports.frames import front, maps
from exports.frames import injects as inject_frames
from exports.frames.parts import Parts, parts_of
from exports.frames.reader import Reader, frame_of
from exports.properties import Imprint
from prepare.actor import Scope
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import _, name_of, search_key, speaking
from prepare.vocabulary import Confidentiality

#: Width of the map on its sheet.
MAP_PX = 1000
#: The sheet behind which the map stands.
MAP_AFTER = "chains"


@dataclass(frozen=True)
class Made:
    """A finished workbook and what the trail tells of it."""

    name: str
    content: bytes
    rows: int
    left_out: int

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return hashlib.sha256(self.content).hexdigest()


def highest(scope: Scope, organisation: Organisation) -> Confidentiality:
    """The highest class that the scope may read of an organisation: the variant to begin with."""
    held = [root.highest for root in scope.roots if organisation.path.startswith(root.path)]
    return max(held, key=lambda one: one.rank, default=Confidentiality.PUBLIC)


def guidance(organisation: Organisation, scope: Scope, entry: GuidanceEntry, *, on: date, at: datetime) -> Made:
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
        return Made(_file_name(parts.reader, entry), book.to_bytes(), parts.rows, parts.left_out)


def injects(exercise: Exercise, scope: Scope, entry: InjectsEntry, *, on: date, at: datetime) -> Made:
    """The injects of an exercise as a workbook to lead it by, with room to tick and to write."""
    with speaking(entry.language.value):
        rows = db.session.scalars(exercise_queries.injects(scope, exercise)).all()
        city = db.session.scalars(organisations.city(exercise.owner_path)).one()
        imprint = Imprint(
            title=_("Injects of the exercise"),
            subject=f"{exercise.code} {name_of(exercise)}",
            city=name_of(city),
            organisation=name_of(exercise.organisation),
            organisation_code=exercise.organisation.code,
            as_of=on,
            made_at=at.replace(microsecond=0),
            variant=exercise.confidentiality,
            secrecy_basis=exercise.secrecy_basis or "",
        )
        book = Book(imprint)
        cover.begin(book)
        sheets.write_register(book, inject_frames.register(exercise, rows, scope))
        cover.write(book, inject_frames.cover_of(exercise, rows, imprint))
        name = f"{_plain(city.name_fi)}_syotteet_{exercise.code}_{on.isoformat()}_{entry.language.value}.xlsx"
        return Made(name, book.to_bytes(), len(rows), 0)


def agreements(organisation: Organisation, scope: Scope, entry: AgreementsEntry, *, on: date, at: datetime) -> Made:
    """The agreements of an organisation and everything below it as a workbook, as far as the scope reads them."""
    with speaking(entry.language.value):
        wanted = agreement_queries.Wanted(organisation=organisation.path)
        rows = db.session.scalars(agreement_queries.with_services(scope, wanted)).all()
        over = agreement_queries.interfaces_by_agreement(scope, [one.id for one in rows])
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
        sheets.write_register(book, agreement_frames.register(rows, over, scope, on))
        cover.write(book, agreement_frames.cover_of(rows, imprint))
        code = re.sub(r"[^A-Za-z0-9-]+", "-", organisation.code)
        name = f"{_plain(city.name_fi)}_sopimukset_{code}_{on.isoformat()}_{entry.language.value}.xlsx"
        return Made(name, book.to_bytes(), len(rows), 0)


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
    city = db.session.scalars(organisations.city(parts.reader.organisation.path)).one()
    reader = parts.reader
    return Imprint(
        title=_("Preparedness guidance"),
        subject=_("Critical functions, dependencies, scenarios, risks and plans"),
        city=name_of(city),
        organisation=name_of(reader.organisation),
        organisation_code=reader.organisation.code,
        as_of=reader.on,
        made_at=at.replace(microsecond=0),
        variant=reader.variant,
        secrecy_basis=parts.basis if reader.variant is Confidentiality.CONFIDENTIAL else "",
        digest=parts.digest,
    )


def _file_name(reader: Reader, entry: GuidanceEntry) -> str:
    """As merikaupunki_valmiusohje_KAS_2026-11-21_fi_internal.xlsx, whatever the language of the workbook."""
    city = db.session.scalars(organisations.city(reader.organisation.path)).one()
    code = re.sub(r"[^A-Za-z0-9-]+", "-", reader.organisation.code)
    words = (_plain(city.name_fi), "valmiusohje", code, reader.on.isoformat())
    return "_".join([*words, entry.language.value, entry.variant.value]) + ".xlsx"


def _plain(name: str) -> str:
    """A name in small letters that every file system takes."""
    return re.sub(r"[^a-z0-9]+", "-", search_key(name).translate(str.maketrans("åäö", "aao"))).strip("-")
