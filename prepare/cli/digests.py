"""Sending reminders: each person's digest, made of what the first page shows to that person."""

from dataclasses import dataclass
from datetime import date

import click

from prepare import absence, digests, mail, reminding
from prepare.app import city_name
from prepare.cli.acting import acting_for, origin
from prepare.cli.installation import inside, settings
from prepare.clock import day_of, now, today
from prepare.db import db, transaction
from prepare.digests import Addressee
from prepare.mail import Letter, MailFailed, Sink
from prepare.models.users import User
from prepare.queries import reminders as queries
from prepare.register import reminders as register
from prepare.reminding import Item, Post, Told
from prepare.texts import N_, name_of
from prepare.views.standing import standing_in
from prepare.views.tasks import every_task

MOST_FAILURES = 3  #: in a row; then the server is down, and the rest waits until the next time


@dataclass(frozen=True)
class Digest:
    """What one person is told, and the letter that tells it."""

    user_id: int
    items: list[Item]
    letter: Letter


@click.command()
@click.option("--dry-run", is_flag=True, help="Tell who would get what; nothing is sent.")
@click.option("--print", "shown", is_flag=True, help="Show the letters too.")
@inside
def send(dry_run: bool, shown: bool) -> None:
    """Send each person by mail what waits: once a day at most, and nothing when there is nothing new."""
    sink = mail.sink_of(settings().smtp_url, settings().folder, settings().sender)
    posts, failures, row = _posts(), 0, 0
    people = list(db.session.scalars(queries.addressees().with_only_columns(User.id)))
    for user_id in people:
        digest = _digest(user_id, posts, on=today())
        if digest is None:
            continue
        click.echo(f"{digest.letter.address:40} {len(digest.items)}")
        if shown:
            click.echo(f"{digest.letter.subject}\n\n{digest.letter.text}")
        failed = not dry_run and not _sent(digest, sink)
        failures, row = failures + failed, row + 1 if failed else 0
        if row == MOST_FAILURES:
            break
    if failures:
        raise MailFailed(N_("Not every letter was sent. What was not sent is sent the next time."))


def _sent(digest: Digest, sink: Sink) -> bool:
    """Send the letter and remember it; False when it did not leave, and nothing is remembered."""
    try:
        sink.send(digest.letter, at=now())
    except MailFailed as failed:
        click.echo(f"prepare: {digest.letter.address}: {failed.text()}", err=True)
        return False
    with transaction():
        user = db.session.get_one(User, digest.user_id)
        register.sent(user, digest.items, sink=sink.name, at=now())
    return True


def _digest(user_id: int, posts: dict[str, Post], *, on: date) -> Digest | None:
    """What the person is told today, read as that person reads it; None when there is nothing to tell."""
    with acting_for(user_id) as user:
        tasks = [task for task in every_task() if reminding.is_told(user.id, task, posts)]
        found = [item for task in tasks if (item := reminding.item_of(task, on=on))]
        told = {row.item: Told(day_of(row.at), row.gravity) for row in db.session.scalars(queries.told(user))}
        items = reminding.to_tell(found, told, pace=user.reminders, on=on)
        if not items:
            return None
        names = tuple(f"{one.contact.name} ({name_of(one.organisation)})" for one in standing_in())
        to = Addressee(user.name, user.email, origin(), city_name(), names)
        return Digest(user.id, items, digests.letter(to, items, on=on))


def _posts() -> dict[str, Post]:
    rows = db.session.scalars(queries.posts())
    return {one.path: Post(one.contact_id, one.deputy_id, _is_away(one.contact)) for one in rows if one.contact_id}


def _is_away(contact: User | None) -> bool:
    return contact is not None and absence.is_away(contact.away_from, contact.away_until, on=today())
