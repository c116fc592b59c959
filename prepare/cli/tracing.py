"""Tracing disruptions."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from dependencies import tracing
from dependencies.analysing import runs
from dependencies.entries.needs import RunEntry
from dependencies.hits import read
from dependencies.models.runs import ScenarioRun
from dependencies.outcome import HORIZON_H, Hit, in_minutes
from dependencies.register import runs as register
from prepare import actor
from prepare.cli.installation import inside
from prepare.clock import now
from prepare.db import transaction
from prepare.texts import _, hours

T = TypeVar("T")


@click.command()
@click.option("--scenario", default="", help="Code of the scenario to trace.")
@click.option("--all", "every", is_flag=True, help="Trace every scenario.")
@click.option("--function", default="", help="Code of a function that is out.")
@click.option("--hours", "duration_h", type=float, help="For how many hours that function is out.")
@click.option("--hit", "hit", multiple=True, help="A hit as CODE:START:HOURS[:degraded]; as many as you like.")
@click.option("--why", default="", help="Code of a function: why is it down or degraded at the hour --at?")
@click.option("--at", "at_h", type=click.FloatRange(0, HORIZON_H), help="Hours from the start, with --why.")
@click.option("--run", default="", help="Code or reference of a stored run, which is computed again.")
@click.option("--store", is_flag=True, help="Store the trace of the scenario, with everything it is computed from.")
@click.option("--purpose", default="", help="What it is stored for.")
@click.option("--json", "as_json", is_flag=True)
@inside
def trace(
    scenario: str,
    every: bool,
    function: str,
    duration_h: float | None,
    hit: tuple[str, ...],
    why: str,
    at_h: float | None,
    run: str,
    store: bool,
    purpose: str,
    as_json: bool,
) -> None:
    """Trace what a disruption takes down, when, why, and when it is back."""
    asked = [bool(scenario), every, bool(function), bool(hit), bool(run)]
    if asked.count(True) != 1 or bool(function) != (duration_h is not None):
        ways = "--scenario CODE, --all, --hit …, --run RUN, or --function CODE --hours T"
        raise click.UsageError(f"Say what to trace: {ways}.")
    if bool(why) != (at_h is not None) or (why and (every or run or store)):
        raise click.UsageError("Say of which function and hour: --why CODE --at HOUR, with one disruption.")
    if store and not (scenario and purpose.strip()):
        raise click.UsageError("Only a scenario is stored, for a purpose: --scenario CODE --store --purpose TEXT.")
    scope = actor.current().scope
    if store or run:
        _tell(_recalled(_store(scenario, purpose) if store else runs.of_code(scope, run)), _print, as_json=as_json)
        return
    if every:
        _tell(tracing.trace_all(scope), _print_all, as_json=as_json)
        return
    hits = _hits(scenario, function, duration_h, hit)
    if why:
        found = tracing.why(scope, hits, why, in_minutes(at_h) or 0, most=tracing.MOST_TOLD)
        _tell(found.as_json(scenario=scenario or None), _print_why, as_json=as_json)
    else:
        seen = tracing.run_near(scope, hits, most=tracing.MOST_TOLD)
        _tell(seen.as_json(scenario=scenario or None), _print, as_json=as_json)


def _hits(scenario: str, function: str, duration_h: float | None, written: tuple[str, ...]) -> list[Hit]:
    scope = actor.current().scope
    if scenario:
        return tracing.scenario_hits(scope, scenario)
    if function:
        return tracing.function_hits(scope, function, duration_h or 0)
    return tracing.hits_from(scope, [read(text, row) for row, text in enumerate(written, start=1)])


def _tell(told: T, show: Callable[[T], None], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        show(told)


def _print_all(traced: list[dict[str, Any]]) -> None:
    for one in traced:
        _print(one)


def _print_why(told: dict[str, Any]) -> None:
    since, until = (hours(told[name]) if told[name] is not None else "…" for name in ("since_h", "until_h"))
    click.echo(
        f"{told['code']} {hours(told['at_h'])}: {told['state']}" + (f", {since} – {until}" if told["chain"] else "")
    )
    for step in told["chain"]:
        when = "–" if step["at_h"] is None else hours(step["at_h"])
        need = f"{step['need']} + {hours(step['tolerance_h'])}" if step["need"] else ""
        also = ", ".join(f"{other['code'] or '…'} {hours(other['since_h'])}" for other in step["also_lost"])
        click.echo(f"  {when:>9}  {step['code'] or '…':10} {need}{f' ({also})' if also else ''}")


def _store(code: str, purpose: str) -> ScenarioRun:
    with transaction():
        scenario = runs.scenario_of(actor.current().scope, code)
        stored = register.store_run(scenario, RunEntry(purpose=purpose[:200]), at=now())
    click.echo(f"stored as {stored.code} ({stored.ref})", err=True)
    return stored


def _recalled(run: ScenarioRun) -> dict[str, Any]:
    again = runs.recall(actor.current().scope, run)
    if not again.is_same:
        click.echo(_(runs.DIFFERS), err=True)
    return again.seen.as_json(scenario=run.scenario.code)


def _print(traced: dict[str, Any]) -> None:
    click.echo(f"{traced['scenario'] or 'Trace'}: {len(traced['disruptions'])}")
    for row in traced["disruptions"]:
        begin, back = (hours(row[name]) if row[name] is not None else "–" for name in ("down_at_h", "up_at_h"))
        chain = " > ".join(code or "…" for code in row["chain"])
        click.echo(f"  {row['code']:10} {row['state']:9} {begin:>9} {back:>9}  {row['status']:14} {chain}")
