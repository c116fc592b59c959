"""The database: safe settings on every connection, one way to write, and what must not be lost is not."""

import sqlite3
import threading

import pytest
import sqlalchemy as sa

from prepare import db as house
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.db import Base, db, engine_options, has_wal_bug, json_text, sqlite, transaction
from prepare.errors import StaleEntry
from prepare.models.users import Share
from prepare.vocabulary import Shared

#: version → whether it can lose commits in WAL mode
VERSIONS = {
    (3, 6, 23): False,
    (3, 7, 0): True,
    (3, 40, 1): True,
    (3, 44, 5): True,
    (3, 44, 6): False,
    (3, 44, 9): False,
    (3, 45, 0): True,
    (3, 50, 6): True,
    (3, 50, 7): False,
    (3, 51, 0): True,
    (3, 51, 2): True,
    (3, 51, 3): False,
    (3, 53, 4): False,
    (4, 0, 0): False,
}


def pragma(connection, name):
    """What a setting is on this connection."""
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize(("version", "expected"), VERSIONS.items())
def test_the_versions_that_can_lose_commits_are_known(version, expected):
    assert has_wal_bug(version) is expected


def test_this_sqlite_is_not_one_of_them():
    assert not has_wal_bug(sqlite.sqlite_version_info), sqlite.sqlite_version


@pytest.mark.parametrize(
    ("version", "journal"), [((3, 40, 1), "delete"), ((3, 51, 2), "delete"), ((3, 51, 3), "wal"), ((3, 50, 7), "wal")]
)
def test_an_affected_sqlite_is_refused_the_write_ahead_log(monkeypatch, tmp_path, version, journal):
    class Pretending:
        """The library, saying that it is another version."""

        sqlite_version_info = version

    monkeypatch.setattr(house, "sqlite", Pretending)
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'x.sqlite'}", module=sqlite)

    with engine.connect() as connection:
        mode = pragma(connection, "journal_mode")
    engine.dispose()

    assert mode == journal


def test_a_file_that_was_written_ahead_is_led_back_when_the_library_is_affected(monkeypatch, tmp_path):
    path = tmp_path / "x.sqlite"
    made = sqlite3.connect(path)
    made.execute("PRAGMA journal_mode=WAL")
    made.execute("CREATE TABLE kept (x)")
    made.close()

    monkeypatch.setattr(house, "has_wal_bug", lambda version: True)
    engine = sa.create_engine(f"sqlite:///{path}", module=sqlite)
    with engine.connect() as connection:
        mode = pragma(connection, "journal_mode")
    engine.dispose()

    assert mode == "delete"


@pytest.mark.sqlite
def test_every_connection_has_the_safe_settings(town):
    with db.engine.connect() as one, db.engine.connect() as other:
        for connection in (one, other):
            assert pragma(connection, "journal_mode") == "wal"
            assert pragma(connection, "synchronous") == 2, "FULL: nothing acknowledged is lost"
            assert pragma(connection, "foreign_keys") == 1
            assert pragma(connection, "recursive_triggers") == 1
            assert pragma(connection, "trusted_schema") == 0
            assert pragma(connection, "busy_timeout") == 10_000


def test_a_row_that_points_nowhere_is_refused(town):
    with pytest.raises(sa.exc.IntegrityError):
        town.keep(Share(organisation_id=999, what=Shared.FUNCTION, record_id=1))


def test_what_a_block_wrote_is_there_afterwards_and_nothing_of_a_failed_one(town):
    person = town.user("central")

    def fail():
        person.name = "Perutaan"
        db.session.flush()
        raise ZeroDivisionError

    with acting_as(SYSTEM), town.doing(Action.SOW):
        with transaction():
            person.name = "Kirjattu"
        with pytest.raises(ZeroDivisionError), transaction():
            fail()
    db.session.expire_all()

    assert town.user("central").name == "Kirjattu"


def test_a_block_begins_on_fresh_data(app, town):
    person = town.user("central")
    assert person.name == "Nimi central"
    with db.engine.begin() as other:
        other.execute(sa.update(Base.metadata.tables["user"]).values(name="Toinen"))

    with transaction():
        assert person.name == "Toinen"


def test_a_row_that_somebody_else_saved_is_a_stale_entry(town):
    person = town.user("central")
    table = Base.metadata.tables["user"]

    def overtaken():
        assert person.version == 1
        db.session.execute(sa.update(table).where(table.c.id == person.id).values(version=7))
        person.name = "Minun"
        db.session.flush()

    with acting_as(SYSTEM), town.doing(Action.SOW), pytest.raises(StaleEntry), transaction():
        overtaken()
    assert town.user("central").name == "Nimi central"


def test_a_writer_takes_its_place_before_it_reads(town):
    """Two writers never both read, then write: the second waits at the beginning of its block."""
    order, first_is_in = [], threading.Event()
    engine = db.engine

    def second():
        first_is_in.wait(5)
        with engine.execution_options(**{house.IMMEDIATE: True}).begin():
            order.append("second")

    other = threading.Thread(target=second)
    other.start()
    with transaction():
        first_is_in.set()
        other.join(0.2)
        order.append("first")
    other.join(5)

    assert order == ["first", "second"]


def test_a_reader_is_not_held_up_by_a_writer(town):
    with transaction(), db.engine.connect() as reader:
        assert reader.scalar(sa.text("SELECT count(*) FROM organisation")) == len(town.ORGANISATIONS)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:////tmp/x.sqlite", {"module": sqlite}),
        ("postgresql://city@db/prepare", {"pool_pre_ping": True, "isolation_level": "REPEATABLE READ"}),
    ],
)
def test_each_database_gets_its_own_options(url, expected):
    assert engine_options(url) == {"hide_parameters": True, "json_serializer": json_text, **expected}


def test_words_are_stored_as_words_and_not_as_names(town):
    with db.engine.connect() as connection:
        kinds = set(connection.scalars(sa.text("SELECT kind FROM organisation")))

    assert kinds == {"city", "sector", "enterprise", "wellbeing_county", "police"}


def test_every_record_has_an_inside_key_and_those_with_an_address_a_random_one(town):
    for table in Base.metadata.tables.values():
        if "ref" in table.columns:
            assert table.columns["ref"].unique, table.name
            assert isinstance(table.columns["ref"].type, sa.Uuid), table.name
    refs = db.session.scalars(sa.select(Base.metadata.tables["function"].c.ref)).all()
    assert {ref.version for ref in refs} == {4}
