"""The injects of an exercise as a workbook to lead it by."""

from datetime import date, datetime

from continuity.models.exercises import Exercise
from continuity.queries import exercises as exercise_queries
from exports import cover, sheets
from exports.book import Book
from exports.entries import InjectsEntry
from exports.frames import injects as inject_frames
from exports.properties import Imprint
from exports.workbook import Made, file_name
from prepare.actor import Scope
from prepare.db import db
from prepare.queries import organisations
from prepare.texts import _, name_of, speaking


def injects_book(exercise: Exercise, scope: Scope, entry: InjectsEntry, *, on: date, at: datetime) -> Made:
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
        name = file_name(city, "syotteet", exercise.code, on)
        return Made(name, book.to_bytes(), len(rows), 0)
