"""What is to be remembered: measures that are late, due soon, or waiting to be verified."""

import json
from itertools import groupby
from typing import Any

import click

from prepare import actor
from prepare.cli.digests import send
from prepare.cli.installation import inside
from prepare.clock import today
from prepare.db import db
from prepare.texts import _, name_of
from risks import measuring
from risks.models.measures import Measure
from risks.queries import reminders as queries


@click.group(invoke_without_command=True)
@click.option("--days", type=click.IntRange(0, 366), default=30, show_default=True, help="How far ahead to look.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def reminders(context: click.Context, days: int, as_json: bool) -> None:
    """Tell each organisation which of its measures are overdue, due soon, or waiting to be verified.

    `prepare reminders send` sends each person by mail what waits.
    """
    if context.invoked_subcommand is None:
        _list(days, as_json=as_json)


reminders.add_command(send)


@inside
def _list(days: int, *, as_json: bool) -> None:
    scope = actor.current().scope
    found = list(db.session.scalars(queries.due_soon(scope, on=today(), days=days)))
    found += db.session.scalars(queries.to_verify(scope, but=None))
    found.sort(key=lambda measure: (measure.organisation.sort_name, measure.organisation.code))
    digests = [_digest(list(some)) for _code, some in groupby(found, lambda measure: measure.organisation.code)]
    if as_json:
        click.echo(json.dumps(digests, ensure_ascii=False, indent=2))
        return
    for digest in digests:
        click.echo(f"{digest['organisation']} {digest['name']}")
        for row in digest["measures"]:
            click.echo(f"  {row['code']:8} {_why(row):32} {row['name']}")


def _digest(measures: list[Measure]) -> dict[str, Any]:
    owner = measures[0].organisation
    return {"organisation": owner.code, "name": name_of(owner), "measures": [_row(measure) for measure in measures]}


def _row(measure: Measure) -> dict[str, Any]:
    return {
        "code": measure.code,
        "name": name_of(measure),
        "owner_role": measure.owner_role,
        "state": measure.state.value,
        "due": measure.due.isoformat() if measure.due else None,
        "overdue_days": measuring.overdue_days(measure.state, measure.due, on=today()),
        "has_reason": bool(measure.overdue_reason),
    }


def _why(row: dict[str, Any]) -> str:
    if row["state"] == "done":
        return _("waits for verification")
    if row["overdue_days"]:
        return _("overdue by %(n)s d", n=row["overdue_days"])
    return _("due on %(day)s", day=row["due"])
