"""The trail from the command line: verify it, anchor it."""

import json
import sys
import time

import click

from prepare import anchors
from prepare.cli.installation import inside, settings
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import PrepareError
from prepare.queries import verification
from prepare.queries.verification import Result
from prepare.register import trail as register
from prepare.texts import N_, _, moment, number


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
