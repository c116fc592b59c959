"""The trail as a file: the same entries as on the page, inert, marked, for a stated purpose, and told to the trail."""

import csv
import hashlib
from io import BytesIO, StringIO

import pytest
from hypothesis import given, strategies
from openpyxl import load_workbook

from exports import trail_files
from exports.trail_files import inert
from prepare import audit
from prepare.access import Action
from prepare.actor import acting_as
from prepare.audit import AuditEntry
from prepare.db import db, transaction
from prepare.queries import trail as queries
from prepare.views.asked import asked
from tests import town as the_town
from tests.prepare.test_history import newest, tell

PAGE = "/trail/export"
WISH = {"format": "csv", "language": "fi", "purpose": "Tarkastus 2026"}


@pytest.fixture
def told(town):
    """A trail with a change that looks like a formula, and one of a secret function."""
    tell(town.function("F-EDU-01"), {"name_fi": ["Ateriat", "=HYPERLINK(1)"]})
    tell(town.function("F-EDU-06"), {"name_fi": ["Salainen", "Turva"]})
    return town


def rows_of(answer):
    """The lines of a text file below its headings."""
    text = answer.data.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline=""), delimiter=";"))


def test_the_text_file_holds_what_the_page_shows(told, sign_in):
    answer = sign_in("central").send(f"{PAGE}?code=F-EDU-0", **WISH)

    with acting_as(the_town.actor_of("central")):
        numbers = queries.wanted(the_town.actor_of("central").scope, asked({"code": "F-EDU-0"}))
        page = [row[0].id for row in db.session.execute(queries.told(numbers, most=100))]
    marking, headings, *rows = rows_of(answer)
    # Between looking and taking nothing was written but the entry about the taking itself.
    assert [int(row[0]) for row in rows] == page
    assert marking[0] == "Merkintä asiakirjassa"
    assert "SALASSA PIDETTÄVÄ" in marking[1]
    assert headings[:5] == ["Merkintä", "Päivä", "Kellonaika", "Kuka", "Mitä tehtiin"]


def test_the_text_file_has_no_formula_and_the_workbook_neither(told, sign_in):
    tell(told.function("F-EDU-01"), {"=2+3": [None, "x"]})

    text = sign_in("central").send(f"{PAGE}?code=F-EDU-01", **WISH)
    book = sign_in("central").send(f"{PAGE}?code=F-EDU-01", **WISH | {"format": "xlsx"})

    cells = [cell for row in rows_of(text) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert any(cell.startswith("'=2+3") for cell in cells)
    sheets = load_workbook(BytesIO(book.data)).worksheets
    assert not [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_workbook_states_filter_purpose_marking_and_what_was_verified(told, sign_in):
    answer = sign_in("central").send(f"{PAGE}?code=F-EDU-06&from=2026-01-01", **WISH | {"format": "xlsx"})

    cover, entries = load_workbook(BytesIO(answer.data)).worksheets
    texts = [str(cell.value) for row in cover.iter_rows() for cell in row if cell.value]
    assert "Alkaen: 1.1.2026; Tunnuksen alku: F-EDU-06" in texts
    assert "Tarkastus 2026" in texts
    assert "Nimi central" in texts
    assert any("SALASSA PIDETTÄVÄ" in text for text in texts)
    assert any("ei ole vielä tarkistettu" in text for text in texts)
    assert entries["G6"].value == "F-EDU-06"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=muutosloki_")


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "Muutosloki"), ("sv", "Ändringslogg"), ("en", "Trail of changes")]
)
def test_the_workbook_speaks_each_language(told, sign_in, language, word):
    answer = sign_in("auditor").send(PAGE, **WISH | {"format": "xlsx", "language": language})

    assert word in str(load_workbook(BytesIO(answer.data)).worksheets[0]["A1"].value)


def test_the_taking_is_in_the_trail_with_purpose_rows_and_fingerprint(told, sign_in):
    answer = sign_in("auditor").send(f"{PAGE}?code=F-EDU-0", **WISH)

    entry = newest()
    values = {change.label: change.after for change in entry.changes}
    assert (entry.label, entry.user_name) == ("Trail handed over", "Nimi auditor")
    assert values["What it is for"] == "Tarkastus 2026"
    assert values["SHA-256 of the file"] == hashlib.sha256(answer.data).hexdigest()
    assert int(values["Rows"]) == len(rows_of(answer)) - 2
    assert "F-EDU-0" in values["Filter"]


def test_nothing_is_handed_over_without_a_purpose(told, sign_in):
    before = db.session.query(AuditEntry).count()

    answer = sign_in("central").send(PAGE, **WISH | {"purpose": " "})

    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert db.session.query(AuditEntry).count() == before


def test_nobody_takes_more_than_they_may_read(told, sign_in):
    text = sign_in("admin").send(PAGE, **WISH).data.decode("utf-8")

    assert "F-EDU-01" in text
    assert "F-EDU-06" not in text
    assert "SALASSA" not in text


def test_a_file_that_cannot_take_all_says_so(told, sign_in, monkeypatch):
    monkeypatch.setitem(trail_files.MOST_ROWS, "csv", 3)

    rows = rows_of(sign_in("central").send(PAGE, **WISH))

    assert "narrow" in rows[1][0] or "rajaamalla" in rows[1][0]
    assert len(rows) == 3 + 3


def test_many_entries_are_read_in_pieces_without_loss(told, sign_in, monkeypatch):
    monkeypatch.setattr("exports.views.trail.AT_ONCE", 2)
    with told.doing(Action.RETURN_FUNCTION), transaction():
        for number in range(7):
            audit.note(told.function("F-EDU-01"), {"return_reason": [None, str(number)]})

    rows = rows_of(sign_in("central").send(f"{PAGE}?code=F-EDU-01", **WISH))[2:]

    numbers = [int(row[0]) for row in rows]
    assert len(numbers) == len(set(numbers)) >= 8
    assert numbers == sorted(numbers, reverse=True)


@given(strategies.text(max_size=40))
def test_a_text_that_was_made_inert_is_read_back_as_it_was(text):
    made = inert(text)

    assert not made.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert made in (text, f"'{text}")
    assert (made.removeprefix("'") if made != text else made) == text
