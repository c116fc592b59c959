"""Tracing disruptions."""

import json
from typing import Any

import click

from dependencies import tracing
from prepare import actor
from prepare.cli.installation import inside
from prepare.texts import hours


@click.command()
@click.option("--scenario", default="", help="Code of the scenario to trace.")
@click.option("--all", "every", is_flag=True, help="Trace every scenario.")
@click.option("--function", default="", help="Code of a function that is out.")
@click.option("--hours", "duration_h", type=float, help="For how many hours that function is out.")
@click.option("--json", "as_json", is_flag=True)
@inside
def trace(scenario: str, every: bool, function: str, duration_h: float | None, as_json: bool) -> None:
    """Trace what a disruption takes down, when, why, and when it is back."""
    if [bool(scenario), every, bool(function)].count(True) != 1 or bool(function) != (duration_h is not None):
        raise click.UsageError("Say what to trace: --scenario CODE, --all, or --function CODE --hours T.")
    traced = _traced(scenario, function, duration_h)
    if as_json:
        click.echo(json.dumps(traced if every else traced[0], ensure_ascii=False, indent=2))
        return
    for one in traced:
        _print(one)


def _traced(scenario: str, function: str, duration_h: float | None) -> list[dict[str, Any]]:
    scope = actor.current().scope
    if scenario:
        return [tracing.trace_scenario(scope, scenario)]
    if function:
        return [tracing.trace_function(scope, function, duration_h or 0)]
    return tracing.trace_all(scope)


def _print(traced: dict[str, Any]) -> None:
    click.echo(f"{traced['scenario'] or 'Trace'}: {len(traced['disruptions'])}")
    for row in traced["disruptions"]:
        begin, back = (hours(row[name]) if row[name] is not None else "–" for name in ("down_at_h", "up_at_h"))
        chain = " > ".join(code or "…" for code in row["chain"])
        click.echo(f"  {row['code']:10} {row['state']:9} {begin:>9} {back:>9}  {row['status']:14} {chain}")
