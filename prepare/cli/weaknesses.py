"""Weak points of the dependency graph."""

import json
from typing import Any

import click

from dependencies.analysing import keystones as losses
from dependencies.analysing import mutual, recovery
from dependencies.analysing import redundancy as ways
from dependencies.analysing.view import view
from dependencies.keystones import HORIZON_H
from prepare import actor
from prepare.cli.installation import inside
from prepare.cli.working import cluster_engine, scheduler_option
from prepare.clock import today
from prepare.texts import hours


def told(rows: list[dict[str, Any]], line: Any, *, as_json: bool) -> None:
    """Print the rows as JSON, or a line of each."""
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(line(row))


@click.command()
@click.option("--horizon", type=click.FloatRange(min=0, min_open=True, max=8760), default=HORIZON_H, show_default=True)
@scheduler_option
@click.option("--json", "as_json", is_flag=True)
@inside
def keystones(horizon: float, scheduler: str, as_json: bool) -> None:
    """Tell what the loss of each function alone takes down within the horizon (hours), the gravest first."""
    seen = view(actor.current().scope)
    with cluster_engine(scheduler, seen.now.packed, "losses") as engine:
        found = losses.every(seen, on=today(), horizon_h=horizon, engine=engine)
    told([one.as_json() for one in found if as_json or one.keystone.lost], _keystone, as_json=as_json)


def _keystone(row: dict[str, Any]) -> str:
    vital = ", ".join(row["k1_lost_24h"])
    return f"{row['code']:10} {row['functions_lost']:5} {hours(row['first_loss_h']):>9}  {row['standing']:10} {vital}"


@click.command()
@click.option("--json", "as_json", is_flag=True)
@inside
def redundancy(as_json: bool) -> None:
    """Tell which needs with several ways one single loss leaves unmet."""
    seen = view(actor.current().scope)
    told([one.as_json() for one in ways.told(seen, ways.defeated(seen))], _defeat, as_json=as_json)


def _defeat(row: dict[str, Any]) -> str:
    members = ", ".join(member["code"] for member in row["members"])
    return f"{row['code']:10} {row['need'][:30]:30} {row['common_cause']:10} {hours(row['lost_at_h']):>9}  {members}"


@click.command()
@click.option("--json", "as_json", is_flag=True)
@inside
def rto(as_json: bool) -> None:
    """Tell which functions can keep their recovery time objective through everything that they need."""
    seen = view(actor.current().scope)
    told([one.as_json() for one in recovery.told(seen, recovery.places(seen))], _recovery, as_json=as_json)


def _recovery(row: dict[str, Any]) -> str:
    wanted, achieved = (hours(row[name]) if row[name] is not None else "–" for name in ("rto_h", "achievable_h"))
    why = " > ".join(code or "…" for code in row["chain"] or row["blocked_by"])
    return f"{row['code']:10} {row['status']:8} {wanted:>9} {achieved:>9}  {why}"


@click.command()
@click.option("--json", "as_json", is_flag=True)
@inside
def circles(as_json: bool) -> None:
    """Tell which functions need each other, and in which order they start again."""
    told([one.as_json() for one in mutual.circles(view(actor.current().scope))], _circle, as_json=as_json)


def _circle(row: dict[str, Any]) -> str:
    order = " > ".join(f"{start['code']}{' (by hand)' if start['by_hand'] else ''}" for start in row["start_order"])
    return f"{'locked' if row['locked'] else 'open':8} {order}"


WEAKNESSES: tuple[click.Command, ...] = (keystones, redundancy, rto, circles)
