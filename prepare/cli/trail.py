"""The trail from the command line: verify it, anchor it, hand it over."""

import json
import sys
import time
from pathlib import Path

import click

from exports.entries import Format, Language, TrailEntry
from exports.register import handing_over
from exports.views.trail import made_of
from prepare import anchors
from prepare.cli.installation import inside, settings
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import PrepareError
from prepare.queries import verification
from prepare.queries.verification import Result
from prepare.register import trail as register
from prepare.texts import N_, _, moment, number
from prepare.views.asked import day_given


@click.group()
def audit() -> None:
    """The trail of changes: verify it, anchor it, hand it over."""


@audit.command()
@click.option("--json", "as_json", is_flag=True)
@inside
def verify(as_json: bool) -> None:
    """Verify every seal of the trail and every anchor; exit code 1 when the trail does not hold."""
    begun = time.perf_counter()
    result = verification.verify(anchors.read(), lines=verification.lines_known())
    seconds = time.perf_counter() - begun
    db.session.rollback()
    click.echo(json.dumps(_told(result, seconds)) if as_json else "\n".join(_sentences(result, seconds)))
    sys.stdout.flush()
    with transaction():
        register.note_verification(register.TRAIL, result, seconds=seconds)
    sys.exit(0 if result.holds else 1)


def _told(result: Result, seconds: float) -> dict[str, object]:
    return {
        "holds": result.holds,
        "entries": result.entries,
        "anchors": result.anchors,
        "seconds": round(seconds, 2),
        "flaws": [{"entry": flaw.entry, "fault": flaw.fault.value} for flaw in result.flaws],
        "more": result.more,
    }


def _sentences(result: Result, seconds: float) -> list[str]:
    lines = [f"{flaw.entry}: {flaw.fault.label}. {flaw.fault.meaning}" for flaw in result.flaws]
    if result.more:
        lines.append(_("… and %(n)s more.", n=number(result.more)))
    counts = {"entries": number(result.entries), "anchors": number(result.anchors), "seconds": number(seconds)}
    lines.append(_("%(entries)s entries and %(anchors)s anchors verified in %(seconds)s s.", **counts))
    lines.append(_("The trail holds.") if result.holds else _("The trail does not hold."))
    return lines


@audit.command()
@click.option("--restored", help="Why an older database was put back: later anchors bind no longer.")
@click.option("--json", "as_json", is_flag=True)
@inside
def anchor(restored: str | None, as_json: bool) -> None:
    """Note outside the database how far the trail has come."""
    try:
        with transaction():
            made = register.anchor(register.TRAIL, at=now(), restored=restored)
    except OSError as error:
        raise PrepareError(
            N_("The file of anchors cannot be written (%(reason)s). Set PREPARE_ANCHOR_FILE."),
            reason=error.strerror or str(error),
        ) from error
    told = {"file": settings().anchor_file, "entries": made.entries, "seal": made.head, "at": made.at.isoformat()}
    at, entries = moment(made.at), number(made.entries)
    sentence = _("Anchored: entry %(entries)s, %(at)s, in %(file)s.", entries=entries, at=at, file=told["file"])
    click.echo(json.dumps(told) if as_json else sentence)


@audit.command("export")
@click.option("--from", "since", default="", help="First day, as 2026-01-01.")
@click.option("--to", "until", default="", help="Last day, as 2026-12-31.")
@click.option("--person", default="", help="E-mail address or name.")
@click.option("--action", default="", help="What was done, as function:edit.")
@click.option("--organisation", default="", help="Code of the organisation.")
@click.option("--code", default="", help="How the record's code begins.")
@click.option("--lang", type=click.Choice([one.value for one in Language]), default="fi", show_default=True)
@click.option("--purpose", default="prepare audit export", help="What the file is for; the trail keeps it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="A .xlsx or .csv file.")
@inside
def export_trail(since: str, until: str, lang: str, purpose: str, out: Path, **given: str) -> None:
    """Write entries of the trail to a file, the newest first; the trail tells of it."""
    if any(day and day_given(day) is None for day in (since, until)):
        sys.exit("prepare: give a day as 2026-01-31.")
    kind = Format.TEXT if out.suffix.lower() == ".csv" else Format.WORKBOOK
    entry = TrailEntry(format=kind, language=Language(lang), purpose=purpose)
    made = made_of({"from": since, "to": until, **given}, entry)
    with transaction():
        handing_over.take_trail(register.TRAIL, entry, made)
    try:
        out.write_bytes(made.content)
    except OSError as error:
        sys.exit(f"prepare: {out} cannot be written ({error.strerror}).")
    click.echo(f"{out}: {number(made.rows)} rows, sha256 {made.sha256}")
