"""An installation with a country of some size, sown once and kept for later runs."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
from flask import Flask

from prepare.app import create_app
from prepare.clock import now
from prepare.db import db, transaction
from prepare.gate.sessions import new_token, token_hash
from prepare.models.users import SignIn
from prepare.queries import organisations
from prepare.sow import city
from prepare.sow.country import sowing
from prepare.sow.country.size import Size
from tests.conftest import CSRF, Visitor, settings

#: name → what is sown; None is the demo city.
SIZES: dict[str, Size | None] = {
    "tiny": Size(60, 200),
    "demo": None,
    "5k": Size(5_000, 20_000),
    "20k": Size(20_000, 100_000, 40),
    "40k": Size(40_000, 160_000, 1),
    "100k": Size(100_000, 500_000, 200),
}


@dataclass(frozen=True)
class Country:
    """An application over a sown database, and how long the sowing took (0 when it was there already)."""

    app: Flask
    sown_s: float

    def browser(self, name: str) -> Visitor:
        """A browser in which a demo user has signed in."""
        browser, token, at = self.app.test_client(), new_token(), now()
        assert isinstance(browser, Visitor)
        with self.app.app_context(), transaction():
            person = db.session.scalars(organisations.account(f"{name}@merikaupunki.example")).one()
            values = {"begun_at": at, "seen_at": at, "address": "127.0.0.1", "browser": "bench"}
            db.session.add(
                SignIn(token_hash=token_hash(token), user_id=person.id, content={"csrf_token": CSRF}, **values)
            )
        browser.set_cookie("prepare", f"s.{token}")
        return browser


@contextmanager
def country(size: str, folder: Path, database: str = "") -> Iterator[Country]:
    """The installation in this folder, sown with a country of this size unless it holds one already."""
    os.umask(0o077)
    more = {"DATABASE_URL": database} if database else {}
    app = create_app(settings(folder, DEMO="1", **more))
    app.test_client_class = Visitor
    with app.app_context():
        flask_migrate.upgrade()
        began = time.perf_counter()
        if is_new := city.is_empty():
            wanted = SIZES[size]
            if wanted is None:
                city.sow()
            else:
                sowing.sow(wanted, with_users=True)
        took = time.perf_counter() - began if is_new else 0.0
        db.session.remove()
    yield Country(app, took)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
