"""A real browser before a real server on the sown demo city; any console error fails the test."""

import shutil
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from prepare import config
from prepare.app import create_app
from prepare.sow.users import DEMO_PASSWORD

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE_MS = 20_000  #: a busy machine is slow, not wrong
NO_BROWSER = "BROWSER TESTS NOT RUN: no Chromium on this machine; install it with `apt-get install chromium`"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium say loudly that nothing here was tested."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    if CHROMIUM is None and here:
        warnings.warn(pytest.PytestWarning(NO_BROWSER), stacklevel=1)
    for item in here:
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


@dataclass(frozen=True)
class Site:
    """A running installation: its address, and the sessions of those who have signed in."""

    address: str
    sessions: dict[str, StorageState] = field(default_factory=dict)

    def url(self, path: str) -> str:
        """The address of one page."""
        return f"{self.address}{path}"


class Quiet(WSGIRequestHandler):
    """Serves without telling of every request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@pytest.fixture(scope="package")
def site(app: Flask, demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo city on a server of its own, on a free port."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copyfile(demo_file, folder / "prepare.sqlite")
    keys = app.config["SETTINGS"]
    environ = {"INSTANCE": str(folder), "DEMO": "1", "SECRET_KEY": keys.secret_key, "AUDIT_KEY": keys.audit_key}
    settings = config.read({f"PREPARE_{name}": value for name, value in environ.items()})
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests here."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Console:
    """What the browser complained of."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def listen(self, page: Page) -> None:
        """Collect the complaints of a page."""
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))


@pytest.fixture
def console() -> Iterator[Console]:
    """The console of the test's pages; the test fails if it holds an error at the end."""
    heard = Console()
    yield heard
    assert heard.errors == []


Visit = Callable[..., Page]


@pytest.fixture
def visit(site: Site, browser: Browser, console: Console) -> Iterator[Visit]:
    """Open the site as one of its users, as `visit("kas.contact")`; without a name nobody has signed in."""
    opened: list[BrowserContext] = []

    def enter(user: str | None = None, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            locale="fi-FI",
            viewport={"width": 1280, "height": 900},
            java_script_enabled=scripts,
            storage_state=site.sessions.get(user or ""),
        )
        opened.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        console.listen(page)
        page.goto(site.url("/"))
        if user and user not in site.sessions:
            page.locator("#email").fill(f"{user}@merikaupunki.example")
            page.locator("#password").fill(DEMO_PASSWORD)
            page.locator("main form button").click()
            page.wait_for_url(site.url("/"))
            site.sessions[user] = context.storage_state()
        return page

    yield enter
    for context in opened:
        context.close()
