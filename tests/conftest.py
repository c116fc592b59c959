"""The house under test: one application, a fresh database per test, people who sign in without waiting.

A database is built once and copied for each test that asks for it: `town` is small and known by heart
(tests/town.py), `demo` is the demo city as it is sown. Requests run in a context of their own, as on a server.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
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

from prepare import anchors, config, texts
from prepare.actor import Actor, acting_as
from prepare.app import create_app
from prepare.clock import now
from prepare.db import db, transaction
from prepare.gate.sessions import new_token, token_hash
from prepare.models.users import SignIn
from prepare.sow import city
from tests import town as the_town
from tests.databases import Changes, Cluster, Database, Files, OnCluster

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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests that read or write records run on another database."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="where records are kept")


CLUSTER = pytest.StashKey[Cluster]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL for the whole run; a run that cannot have one fails here."""
    if config.getoption("--database") == "postgresql" and not hasattr(config, "workerinput"):
        try:
            config.stash[CLUSTER] = Cluster().start()
        except (RuntimeError, OSError) as error:
            raise pytest.UsageError(f"PostgreSQL could not be started, so nothing was tested on it: {error}") from error


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where the cluster is."""
    if CLUSTER in node.config.stash:
        node.workerinput["cluster"] = node.config.stash[CLUSTER].socket


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the cluster."""
    if CLUSTER in config.stash:
        config.stash[CLUSTER].stop()


#: Who asks for one of these reads or writes records, and runs on every database.
KEEPS_RECORDS = frozenset({"database", "other_database"})
ONE_ONLY = ("sqlite", "postgresql")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what reads or writes records; nowhere what is about the other database.

    Counting lines nearly doubles the time of a test, so they are counted where rules are stated, not in the sweeps.
    """
    chosen = config.getoption("--database")
    others = [name for name in ONE_ONLY if name != chosen]
    left_out = [item for item in items if any(map(item.get_closest_marker, others)) or not _belongs(item, chosen)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = sorted((item for item in items if item not in set(left_out)), key=_turn)
    for item in items:
        if item.path.name.startswith("test_every_") or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.no_cover)


#: The files that run longest, which must not be begun last.
LONGEST = (
    "test_every_secret",
    "test_every_input",
    "test_every_route",
    "test_every_page",
    "test_pages",
    "test_demo_guidance",
    "test_doors",
)


def _turn(item: pytest.Item) -> int:
    """When a test's file is begun: the longest first, then as they were found."""
    return LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST)


def _belongs(item: pytest.Item, chosen: str) -> bool:
    if chosen == "sqlite":
        return True
    return not item.get_closest_marker("browser") and not KEEPS_RECORDS.isdisjoint(getattr(item, "fixturenames", ()))


#: The name of this process among those that share the run.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "one")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what all processes of the run share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if WORKER == "one" else base.parent) / "shelf"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def database(
    request: pytest.FixtureRequest, shelf: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """Where the application under test keeps its records."""
    made: Database
    if request.config.getoption("--database") == "postgresql":
        given = getattr(request.config, "workerinput", {})
        made = OnCluster(given.get("cluster") or request.config.stash[CLUSTER].socket, WORKER)
    else:
        made = Files(tmp_path_factory.mktemp("instance"), shelf)
    yield made
    made.close()


@pytest.fixture(scope="session")
def app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application; its database is empty until a test asks for a town."""
    folder = database.path.parent if isinstance(database, Files) else tmp_path_factory.mktemp("instance")
    house = create_app(settings(folder, DATABASE_URL=database.url))
    house.test_client_class = Visitor
    house.extensions["database under test"] = database
    yield house
    disconnect(house)


def database_of(app: Flask) -> Database:
    """Where the application keeps its records."""
    found: Database = app.extensions["database under test"]
    return found


@contextmanager
def beside(app: Flask, **more: str) -> Iterator[Flask]:
    """Another application on the same database, with further settings."""
    given = app.config["SETTINGS"]
    house = create_app(settings(Path(given.instance), DATABASE_URL=given.database_url, **more))
    house.test_client_class = Visitor
    yield house
    disconnect(house)


def disconnect(app: Flask) -> None:
    """Close every connection to the database."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def let_go(app: Flask) -> None:
    """Close every connection and empty the database."""
    disconnect(app)
    database_of(app).clear()


def migrate(app: Flask) -> None:
    """Make the tables as an installation does."""
    with app.app_context():
        flask_migrate.upgrade()


def keep(app: Flask, name: str) -> str:
    """Take the database as it is now away as a template to be laid again; gives what to lay."""
    disconnect(app)
    return database_of(app).keep(f"{name}_{WORKER}")


def template(app: Flask, folder: Path, fill: Callable[[], object]) -> str:
    """A migrated and filled database to be laid again, named for a folder that only it has; gives what to lay."""
    let_go(app)
    migrate(app)
    with app.app_context():
        fill()
    return keep(app, folder.name)


def once(app: Flask, shelf: Path, name: str, fill: Callable[[], object]) -> str:
    """A migrated and filled database as a template; of all processes of the run the first one makes it."""
    made = shelf / f"{name}.made"
    with closing(sqlite3.connect(shelf / "lock", timeout=300, isolation_level=None)) as turn:
        turn.execute("BEGIN EXCLUSIVE")
        if not made.exists():
            made.write_text(template(app, shelf / name, fill), "utf-8")
        return made.read_text("utf-8")


@pytest.fixture(scope="session")
def town_file(app: Flask, shelf: Path) -> str:
    """The town, built once: what to lay."""
    return once(app, shelf, "town", the_town.build)


@pytest.fixture(scope="session")
def demo_file(app: Flask, shelf: Path) -> str:
    """The demo city, sown once: what to lay."""
    return once(app, shelf, "demo", city.sow)


CHANGES = Changes()


def lay(app: Flask, template: str) -> None:
    """Give the application a copy of this database, without anchors of another."""
    disconnect(app)
    anchor_file = Path(app.config["SETTINGS"].anchor_file)
    anchor_file.unlink(missing_ok=True)
    anchors.use_file(anchor_file)
    database_of(app).lay(template, CHANGES.tables)
    CHANGES.tables = set()


@pytest.fixture
def other_database(app: Flask) -> Callable[..., str]:
    """Gives the address of another database: `other_database(folder)` empty, `other_database(folder, demo_file)`."""
    return database_of(app).other


@pytest.fixture
def restore(app: Flask, town_file: str) -> Callable[[], None]:
    """Puts the town back as it was, for tests that change it many times."""
    return lambda: lay(app, town_file)


@pytest.fixture
def town(app: Flask, town_file: str) -> Iterator[Any]:
    """The town, ready to be read and changed; gives the module with its people and records."""
    lay(app, town_file)
    with app.app_context(), texts.speaking("en"):
        yield the_town
        db.session.rollback()


@pytest.fixture
def demo(app: Flask, demo_file: str) -> Iterator[None]:
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
