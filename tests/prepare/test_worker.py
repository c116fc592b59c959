"""The worker, as real processes: killed in the middle, two at a time, told to end, bounded."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from prepare import jobs
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.cli import acting, holding, worker
from prepare.cli.worker import Worker
from prepare.clock import now
from prepare.db import db, transaction
from prepare.jobs import JobState
from prepare.models.files import KeptFile
from prepare.models.jobs import Job
from prepare.models.users import RoleGrant
from prepare.register import jobs as register
from tests import busy, conftest
from tests import town as the_town

PATIENCE_S = 30
FORK = get_context("fork")


class Yard:
    """The town, with workers that are processes of their own."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.log, self.processes = app, folder / "log", []

    def worker(self, *, once: bool = False) -> BaseProcess:
        """A worker begins."""
        db.session.remove()  # no connection is shared with a copy of this process
        db.engine.dispose()
        process: BaseProcess = FORK.Process(target=self._work, args=(once,))
        process.start()
        self.processes.append(process)
        return process

    def _work(self, once: bool) -> None:
        with self.app.app_context(), acting_as(SYSTEM):
            Worker(0.05, 0.6).work(once=once)

    def finish(self) -> None:
        """A worker does what waits."""
        ended(self.worker(once=True))

    def ask(self, kind: str = "test:count", name: str = "edu.contact", **params: Any) -> int:
        """Somebody asks for a job."""
        with acting_as(the_town.actor_of(name)), transaction():
            about = the_town.organisation_of("EDU")
            return register.enqueue(about, kind, {"log": str(self.log), "of": 3, **params}, at=now()).id

    def lines(self, word: str) -> list[str]:
        """What the jobs noted."""
        text = self.log.read_text("utf-8") if self.log.exists() else ""
        return [line for line in text.splitlines() if line.startswith(word)]


def job(number: int) -> Job:
    """The job as it is now."""
    db.session.rollback()
    return db.session.get_one(Job, number)


def wait(until: Callable[[], object]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.02)


def kept() -> list[str]:
    """Names of the files that are kept."""
    return sorted(db.session.scalars(select(KeptFile.name)))


def ended(*processes: BaseProcess) -> None:
    """Wait for workers that end by themselves."""
    for process in processes:
        process.join(PATIENCE_S)
        assert process.exitcode == 0


@pytest.fixture
def yard(app, town, tmp_path, monkeypatch) -> Iterator[Yard]:
    """The town, and no worker yet."""
    before = tuple(jobs._offered.kinds.values())
    jobs.offer(busy.KINDS)
    for module in (acting, holding):
        monkeypatch.setattr(module, "application", lambda: app)
    monkeypatch.setattr(acting, "settings", lambda: app.config["SETTINGS"])
    monkeypatch.setattr(worker, "GRACE_S", 0.3)
    made = Yard(app, tmp_path)
    yield made
    for process in made.processes:
        process.kill()
        process.join()
    jobs.offer(before)
    conftest.CHANGES.tables = None  # other processes wrote


def test_a_worker_that_is_killed_in_the_middle_loses_nothing_and_nothing_is_done_twice(yard):
    number = yard.ask(of=30, pause=0.05)
    first = yard.worker()
    wait(lambda: job(number).done > 2)

    first.kill()
    first.join()
    yard.worker()
    wait(lambda: job(number).state is JobState.DONE)

    assert job(number).attempts == 2
    assert len(yard.lines("begun")) == 2
    assert len(yard.lines("counted")) == 1
    assert kept() == ["counted.txt"]


def test_a_job_whose_process_is_killed_is_done_by_the_same_worker(yard):
    number = yard.ask(of=20)
    only = yard.worker(once=True)
    wait(lambda: yard.lines("begun"))

    os.kill(int(yard.lines("begun")[0].split()[1]), signal.SIGKILL)

    ended(only)
    assert (job(number).state, job(number).attempts) == (JobState.DONE, 2)
    assert kept() == ["counted.txt"]


def test_two_workers_never_do_the_same_job(yard):
    people = ("edu.contact", "edu.director", "central")
    numbers = [yard.ask(name=name, of=2, pause=0.01) for name in people for _turn in range(2)]

    ended(yard.worker(once=True), yard.worker(once=True))

    assert {job(number).state for number in numbers} == {JobState.DONE}
    assert {job(number).attempts for number in numbers} == {1}
    assert len(yard.lines("begun")) == len(kept()) == 6


def test_a_job_that_is_called_off_while_it_runs_ends_and_leaves_nothing(yard):
    number = yard.ask(of=500, pause=0.05)
    only = yard.worker(once=True)
    wait(lambda: job(number).done > 1)

    with acting_as(the_town.actor_of("edu.contact")), transaction():
        register.cancel(db.session.get_one(Job, number), at=now())

    ended(only)
    assert job(number).state is JobState.CANCELLED
    assert kept() == []


def test_a_worker_that_is_told_to_end_gives_its_job_back_without_an_attempt(yard):
    number = yard.ask(of=1000, pause=0.05)
    only = yard.worker()
    wait(lambda: job(number).done > 1)

    only.terminate()

    ended(only)
    assert (job(number).state, job(number).attempts) == (JobState.QUEUED, 0)


def test_jobs_that_fail_say_why_and_leave_what_stands_already(yard):
    asked = {then: yard.ask("test:part", then=then) for then in ("rule", "memory", "time", "die", "what")}

    yard.finish()

    errors = {then: job(number).error for then, number in asked.items()}
    assert errors["rule"] == "No."
    assert "memory" in errors["memory"]
    assert "longer" in errors["time"]
    assert "three times" in errors["die"]
    assert "went wrong" in errors["what"]
    assert {job(number).state for number in asked.values()} == {JobState.FAILED}
    assert kept() == ["part.txt"] * 7


def test_the_result_stands_whole_or_not_at_all(yard):
    fails, stands = yard.ask("test:write", fails=True), yard.ask("test:write", fails=False)

    yard.finish()

    assert (job(fails).state, job(fails).error) == (JobState.FAILED, "Not both.")
    assert job(stands).led_to == f"/files/{job(stands).file.ref}"
    assert kept() == ["first.txt", "second.txt"]


def test_a_right_that_was_withdrawn_stops_a_job_that_waits(yard):
    number, disabled = yard.ask(), yard.ask(name="central")
    with the_town.doing(Action.SOW), transaction():
        user = the_town.user("edu.contact")
        for grant in db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == user.id)):
            grant.ended_at = now() - timedelta(seconds=1)
        the_town.user("central").disabled_at = now()

    yard.finish()

    for one in (number, disabled):
        assert job(one).state is JobState.FAILED
        assert "no longer" in job(one).error
    assert yard.lines("begun") == []
