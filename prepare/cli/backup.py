"""A copy of the database that is whole although people go on working."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from prepare.cli.installation import inside
from prepare.db import db, sqlite


@click.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write.")
@click.option("--json", "as_json", is_flag=True)
@inside
def backup(out: Path, as_json: bool) -> None:
    """Write a whole, checked copy of a SQLite database while it is in use; the keys are not in it.

    A PostgreSQL database is backed up by its own pg_dump.
    """
    if db.engine.dialect.name != "sqlite":
        sys.exit("prepare: back a PostgreSQL database up by its own tool: pg_dump --format=custom")
    if out.exists():
        sys.exit(f"prepare: {out} exists already; a backup never overwrites another.")
    draft = out.with_name(f"{out.name}.part")
    try:
        draft.unlink(missing_ok=True)
        _copy(draft)
        told = _checked(draft)
        draft.rename(out)
    except (OSError, sqlite.Error) as error:
        draft.unlink(missing_ok=True)
        sys.exit(f"prepare: {out} cannot be written ({error}).")
    told = {"file": str(out), **told}
    click.echo(json.dumps(told) if as_json else "\n".join(f"{name}: {value}" for name, value in told.items()))


def _copy(target: Path) -> None:
    """Write the database as it is at this moment; copying the live file would tear it."""
    connection = db.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()
    with target.open("rb") as written:
        os.fsync(written.fileno())


def _checked(copy: Path) -> dict[str, Any]:
    """What the copy holds. Raises sqlite.Error if it is not whole."""
    connection = sqlite.connect(copy)
    try:
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        faults += [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
        if faults:
            raise sqlite.DatabaseError(f"the copy is not whole: {faults[0]}")
        schema = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        head = connection.execute("SELECT entries, seal FROM audit_head").fetchone()
    finally:
        connection.close()
    with copy.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    entries, seal = head or (0, "")
    return {
        "bytes": copy.stat().st_size,
        "sha256": digest,
        "schema": schema[0],
        "trail_entries": entries,
        "trail_seal": seal,
    }
