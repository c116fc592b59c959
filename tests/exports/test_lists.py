"""A plain list is taken in whole or not at all, by the rules of the pages, and a second time it changes nothing."""

import json
from io import BytesIO

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from exports.models.lists import ListMapping, ListUpload
from exports.register import uploads
from exports.views import list_jobs
from prepare.audit import AuditEntry
from prepare.cli import acting, command, holding, installation
from prepare.clock import now
from prepare.db import db, transaction
from prepare.jobs import JobState
from prepare.models.functions import Function
from prepare.models.jobs import Job
from prepare.register import queue
from risks.models.measures import Measure
from risks.models.risks import Risk
from tests import town as the_town
from tests.conftest import csrf_of
from tests.exports.bringing import bring, choose, take

HEAD = "Riski;Syy;Todennäköisyys;Vaikutus;Omistaja;Toiminnot;Oma tieto"
RISKS = f"""{HEAD}
Palo koululla;Oikosulku;2;Iso;Rehtori;F-EDU-01;x
+358 soittaa;'-1;3;4;Rehtori;;y
"""


@pytest.fixture
def contact(town, sign_in):
    return sign_in("edu.contact")


def test_a_list_comes_in_by_its_own_headings_and_words(contact):
    page = bring(contact, RISKS).text
    assert "Iso" in page
    before = db.session.query(Risk).count()

    choose(contact, ["title_fi", "cause", "likelihood", "impact", "owner_role", "functions", ""], ["2", "3", "4", "5"])
    upload = db.session.query(ListUpload).one()
    meant = upload.words
    take(contact)

    db.session.expire_all()
    fire = db.session.query(Risk).filter_by(title_fi="Palo koululla").one()
    call = db.session.query(Risk).filter_by(title_fi="+358 soittaa").one()
    assert db.session.query(Risk).count() == before + 2
    assert meant["impact"]["Iso"]
    assert (fire.cause, fire.likelihood, fire.owner_role) == ("Oikosulku", 2, "Rehtori")
    assert [one.code for one in fire.functions] == ["F-EDU-01"]
    assert call.cause == "-1"
    assert db.session.query(ListUpload).count() == 0
    told = db.session.query(AuditEntry).filter_by(action="list:import").one()
    assert told.subject_code == "EDU"


def test_a_second_time_nothing_changes_and_the_choices_are_remembered(contact):
    chosen = ["title_fi", "cause", "likelihood", "impact", "owner_role", "functions", ""]
    bring(contact, RISKS)
    choose(contact, chosen, ["2", "3", "4", "4"])
    take(contact)
    entries = db.session.query(AuditEntry).count()

    page = bring(contact, RISKS).text
    take(contact)

    assert "/lists/take" not in page
    told = db.session.query(AuditEntry).count() - entries
    assert told == 0
    kept = db.session.query(ListMapping).one()
    assert kept.words["impact"]["Iso"] == "4"


def test_a_changed_cell_changes_its_record_and_an_empty_one_nothing(contact):
    bring(contact, "Koodi;Riski;Syy;Omistaja\nR-01;Keittiö ei toimi;Uusi syy;\n")

    take(contact)

    db.session.expire_all()
    risk = the_town.record(Risk, "R-01")
    assert risk.cause == "Uusi syy"
    assert risk.owner_role == "Rehtori" or risk.owner_role is None


def test_every_error_is_told_at_once_with_its_row_and_nothing_is_taken_in(contact):
    rows = "Riski;Todennäköisyys;Seuraava tarkastelu;Toiminnot\n;2;pian;F-EDU-01\nPalo;Usein;;F-NOT-01\nPalo;1;;\n"
    before = db.session.query(Risk).count()

    page = bring(contact, rows).text
    take(contact)

    assert all(word in page for word in ("pian", "Usein", "F-NOT-01"))
    assert db.session.query(Risk).count() == before
    assert db.session.query(ListUpload).count() == 1


def test_without_a_column_for_the_name_the_page_says_so(contact):
    page = bring(contact, "Väri;Koko\nsininen;3\n").text

    assert "troubles-caption" in page


def test_a_workbook_of_functions_comes_in_through_the_gate(contact):
    book, content = Workbook(), BytesIO()
    book.active.append(["Toimintoluettelo"])
    book.active.append(["Toiminto", "Kriittisyysluokka", "RTO (h)", "MTPD (h)", "Omistaja"])
    book.active.append(["Iltapäivätoiminta", "K3", 24, "5 vrk", "Rehtori"])
    book.save(content)

    bring(contact, content.getvalue(), register="functions", name="toiminnot.xlsx")
    take(contact)

    made = db.session.query(Function).filter_by(name_fi="Iltapäivätoiminta").one()
    assert (made.criticality.value, made.rto_h, made.mtpd_h, made.state.value) == ("K3", 24, 120, "draft")


def test_measures_name_the_risks_that_they_treat(contact):
    bring(contact, "Toimenpide,Riskit,Määräaika\nHarjoitus,R-01,31.12.2027\n", register="measures")

    take(contact)

    made = db.session.query(Measure).filter_by(name_fi="Harjoitus").one()
    assert [one.code for one in made.risks] == ["R-01"]
    assert made.due.isoformat() == "2027-12-31"


@pytest.mark.parametrize(("name", "content"), [("x.csv", b""), ("x.xlsx", b"PK\x03\x04nothing"), ("x.exe", b"MZ\x00")])
def test_a_file_that_is_no_list_is_refused_in_words(contact, name, content):
    page = bring(contact, content, name=name)

    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.text
    assert db.session.query(ListUpload).count() == 0


def test_without_a_list_there_is_nothing_to_read_or_take(contact):
    assert contact.get("/lists/reading").headers["Location"] == "/lists/"
    token = csrf_of(contact.get("/lists/").text)
    assert contact.post("/lists/take", data={"csrf_token": token}).headers["Location"] == "/lists/"


def test_nobody_reads_the_list_of_somebody_else(contact, sign_in):
    bring(contact, RISKS)

    assert sign_in("central").get("/lists/reading").headers["Location"] == "/lists/"


def test_a_list_that_waits_too_long_is_forgotten(contact):
    bring(contact, RISKS)
    with transaction():
        uploads.forget(None, at=now() + uploads.KEPT_FOR * 2)

    assert db.session.query(ListUpload).count() == 0


def test_the_command_tells_what_it_would_do_and_does_it(town, app, monkeypatch, tmp_path):
    monkeypatch.setattr(installation, "application", lambda: app)
    file, mapping = tmp_path / "riskit.csv", tmp_path / "mapping.json"
    file.write_text("Uhka;Suuruus;Todennäköisyys\nMyrsky;Kova;2\n", "utf-8")
    columns = {"Uhka": "title_fi", "Suuruus": "impact", "Todennäköisyys": "likelihood"}
    mapping.write_text(json.dumps({"columns": columns, "words": {"impact": {"Kova": "4"}}}), "utf-8")
    call = ["import-list", str(file), "--register", "risks", "--sector", "EDU", "--mapping", str(mapping)]

    dry = CliRunner().invoke(command.prepare, [*call, "--dry-run", "--json"])
    real = CliRunner().invoke(command.prepare, call)
    again = CliRunner().invoke(command.prepare, [*call[:-2], "--json"])

    assert json.loads(dry.output) | {"new": 1, "changed": 0, "same": 0, "errors": []} == json.loads(dry.output)
    assert real.output == "new 1, changed 0, same 0\n"
    assert json.loads(again.output)["same"] == 1
    assert db.session.query(Risk).filter_by(title_fi="Myrsky").one().impact == 4


def test_the_command_fails_when_the_list_has_errors(town, app, monkeypatch, tmp_path):
    monkeypatch.setattr(installation, "application", lambda: app)
    file = tmp_path / "riskit.csv"
    file.write_text("Riski;Vaikutus\nMyrsky;Kova\n", "utf-8")
    call = ["import-list", str(file), "--register", "risks", "--sector"]

    failed = CliRunner().invoke(command.prepare, [*call, "EDU"])
    unknown = CliRunner().invoke(command.prepare, [*call, "NOWHERE"])

    assert failed.exit_code == 1
    assert "Kova" in failed.output
    assert unknown.exit_code == 1


# Long lists


@pytest.fixture
def working(app, monkeypatch):
    """Workers work in the house under test, and every list is a long one."""
    for module in (acting, holding, installation):
        monkeypatch.setattr(module, "application", lambda: app)
    monkeypatch.setattr(list_jobs, "AT_ONCE", 1)


def work():
    """Do the next job here and now."""
    with transaction():
        job = queue.take(at=now())
        number, claim = job.id, job.claim
    holding.run(number, claim)
    db.session.rollback()
    return db.session.get_one(Job, number)


LONG = "Riski;Omistaja\nTulva kellarissa;Rehtori\nVesikatko;Rehtori\n"


def test_a_long_list_is_taken_in_as_a_job_once(contact, working):
    page = bring(contact, LONG).text
    token = csrf_of(contact.get("/lists/").text)

    first = contact.post("/lists/take", data={"csrf_token": token})
    second = contact.post("/lists/take", data={"csrf_token": token})
    before = db.session.query(Risk).filter_by(title_fi="Vesikatko").count()
    job = work()

    assert "few people work" in page
    assert first.location == second.location == f"/jobs/{job.ref}"
    assert (before, job.state) == (0, JobState.DONE)
    assert db.session.query(Risk).filter_by(title_fi="Vesikatko").one().owner_role == "Rehtori"
    assert db.session.query(ListUpload).count() == 0
    assert job.led_to == "/risks/"
    assert db.session.query(AuditEntry).filter_by(action="list:import").count() == 1


def test_a_long_list_that_was_replaced_before_its_turn_is_not_taken_in(contact, working):
    bring(contact, LONG)
    take(contact)

    bring(contact, LONG.replace("Vesikatko", "Sähkökatko"))
    job = work()

    assert job.state is JobState.FAILED
    assert db.session.query(Risk).filter(Risk.title_fi.in_(["Vesikatko", "Sähkökatko"])).count() == 0


def test_a_list_of_too_many_rows_is_refused_in_a_sentence(contact, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_ROWS", 1)

    assert "Divide the list" in bring(contact, LONG).text
