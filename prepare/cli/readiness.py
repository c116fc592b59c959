"""Readiness: the table of sectors and dimensions, and keeping a snapshot of it."""

import json
from typing import Any

import click

from continuity.queries import readiness as queries
from continuity.readiness import scored
from continuity.register import readiness as register
from continuity.scoring import snapshots
from continuity.scoring.scores import CityScore, SectorScore, points
from prepare import actor
from prepare.cli.installation import inside
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.texts import N_, _, day, name_of
from prepare.vocabulary import Dimension

city_option = click.option("--city", default="", help="Code of a city; without it every city is told.")


@click.group(invoke_without_command=True)
@city_option
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def readiness(context: click.Context, city: str, as_json: bool) -> None:
    """Tell how ready each city and its sectors are, dimension by dimension."""
    if context.invoked_subcommand is None:
        _table(city, as_json)


@inside
def _table(city: str, as_json: bool) -> None:
    found = [(one, scored.of_city(one, on=today())) for one in _cities(city)]
    if as_json:
        told = {one.code: snapshots.figures(score, _before(one)) for one, score in found}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one, score in found:
        click.echo(f"{one.code} {name_of(one)}")
        click.echo(f"  {'':8}{_('Score'):>8}" + "".join(f"{d.value:>8}" for d in Dimension))
        for sector in score.sectors:
            click.echo(_line(sector))
        click.echo(_line(score))


def _line(one: SectorScore | CityScore) -> str:
    sides = "".join(f"{_shown(one.dimensions[dimension].score):>8}" for dimension in Dimension)
    return f"  {one.item.code:8}{_shown(one.score):>8}{sides}  {one.tone.label}"


def _shown(value: float | None) -> str:
    shown = points(value)
    return "–" if shown is None else str(shown)


@readiness.command()
@city_option
@inside
def snapshot(city: str) -> None:
    """Keep today's score of each city; a daily or monthly job may run it."""
    for one in _cities(city):
        with transaction():
            kept = register.take_snapshot(one, on=today())
        click.echo(f"{kept.code} {one.code} {day(kept.as_of)} {_shown(snapshots.score(kept.figures))}")


def _cities(code: str) -> list[Organisation]:
    found = db.session.scalars(queries.cities(actor.current().scope)).all()
    chosen = [one for one in found if code in ("", one.code)]
    if code and not chosen:
        raise RuleBroken(N_("There is no such city."), field="city")
    return chosen


def _before(city: Organisation) -> list[dict[str, Any]]:
    return [one.figures for one in db.session.scalars(queries.snapshots(city).limit(2))]
