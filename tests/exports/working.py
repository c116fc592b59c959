"""A worker that does one job here and now."""

from datetime import datetime

from prepare import clock
from prepare.cli import holding
from prepare.db import db, transaction
from prepare.models.jobs import Job
from prepare.register import queue


def work(at: datetime | None = None) -> Job:
    """Do the next job here and now."""
    with transaction():
        job = queue.take(at=at or clock.now())
        assert job is not None
        number, claim = job.id, str(job.claim)
    holding.run(number, claim)
    db.session.rollback()
    return db.session.get_one(Job, number)
