"""Taking in what was filled in outside the system."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from exports.filling.planning import MINE, THEIRS
from exports.intake import taking, telling
from exports.intake.answering import answer_file
from exports.intake.limits import Unfit
from exports.intake.taking import Brought, Looked, NotOurs
from exports.register import fill_in as register
from prepare.cli.installation import inside
from prepare.clock import now, today
from prepare.db import transaction
from prepare.errors import RuleBroken

#: What the command ends with, by the class of the file.
CODES = {"accept": 0, "accept_warn": 0, "conflict": 3, "reject": 1}


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would change; save nothing.")
@click.option(
    "--conflicts", type=click.Choice([MINE, THEIRS]), help="Settle conflicts: the workbook's or the system's."
)
@click.option(
    "--answer", type=click.Path(dir_okay=False, path_type=Path), help="Write the workbook back, cells marked."
)
@click.option("--json", "as_json", is_flag=True)
@inside
def intake(file: Path, dry_run: bool, conflicts: str | None, answer: Path | None, as_json: bool) -> None:
    """Take the fill-in workbook FILE in.

    Ends with 0 when it was (or would be) taken in, 1 when it was refused, 3 when conflicts wait for a choice.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        sys.exit(f"prepare: {file} cannot be read ({error.strerror}).")
    try:
        brought = taking.brought(file.name, content)
        looked = _looked(brought, conflicts)
        if answer:
            answer.write_bytes(answer_file(content, looked, now()))
        if not dry_run and looked.verdict in ("accept", "accept_warn") and not looked.is_taken_in:
            looked = _taken(brought, conflicts)
        told = telling.told(looked)
    except NotOurs as other:
        told = telling.listed(other.admitted) if dry_run else telling.refused(other)
    except Unfit as unfit:
        told = telling.refused(unfit)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _lines(told))
    sys.exit(CODES[told["class"]])


def _looked(brought: Brought, conflicts: str | None) -> Looked:
    """The plan; with `conflicts` every one of them is settled alike."""
    looked = taking.looked_at(brought)
    if conflicts and looked.plan.conflicts:
        looked = taking.looked_at(brought, {one.id: conflicts for one in looked.plan.conflicts})
    return looked


def _taken(brought: Brought, conflicts: str | None) -> Looked:
    """Plan again and apply in one transaction, so that what is told is what was saved."""
    with transaction():
        looked = _looked(brought, conflicts)
        try:
            register.take_form(looked.export.organisation, looked, on=today(), at=now())
        except RuleBroken as broken:
            sys.exit("\n".join(f"prepare: {rule.text()}" for rule in broken.every))
    return looked


def _lines(told: dict[str, Any]) -> str:
    """What a person reads at the terminal."""
    lines = [f"{told['class']} {told['code']}"]
    lines += [f"{one['sheet']} {one['cell']}: {one['message']}".strip() for one in [*told["errors"], *told["warnings"]]]
    for one in [*told["changes"], *told["conflicts"]]:
        lines.append(f"{one['sheet']} {one['cell']} {one['row']}, {one['field']}: {one['before']} → {one['after']}")
    return "\n".join(lines)
