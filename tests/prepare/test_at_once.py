"""Many people at the same moment, over HTTP, on two servers that share one database.

A few rounds run with the suite; `PREPARE_ROUNDS=100 python -m pytest -s tests/prepare/test_at_once.py` runs all of
them and prints what was counted, on PostgreSQL with `--database postgresql`.
"""

import os
import re
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from time import sleep
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select
from werkzeug.serving import WSGIRequestHandler, make_server

from continuity.models.plans import Plan
from prepare.actor import acting_as
from prepare.app import create_app
from prepare.db import db, transaction
from prepare.entries import FunctionEntry
from prepare.models.functions import Function
from prepare.register import functions as register
from prepare.vocabulary import FunctionState
from tests import town as the_town
from tests.conftest import Visitor, settings, signed_in
from tests.filled import filled

ROUNDS = int(os.environ.get("PREPARE_ROUNDS", "5"))
PEOPLE = 8


class Quiet(WSGIRequestHandler):
    """Serves without telling of every request."""

    def log_request(self, code="-", size="-"):
        """Say nothing."""


@dataclass
class Answer:
    """What a server answered."""

    status: int
    text: str
    location: str | None


@dataclass
class Browser:
    """A person's browser at one of the servers."""

    port: int
    cookie: str
    token: str

    def ask(self, address, fields=None):
        """Get a page, or post a form."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"prepare={self.cookie}", "Accept-Language": "en"}
        if fields is None:
            line.request("GET", address, headers=headers)
        else:
            body = urlencode({"csrf_token": self.token, **fields}, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            line.request("POST", address, body=body, headers=headers)
        answer = line.getresponse()
        found = Answer(answer.status, answer.read().decode(), answer.headers.get("Location"))
        line.close()
        return found


@pytest.fixture
def house(other_database, town_file, tmp_path):
    """Two servers on one copy of the town: (the first application, both ports)."""
    address = other_database(tmp_path, town_file)
    houses = [create_app(settings(tmp_path, DATABASE_URL=address)) for _server in range(2)]
    servers = [make_server("127.0.0.1", 0, one, threaded=True, request_handler=Quiet) for one in houses]
    threads = [threading.Thread(target=server.serve_forever, daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    yield houses[0], [server.server_port for server in servers]
    for server, thread in zip(servers, threads, strict=True):
        server.shutdown()
        thread.join()
        server.server_close()
    for one in houses:
        with one.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def people(house):
    """Eight people, at both servers by turns."""
    app, ports = house
    app.test_client_class = Visitor
    visitors = [signed_in(app, "edu.contact") for _person in range(PEOPLE)]
    return [
        Browser(ports[number % 2], visitor.get_cookie("prepare").value, visitor.token)
        for number, visitor in enumerate(visitors)
    ]


def at_once(calls):
    """The answers of requests that are sent at the same moment."""
    gate = threading.Barrier(len(calls))

    def send(call):
        gate.wait(30)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(send, calls))


def a_draft(app, name):
    """A new draft function: its reference."""
    with app.app_context(), acting_as(the_town.actor_of("edu.contact")):
        with transaction():
            made = register.add(the_town.organisation_of("EDU"), FunctionEntry(name_fi=name))
        return made.ref


def test_of_eight_who_save_at_once_one_is_saved_and_seven_compare_in_every_round(house, people):
    app, _ports = house
    address = f"/functions/{a_draft(app, 'Kilpailtu')}/edit"
    counts = Counter()

    for number in range(ROUNDS):
        forms = [filled(person.ask(address).text) for person in people]
        texts = [f"Kierros {number}, kirjoittaja {writer} <b>" for writer in range(PEOPLE)]
        answers = at_once(
            [
                lambda person=person, form=form, text=text: person.ask(address, form | {"customers": text})
                for person, form, text in zip(people, forms, texts, strict=True)
            ]
        )
        statuses = Counter(answer.status for answer in answers)
        counts.update(statuses)
        assert statuses == {302: 1, 409: 7}
        for answer, text in zip(answers, texts, strict=True):
            if answer.status == 409:
                assert filled(answer.text)["customers"] == text
                counts["texts kept"] += 1
            else:
                assert filled(people[0].ask(address).text)["customers"] == text

    sys.stdout.write(f"\n{ROUNDS} rounds x {PEOPLE} edits: {dict(counts)}\n")


def test_of_eight_who_write_in_one_section_at_once_one_is_saved_and_seven_compare(house, people):
    app, _ports = house
    with app.app_context():
        address = f"/plans/{the_town.record(Plan, 'P-01').ref}/sections/12"
    counts = Counter()

    for number in range(ROUNDS):
        forms = [filled(person.ask(address).text) for person in people]
        texts = [f"Kierros {number}, kirjoittaja {writer} <b>" for writer in range(PEOPLE)]
        answers = at_once(
            [
                lambda person=person, form=form, text=text: person.ask(address, form | {"text": text})
                for person, form, text in zip(people, forms, texts, strict=True)
            ]
        )
        counts.update(answer.status for answer in answers)
        (saved,) = (text for answer, text in zip(answers, texts, strict=True) if answer.status == 302)
        assert filled(people[0].ask(address).text)["text"] == saved
        kept = [(filled(a.text)["text"], text) for a, text in zip(answers, texts, strict=True) if a.status == 409]
        assert len(kept) == PEOPLE - 1
        assert all(shown == text for shown, text in kept)

    sys.stdout.write(f"\n{ROUNDS} rounds x {PEOPLE} edits of a section: {dict(counts)}\n")


def test_fifty_who_send_one_form_make_one_record(house, people):
    app, _ports = house
    form = filled(people[0].ask("/functions/new").text, "name_fi")
    form |= {"name_fi": "Viisikymmentä kertaa", "organisation": "EDU"}
    doors = [Browser(port, people[0].cookie, people[0].token) for port in house[1]]

    answers = at_once([lambda n=n: doors[n % 2].ask("/functions/new", form) for n in range(50)])

    with app.app_context():
        made = db.session.scalar(select(func.count(Function.id)).where(Function.name_fi == form["name_fi"]))
    sys.stdout.write(f"\n50 same posts: {made} record, {len({answer.location for answer in answers})} place\n")
    assert {answer.status for answer in answers} == {302}
    assert (made, len({answer.location for answer in answers})) == (1, 1)


def test_who_edits_what_is_retired_at_that_moment_saves_or_gets_the_text_back(house, people):
    app, _ports = house
    counts = Counter()

    for number in range(max(ROUNDS // 2, 5)):
        ref, text = a_draft(app, f"Lakkaava {number}"), f"Teksti {number} <b>"
        edit, retire = f"/functions/{ref}/edit", f"/functions/{ref}/retire"
        form, asked = filled(people[0].ask(edit).text), filled(people[1].ask(retire).text, "once")
        saved, retired = at_once(
            [
                lambda at=edit, form=form, text=text: people[0].ask(at, form | {"customers": text}),
                lambda at=retire, asked=asked, wait=number % 5 * 0.03: sleep(wait) or people[1].ask(at, asked),
            ]
        )

        counts[f"edit {saved.status}"] += 1
        with app.app_context():
            function = db.session.scalars(select(Function).where(Function.ref == ref)).one()
            assert (retired.status, function.state) == (302, FunctionState.RETIRED)
            assert saved.status in (302, 409)
            assert function.customers == (text if saved.status == 302 else None)
        if saved.status == 409:
            assert text in unescape(re.sub(r"<[^>]+>", "", saved.text))
            assert "A retired function cannot be changed." in saved.text

    sys.stdout.write(f"\nretired and edited at once: {dict(counts)}\n")
