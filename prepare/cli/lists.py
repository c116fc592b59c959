"""Taking a plain list in by command."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from exports.listing.every import LISTED
from exports.register import lists as register
from exports.register import uploads
from exports.register.planning import Plan, planned
from prepare.cli.installation import inside
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.queries import organisations


@click.command("import-list")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--register", "name", required=True, type=click.Choice(list(LISTED)), help="What the list holds.")
@click.option("--sector", required=True, help="Code of the organisation whose list it is.")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON: columns, words.")
@click.option("--dry-run", is_flag=True, help="Tell what it would do, and do nothing.")
@click.option("--json", "as_json", is_flag=True)
@inside
def import_list(file: Path, name: str, sector: str, mapping: Path | None, dry_run: bool, as_json: bool) -> None:
    """Take a list with headings of its own in: every row, or none."""
    found = db.session.scalars(organisations.by_code(sector)).first()
    owner = found or sys.exit(f"prepare: there is no organisation with the code {sector}.")
    listed = register.of(name)
    table = uploads.opened(file.name, file.read_bytes(), listed)
    chosen: dict[str, Any] = json.loads(mapping.read_text("utf-8")) if mapping else {}
    reading = uploads.reading_of(owner, listed, table, chosen.get("columns"), chosen.get("words"))
    plan = planned(owner, reading)
    told = {"file": file.name, "sha256": table.sha256}
    if not plan.troubles and not dry_run:
        with transaction():
            register.take_in(owner, reading, told, on=today(), at=now())
            register.remember(owner, reading, at=now())
    answer = {**told, "columns": dict(reading.columns), "words": dict(reading.words), **_answer(plan)}
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _lines(plan))
    if plan.troubles:
        raise SystemExit(1)


def _answer(plan: Plan) -> dict[str, Any]:
    counts = {state: plan.count(state) for state in ("new", "changed", "same")}
    return {**counts, "errors": [vars(one) for one in plan.troubles]}


def _lines(plan: Plan) -> str:
    if plan.troubles:
        return "\n".join(f"{one.row} {one.column} “{one.value}”: {one.reason}" for one in plan.troubles)
    return f"new {plan.count('new')}, changed {plan.count('changed')}, same {plan.count('same')}"
