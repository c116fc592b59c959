"""Taking in what was filled in outside the system."""

import json
import sys
from dataclasses import dataclass
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
@click.option("--removals", is_flag=True, help="Confirm that what the workbook removes is taken out of use.")
@click.option("--digest", help="Take in only what an earlier run told under this digest.")
@click.option(
    "--answer", type=click.Path(dir_okay=False, path_type=Path), help="Write the workbook back, cells marked."
)
@click.option("--json", "as_json", is_flag=True)
@inside
def intake(
    file: Path,
    dry_run: bool,
    conflicts: str | None,
    removals: bool,
    digest: str | None,
    answer: Path | None,
    as_json: bool,
) -> None:
    """Take the fill-in workbook FILE in.

    Ends with 0 when it was (or would be) taken in, 1 when it was not, 3 when a choice or a confirmation is waited for.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        sys.exit(f"prepare: {file} cannot be read ({error.strerror}).")
    settled = Settled(conflicts, removals, digest)
    try:
        told = _told(file.name, content, settled, dry_run=dry_run, answer=answer)
    except NotOurs as other:
        told = telling.listed(other.admitted)
    except Unfit as unfit:
        told = telling.refused(unfit)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _lines(told))
    # A list of rows is no fill-in workbook: it passes the gate, and nothing of it is taken in here.
    sys.exit(1 if told.get("kind") == "list" and not dry_run else CODES[told["class"]])


@dataclass(frozen=True)
class Settled:
    """What was settled beforehand: whose text stands in conflicts, that removals are meant, which look it rests on."""

    conflicts: str | None
    removals: bool
    digest: str | None

    def looked_at(self, brought: Brought) -> Looked:
        """The plan; every conflict is settled alike. Raises Outdated when it is not the one of the digest."""
        looked = taking.looked_at(brought, is_confirmed=self.removals)
        if self.conflicts and looked.plan.conflicts:
            choices = {one.id: self.conflicts for one in looked.plan.conflicts}
            looked = taking.looked_at(brought, choices, is_confirmed=self.removals)
        return looked

    def is_outdated(self, looked: Looked) -> bool:
        """Whether something has moved since the look that it rests on."""
        return self.digest is not None and self.digest != looked.digest


def _told(name: str, content: bytes, settled: Settled, *, dry_run: bool, answer: Path | None) -> dict[str, Any]:
    """What the file would change or has changed; planned again and applied in one transaction."""
    brought = taking.brought(name, content)
    looked = settled.looked_at(brought)
    if answer:
        answer.write_bytes(answer_file(content, looked, now()))
    if settled.is_outdated(looked):
        return telling.outdated(looked)
    if dry_run or looked.is_taken_in or looked.verdict not in ("accept", "accept_warn"):
        return telling.told(looked)
    with transaction():
        again = settled.looked_at(brought)
        if again.digest != looked.digest:
            return telling.outdated(again)
        try:
            register.take_form(again.export.organisation, again, on=today(), at=now())
        except RuleBroken as broken:
            sys.exit("\n".join(f"prepare: {rule.text()}" for rule in broken.every))
    return telling.told(again)


def _lines(told: dict[str, Any]) -> str:
    """What a person reads at the terminal."""
    lines = [f"{told['class']} {told['code']}"]
    lines += [f"{one['sheet']} {one['cell']}: {one['message']}".strip() for one in [*told["errors"], *told["warnings"]]]
    for one in [*told["changes"], *told["removals"], *told["conflicts"]]:
        lines.append(f"{one['sheet']} {one['cell']} {one['row']}, {one['field']}: {one['before']} → {one['after']}")
    return "\n".join(lines)
