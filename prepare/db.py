"""The database: one handle, one way to begin a transaction and the only commit."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum as PythonEnum
from types import ModuleType
from typing import Annotated, Any, NoReturn, cast
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry
from sqlalchemy.orm.exc import StaleDataError

from prepare.errors import BadDatabase, StaleEntry
from prepare.texts import N_

try:
    from pysqlite3 import dbapi2 as _sqlite
except ImportError:  # no wheel for this platform
    _sqlite = sqlite3
sqlite: ModuleType = cast(ModuleType, _sqlite)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
#: A string compared byte by byte on every database, so that sorting is alike.
Bytewise = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


class Instant(sa.types.TypeDecorator[datetime]):
    """A moment in time, read in UTC from every database: SQLite forgets the zone, PostgreSQL gives its own."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """The moment in UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """The moment with its zone."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


Key = Annotated[int, mapped_column(primary_key=True)]
Ref = Annotated[UUID, mapped_column(sa.Uuid, unique=True, default=uuid4)]
Code = Annotated[str, mapped_column(sa.String(20))]
Title = Annotated[str, mapped_column(sa.String(200))]
Text = Annotated[str, mapped_column(sa.Text)]
Moment = Annotated[datetime, mapped_column(Instant)]


class Base(DeclarativeBase):
    """Base of every record; stored words are text, so that a new word needs no migration."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMING),
        type_annotation_map={
            PythonEnum: sa.Enum(
                PythonEnum,
                native_enum=False,
                create_constraint=False,
                length=32,
                values_callable=lambda words: [word.value for word in words],
            )
        },
    )


class Versioned:
    """A record that two people may not overwrite: every save raises `version`, a stale save fails."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class InGraph:
    """Marks a record whose change makes cascades of earlier revisions out of date."""


db = SQLAlchemy(model_class=Base)

IMMEDIATE = "prepare_immediate"
SQLITE_SETTINGS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA busy_timeout=10000",
)
POSTGRESQL_SETTINGS = (
    "SET synchronous_commit = on",
    "SET statement_timeout = '15s'",
    "SET lock_timeout = '10s'",
    "SET idle_in_transaction_session_timeout = '30s'",
    "SET timezone = 'UTC'",
)
#: What long work that nobody waits for at a page may take instead.
POSTGRESQL_PATIENT = ("SET statement_timeout = '10min'", "SET idle_in_transaction_session_timeout = '30min'")
#: The number under which writers queue on PostgreSQL; any will do, if only every writer takes the same.
TAKE_PLACE = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(7302026)"


@dataclass
class Whole:
    """Several transactions that are written as one: `begin` runs first in it, and it is open once one has begun."""

    begin: Callable[[], None]
    is_open: bool = False


_whole: ContextVar[Whole | None] = ContextVar("whole", default=None)


@contextmanager
def transaction() -> Iterator[None]:
    """Write what the block registered, or nothing.

    The block begins on fresh data: records loaded before are read again when they are used. Raises
    StaleEntry when somebody else changed a record in between.
    """
    whole = _whole.get()
    if whole is None:
        with _written():
            _begin_writing()
            yield
        return
    try:
        if not whole.is_open:
            _begin_writing()
            whole.is_open = True
            whole.begin()
        yield
        db.session.flush()
    except BaseException as error:
        whole.is_open = False
        _take_back(error)


@contextmanager
def one_transaction(begin: Callable[[], None]) -> Iterator[Whole]:
    """Let everything that the block writes by `transaction()` be written together when the block ends, or nothing."""
    whole = Whole(begin)
    token = _whole.set(whole)
    try:
        yield whole
        if whole.is_open:
            with _written():
                pass
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _whole.reset(token)


@contextmanager
def aside() -> Iterator[sa.Connection]:
    """A transaction of its own beside the session's, for what is to be known at once, as how far work has come."""
    with db.engine.connect().execution_options(**{IMMEDIATE: True}) as connection, connection.begin():
        yield connection


def _begin_writing() -> None:
    db.session.rollback()
    db.session.connection(execution_options={IMMEDIATE: True})


@contextmanager
def _written() -> Iterator[None]:
    try:
        yield
        db.session.commit()
    except BaseException as error:
        _take_back(error)


def _take_back(error: BaseException) -> NoReturn:
    """Undo what was registered; a row that somebody else changed meanwhile is a stale entry."""
    db.session.rollback()
    if isinstance(error, StaleDataError):
        raise StaleEntry(N_("Somebody else saved this record while you were editing it.")) from error
    raise error


def has_wal_bug(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can lose commits in WAL mode (the WAL-reset bug, mended in 3.51.3).

    The branches 3.44 and 3.50 were mended in 3.44.6 and 3.50.7; source: sqlite.org release notes.
    """
    if version >= (3, 51, 3) or version < (3, 7, 0):
        return False
    mended = {(3, 44): 6, (3, 50): 7}
    return version[2] < mended.get((version[0], version[1]), 10_000)


def engine_options(url: str) -> dict[str, Any]:
    """Options for the engine of this database address; what people wrote never reaches the log by an error's text.

    A reader sees one state of the database from its first statement to its last, as it does on SQLite.
    """
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "json_serializer": json_text, "module": sqlite}
    more = {"pool_pre_ping": True, "isolation_level": "REPEATABLE READ"}
    return {"hide_parameters": True, "json_serializer": json_text, **more}


#: Made once, which halves the time that a long trail takes.
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def json_text(value: Any) -> str:
    """JSON as it is stored: alike for alike values, so that a stored text can be held against a fingerprint."""
    text = _JSON.encode(value)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character, which no database stores
        return json.dumps(value, sort_keys=True)
    return text


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, _record: object) -> None:
    """Safe settings on every connection; none of them is stored in the database."""
    driver = type(connection).__module__.partition(".")[0]
    if driver in ("sqlite3", "pysqlite3", "_sqlite3"):
        connection.isolation_level = None  # transactions begin where we say so
        journal = "DELETE" if has_wal_bug(sqlite.sqlite_version_info) else "WAL"
        connection.create_function("lower", 1, _lower, deterministic=True)  # its own knows only a to z
        _set_up(connection, [f"PRAGMA journal_mode={journal}", *SQLITE_SETTINGS])
    elif driver == "psycopg":
        connection.autocommit = True  # a setting made inside a transaction would be taken back with it
        _set_up(connection, POSTGRESQL_SETTINGS)
        connection.autocommit = False


def be_patient() -> None:
    """Let this process, which serves no pages, take its time: for every connection that is made from now on."""

    def more(connection: Any, _record: object) -> None:
        if type(connection).__module__.partition(".")[0] == "psycopg":
            connection.autocommit = True
            _set_up(connection, POSTGRESQL_PATIENT)
            connection.autocommit = False

    event.listen(Engine, "connect", more)


def _lower(text: str | None) -> str | None:
    return text if text is None else str(text).lower()


def _set_up(connection: Any, settings: Iterable[str]) -> None:
    cursor = connection.cursor()
    for setting in settings:
        cursor.execute(setting)
    cursor.close()


def require_plain_order(connection: sa.Connection) -> None:
    """Raise BadDatabase unless the database compares texts by their letters' numbers and knows capital ä, ö, å.

    Orders and searches rest on that, so that they are alike on every database.
    """
    orders = sa.text("SELECT 'Z' < 'a' AND 'F-2' < 'F1' AND lower('ÄÖÅ') = 'äöå'")
    if connection.dialect.name == "postgresql" and not connection.scalar(orders):
        raise BadDatabase(N_("The database sorts in another way. Make it anew: createdb -T template0 -l C.UTF-8"))


@event.listens_for(Engine, "begin")
def _begin(connection: sa.Connection) -> None:
    """A writer takes its place at once, so that no work is thrown away by a lock found too late.

    There is one writer at a time on every database: each of them appends to the same trail. So no two of
    them lock each other out, and nothing has to be tried again. On PostgreSQL a writer must look only
    after its turn has come, so it reads what is committed then.
    """
    writes = connection.get_execution_options().get(IMMEDIATE)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif writes:
        connection.exec_driver_sql(TAKE_PLACE)
