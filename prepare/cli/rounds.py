"""A whole round of guidance workbooks by one command: written to a folder, and stored."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import click

from exports import workbook
from exports.entries import Language
from exports.views import round_jobs
from prepare import actor
from prepare.cli.acting import acting_for_all
from prepare.cli.handover import export
from prepare.cli.installation import inside, settings
from prepare.db import db, transaction
from prepare.jobs import Recurring
from prepare.models.organisations import Organisation
from prepare.queries import jobs as job_queries
from prepare.queries import organisations
from prepare.vocabulary import Confidentiality

__all__ = ["export"]


class Told:
    """The progress of a round, told on stderr; nobody calls it off but by Ctrl-C, and what stands then stays."""

    def __init__(self, organisation_id: int) -> None:
        self.ref = uuid4().hex
        self.organisation_id: int | None = organisation_id

    def step(self, done: int, of: int, text: str = "") -> None:
        """See `prepare.jobs.Progress`."""
        click.echo(f"prepare: {text}", err=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """See `prepare.jobs.Progress`."""
        with transaction():
            yield


@export.command("round")
@click.option("--all", "all_sectors", is_flag=True, help="Every organisation of the city.")
@click.option("--sector", help="Instead of --all: this organisation and those below it.")
@click.option("--lang", "langs", multiple=True, type=click.Choice([one.value for one in Language]), default=("fi",))
@click.option("--variant", type=click.Choice([one.value for one in Confidentiality]), help="Else the highest class.")
@click.option("--purpose", default="prepare export round", help="What the workbooks are for; the trail keeps it.")
@click.option("--recipients", default="", help="Who gets them; kept with the stored reports.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.")
@click.option("--json", "as_json", is_flag=True)
@inside
def whole_round(
    all_sectors: bool,
    sector: str | None,
    langs: tuple[str, ...],
    variant: str | None,
    purpose: str,
    recipients: str,
    out: Path,
    as_json: bool,
) -> None:
    """Write and store the guidance workbook of every sector in every language."""
    if all_sectors == bool(sector):
        raise click.UsageError("Say for whom: --all, or --sector KAS")
    with acting_for_all(settings().language):
        top = _top(sector)
        chosen = variant or workbook.highest(actor.current().scope, top).value
        wanted = Recurring(
            organisation=top.code, languages=langs, variant=chosen, purpose=purpose, recipients=recipients
        )
        progress = Told(top.id)
        done = round_jobs.run(wanted.params(), progress)
        files = _written(progress.ref, out)
    click.echo(json.dumps(files) if as_json else f"{out}: {done.text}")


def _top(code: str | None) -> Organisation:
    rows = organisations.by_code(code) if code else organisations.city()
    found = db.session.scalars(rows).first()
    return found or sys.exit(f"prepare: there is no organisation with the code {code or ''}.")


def _written(job: str, out: Path) -> list[dict[str, str]]:
    told = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for one in round_jobs.stored(job):
            file = db.session.scalars(job_queries.with_content(one.file_id)).one()
            (out / file.name).write_bytes(file.content or b"")
            told.append({"report": one.code, "file": str(out / file.name), "sha256": file.sha256})
    except OSError as error:
        sys.exit(f"prepare: {out} cannot be written ({error.strerror}).")
    return told
