"""Comparing two disruptions from a shell."""

import json

import click

from dependencies.analysing import comparing
from dependencies.comparison import compared
from prepare import actor
from prepare.cli.installation import inside
from prepare.texts import number


@click.command()
@click.option("--a", "first", required=True, help="run:CODE, scenario:CODE or hits:CODE:START:HOURS,…")
@click.option("--b", "second", default="", help="The same of the second; left out, it is the first with --change.")
@click.option("--change", "change", default="", help="What is otherwise in it: tolerance:FUNCTION:NEED:HOURS, …")
@click.option("--json", "as_json", is_flag=True)
@inside
def compare(first: str, second: str, change: str, as_json: bool) -> None:
    """Compare two disruptions: stored runs, scenarios as of now, or any hits."""
    if not second and not change:
        raise click.UsageError("Say what it is compared with: --b, --change, or both.")
    scope = actor.current().scope
    one = comparing.side(scope, first)
    other = comparing.side(scope, second) if second else one
    if change:
        asked = comparing.supposed_change(scope, comparing.written(change))
        other = comparing.with_change(scope, other, *asked)
    told = comparing.as_json(one, other, compared(one.seen, other.seen))
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for letter in ("a", "b"):
        click.echo(f"{letter.upper()}: {told[letter]['title']} ({told[letter]['lead']})")
    for figure in told["figures"]:
        click.echo(
            f"  {figure['name']:14} {number(figure['a']):>8} {number(figure['b']):>8} {figure['difference']:>+9.1f}"
        )
    for row in told["changed"]:
        click.echo(f"  {row['code']:10} {row['way']}")
