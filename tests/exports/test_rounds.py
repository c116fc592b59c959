"""A whole round of workbooks as one job, the reports that it stores, and schedules that ask for it."""

import json
import re
from contextlib import nullcontext
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from exports.entries import Language
from exports.views import round_jobs
from exports.views.round_jobs import ROUND
from prepare import clock
from prepare.actor import SYSTEM, acting_as
from prepare.cli import command, schedules
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.jobs import Cancelled, JobState
from prepare.models.files import KeptFile
from prepare.models.jobs import Job
from prepare.models.reports import Schedule, StoredReport
from tests import town as the_town
from tests.exports.working import work


@pytest.fixture
def quick(monkeypatch):
    """Workbooks are made at once: what stands in them is tested elsewhere."""

    def book(organisation, _scope, entry, *, on, at, job):
        if organisation.code == "WAT" and entry.language is Language.SWEDISH:
            raise ValueError("no workbook")
        name = f"{organisation.code}_{entry.language.value}_{entry.variant.value}.xlsx"
        return round_jobs.workbook.Made(name, name.encode(), 7, 2)

    monkeypatch.setattr(round_jobs, "guidance_book", book)


def ask(browser, **more):
    fields = {"organisation": "CITY", "languages": ["fi", "sv"], "variant": "internal", "purpose": "Kierros"}
    return browser.send("/workbooks/round", **{**fields, "recipients": "Yhteyshenkilöt", **more})


def test_a_round_stores_every_workbook_and_names_the_one_that_could_not_be_made(town, inside, quick, sign_in):
    browser = sign_in("central")
    address = ask(browser).location

    job = work()

    assert job.state is JobState.DONE
    stored = db.session.scalars(select(StoredReport).order_by(StoredReport.id)).all()
    told = [(one.organisation.code, one.language, one.number, one.rows) for one in stored]
    assert ("EDU", "fi", 1, 7) in told
    assert ("EDU", "sv", 2, 7) in told
    assert ("WAT", "fi", 1, 7) in told
    assert not [one for one in told if one[:2] == ("WAT", "sv")]
    assert {(one.recipients, one.purpose) for one in stored} == {("Yhteyshenkilöt", "Kierros")}
    assert all(one.revision > 0 for one in stored)
    page = browser.get(address).text
    assert "WAT Swedish: something went wrong" in page
    with ZipFile(BytesIO(db.session.get_one(KeptFile, job.file_id).content)) as together:
        assert len(together.namelist()) == len(stored)
        assert together.read("EDU_fi_internal.xlsx") == b"EDU_fi_internal.xlsx"


def test_a_round_that_was_interrupted_goes_on_where_it_was(town, inside, quick, sign_in, monkeypatch):
    ask(sign_in("central"), languages=["fi"])
    real, seen = round_jobs.guidance_book, []

    def dies(organisation, *rest, **more):
        seen.append(organisation.code)
        if len(seen) == 2:
            raise Cancelled("stands for a worker that is gone")
        return real(organisation, *rest, **more)

    monkeypatch.setattr(round_jobs, "guidance_book", dies)
    work()
    with transaction():
        job = db.session.scalars(select(Job)).one()
        job.state = JobState.QUEUED

    assert work().state is JobState.DONE
    assert seen.count(seen[0]) == 1
    assert seen.count(seen[1]) == 2
    codes = [one.organisation.code for one in db.session.scalars(select(StoredReport))]
    assert len(codes) == len(set(codes))


def test_a_contact_makes_a_round_of_the_own_sector_alone(town, inside, quick, sign_in):
    browser = sign_in("edu.contact")
    assert (
        "WAT" not in re.search(r"<select[^>]*organisation.*?</select>", browser.get("/workbooks/round").text, re.S)[0]
    )

    ask(browser, organisation="EDU", languages=["fi"])
    work()

    assert {one.organisation.code for one in db.session.scalars(select(StoredReport))} <= {"EDU", "SCH"}


def test_a_wish_without_language_or_purpose_is_refused_beside_the_fields(town, sign_in):
    answer = ask(sign_in("central"), languages=[], purpose="")

    assert "Choose at least one language." in answer.text
    assert db.session.scalars(select(Job)).all() == []


def test_a_third_large_job_is_refused_with_a_sentence(town, sign_in):
    browser = sign_in("central")
    ask(browser), ask(browser)

    page = ask(browser).text
    assert "2 large jobs under way" in page
    assert 'href="/jobs/"' in page
    assert 'value="Kierros"' in page
    assert "it was not saved" not in page


def test_stored_reports_are_found_held_against_their_fingerprint_and_fetched_again(town, inside, quick, sign_in):
    browser = sign_in("central")
    assert "No report has been stored" in browser.get("/workbooks/stored/").text
    ask(browser, languages=["fi"])
    work()

    listed = browser.get("/workbooks/stored/?organisation=EDU&language=fi&kind=guidance").text
    assert "Preparedness guidance EDU 1" in listed
    assert "WAT 1" not in listed
    report = db.session.scalars(select(StoredReport).where(StoredReport.number == 1)).first()
    page = browser.get(f"/workbooks/stored/{report.ref}").text
    assert "The file is whole" in page
    assert report.file.sha256 in page
    assert browser.send(f"/files/{report.file.ref}", purpose="Vertailu").data == report.file.name.encode()
    assert "No report fits" in browser.get("/workbooks/stored/?language=en").text


def test_a_stored_report_is_known_to_its_readers_and_fetched_by_the_unit(town, inside, quick, sign_in):
    ask(sign_in("central"), languages=["fi"])
    work()
    edu = next(r for r in db.session.scalars(select(StoredReport)) if r.organisation.code == "EDU")

    page = sign_in("edu.contact").get(f"/workbooks/stored/{edu.ref}")
    assert page.status_code == 200
    assert f"/files/{edu.file.ref}" not in page.text
    assert sign_in("edu.contact").get(f"/files/{edu.file.ref}").status_code == 404
    assert sign_in("wat.contact").get(f"/workbooks/stored/{edu.ref}").status_code == 404


def test_a_file_that_somebody_changed_in_the_database_is_noticed(town, inside, quick, sign_in):
    browser = sign_in("central")
    ask(browser, languages=["fi"])
    work()
    report = db.session.scalars(select(StoredReport)).first()
    ref = report.ref
    with transaction():
        db.session.execute(KeptFile.__table__.update().where(KeptFile.id == report.file_id).values(content=b"other"))

    assert "The file has been changed" in browser.get(f"/workbooks/stored/{ref}").text


def test_a_stored_report_is_never_changed(town, inside, quick, sign_in):
    ask(sign_in("central"), languages=["fi"])
    work()

    with pytest.raises(RuntimeError), transaction():
        db.session.scalars(select(StoredReport)).first().purpose = "Muu"


SCHEDULE = {
    "name": "Neljännesvuosittain",
    "organisation": "CITY",
    "kind": ROUND,
    "languages": ["fi"],
    "variant": "internal",
    "rhythm": "monthly",
    "day": "1",
    "purpose": "Seuranta",
    "is_on": "y",
}


@pytest.fixture
def schedule(town, sign_in):
    """A schedule of the unit; gives its number."""
    answer = sign_in("central").send("/workbooks/schedules/new", **SCHEDULE)
    assert answer.status_code == 302, answer.text
    with the_town.doing(the_town.Action.SOW), transaction():
        one = db.session.scalars(select(Schedule)).one()
        one.since = date(2026, 1, 1)
        return one.id


def run(on):
    with acting_as(SYSTEM):
        told = schedules.run_due(on)
    db.session.rollback()
    return told


def test_a_schedule_asks_once_and_with_the_rights_of_its_keeper(schedule, inside, quick):
    assert len(run(date(2026, 3, 20))) == 1
    assert run(date(2026, 3, 21)) == []

    job = db.session.scalars(select(Job)).one()
    assert (job.kind, job.user.email, job.params["purpose"]) == (ROUND, "central@town.example", "Seuranta")
    assert work().state is JobState.DONE


def test_a_schedule_whose_keeper_has_lost_the_right_asks_for_nothing(schedule, inside, caplog):
    with the_town.doing(the_town.Action.SOW), transaction():
        for grant in the_town.user("central").grants:
            grant.ended_at = clock.now()

    assert run(date(2026, 3, 20)) == []
    assert db.session.scalars(select(Job)).all() == []
    assert db.session.get_one(Schedule, schedule).run_on == date(2026, 3, 1)


def test_a_schedule_waits_while_its_keeper_has_too_many_jobs(schedule, inside, sign_in):
    browser = sign_in("central")
    ask(browser), ask(browser)

    assert run(date(2026, 3, 20)) == []
    assert db.session.get_one(Schedule, schedule).run_on is None


def test_a_schedule_is_changed_and_switched_off_on_its_page(schedule, inside, sign_in):
    browser = sign_in("central")
    ref = db.session.get_one(Schedule, schedule).ref
    page = browser.get(f"/workbooks/schedules/{ref}/edit").text
    seen = re.search(r'name="seen"[^>]* value="([^"]+)"', page)[1]

    fields = {name: value for name, value in SCHEDULE.items() if name not in ("is_on", "organisation")}
    answer = browser.send(f"/workbooks/schedules/{ref}/edit", **fields, seen=seen)

    assert answer.status_code == 302, answer.text
    assert run(date(2026, 3, 20)) == []
    assert "Off" in browser.get("/workbooks/schedules/").text
    assert browser.send(f"/workbooks/schedules/{ref}/edit", **{**fields, "day": "2"}, seen=seen).status_code == 409


def test_the_commands_list_and_run_schedules(schedule, inside):
    shell = CliRunner()

    rows = json.loads(shell.invoke(command.prepare, ["schedules", "--json"]).output)
    assert [(row["code"], row["kind"]) for row in rows] == [("SC-01", ROUND)]
    assert "SC-01" in shell.invoke(command.prepare, ["schedules"]).output
    assert "SC-01" in shell.invoke(command.prepare, ["schedules", "run"]).output


def test_the_command_writes_and_stores_a_whole_round(town, inside, quick, tmp_path):
    arguments = ["export", "round", "--all", "--lang", "fi", "--variant", "internal", "--out", str(tmp_path / "out")]

    done = CliRunner().invoke(command.prepare, [*arguments, "--json"])

    assert done.exit_code == 0, done.output
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert "EDU_fi_internal.xlsx" in files
    assert len(files) == len(db.session.scalars(select(StoredReport)).all())
    assert CliRunner().invoke(command.prepare, ["export", "round", "--out", "x"]).exit_code == 2


def test_a_round_of_which_nothing_can_be_made_fails_with_the_reasons(town, inside, monkeypatch, sign_in):
    def refuses(*_some, **_more):
        raise RuleBroken("No.")

    monkeypatch.setattr(round_jobs, "guidance_book", refuses)
    ask(sign_in("edu.contact"), organisation="EDU", languages=["fi"])

    job = work()

    assert job.state is JobState.FAILED
    assert "EDU Finnish: No." in job.error


def test_the_real_workbook_is_stored(town, inside, sign_in):
    ask(sign_in("edu.contact"), organisation="EDU", languages=["fi"])

    assert work().state is JobState.DONE
    with nullcontext(db.session.scalars(select(StoredReport)).first()) as report:
        assert report.file.content[:2] == b"PK"


def test_a_weekly_schedule_names_its_day_of_the_week(town, sign_in):
    browser = sign_in("central")
    assert "1 is Monday" in browser.send("/workbooks/schedules/new", **SCHEDULE | {"rhythm": "weekly", "day": "8"}).text
    browser.send("/workbooks/schedules/new", **SCHEDULE | {"rhythm": "weekly", "day": "3"})

    assert "Every week, on Wednesdays" in browser.get("/workbooks/schedules/").text
