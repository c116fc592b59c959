"""Analyses of the dependency graph."""

import csv
import json
from collections.abc import Sequence
from typing import Any, TextIO

import click

from dependencies import tracing
from dependencies.analysing import scenarios
from dependencies.analysing.durations import USUAL_H
from dependencies.analysing.durations import sensitivity as at_other_durations
from dependencies.analysing.impact_times import impact_times as matrix_of
from dependencies.analysing.investments import Decides
from dependencies.analysing.investments import investments as what_helps
from dependencies.analysing.recovery_order import recovery_order as order_of
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


class HourList(click.ParamType[tuple[float, ...]]):
    """Hours with commas between."""

    name = "hours"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The hours as numbers."""
        try:
            return value if isinstance(value, tuple) else tuple(float(word) for word in str(value).split(","))
        except ValueError:
            self.fail("hours are numbers with commas between, as 24,72,96", param, ctx)


@click.command()
@click.option("--scenario", required=True, help="Code of the scenario.")
@click.option("--hours", "durations", type=HourList(), default=USUAL_H, help="Durations to compare: 24,72,96,120.")
@click.option("--longest", "longest_h", type=float, help="Find tipping points up to this many hours; usually twice.")
@click.option("--json", "as_json", is_flag=True)
@inside
def sensitivity(scenario: str, durations: tuple[float, ...], longest_h: float | None, as_json: bool) -> None:
    """Say what a scenario does at other durations, and at which of them the picture tips."""
    scope, now = actor.current().scope, tracing.loaded()
    (course,) = scenarios.courses(scope, now, [scenario])
    found = at_other_durations(scope, now, course, durations, longest_h=longest_h)
    answer = found.as_json(now.network.revision, now.engine.name)
    if as_json:
        _print_json(answer)
        return
    for row in answer["durations"]:
        figures = f"{row['down']:>5} down {row['rto_exceeded']:>5} > RTO {row['mtpd_exceeded']:>5} > MTPD"
        click.echo(f"{hours(row['hours']):>10}{figures}  ({row['fewest']['down']}–{row['most']['down']} down)")
    for tip in answer["tipping_points"]:
        codes = " ".join(tip["lost"]) or "–"
        click.echo(f"  > {hours(tip['longer_than_h']):>10}  {codes}  |  {' '.join(tip['mtpd_exceeded']) or '–'}")


def _costs(given: TextIO) -> dict[str, float]:
    """Euros by the key of a measure."""
    try:
        rows = {row["key"]: float(row["eur"].replace(",", ".")) for row in csv.DictReader(given)}
    except (KeyError, ValueError, AttributeError, csv.Error) as error:
        raise click.UsageError("The costs must be a CSV with the columns key and eur, eur a number.") from error
    if not all(0 <= eur < float("inf") for eur in rows.values()):
        raise click.UsageError("A cost cannot be negative or without end.")
    return rows


@click.command()
@click.option("--scenario", "codes", multiple=True, help="Code of a scenario; all by default.")
@click.option("--own", is_flag=True, help="Only what the city decides by itself.")
@click.option("--costs", "given", type=click.File(encoding="utf-8-sig"), help="CSV with the columns key and eur.")
@click.option("--json", "as_json", is_flag=True)
@inside
def investments(codes: Sequence[str], own: bool, given: TextIO | None, as_json: bool) -> None:
    """Rank measures by the weighted hours of outage that they save over the scenarios.

    Where costs are given, the measures with the least euros for an hour stand first; --json prints their keys.
    """
    decides = Decides.OWN if own else Decides.ANYBODY
    costs = _costs(given) if given else {}
    answer = what_helps(actor.current().scope, tracing.loaded(), codes, decides=decides).as_json(costs)
    if as_json:
        _print_json(answer)
        return
    for title in ("measures", "sequence"):
        click.echo(f"{title}:")
        for row in answer[title]:
            change = f"{hours(row['from_h'])} -> {hours(row['to_h'])}" if row["to_h"] else " ".join(row["suppliers"])
            needs = ", ".join(row["needs"])
            click.echo(f"{row['saved_weighted_h']:>10.1f}  {row['kind']:10} {row['function']:10} {needs}  {change}")


@click.command("recovery-order")
@click.option("--scenario", required=True, help="Code of the scenario.")
@click.option("--json", "as_json", is_flag=True)
@inside
def recovery_order(scenario: str, as_json: bool) -> None:
    """Say which fault of a scenario to repair first, and in which order functions come back."""
    scope, now = actor.current().scope, tracing.loaded()
    (course,) = scenarios.courses(scope, now, [scenario])
    answer = order_of(scope, now, course).as_json()
    if as_json:
        _print_json(answer)
        return
    for row in answer["sources"]:
        latest = row["latest"] or {"back_by_h": None, "else_mtpd_exceeded": []}
        by = "–" if latest["back_by_h"] is None else hours(latest["back_by_h"])
        harmed = " ".join(latest["else_mtpd_exceeded"])
        click.echo(f"{row['code']:10} back by {by:>9}, planned {hours(row['planned_h']):>9}  {harmed}")
    for row in answer["returns"]:
        back = "–" if row["back_h"] is None else hours(row["back_h"])
        waited = " ".join(code or "…" for code in row["waited_for"])
        click.echo(f"{back:>9}  {row['step']:>2}  {row['code']:10} {waited}")


ANALYSES: tuple[click.Command, ...] = (impact_times, sensitivity, recovery_order, investments)
