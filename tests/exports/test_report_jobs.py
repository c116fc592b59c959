"""The reports that go upwards, and large workbooks, as jobs: asked for on a page, built once, stored, fetched."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from exports import workbook
from exports.entries import Report
from exports.views import guidance_jobs, report_jobs
from prepare import clock, jobs
from prepare.access import Action
from prepare.audit import AuditEntry
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.jobs import LEASE, JobState, Recurring
from prepare.models.jobs import Job
from prepare.models.reports import StoredReport
from prepare.register import jobs as register
from prepare.vocabulary import Confidentiality
from tests.exports.working import work

ASKED = {"organisation": "CITY", "language": "fi", "variant": "internal", "purpose": "Jory", "recipients": "Johtajat"}


@pytest.fixture
def quick(monkeypatch: Any) -> list[str]:
    """Reports are made at once; gives the languages in which they were made."""
    seen: list[str] = []

    def book(report: Report, _organisation: Any, _scope: Any, entry: Any, *, told: Any, **_more: Any) -> workbook.Made:
        told(1, 2, "Kansi")
        seen.append(entry.language.value)
        name = f"{report.value}_{entry.language.value}.xlsx"
        return workbook.Made(name, name.encode(), 7, 2, {"figures": {"score": 50}})

    monkeypatch.setattr(report_jobs, "report_book", book)
    return seen


def ask(town: Any, *languages: str, who: str = "central", report: Report = Report.READINESS) -> Job:
    """As a schedule asks for it."""
    wanted = Recurring(organisation="CITY", languages=languages, variant="internal", purpose="Seuranta")
    with town.acting_as(town.actor_of(who)), transaction():
        city = town.organisation_of("CITY")
        return register.enqueue(city, report_jobs.NAMES[report], wanted.params(), at=clock.now())


def stored() -> list[StoredReport]:
    return list(db.session.scalars(select(StoredReport).order_by(StoredReport.id)))


def told(action: Action) -> int:
    return len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action.value)).all())


def test_a_leader_has_the_report_made_fetches_it_and_finds_it_stored(town: Any, inside: None, sign_in: Any) -> None:
    leader = sign_in("leadership")
    address = leader.send("/reports/leadership", **ASKED).location

    job = work()

    assert (job.state, job.error) == (JobState.DONE, None)
    (report,) = stored()
    assert (report.kind, report.number, report.language) == ("leadership", 1, "fi")
    assert (report.purpose, report.recipients, report.confidentiality) == ("Jory", "Johtajat", Confidentiality.INTERNAL)
    assert report.figures is not None
    assert report.figures.keys() == {"figures"}
    assert report.revision > 0
    page = leader.get(address).text
    assert f"/files/{report.file.ref}" in page
    assert f"/workbooks/stored/{report.ref}" in page
    assert report.file.name in leader.get("/reports/leadership").text
    assert leader.get(f"/workbooks/stored/{report.ref}").status_code == 200
    assert leader.send(f"/files/{report.file.ref}", purpose="Jory").data[:2] == b"PK"
    assert told(Action.EXPORT_LEADERSHIP) == 1


def test_a_schedule_has_a_report_stored_in_every_language(town: Any, inside: None, quick: list[str]) -> None:
    ask(town, "fi", "sv")

    job = work()

    assert [(one.language, one.number, one.figures) for one in stored()] == [
        ("fi", 1, {"figures": {"score": 50}}),
        ("sv", 2, {"figures": {"score": 50}}),
    ]
    assert job.led_to == "/workbooks/stored/?kind=readiness"
    assert job.file is not None
    assert job.file.name == "readiness_sv.xlsx"
    assert told(Action.EXPORT_READINESS) == 2


class Killed(BaseException):
    """Stands for a worker that is gone from one moment to the next."""


def test_a_killed_worker_loses_nothing_and_nothing_is_stored_twice(
    town: Any, inside: None, quick: list[str], monkeypatch: Any
) -> None:
    number, whole = ask(town, "fi", "sv").id, report_jobs.report_book

    def dies(report: Report, organisation: Any, scope: Any, entry: Any, **more: Any) -> workbook.Made:
        if entry.language.value == "sv":
            raise Killed
        return whole(report, organisation, scope, entry, **more)

    monkeypatch.setattr(report_jobs, "report_book", dies)
    with pytest.raises(Killed):
        work()
    db.session.rollback()
    assert [one.language for one in stored()] == ["fi"]
    assert db.session.get_one(Job, number).state is JobState.RUNNING
    monkeypatch.setattr(report_jobs, "report_book", whole)

    job = work(clock.now() + LEASE + timedelta(seconds=1))

    assert (job.id, job.state, job.attempts) == (number, JobState.DONE, 2)
    assert quick == ["fi", "sv"]
    assert [one.language for one in stored()] == ["fi", "sv"]
    assert told(Action.EXPORT_READINESS) == 2


def test_a_report_that_is_called_off_is_neither_stored_nor_told(
    town: Any, inside: None, quick: list[str], monkeypatch: Any
) -> None:
    number, whole = ask(town, "fi").id, report_jobs.report_book

    def cancelled(*some: Any, **more: Any) -> workbook.Made:
        with town.acting_as(town.actor_of("central")), transaction():
            register.cancel(db.session.get_one(Job, number), at=clock.now())
        return whole(*some, **more)

    monkeypatch.setattr(report_jobs, "report_book", cancelled)

    assert work().state is JobState.CANCELLED
    assert stored() == []
    assert told(Action.EXPORT_READINESS) == 0


def test_a_job_builds_no_variant_that_its_asker_may_not_read(town: Any, acting: Any) -> None:
    kind, progress = jobs.kind("readiness:export"), SimpleNamespace(organisation_id=town.organisation_of("CITY").id)
    wanted = Recurring(organisation="CITY", languages=("fi",), variant="confidential", purpose="x")

    with acting("admin"), pytest.raises(NotPermitted):
        kind.run(wanted.params(), progress)  # type: ignore[arg-type]
    with acting("central"), pytest.raises(RuleBroken):
        kind.run(wanted.params() | {"purpose": ""}, progress)  # type: ignore[arg-type]


def test_a_third_report_waits_and_what_was_typed_stays(town: Any, sign_in: Any) -> None:
    browser = sign_in("central")
    for _some in range(2):
        assert browser.send("/reports/readiness", **ASKED).status_code == 302

    answer = browser.send("/reports/readiness", **ASKED)

    assert answer.status_code == 200
    assert "2 large jobs under way" in answer.text
    assert 'href="/jobs/"' in answer.text
    assert 'value="Jory"' in answer.text
    assert "Johtajat</textarea>" in answer.text


def test_packages_beyond_what_can_be_built_at_a_time_wait_with_a_sentence(town: Any, sign_in: Any) -> None:
    browser = sign_in("central")
    for _some in range(2):
        browser.send("/reports/readiness", **ASKED)

    answer = browser.send("/packages/build")

    assert answer.location == "/jobs/"
    assert "2 large jobs under way" in browser.get("/jobs/").text


def test_a_large_workbook_is_built_as_a_job_and_a_small_one_at_once(
    town: Any, inside: None, sign_in: Any, monkeypatch: Any
) -> None:
    browser = sign_in("edu.contact")
    wanted = {"organisation": "EDU", "language": "fi", "variant": "internal", "purpose": "Harjoitus"}
    assert browser.send("/workbooks/", **wanted).data[:2] == b"PK"
    monkeypatch.setattr(guidance_jobs, "MOST_ROWS", 0)

    address = browser.send("/workbooks/", **wanted).location
    job = work()

    assert job.state is JobState.DONE
    assert job.file is not None
    assert f"/files/{job.file.ref}" in browser.get(address).text
    assert told(Action.EXPORT_GUIDANCE) == 2
    assert stored() == []
    page = browser.send("/workbooks/", **wanted | {"variant": "confidential", "purpose": ""}).text
    assert 'href="#purpose"' in page
