"""The house under test: one application, a fresh database per test, people who sign in without waiting.

A database is built once and copied for each test that asks for it: `town` is small and known by heart
(tests/town.py), `demo` is the demo city as it is sown. Requests run in a context of their own, as on a server.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from prepare import config, texts
from prepare.actor import Actor, acting_as
from prepare.app import create_app
from prepare.clock import now
from prepare.db import db, transaction
from prepare.gate.sessions import new_token, token_hash
from prepare.models.users import SignIn
from prepare.sow import city
from tests import town as the_town

ROOT = Path(__file__).parent.parent
SECRET_KEY, AUDIT_KEY = "s" * 40, "a" * 40
CSRF = "c" * 40  #: what the CSRF token of every session made here signs


class Visitor(FlaskClient):
    """A browser that prefers English. Each request runs apart from the test's own context, as on a server."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; what the test has read before is read again afterwards."""
        if has_app_context():
            db.session.rollback()
        return Context().run(super().open, *args, buffered=True, **kwargs)

    @property
    def token(self) -> str:
        """The CSRF token of a session that `sign_in` made."""
        signer = URLSafeTimedSerializer(SECRET_KEY, salt="wtf-csrf-token")
        return str(signer.dumps(CSRF))

    def send(self, address: str, **fields: Any) -> TestResponse:
        """Post a form with its CSRF token."""
        return self.post(address, data={"csrf_token": self.token, **fields})


@dataclass
class Statements:
    """The SQL that ran while they were counted."""

    texts: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.texts)


def settings(folder: Path, **more: str) -> config.Settings:
    """Settings of an installation in this folder; `more` are environment variables without their prefix."""
    environ = {"INSTANCE": str(folder), "SECRET_KEY": SECRET_KEY, "AUDIT_KEY": AUDIT_KEY, "CONTACT": "x@town.example"}
    return config.read({f"PREPARE_{name}": value for name, value in {**environ, **more}.items()})


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application; its database is empty until a test asks for a town."""
    house = create_app(settings(tmp_path_factory.mktemp("instance")))
    house.test_client_class = Visitor
    return house


def database_of(app: Flask) -> Path:
    """The file in which the application keeps its records."""
    return Path(app.config["SETTINGS"].instance) / "prepare.sqlite"


def let_go(app: Flask) -> None:
    """Close every connection and remove the database with all that belongs to it."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for path in database_of(app).parent.glob("prepare.sqlite*"):
        path.unlink()


def migrate(app: Flask) -> None:
    """Make the tables as an installation does."""
    with app.app_context():
        flask_migrate.upgrade()


def template(app: Flask, folder: Path, fill: Callable[[], None]) -> Path:
    """A file with a migrated and filled database, to be copied."""
    let_go(app)
    migrate(app)
    with app.app_context():
        fill()
        db.session.remove()
        db.engine.dispose()
    return Path(shutil.move(database_of(app), folder / "template.sqlite"))


@pytest.fixture(scope="session")
def town_file(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town, built once."""
    return template(app, tmp_path_factory.mktemp("town"), the_town.build)


@pytest.fixture(scope="session")
def demo_file(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo city, sown once."""
    return template(app, tmp_path_factory.mktemp("demo"), city.sow)


def lay(app: Flask, file: Path) -> None:
    """Give the application a copy of this database."""
    let_go(app)
    shutil.copyfile(file, database_of(app))


@pytest.fixture
def restore(app: Flask, town_file: Path) -> Callable[[], None]:
    """Puts the town back as it was, for tests that change it many times."""
    return lambda: lay(app, town_file)


@pytest.fixture
def town(app: Flask, town_file: Path) -> Iterator[Any]:
    """The town, ready to be read and changed; gives the module with its people and records."""
    lay(app, town_file)
    with app.app_context(), texts.speaking("en"):
        yield the_town
        db.session.rollback()


@pytest.fixture
def demo(app: Flask, demo_file: Path) -> Iterator[None]:
    """The demo city."""
    lay(app, demo_file)
    with app.app_context(), texts.speaking("en"):
        yield
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> Visitor:
    """A browser whose user has not signed in."""
    browser = app.test_client()
    assert isinstance(browser, Visitor)
    return browser


def signed_in(app: Flask, name: str, **more: Any) -> Visitor:
    """A browser in which this person has signed in; `more` are further columns of the session."""
    browser, token, at = app.test_client(), new_token(), now()
    assert isinstance(browser, Visitor)
    with app.app_context():
        values = {"begun_at": at, "seen_at": at, "address": "127.0.0.1", "browser": "test", "content": {}, **more}
        values["content"] = {"csrf_token": CSRF, **values["content"]}
        with transaction():
            person = the_town.user(name)
            db.session.add(SignIn(token_hash=token_hash(token), user_id=person.id, **values))
    browser.set_cookie("prepare", f"s.{token}")
    return browser


@pytest.fixture
def sign_in(app: Flask) -> Callable[..., Visitor]:
    """Gives a browser in which the named person has signed in, without the cost of a password."""
    return lambda name, **more: signed_in(app, name, **more)


@pytest.fixture
def acting(app: Flask) -> Callable[[str], Any]:
    """`with acting("central"):` lets that person act."""

    @contextmanager
    def as_person(name: str) -> Iterator[Actor]:
        with acting_as(the_town.actor_of(name)) as actor:
            yield actor

    return as_person


def csrf_of(page: str) -> str:
    """The CSRF token that stands in a page."""
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert found, "the page has no form"
    return found[1]


@contextmanager
def counting() -> Iterator[Statements]:
    """Count the statements that read or write records."""
    seen = Statements()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")):
            seen.texts.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def statements() -> Callable[[], Any]:
    """`with statements() as seen:` counts what is asked of the database."""
    return counting


#: What the sweeps counted, told at the end of the run.
CELLS: list[int] = []
MOST_STATEMENTS: dict[str, int] = {}


@pytest.fixture
def count_cells() -> Callable[[int], None]:
    """Counts squares of the table of routes, methods and roles."""
    return CELLS.append


@pytest.fixture
def count_statements() -> Callable[[str, int], None]:
    """Notes how many statements a page runs at most."""
    return MOST_STATEMENTS.__setitem__


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how large the sweeps were."""
    if CELLS:
        terminalreporter.write_line(f"route × method × role: {sum(CELLS)} cells")
    if MOST_STATEMENTS:
        page, most = max(MOST_STATEMENTS.items(), key=lambda pair: pair[1])
        terminalreporter.write_line(f"statements per page: at most {most} ({page}); {len(MOST_STATEMENTS)} pages")
