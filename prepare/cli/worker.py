"""The worker: takes one job after the other and lets a process of its own do each."""

import logging
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from threading import Event
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from prepare import jobs
from prepare.cli.holding import run_apart
from prepare.cli.installation import inside
from prepare.cli.schedules import run_due
from prepare.clock import elapsed_s, now, today
from prepare.db import db, transaction
from prepare.models.jobs import Job
from prepare.queries import jobs as queries
from prepare.register import queue
from prepare.texts import N_, _, speaking

log = logging.getLogger("prepare")

TOO_LONG = N_("It takes longer than a job may. Ask for less at a time.")
EVERY_S = 1.0  #: how often an idle worker looks for a job
TOLD_EVERY_S = jobs.SILENT.total_seconds() / 3  #: how often it says that it is there
GRACE_S = 10.0  #: that a job may take to end by itself once it is to end
#: A copy of this process begins at once; where there are no copies, one is started anew.
APART: Any = get_context("fork" if hasattr(os, "fork") else "spawn")


@click.command()
@click.option("--once", is_flag=True, help="Do the jobs that wait, then end.")
@click.option("--every", type=click.FloatRange(0.05), default=EVERY_S, show_default=True, help="Seconds between looks.")
@click.option(
    "--lease", type=click.FloatRange(0.5), default=jobs.LEASE.total_seconds(), show_default=True,
    help="Seconds after which the job of a worker that died is taken by another.",
)  # fmt: skip
@inside
def worker(once: bool, every: float, lease: float) -> None:
    """Do the jobs that people asked for, one at a time, until told to end (Ctrl-C, SIGTERM).

    `prepare serve` runs one beside the pages. Several may run, on one machine or on many.
    """
    done = Worker(every, lease).work(once=once)
    click.echo(f"{done} jobs were seen to.")


def start_beside() -> BaseProcess:
    """A worker in a process of its own, which ends soon after this one."""
    db.session.remove()
    db.engine.dispose()  # no connection is shared with a copy of the process
    made: BaseProcess = APART.Process(target=_work_beside, args=(os.getpid(),), name="worker")
    made.start()
    return made


@inside
def _work_beside(parent: int) -> None:
    Worker(EVERY_S, jobs.LEASE.total_seconds(), lambda: os.getppid() == parent).work()


@dataclass
class Worker:
    """Somebody who does jobs: how often it looks, how long its lease is, and as long as what it is wanted."""

    every_s: float
    lease_s: float
    is_wanted: Callable[[], bool] = lambda: True
    told_to_end: Event = field(default_factory=Event)
    name: str = field(default_factory=lambda: f"{socket.gethostname()[:100]}:{os.getpid()}")
    told_at: float = -TOLD_EVERY_S

    def work(self, *, once: bool = False) -> int:
        """Do jobs until told to end, with `once` until none waits; gives how many were seen to."""
        done = 0
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: self.told_to_end.set())
        while not self._is_over():
            try:
                job = self._next()
                if job is None and once:
                    break
                if job is not None:
                    self._attend(*job)
                    done += 1
                    continue
            except DBAPIError as error:
                log.warning("the worker cannot reach the database: %s", type(error).__name__)
            self.told_to_end.wait(self.every_s)
        with transaction():
            queue.gone(self.name)
        return done

    def _is_over(self) -> bool:
        return self.told_to_end.is_set() or not self.is_wanted()

    def _next(self) -> tuple[int, str, str] | None:
        """The next job, taken: number, claim and kind."""
        if elapsed_s() - self.told_at >= TOLD_EVERY_S:
            self._tell()
        if db.session.scalars(queries.next_to_take(now())).first() is None:
            db.session.rollback()
            return None
        with transaction():
            job = queue.take(at=now(), lease=timedelta(seconds=self.lease_s))
            return None if job is None else (job.id, str(job.claim), job.kind)

    def _tell(self) -> None:
        with transaction():
            queue.seen(self.name, at=now())
            queue.clear_away(at=now())
        run_due(today())
        self.told_at = elapsed_s()

    def _attend(self, job_id: int, claim: str, kind: str) -> None:
        """Let a process of its own do the job, keep the job while it does, and see how it ended."""
        db.session.remove()
        db.engine.dispose()
        child: BaseProcess = APART.Process(target=run_apart, args=(job_id, claim), name=kind)
        child.start()
        held_at, ends_at = elapsed_s(), None
        while child.is_alive():
            child.join(min(self.every_s, self.lease_s / 4))
            if elapsed_s() - held_at >= self.lease_s / 4:
                held_at, is_held = elapsed_s(), self._hold(job_id, claim)
                ends_at = ends_at or (None if is_held else elapsed_s() + GRACE_S)
            if self._is_over():
                ends_at = ends_at or elapsed_s() + GRACE_S
            if ends_at is not None and elapsed_s() >= ends_at:
                child.kill()
                child.join()
        self._see_off(job_id, claim, child.exitcode)

    def _hold(self, job_id: int, claim: str) -> bool:
        try:
            with transaction():
                queue.seen(self.name, at=now())
                return queue.hold(job_id, claim, at=now(), lease=timedelta(seconds=self.lease_s))
        except DBAPIError as error:
            log.warning("the worker cannot reach the database: %s", type(error).__name__)
            return True

    def _see_off(self, job_id: int, claim: str, code: int | None) -> None:
        """A process that ended by itself has written how; of one that was ended it is written here."""
        if code == 0:
            return
        with transaction():
            if code == -getattr(signal, "SIGXCPU", 0):
                job = db.session.get_one(Job, job_id)
                with speaking(job.language):
                    queue.fail(job_id, claim, _(TOO_LONG), at=now())
            elif self._is_over():
                queue.release(job_id, claim)
            else:
                queue.put_back(job_id, claim, at=now())
