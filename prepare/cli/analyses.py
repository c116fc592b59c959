"""Analyses of the dependency graph."""

import json
from collections.abc import Sequence
from typing import Any

import click

from dependencies import tracing
from dependencies.analysing.impact_times import impact_times as matrix_of
from prepare import actor
from prepare.cli.installation import inside
from prepare.texts import hours


def _print_json(answer: Any) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


@click.command("impact-times")
@click.option("--scenario", "codes", multiple=True, help="Code of a scenario; all by default.")
@click.option("--json", "as_json", is_flag=True)
@inside
def impact_times(codes: Sequence[str], as_json: bool) -> None:
    """Say after how many hours each scenario takes each function down."""
    answer = matrix_of(actor.current().scope, tracing.loaded(), codes).as_json()
    if as_json:
        _print_json(answer)
        return
    click.echo(f"{'':12}" + "".join(f"{code:>12}" for code in answer["scenarios"]))
    for row in answer["functions"]:
        cells = (row["impacts"].get(code) for code in answer["scenarios"])
        click.echo(f"{row['code']:12}" + "".join(f"{hours(cell['hours']) if cell else '–':>12}" for cell in cells))
