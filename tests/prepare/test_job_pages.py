"""Pages of jobs and kept files: what one sees, calls off and fetches."""

import pytest
from sqlalchemy import select

from prepare import jobs
from prepare.actor import acting_as
from prepare.audit import AuditEntry
from prepare.clock import now
from prepare.db import db, transaction
from prepare.jobs import JobState
from prepare.models.jobs import Job
from prepare.register import files, queue
from prepare.register import jobs as register
from prepare.vocabulary import Confidentiality
from tests import busy


@pytest.fixture(autouse=True)
def offered():
    """The jobs of tests are offered."""
    before = tuple(jobs._offered.kinds.values())
    jobs.offer(busy.KINDS)
    yield
    jobs.offer(before)


@pytest.fixture
def asked(town):
    """A job for which the contact of the education sector asked; gives its reference."""
    with acting_as(town.actor_of("edu.contact")), transaction():
        return register.enqueue(town.organisation_of("EDU"), "test:count", {"log": "/dev/null"}, at=now()).ref


def take():
    with transaction():
        job = queue.take(at=now())
        return job.id, job.claim


def end(town, *, confidentiality=Confidentiality.INTERNAL):
    """End the job with a file."""
    number, _claim = take()
    with acting_as(town.actor_of("edu.contact")), transaction():
        entry = busy.entry("Luettelo.txt")
        entry = entry.__class__(**{**vars(entry), "confidentiality": confidentiality})
        file = files.keep(town.organisation_of("EDU"), entry, at=now())
        queue.finish(number, at=now(), text="Three counted", file=file, led_to="/functions/")
        return file.ref


def test_a_page_without_jobs_says_how_one_begins(town, sign_in):
    page = sign_in("police").get("/jobs/").text

    assert "You have no jobs" in page


def test_a_job_that_waits_says_so_and_that_no_worker_is_there(asked, sign_in):
    page = sign_in("edu.contact").get(f"/jobs/{asked}").text

    assert "Waits for its turn" in page
    assert "No worker is running" in page
    assert 'http-equiv="refresh"' in page
    assert "/cancel" in page


def test_a_page_with_a_worker_does_not_complain(asked, sign_in):
    with transaction():
        queue.seen("a:1", at=now())

    assert "No worker is running" not in sign_in("edu.contact").get(f"/jobs/{asked}").text
    assert "No worker is running" not in sign_in("edu.contact").get("/jobs/").text


def test_progress_is_told_in_words_and_as_a_bar(asked, sign_in):
    from prepare.db import aside

    number, claim = take()
    with aside() as connection:
        queue.step(connection, number, claim, 1, 4, "Workbook 2 of 4")

    page = sign_in("edu.contact").get(f"/jobs/{asked}").text
    assert "25 %" in page
    assert "Workbook 2 of 4" in page
    assert "25 %" in sign_in("edu.contact").get("/jobs/").text


def test_a_job_is_called_off_on_its_page(asked, sign_in):
    browser = sign_in("edu.contact")

    answer = browser.send(f"/jobs/{asked}/cancel")

    assert answer.status_code == 302
    assert db.session.scalars(select(Job)).one().state is JobState.CANCELLED
    assert "over already" in browser.get(browser.send(f"/jobs/{asked}/cancel").location).text


def test_a_job_that_is_being_done_says_that_it_is_being_called_off(asked, sign_in):
    take()
    browser = sign_in("central")

    browser.send(f"/jobs/{asked}/cancel")

    assert "Is being called off" in browser.get(f"/jobs/{asked}").text


@pytest.mark.parametrize("name", ["edu.director", "wat.contact", "leadership", "police", "newcomer"])
def test_the_jobs_of_others_are_as_good_as_missing(asked, sign_in, name):
    browser = sign_in(name)

    assert browser.get(f"/jobs/{asked}").status_code == 404
    assert browser.send(f"/jobs/{asked}/cancel").status_code == 404
    assert str(asked) not in browser.get("/jobs/?of=all").text


def test_the_unit_looks_after_the_jobs_of_its_city(asked, sign_in):
    browser = sign_in("central")

    assert str(asked) not in browser.get("/jobs/").text
    assert str(asked) in browser.get("/jobs/?of=all").text
    assert browser.get(f"/jobs/{asked}").status_code == 200


def test_what_a_job_came_to_is_fetched_as_it_was_made(town, asked, sign_in):
    ref, browser = end(town), sign_in("edu.contact")

    page = browser.get(f"/jobs/{asked}").text
    assert "Three counted" in page
    assert f"/files/{ref}" in page
    assert "/functions/" in page
    assert 'http-equiv="refresh"' not in page
    assert "Luettelo.txt" in browser.get("/jobs/").text
    answer = browser.send(f"/files/{ref}", purpose="Tarkastus")
    assert answer.data == b"made"
    assert answer.headers["Content-Disposition"] == "attachment; filename=Luettelo.txt"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    told = select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(1)
    assert db.session.scalar(told) == "file:fetch"


def test_a_confidential_file_asks_what_it_is_needed_for(town, asked, sign_in):
    ref = end(town, confidentiality=Confidentiality.CONFIDENTIAL)

    answer = sign_in("edu.contact").send(f"/files/{ref}", purpose="")

    assert "Say what you need the confidential file for." in answer.text


@pytest.mark.parametrize("name", ["edu.director", "central", "auditor", "police"])
def test_the_file_of_another_person_is_as_good_as_missing(town, asked, sign_in, name):
    ref, browser = end(town), sign_in(name)

    assert browser.get(f"/files/{ref}").status_code == 404
    assert browser.send(f"/files/{ref}", purpose="x").status_code == 404
    if name == "central":
        assert f"/files/{ref}" not in browser.get(f"/jobs/{asked}").text


def test_a_file_that_was_taken_away_says_so(town, asked, sign_in):
    from prepare.models.files import KeptFile

    ref, browser = end(town), sign_in("edu.contact")
    with transaction():
        db.session.scalars(select(KeptFile)).one().take_away(now())

    assert "no longer kept" in browser.get(f"/files/{ref}").text
    assert "no longer kept" in browser.get(f"/jobs/{asked}").text
    assert "no longer kept" in browser.send(f"/files/{ref}", purpose="x").text


def test_a_job_that_failed_says_why(asked, sign_in):
    number, claim = take()
    with transaction():
        queue.fail(number, claim, "The disk is full.", at=now())

    browser = sign_in("edu.contact")
    assert "The disk is full." in browser.get(f"/jobs/{asked}").text
    assert "The disk is full." in browser.get("/jobs/").text
