"""Jobs: the list of one's own, one of them with how far it is, and calling it off."""

from types import SimpleNamespace
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor, jobs
from prepare.access import Action, may
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens_page, takes
from prepare.jobs import JobState
from prepare.models.jobs import Job
from prepare.queries import jobs as queries
from prepare.queries.pages import page
from prepare.register import jobs as register
from prepare.texts import N_, _
from prepare.views import bp
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Role

TONES = {JobState.RUNNING: "info", JobState.DONE: "ok", JobState.FAILED: "bad"}


@bp.get("/jobs/", endpoint="jobs")
@opens_page(Action.VIEW_JOB)
def list_jobs() -> ResponseReturnValue:
    """One's own jobs, the newest first; for the unit those of its city too."""
    who = actor.current()
    sees_all = who.holds(Role.CENTRAL)
    every = sees_all and request.args.get("of") == "all"
    found = queries.jobs(who, every=every)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, Job.id, offset=at.offset, limit=PAGE_SIZE)).all()
    shown = [_shown(one) for one in rows]
    waits = any(not one.job.state.is_over for one in shown)
    silent = waits and is_silent()
    return render_template("prepare/jobs.html", rows=shown, at=at, every=every, sees_all=sees_all, silent=silent)


@bp.get("/jobs/<uuid:ref>")
@opens_page(Action.VIEW_JOB)
def job(ref: UUID) -> ResponseReturnValue:
    """One job: how far it is, and what it came to. The page looks again by itself until the job is over."""
    found = _found(ref)
    ahead = db.session.scalar(queries.ahead_counted(found)) if found.state is JobState.QUEUED else 0
    silent = not found.state.is_over and is_silent()
    return render_template("prepare/job.html", one=_shown(found), ahead=ahead, silent=silent)


@bp.post("/jobs/<uuid:ref>/cancel")
@opens_page(Action.CANCEL_JOB)
@takes()
def cancel_job(ref: UUID) -> ResponseReturnValue:
    """Call a job off."""
    found = _found(ref)
    try:
        with transaction():
            register.cancel(found, at=now())
    except RuleBroken as broken:
        flash(broken.text(), "warning")
    else:
        flash(_("The job is called off."))
    return redirect(url_for("prepare.job", ref=ref))


def _found(ref: UUID) -> Job:
    return db.session.scalars(queries.job(actor.current(), ref)).one_or_none() or abort(404)


def is_silent() -> bool:
    """Whether no worker is there to do jobs."""
    return jobs.is_silent(db.session.scalar(queries.last_seen()), at=now())


def _shown(one: Job) -> SimpleNamespace:
    """A job as pages show it."""
    who = actor.current()
    is_ending = one.cancelled_by is not None and not one.state.is_over
    has_file = one.file is not None and one.file.is_there and may(who, Action.FETCH_FILE, one.file)
    return SimpleNamespace(
        job=one,
        label=_(jobs.label_of(one.kind)),
        state=_(ENDING) if is_ending else one.state.label,
        tone=TONES.get(one.state),
        percent=one.percent,
        told=one.told,
        of=one.organisation,
        is_ending=is_ending,
        file=one.file if has_file else None,
        led_to=one.led_to if one.user_id == who.user_id or who.holds(Role.CENTRAL) else None,
    )


ENDING = N_("Is being called off")
