"""The injects of an exercise as a workbook: those of the long power cut, and how they are handed over."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from continuity import injects as rules
from continuity import tracing
from continuity.models.exercises import Exercise
from continuity.queries import exercises as queries
from continuity.register import injects
from dependencies import tracing as cascades
from exports.books.injects import injects_book
from exports.entries import InjectsEntry, Language
from prepare.access import Action
from prepare.actor import EVERYTHING, SYSTEM, acting_as
from prepare.audit import AuditEntry, AuditPayload
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.texts import speaking
from tests import town

POWER_CUT = "EX-01"


def exercise(code):
    return db.session.scalars(select(Exercise).where(Exercise.code == code)).one()


def _make(rehearsal):
    """Make the list in Finnish, as a person would who reads Finnish pages."""
    with speaking("fi"):
        entries = rules.made(*tracing.rehearsed(EVERYTHING, rehearsal, rehearsal.scenario))
    revision = cascades.revision()
    with transaction():
        injects.make(rehearsal, entries, scenario=rehearsal.scenario, revision=revision, at=now())
    return entries


def _rows(made, sheet):
    book = openpyxl.load_workbook(BytesIO(made.content))
    found = [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=5)]
    return found[0], found[1:]


@pytest.mark.usefixtures("demo")
def test_the_injects_of_the_long_power_cut_are_a_workbook():
    with acting_as(SYSTEM):
        entries = _make(exercise(POWER_CUT))
        made = injects_book(
            exercise(POWER_CUT), EVERYTHING, InjectsEntry(language=Language.FINNISH), on=today(), at=now()
        )

    headings, rows = _rows(made, "Syötteet")
    assert headings[:4] == ["Numero", "Tunti", "Mitä tapahtuu?", "Toiminto"]
    assert headings[-2:] == ["Tehty?", "Huomautus"]
    assert len(rows) == made.rows == len(entries) == 60
    hours = [row[1] for row in rows]
    assert hours == sorted(hours)
    # the grid is struck at once; 62 of the city's own go down, so some are told in one row
    assert rows[0][2].startswith("S1 Pitkä sähkökatko talvella alkaa.")
    assert any("Taustalla keskeytyy" in row[2] for row in rows)
    grid = next(row for row in rows if (row[3] or "").startswith("F-ENE-01 "))
    assert "Päätettävä ennen kuin alusta on kulunut" in grid[6]
    assert all(row[-1] is None and row[-2] is None for row in rows)  # for those who lead to write in
    assert made.name.startswith("merikaupunki_syotteet_EX-01_")


@pytest.mark.usefixtures("demo")
def test_the_same_injects_are_told_in_another_language_until_the_registers_change():
    with acting_as(SYSTEM):
        _make(exercise(POWER_CUT))
        swedish = InjectsEntry(language=Language.SWEDISH)
        made = injects_book(exercise(POWER_CUT), EVERYTHING, swedish, on=today(), at=now())
        first = _rows(made, "Inspel")[1][0]
        with town.doing(Action.SOW), transaction():
            exercise(POWER_CUT).injects_revision = 0
        later = injects_book(exercise(POWER_CUT), EVERYTHING, swedish, on=today(), at=now())

    assert first[2].startswith("S1 Långt elavbrott på vintern börjar.")
    assert _rows(later, "Inspel")[1][0][2].startswith("S1 Pitkä sähkökatko talvella alkaa.")


@pytest.mark.usefixtures("demo")
def test_an_inject_that_was_edited_is_told_as_it_is_written():
    with acting_as(SYSTEM):
        _make(exercise(POWER_CUT))
        one = db.session.scalars(queries.injects(EVERYTHING, exercise(POWER_CUT))).all()[3]
        with transaction():
            seen = injects.seen_now(one)
            injects.edit(one, replace(seen.entry, happens="Omin sanoin"), seen=seen)
        english = InjectsEntry(language=Language.ENGLISH)
        made = injects_book(exercise(POWER_CUT), EVERYTHING, english, on=today(), at=now())

    told = [row[2] for row in _rows(made, "Injects")[1]]
    assert told[3] == "Omin sanoin"
    assert told[0].startswith("S1 Long winter power outage begins.")


@pytest.mark.usefixtures("town")
def test_a_hand_over_asks_what_for_and_is_told_to_the_trail(sign_in):
    visitor = sign_in("wat.contact")
    address = f"/workbooks/injects/{exercise(POWER_CUT).ref}"
    assert visitor.send(address, language="sv", purpose=" ").mimetype == "text/html"

    answer = visitor.send(address, language="sv", purpose="Övning 3.12.")

    assert answer.data[:2] == b"PK"
    assert answer.headers["Content-Disposition"].endswith("_sv.xlsx")
    told = db.session.execute(
        select(AuditEntry.subject_code, AuditPayload.changes)
        .join(AuditPayload, AuditPayload.id == AuditEntry.payload_id)
        .where(AuditEntry.action == Action.EXPORT_INJECTS.value)
    ).one()
    assert told.subject_code == POWER_CUT
    assert told.changes["purpose"] == [None, "Övning 3.12."]
    assert told.changes["rows"] == [None, 1]
