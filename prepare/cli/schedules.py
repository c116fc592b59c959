"""Schedules: listing them, and asking for what is due. The worker does the same every now and then."""

import json
import logging
from datetime import date

import click

from prepare import actor, scheduling
from prepare.actor import SYSTEM, acting_as
from prepare.cli.acting import acting_for, acting_for_all
from prepare.cli.installation import inside
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.errors import NotPermitted
from prepare.jobs import Recurring, TooManyJobs, UnknownJob
from prepare.models.reports import Schedule
from prepare.queries import reports as queries
from prepare.register import jobs, reports

log = logging.getLogger("prepare")


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def schedules(context: click.Context, as_json: bool) -> None:
    """List what is made by itself, and when next.

    `prepare schedules run` asks for what is due; `prepare worker` does so too.
    """
    if context.invoked_subcommand is None:
        _list(as_json)


@inside
def _list(as_json: bool) -> None:
    found = db.session.scalars(queries.schedules(actor.current().scope)).all()
    rows = [_row(one, today()) for one in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo("Nothing is made by itself yet: schedules are added on the page of workbooks.")
    for row in rows:
        click.echo(f"{row['code']:8} {row['next'] or 'off':12} {row['kind']:20} {row['name']}")


def _row(one: Schedule, on: date) -> dict[str, str | None]:
    due = scheduling.due(one.rhythm, one.day, since=one.since, run_on=one.run_on, on=on)
    following = due or scheduling.following(one.rhythm, one.day, after=on)
    shown = {"code": one.code, "name": one.name, "kind": one.kind, "organisation": one.organisation.code}
    return {**shown, "next": following.isoformat() if one.is_on else None}


@schedules.command("run")
@inside
def run() -> None:
    """Ask for everything that is due; what was missed while nothing ran is caught up once."""
    for told in run_due(today()) or ["Nothing is due."]:
        click.echo(told)


def run_due(on: date) -> list[str]:
    """Ask for the jobs of every schedule that is due on the day `on`; gives a line for each."""
    found = [(one.id, one.rhythm, one.day, one.since, one.run_on) for one in db.session.scalars(queries.schedules_on())]
    db.session.rollback()
    told = []
    for number, rhythm, day, since, run_on in found:
        if due := scheduling.due(rhythm, day, since=since, run_on=run_on, on=on):
            told += _run(number, due)
    return told


def _run(number: int, due: date) -> list[str]:
    """Ask for the job of one schedule, with the rights of whoever keeps it."""
    schedule = db.session.get_one(Schedule, number)
    user_id, language = schedule.user_id, next(iter(schedule.languages), "fi")
    try:
        with acting_for(user_id, language) if user_id else acting_for_all(language), transaction():
            one = db.session.get_one(Schedule, number)
            jobs.enqueue(one.organisation, one.kind, _wanted(one).params(), at=now(), key=f"{one.code} {due}")
            with acting_as(SYSTEM):
                reports.run_schedule(one, due)
            return [f"{one.code} {due} {one.name}"]
    except TooManyJobs:
        log.warning("a schedule waits until other jobs of its keeper are done")
    except (NotPermitted, UnknownJob) as refused:
        log.warning("a schedule cannot be run: %s", refused.message)
        with acting_as(SYSTEM), transaction():
            reports.run_schedule(db.session.get_one(Schedule, number), due)
    return []


def _wanted(one: Schedule) -> Recurring:
    return Recurring(
        organisation=one.organisation.code,
        languages=tuple(one.languages),
        variant=one.variant.value,
        purpose=one.purpose,
        recipients=one.recipients,
    )
