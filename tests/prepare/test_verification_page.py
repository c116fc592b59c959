"""The page on which auditors see whether the trail holds, and up to where that is known."""

import pytest
import sqlalchemy as sa

from prepare import anchors, audit
from prepare.access import Action
from prepare.audit import AuditEntry
from prepare.db import db, transaction
from prepare.queries import verification
from prepare.views import verification as page
from tests import town as the_town
from tests.prepare.test_tampering import length, raw

PAGE = "/trail/verification"


@pytest.fixture
def auditor(town, sign_in):
    """The auditor's browser, in a town whose trail has grown."""
    with town.doing(Action.RETURN_FUNCTION), transaction():
        audit.note(the_town.function("F-EDU-02"), {"return_reason": [None, "Perustele"]})
    return sign_in("auditor")


def test_a_trail_that_nobody_verified_says_so(auditor):
    text = auditor.get(PAGE).text

    assert "The trail has not been verified yet" in text
    assert "never" in text


def test_the_button_verifies_the_whole_short_trail_and_the_trail_tells_of_it(auditor):
    entries = length()

    answer = auditor.send(PAGE)

    assert answer.status_code == 302
    text = auditor.get(PAGE).text
    assert "The trail holds as far as it was verified." in text
    assert f"The whole trail, {entries} entries" in text
    assert "Nimi auditor" in text
    assert length() == entries + 1


def test_what_is_wrong_is_told_in_plain_words_with_the_number_of_the_entry(auditor):
    raw("UPDATE audit_entry SET user_name = 'Muu' WHERE id = :id", id=5)

    auditor.send(PAGE)

    text = auditor.get(PAGE).text
    assert "The trail does not hold." in text
    assert '<td class="num">5</td><th scope="row">Changed after it was written</th>' in text
    assert "Preserve the database" in text
    assert "1 flaw" in text


def test_a_long_trail_is_verified_in_pieces_and_the_page_says_up_to_where(auditor, monkeypatch):
    monkeypatch.setattr(page, "PIECE", 20)
    entries = length()
    assert entries > 50

    auditor.send(PAGE)
    first = auditor.get(PAGE).text
    auditor.send(PAGE)
    second = auditor.get(PAGE).text

    assert "Entries 1–20" in first
    assert "Entries 21–40" in second
    assert "Verify the newer entries now" in second
    assert "prepare audit verify" in second


def test_a_trail_without_its_end_is_told_of_although_nothing_can_be_written_into_it(auditor):
    raw("DELETE FROM audit_head")

    answer = auditor.send(PAGE)

    assert answer.status_code == 200
    assert "could not be written into it" in answer.text
    assert "The end of the trail is missing" in answer.text


def test_the_page_holds_the_trail_against_its_anchors(auditor, town):
    db.session.rollback()
    end = length()
    seal = db.session.scalar(sa.select(AuditEntry.seal).where(AuditEntry.id == end - 1))
    raw("DELETE FROM audit_entry WHERE id = :id", "DELETE FROM audit_payload WHERE id = :id", id=end)
    raw("UPDATE audit_head SET entries = :end, seal = :seal", end=end - 1, seal=seal)
    assert anchors.read().binding[-1].entries == end

    auditor.send(PAGE)

    assert "The trail ends before its anchor" in auditor.get(PAGE).text


def test_a_verification_goes_on_from_the_seal_that_was_verified(auditor, monkeypatch):
    monkeypatch.setattr(page, "PIECE", 20)
    auditor.send(PAGE)
    mark = next(verification.earlier(the_town.actor_of("auditor").scope))[1]
    assert mark["last_entry"] == 20

    raw("UPDATE audit_entry SET user_name = 'Muu' WHERE id = :id", id=21)
    auditor.send(PAGE)

    assert '<td class="num">21</td>' in auditor.get(PAGE).text
