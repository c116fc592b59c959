"""What differs between databases unless the house sees to it; the same words are expected of each."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum

import pytest
import sqlalchemy as sa

from prepare import db as house
from prepare.access import Action
from prepare.actor import EVERYTHING, SYSTEM, acting_as
from prepare.audit import AuditEntry
from prepare.db import Base, Instant, db, transaction
from prepare.entries import UserEntry
from prepare.errors import BadDatabase
from prepare.models.functions import Function
from prepare.queries import functions, trail
from prepare.register import accounts
from prepare.views.asked import asked

#: code → name; the town's own functions are left out of what is found by the organisation SCH.
NAMES = {
    "F-SCH-11": "Åbo hamn",
    "F-SCH-12": "Äänekosken apteekki",
    "F-SCH-13": "Öljyvarasto",
    "F-SCH-14": "Zeppelin",
    "F-SCH-15": "älyvalaistus",
    "F-SCH-16": "50 % palvelu",
    "F-SCH-17": "50 prosenttia",
    "F-SCH-18": "a_b palvelu",
    "F-SCH-19": "aXb palvelu",
    "F-SCH-20": "Kasi\\viiva",
    "F-SCH-21": "Caf\N{LATIN SMALL LETTER E WITH ACUTE} \N{LATIN CAPITAL LETTER E WITH ACUTE}toile",
    "F-SCH-22": "M\N{LATIN SMALL LETTER U WITH DIAERESIS}ller",
    "F-SCH-23": "Muller",
    "F-SCH-24": "O'Hara",
}


@pytest.fixture
def names(town):
    """Functions whose names try the alphabet, as a school unit's."""
    town.keep(*(town.a_function(code, "SCH", name_fi=name) for code, name in NAMES.items()))
    return town


def found(q, order="code"):
    """The last two digits of what a search finds."""
    rows = functions.ordered(functions.functions(EVERYTHING, q=q), order)
    return [f.code[-2:] for f in db.session.scalars(rows) if f.code in NAMES]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("ä", ["12", "15"]),
        ("Ä", ["12", "15"]),
        ("A\N{COMBINING DIAERESIS}", ["12", "15"]),
        ("ÅBO", ["11"]),
        ("a\N{COMBINING RING ABOVE}bo", ["11"]),
        ("öl", ["13"]),
        ("É", ["21"]),
        ("e\N{COMBINING ACUTE ACCENT}TOILE", ["21"]),
        ("MÜLLER", ["22"]),
        ("muller", ["23"]),
        ("%", ["16"]),
        ("_", ["18"]),
        ("a_b", ["18"]),
        ("\\", ["20"]),
        ("\\viiva", ["20"]),
        ("/", []),
        ("o'h", ["24"]),
        ("palvelu 50", ["16"]),
        ("PALVELU", ["16", "18", "19"]),
        ("f-sch-2", ["20", "21", "22", "23", "24"]),
    ],
)
def test_a_search_finds_the_same_everywhere(names, q, expected):
    assert found(q) == expected


def test_names_stand_in_finnish_and_swedish_order(names):
    assert found("f-sch", "name") == [
        *("16", "17", "18", "19"),  # 50 %, 50 p, a_b, axb
        *("21", "20", "22", "23", "24", "14"),  # café, kasi, müller and muller by code, o'hara, zeppelin
        *("11", "15", "12", "13"),  # åbo, äly, ääne, öljy
    ]


@pytest.mark.parametrize("order", ["rto_h", "mtpd_h", "criticality"])
def test_what_is_unknown_stands_last_and_first_in_the_other_direction(names, order):
    for place, (code, hours) in enumerate([("F-SCH-11", 4.0), ("F-SCH-13", 2.0), ("F-SCH-14", 8.0)]):
        names.change(names.function(code), rto_h=hours, mtpd_h=10.0 + place if order == "mtpd_h" else hours)
    known = {"mtpd_h": ["11", "13", "14"]}.get(order, ["13", "11", "14"])
    rows = functions.functions(EVERYTHING, q="f-sch-1")

    def shown(*, descending):
        ordered = functions.ordered(rows, order, descending=descending)
        return [f.code[-2:] for f in db.session.scalars(ordered) if f.code in NAMES]

    unknown = [code[-2:] for code in NAMES if code < "F-SCH-20" and code[-2:] not in known]
    assert shown(descending=False) == [*known, *unknown]
    assert shown(descending=True) == [*unknown, *reversed(known)]


def test_a_person_is_found_in_the_trail_whatever_the_size_of_the_letters(town, acting):
    town.change(town.user("edu.contact"), name="Åsa Öhman")
    with acting("edu.contact"), town.doing(Action.EDIT_FUNCTION), transaction():
        town.function("F-EDU-01").customers = "Lapset"

    for q in ("åsa", "ÖHMAN", "A\N{COMBINING RING ABOVE}sa", "öh"):
        entries = db.session.execute(trail.told(trail.wanted(EVERYTHING, asked({"q": q})), most=9)).all()
        assert [entry.user_name for entry, _payload in entries] == ["Åsa Öhman"], q
    assert not db.session.execute(trail.wanted(EVERYTHING, asked({"q": "%"}))).all()


def test_a_moment_comes_back_in_utc_wherever_it_was_said(town):
    summer = timezone(timedelta(hours=3))
    town.change(town.user("central"), disabled_at=datetime(2026, 7, 1, 12, 30, tzinfo=summer))
    db.session.expire_all()

    read = town.user("central").disabled_at

    assert read == datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
    assert read.utcoffset() == timedelta(0)


def test_every_moment_is_kept_so():
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, sa.DateTime | Instant):
                assert isinstance(column.type, Instant), f"{table.name}.{column.name}"


def test_every_word_fits_its_column():
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, sa.Enum) and issubclass(column.type.enum_class or Enum, Enum):
                assert all(len(word) <= column.type.length for word in column.type.enums), f"{table.name}.{column.name}"


def test_an_account_with_the_longest_address_is_told_in_the_trail(town, acting):
    email = "x" * 185 + "@" + "y" * 55 + ".example"
    with acting("admin"), transaction():
        entry = UserEntry(email=email, name="N" * 200)
        accounts.add_user(town.organisation_of("CITY"), entry, password="a quiet winter harbour")

    last = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()

    assert last.subject_code == email[:200]
    assert town.user(email).name == "N" * 200


def test_after_an_error_the_next_block_works(town):
    def twice():
        db.session.execute(sa.text("INSERT INTO revision (kind, number) VALUES ('twice', 1), ('twice', 2)"))

    with acting_as(SYSTEM), pytest.raises(sa.exc.IntegrityError), transaction():
        twice()
    town.change(town.user("central"), name="Sen jälkeen")

    assert town.user("central").name == "Sen jälkeen"


def test_a_reader_sees_one_state_from_its_first_statement_to_its_last(town):
    count = sa.select(sa.func.count()).select_from(Base.metadata.tables["revision"])
    with db.engine.connect() as reader:
        before = reader.scalar(count)
        with db.engine.execution_options(**{house.IMMEDIATE: True}).begin() as writer:
            writer.execute(sa.text("INSERT INTO revision (kind, number) VALUES ('new', 1)"))
        within = reader.scalar(count)
        reader.rollback()
        after = reader.scalar(count)

    assert (before, within, after) == (before, before, before + 1)


def test_writers_who_touch_the_same_records_in_opposite_order_all_succeed(app, town):
    """Each reads, raises two records' counters and tells the trail; taken by turns nothing is lost or locked out."""
    codes, failed = ("F-EDU-01", "F-EDU-02"), []

    def write(order):
        try:
            with app.app_context(), acting_as(SYSTEM):
                for _round in range(5):
                    with transaction(), town.doing(Action.SOW):
                        for code in order:
                            record = town.function(code)
                            record.min_staff = (record.min_staff or 0) + 1
                            db.session.flush()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=[order]) for order in (codes, codes[::-1]) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()

    assert failed == []
    assert [town.function(code).min_staff for code in codes] == [20, 20]


@pytest.mark.postgresql
def test_every_connection_to_postgresql_has_the_safe_settings(town):
    expected = {
        "synchronous_commit": "on",
        "statement_timeout": "15s",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "30s",
        "timezone": "UTC",
        "transaction_isolation": "repeatable read",
    }
    with db.engine.connect() as one, db.engine.connect() as other:
        for connection in (one, other):
            assert {name: connection.exec_driver_sql(f"SHOW {name}").scalar() for name in expected} == expected


@pytest.mark.postgresql
def test_a_statement_that_takes_too_long_is_ended(town, sign_in, monkeypatch):
    browser = sign_in("central")
    slow = sa.select(Function).where(sa.func.pg_sleep(5).is_not(None))
    monkeypatch.setattr(functions, "functions", lambda *_args, **_more: slow)
    monkeypatch.setattr(house, "POSTGRESQL_SETTINGS", (*house.POSTGRESQL_SETTINGS, "SET statement_timeout = '200ms'"))
    db.session.remove()
    db.engine.dispose()

    assert browser.get("/functions/").status_code == 503
    db.engine.dispose()


@pytest.mark.postgresql
def test_a_database_of_another_order_is_refused(other_database, tmp_path):
    engine = sa.create_engine(other_database(tmp_path))
    with engine.connect() as connection:
        house.require_plain_order(connection)
        connection.exec_driver_sql("CREATE SCHEMA pretending")
        only_a_to_z = "SELECT translate($1, $$ABC$$, $$abc$$)"
        connection.exec_driver_sql(
            f"CREATE FUNCTION pretending.lower(text) RETURNS text LANGUAGE sql AS '{only_a_to_z}'"
        )
        connection.exec_driver_sql("SET search_path = pretending, pg_catalog")
        with pytest.raises(BadDatabase, match="createdb"):
            house.require_plain_order(connection)
    engine.dispose()
