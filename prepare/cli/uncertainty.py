"""Drawing what is unsure, on the cores of this machine or on a cluster."""

import json
from pathlib import Path
from typing import Any

import click

from dependencies.analysing import sampling
from dependencies.uncertainty import Effort
from prepare.cli.installation import inside, settings
from prepare.cli.working import cores_option, progress, scheduler_option, workers
from prepare.texts import percent

TRIED = 30  #: unconfirmed dependencies that are forced both ways
FORCED = 100  #: in so many draws of every scenario


@click.command()
@click.option("--scenario", multiple=True, help="Only this scenario; may be repeated. Such a sample is not kept.")
@click.option("--draws", type=click.IntRange(10, 100_000), default=1000, show_default=True, help="Of each scenario.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed draws the same.")
@cores_option
@scheduler_option
@click.option("--json", "as_json", is_flag=True)
@inside
def uncertainty(
    scenario: tuple[str, ...], draws: int, seed: int, cores: int | None, scheduler: str, as_json: bool
) -> None:
    """Draw how far each scenario may reach when nobody is sure, and keep the result for the page."""
    effort = Effort(draws, seed, TRIED, FORCED)
    with workers(scheduler, cores) as who:
        seen = sampling.by_command(effort, scenario, who, progress(), Path(settings().instance))
    told = sampling.as_json(seen)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(told)


def _print(told: dict[str, Any]) -> None:
    click.echo(f"{told['draws']} draws, seed {told['seed']}, revision {told['graph_revision']}, {told['engine']}")
    click.echo("scenario   within a year   functions down   hours down (5 %, 50 %, 95 %)   mean ± s.e.")
    for row in told["scenarios"]:
        down, lost = row["functions_down"], row["hours_down"]
        year = _share(row["in_a_year"])
        counts = "–".join(f"{down[name]:.0f}" for name in ("p5", "p50", "p95"))
        times = "–".join(f"{lost[name]:.0f}" for name in ("p5", "p50", "p95"))
        click.echo(
            f"  {row['scenario']:8} {year:>14}   {counts:>14}   {times:>20}   {lost['mean']:.1f} ± {lost['se']:.1f}"
        )
    click.echo("past MTPD within a year")
    for row in told["functions"]:
        at_least = "at least " if row["at_least"] and row["past_mtpd_in_a_year"] is not None else ""
        click.echo(f"  {row['code']:10} {at_least}{_share(row['past_mtpd_in_a_year'])} ± {row['se'] * 100:.1f}")
    click.echo(f"confirm first (weighted hours, {told['forced_draws']} draws)")
    for row in told["confirm_first"]:
        moves = f"{row['weighted_hours']:+.0f} ± {row['se']:.0f}"
        click.echo(f"  {row['dependency']:8} {row['consumer']} < {row['supplier']}: {moves}  {row['mostly_in']}")


def _share(probability: float | None) -> str:
    return percent(None) if probability is None else f"{probability * 100:.1f} %"
