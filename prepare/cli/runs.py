"""Stored runs of scenarios: listing them, and computing all of them again."""

import json
import sys
from typing import Any

import click

from dependencies import queries
from dependencies.analysing import runs as reading
from dependencies.models.runs import ScenarioRun
from prepare import actor
from prepare.cli.installation import inside
from prepare.db import db
from prepare.texts import moment


@click.group(invoke_without_command=True)
@click.option("--scenario", default="", help="Code of the scenario whose runs are listed.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def runs(context: click.Context, scenario: str, as_json: bool) -> None:
    """List the stored runs of scenarios, the newest first."""
    if context.invoked_subcommand is None:
        _list(scenario, as_json)


@inside
def _list(scenario: str, as_json: bool) -> None:
    found = [run for run in _stored() if scenario in ("", run.scenario.code)]
    if as_json:
        click.echo(json.dumps([_row(run) for run in found], ensure_ascii=False, indent=2))
        return
    for run in found:
        click.echo(f"{run.code:10} {moment(run.made_at)}  {run.made_by}: {run.purpose}")


@runs.command()
@inside
def verify() -> None:
    """Compute every stored run again; 1 when one does not come out as it was stored."""
    found = _stored()
    flaws = [(run.code, flaw) for run in found if (flaw := reading.flaw(actor.current().scope, run))]
    for code, flaw in flaws:
        click.echo(f"{code}: {flaw}")
    click.echo(f"{len(found)} stored, {len(flaws)} differ")
    sys.exit(1 if flaws else 0)


def _stored() -> list[ScenarioRun]:
    return list(db.session.scalars(queries.runs(actor.current().scope)))


def _row(run: ScenarioRun) -> dict[str, Any]:
    names = ("code", "purpose", "made_by", "graph_revision", "engine", "program", "method", "horizon_h")
    counts = ("function_count", "need_count", "missed", "inputs_sha256", "result_sha256")
    told = {name: getattr(run, name) for name in (*names, *counts)}
    return {"ref": str(run.ref), "scenario": run.scenario.code, "made_at": run.made_at.isoformat(), **told}
