"""Asking for jobs and calling them off. What workers do with them is in `prepare.register.queue`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from prepare import actor, audit, jobs
from prepare.access import Action, act, may
from prepare.db import db
from prepare.errors import NotPermitted, RuleBroken
from prepare.jobs import JobState
from prepare.models.jobs import Job
from prepare.models.organisations import Organisation
from prepare.queries import jobs as queries
from prepare.texts import N_, language


@act(Action.ADD_JOB)
def enqueue(
    organisation: Organisation | None, kind: str, params: Mapping[str, Any], *, at: datetime, key: str | None = None
) -> Job:
    """Ask for a job of this kind, for the organisation or (None) the whole installation; gives the job.

    `params` are values that JSON holds. Asked for again with the same `key` the job that stands is given back,
    unless it failed or was called off. Raises UnknownJob; NotPermitted when the acting person may not do what the
    job does; TooManyJobs when that person has too many large jobs under way.
    """
    found = jobs.kind(kind)
    who = actor.current()
    if not (found.by_system or may(who, found.action, organisation)):
        raise NotPermitted(N_("You may not do this."))
    if key and (standing := db.session.scalars(queries.standing(key)).first()):
        return standing
    if found.is_heavy and who.user_id is not None:
        jobs.refuse_more(db.session.scalar(queries.heavy_counted(who.user_id)) or 0)
    job = Job(
        kind=kind,
        key=key,
        params=dict(params),
        organisation=organisation,
        user_id=who.user_id,
        asked_by=who.name,
        asked_at=at,
        language=language(),
        is_heavy=found.is_heavy,
        state=JobState.QUEUED,
    )
    db.session.add(job)
    db.session.flush()
    audit.note(job, {"kind": [None, kind]})
    return job


@act(Action.CANCEL_JOB)
def cancel(job: Job, *, at: datetime) -> None:
    """Call a job off: at once while it waits, at its next step while it is being done.

    Raises RuleBroken when it is over.
    """
    if job.state.is_over:
        raise RuleBroken(N_("The job is over already."))
    before, job.cancelled_by = job.state, actor.current().name
    if job.state is JobState.QUEUED:
        job.state, job.ended_at = JobState.CANCELLED, at
    db.session.flush()
    audit.note(job, {"state": [before.value, JobState.CANCELLED.value]})
