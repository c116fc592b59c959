"""What workers do with jobs: take one, keep it, tell how far it is, end it.

None of this changes a fact of a city, so no action stands over it. Every function works in the transaction that is
open; whoever holds a job proves it by its claim, which is drawn anew whenever the job is taken.
"""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import DBAPIError

from prepare.db import db
from prepare.jobs import LEASE, LONGEST_TEXT, SILENT, Cancelled, JobState, Lost, next_state
from prepare.models.files import KeptFile
from prepare.models.jobs import Job, JobWorker
from prepare.queries import jobs as queries
from prepare.texts import N_, _, speaking

#: What a job does not swallow: it is put back and done again.
DATABASE_AWAY = (DBAPIError,)
INTERRUPTED = N_("The job was interrupted three times and has been given up. Ask for it again; tell the support.")


def take(*, at: datetime, lease: timedelta = LEASE) -> Job | None:
    """The next job, now in the hands of whoever calls; None when none waits. No two callers get the same one.

    One that was left by a worker that died is taken again; one that was left too often, or called off meanwhile,
    ends here.
    """
    while job := db.session.scalars(queries.next_to_take(at)).first():
        claim = token_hex(16)
        taken = update(Job).where(Job.id == job.id, Job.state == job.state, Job.claim.is_not_distinct_from(job.claim))
        if job.cancelled_by:
            _end(taken, JobState.CANCELLED, at)
        elif next_state(job.attempts) is JobState.FAILED:
            _give_up(job, taken, at)
        else:
            begun = {"attempts": job.attempts + 1, "begun_at": at, "claim": claim, "leased_until": at + lease}
            values = {"state": JobState.RUNNING, "done": 0, "parts": 0, "told": "", **begun}
            if db.session.execute(taken.values(**values)).rowcount:  # type: ignore[attr-defined]
                db.session.refresh(job)
                return job
        db.session.expire(job)
    return None


def _end(which: Any, state: JobState, at: datetime, **more: object) -> None:
    db.session.execute(which.values(state=state, ended_at=at, claim=None, leased_until=None, **more))


def _give_up(job: Job, which: Any, at: datetime) -> None:
    with speaking(job.language):
        _end(which, JobState.FAILED, at, error=_(INTERRUPTED))


def hold(job_id: int, claim: str, *, at: datetime, lease: timedelta = LEASE) -> bool:
    """Keep a job for another while; False when it was called off, is over or is somebody else's by now."""
    mine = (Job.id == job_id) & (Job.claim == claim)
    db.session.execute(update(Job).where(mine).values(leased_until=at + lease))
    return db.session.scalar(select(Job.id).where(mine, Job.cancelled_by.is_(None))) is not None


def step(connection: Connection, job_id: int, claim: str, done: int, of: int, text: str) -> None:
    """Tell how far a job is. Raises Cancelled when it was called off, Lost when another worker has it."""
    mine = (Job.id == job_id) & (Job.claim == claim)
    found = connection.execute(select(Job.cancelled_by).where(mine)).one_or_none()
    _look(found)
    values = {"done": max(0, done), "parts": max(0, of), "told": text[:LONGEST_TEXT]}
    connection.execute(update(Job).where(mine).values(**values))


def require(job_id: int, claim: str) -> None:
    """Raise Lost or Cancelled unless the job may still be written for; until the transaction ends nobody takes it."""
    mine = select(Job.cancelled_by).where(Job.id == job_id, Job.claim == claim)
    _look(db.session.execute(mine.with_for_update()).one_or_none())


def _look(found: Any) -> None:
    if found is None:
        raise Lost(N_("Another worker does this job now."))
    if found.cancelled_by:
        raise Cancelled(N_("The job was called off."))


def finish(job_id: int, *, at: datetime, text: str, file: KeptFile | None, led_to: str | None) -> None:
    """Mark a job as done, with what it came to."""
    values = {"told": text[:LONGEST_TEXT], "led_to": led_to or None, "file_id": file.id if file else None}
    _end(update(Job).where(Job.id == job_id), JobState.DONE, at, **values)


def fail(job_id: int, claim: str, error: str, *, at: datetime) -> None:
    """Mark a job as failed, with a sentence that says why."""
    _end(update(Job).where(Job.id == job_id, Job.claim == claim), JobState.FAILED, at, error=error)


def stop(job_id: int, claim: str, *, at: datetime) -> None:
    """Mark a job as called off."""
    _end(update(Job).where(Job.id == job_id, Job.claim == claim), JobState.CANCELLED, at)


def put_back(job_id: int, claim: str, *, at: datetime) -> None:
    """Let a job that was interrupted wait again; after too many attempts it has failed."""
    mine = update(Job).where(Job.id == job_id, Job.claim == claim)
    job = db.session.scalars(select(Job).where(Job.id == job_id, Job.claim == claim)).one_or_none()
    if job and job.cancelled_by:
        _end(mine, JobState.CANCELLED, at)
    elif job and next_state(job.attempts) is JobState.FAILED:
        _give_up(job, mine, at)
    elif job:
        db.session.execute(mine.values(state=JobState.QUEUED, claim=None, leased_until=None))


def release(job_id: int, claim: str) -> None:
    """Let a job wait again that its worker leaves because it is told to end: that is no failed attempt."""
    mine = update(Job).where(Job.id == job_id, Job.claim == claim)
    values = {"state": JobState.QUEUED, "claim": None, "leased_until": None, "attempts": Job.attempts - 1}
    db.session.execute(mine.values(**values))


def seen(name: str, *, at: datetime) -> None:
    """Note that a worker is there, and forget those that have long been silent."""
    db.session.execute(delete(JobWorker).where(JobWorker.seen_at < at - 10 * SILENT))
    known = update(JobWorker).where(JobWorker.name == name).values(seen_at=at)
    if not db.session.execute(known).rowcount:  # type: ignore[attr-defined]
        db.session.add(JobWorker(name=name, begun_at=at, seen_at=at))
        db.session.flush()


def gone(name: str) -> None:
    """Forget a worker that ends."""
    db.session.execute(delete(JobWorker).where(JobWorker.name == name))


def clear_away(*, at: datetime) -> int:
    """Take away the content of files that have been kept long enough; gives how many."""
    files = db.session.scalars(queries.outlived(at)).all()
    for file in files:
        file.take_away(at)
    db.session.flush()
    return len(files)
