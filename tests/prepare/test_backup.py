"""A backup is whole while people work, and never takes the place of another."""

import hashlib
import threading

import pytest
from sqlalchemy import text

from prepare.cli import installation
from prepare.db import db, sqlite
from tests.prepare.test_cli import demo_shell, folder  # noqa: F401 - fixtures


def counted(path, table):
    """How many rows a table has in this file."""
    connection = sqlite.connect(path)
    try:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    finally:
        connection.close()


@pytest.mark.sqlite
def test_a_backup_holds_what_the_database_holds(demo_shell, tmp_path):  # noqa: F811
    told = demo_shell.json("backup", "--out", str(tmp_path / "copy.sqlite"))

    copy = tmp_path / "copy.sqlite"
    assert told["sha256"] == hashlib.sha256(copy.read_bytes()).hexdigest()
    assert told["trail_entries"] == counted(copy, "audit_entry") > 0
    assert counted(copy, "function") == counted(tmp_path / "prepare.sqlite", "function")


@pytest.mark.sqlite
def test_a_backup_taken_while_somebody_writes_is_whole(demo_shell, tmp_path):  # noqa: F811
    stop, written = threading.Event(), []
    house = installation.application()  # built before the threads part: Python 3.11 parses in one thread at a time only

    def write():
        with house.app_context():
            while not stop.wait(0.05):  # who waits for the lock polls: without a pause it might never get it
                with db.engine.begin() as connection:
                    connection.execute(text("INSERT INTO revision (kind, number) VALUES (:k, 1)"), {"k": len(written)})
                written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        ran = [demo_shell.run("backup", "--out", str(tmp_path / f"{n}.sqlite")) for n in range(3)]
    finally:
        stop.set()
        writer.join()

    assert not [one.output for one in ran if one.exit_code != 0]
    assert len(written) > 0


@pytest.mark.sqlite
def test_a_backup_never_overwrites_another(demo_shell, tmp_path):  # noqa: F811
    (tmp_path / "copy.sqlite").write_text("an older backup")

    ran = demo_shell.run("backup", "--out", str(tmp_path / "copy.sqlite"))

    assert ran.exit_code == 1
    assert "exists already" in ran.output
    assert (tmp_path / "copy.sqlite").read_text() == "an older backup"


@pytest.mark.sqlite
def test_a_backup_that_cannot_be_written_leaves_nothing_behind(demo_shell, tmp_path):  # noqa: F811
    ran = demo_shell.run("backup", "--out", str(tmp_path / "no such folder" / "copy.sqlite"))

    assert ran.exit_code == 1
    assert "cannot be written" in ran.output
    assert not list(tmp_path.glob("**/*.part"))


@pytest.mark.sqlite
def test_a_restored_backup_opens_and_its_trail_holds(demo_shell, tmp_path):  # noqa: F811
    demo_shell.json("backup", "--out", str(tmp_path / "copy.sqlite"))
    with installation.application().app_context():
        db.session.remove()
        db.engine.dispose()
    for path in tmp_path.glob("prepare.sqlite*"):
        path.unlink()

    (tmp_path / "copy.sqlite").rename(tmp_path / "prepare.sqlite")

    assert demo_shell.run("audit", "verify").output.splitlines()[-1] == "The trail holds."


@pytest.mark.postgresql
def test_a_postgresql_is_backed_up_by_its_own_tool(demo_shell, tmp_path):  # noqa: F811
    ran = demo_shell.run("backup", "--out", str(tmp_path / "copy"))

    assert ran.exit_code == 1
    assert "pg_dump" in ran.output
    assert not list(tmp_path.glob("copy*"))
