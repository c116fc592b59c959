"""Reminders sent, and absence: who is told what, when again, and what a refusing server leaves behind."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from prepare.audit import AuditEntry, AuditPayload
from prepare.cli import command, installation
from prepare.clock import today
from prepare.db import db
from prepare.mail import Files, MailFailed
from prepare.models.reminders import ReminderSent
from prepare.vocabulary import Pace
from risks.models.measures import Measure


@pytest.fixture
def send(town, app, monkeypatch, tmp_path):
    """Gives the command on the town: its result. Letters go into a folder of the test."""
    monkeypatch.setattr(installation, "application", lambda: app)
    monkeypatch.setattr("prepare.cli.acting.application", lambda: app)
    monkeypatch.setattr("prepare.cli.digests.mail.sink_of", lambda *_given: Files(tmp_path / "mail", "p@town.example"))

    def run(*options):
        result = CliRunner().invoke(command.prepare, ["reminders", "send", *options])
        db.session.rollback()
        return result

    return run


def letters(folder):
    """What has been written: address → text."""
    kept = sorted((folder / "mail").glob("*.eml")) if (folder / "mail").exists() else []
    return {path.stem.partition("-")[2]: path.read_text("utf-8") for path in kept}


def test_each_person_gets_one_letter_in_the_own_language_and_it_is_not_repeated(town, send, tmp_path):
    town.change(town.user("wat.contact"), language="fi")
    town.change(town.record(Measure, "M-03"), due=today() - timedelta(days=3))
    town.change(town.record(Measure, "M-02"), due=today() - timedelta(days=3))

    first, again = send(), send()

    told = letters(tmp_path)
    assert (first.exit_code, again.exit_code, again.output) == (0, 0, "")
    assert "M-03 Toimenpide M-03" in told["wat.contact@town.example"]
    assert "- M-02 (was due on" in told["edu.contact@town.example"]
    assert "Toimenpide M-02" not in told["edu.contact@town.example"]
    assert "M-03" not in told["edu.contact@town.example"]
    assert "newcomer@town.example" not in told
    entries = db.session.execute(
        select(AuditEntry.subject_code, AuditPayload.changes)
        .join(AuditPayload, AuditPayload.id == AuditEntry.payload_id)
        .where(AuditEntry.action == "reminder:send")
    ).all()
    assert {code for code, _changes in entries} == set(told)
    assert all(changes["sink"] == "file" and changes["items"] for _code, changes in entries)


def test_who_asked_for_none_gets_none_and_a_rehearsal_sends_nothing(town, send, tmp_path):
    town.change(town.user("edu.contact"), reminders=Pace.NONE)

    rehearsed = send("--dry-run", "--print")

    assert "edu.director@town.example" in rehearsed.output
    assert "P-02 Suunnitelma P-02" in rehearsed.output
    assert "edu.contact@town.example" not in rehearsed.output
    assert letters(tmp_path) == {}
    assert not db.session.scalars(select(ReminderSent)).all()


def test_what_a_refusing_server_did_not_take_counts_as_not_sent(town, send, monkeypatch):
    def refuse(*_letter, **_more):
        raise MailFailed("refused")

    monkeypatch.setattr(Files, "send", refuse)

    result = send()

    assert isinstance(result.exception, MailFailed)
    assert "edu" in result.output or "central" in result.output
    assert not db.session.scalars(select(ReminderSent)).all()


def test_the_deputy_is_told_of_an_absence_and_the_unit_when_nobody_stands_in(town, sign_in):
    edu, days = town.organisation_of("EDU"), {"away_from": today(), "away_until": today() + timedelta(days=5)}
    town.change(edu, contact_id=town.user("edu.contact").id)
    contact = sign_in("edu.contact")

    contact.send("/account/absence", **{name: day.isoformat() for name, day in days.items()})

    assert "Nobody has been named to stand in" in contact.get("/account").text
    assert "Nobody stands in at Education" in sign_in("central").get("/").text
    town.change(town.organisation_of("EDU"), deputy_id=town.user("wat.contact").id)
    deputy = sign_in("wat.contact").get("/").text
    assert "You stand in for Nimi edu.contact" in deputy
    assert "You have no role there" in deputy
    assert "F-EDU" not in deputy
    assert "Nobody stands in" not in sign_in("central").get("/").text


def test_an_absence_that_makes_no_sense_is_shown_again_and_pace_is_chosen(town, sign_in):
    contact = sign_in("edu.contact")

    refused = contact.send("/account/absence", away_from="2027-02-02", away_until="2027-01-02")
    contact.send("/account/reminders", reminders="daily")

    assert "The last day comes before the first." in refused.text
    assert town.user("edu.contact").reminders is Pace.DAILY
