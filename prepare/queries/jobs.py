"""Readings of jobs, workers and kept files: one's own; for the unit all of its city."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import undefer

from prepare.actor import Actor
from prepare.jobs import UNFINISHED, JobState
from prepare.models.files import KeptFile
from prepare.models.jobs import Job, JobWorker
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below
from prepare.vocabulary import Role


def jobs(who: Actor, *, every: bool = False, unfinished: bool = False) -> Select[Job]:
    """The jobs for which the person asked, the newest first; with `every` those of others that the unit looks after."""
    rows = select(Job).outerjoin(Organisation, Job.organisation_id == Organisation.id)
    rows = rows.where(_seen_by(who) if every else Job.user_id == who.user_id)
    if unfinished:
        rows = rows.where(Job.state.in_(UNFINISHED))
    return rows.order_by(Job.id.desc())


def job(who: Actor, ref: UUID) -> Select[Job]:
    """One of the jobs that the person may look at."""
    return jobs(who, every=True).where(Job.ref == ref)


def _seen_by(who: Actor) -> ColumnElement[bool]:
    """One's own, and what is done for organisations over which the unit is held."""
    if who.is_system:
        return Job.id.is_not(None)
    ways: list[ColumnElement[bool]] = [Job.user_id == who.user_id] if who.user_id is not None else []
    ways += [below(grant.path) for grant in who.grants if grant.role is Role.CENTRAL]
    return or_(*ways) if ways else false()


def counted(rows: Select[Job]) -> Select[Any]:
    """How many there are."""
    return select(func.count()).select_from(rows.order_by(None).with_only_columns(Job.id).subquery())


def standing(key: str) -> Select[Job]:
    """The job that stands for the key, whoever asked: waiting, being done or done."""
    return select(Job).where(Job.key == key, Job.state.in_({*UNFINISHED, JobState.DONE}))


def heavy_counted(user_id: int) -> Select[Any]:
    """How many large jobs of the person are not over."""
    return select(func.count(Job.id)).where(Job.user_id == user_id, Job.is_heavy, Job.state.in_(UNFINISHED))


def ahead_counted(job: Job) -> Select[Any]:
    """How many jobs are done before this one."""
    return select(func.count(Job.id)).where(Job.state.in_(UNFINISHED), Job.id < job.id)


def next_to_take(at: datetime) -> Select[Job]:
    """The job that a worker takes next: one that waits, or one whose worker has been silent too long."""
    is_left = (Job.state == JobState.RUNNING) & (Job.leased_until < at)
    return select(Job).where(or_(Job.state == JobState.QUEUED, is_left)).order_by(Job.id).limit(1)


def last_seen() -> Select[Any]:
    """When a worker was last seen."""
    return select(func.max(JobWorker.seen_at))


def file(ref: UUID) -> Select[KeptFile]:
    """A kept file; whether somebody may fetch it, its rule says."""
    return select(KeptFile).where(KeptFile.ref == ref)


def with_content(file_id: int) -> Select[KeptFile]:
    """A kept file with its content."""
    return select(KeptFile).where(KeptFile.id == file_id).options(undefer(KeptFile.content))


def outlived(at: datetime) -> Select[KeptFile]:
    """Files whose content is to be taken away."""
    return select(KeptFile).where(KeptFile.kept_until < at, KeptFile.gone_at.is_(None))
