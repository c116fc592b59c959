"""Every text of every record carries a token; each person crawls the whole house: seen is what may be seen, no more.

`PREPARE_LONG_CRAWL=1` lets everybody walk, tries more values of each parameter and more records of others.
"""

import os
import sys
import time
from functools import cache

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from dependencies import queries as dependency_queries
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import DependencyKind, Strength
from prepare.cli import command, installation
from prepare.gate import opening
from prepare.models.functions import Function
from prepare.vocabulary import Confidentiality, Criticality, FunctionState
from tests import canary, conftest, secrecy, secret_town, taking
from tests import town as the_town
from tests.crawling import Crawl

LONG = os.environ.get("PREPARE_LONG_CRAWL") == "1"
#: What is shown to whom is decided without the database; lines are counted elsewhere.
pytestmark = [pytest.mark.sqlite, pytest.mark.no_cover]
#: Who walks each time: a sector beside another one and another city, and both partners. On a long crawl all do.
SHORT = ("edu.contact", "county", "police")
WALKERS = tuple(secrecy.PEOPLE) if LONG else SHORT
#: Records whose names a search finds: the tokens of one of each sort are searched for.
FOUND_BY_NAME = (
    "Agreement",
    "Function",
    "Interface",
    "Measure",
    "Plan",
    "Risk",
    "Signal",
    "SafetyPlan",
    "TransferItem",
)


@pytest.fixture(scope="module")
def place(app, town_file):
    """The town with a twin and a token in every text."""
    return secret_town.build(app, town_file)


@pytest.fixture
def laid(place):
    """The town as it was planted."""
    conftest.lay(place.app, place.file)
    return place


@pytest.fixture(scope="module")
def crawled(place):
    """Gives what a person has been shown on a walk through the whole house; each walks once."""

    @cache
    def walk(person):
        conftest.lay(place.app, place.file)
        begun = time.process_time()
        crawl = Crawl(place.browsers[person], most=8 if LONG else 2)
        crawl.walk(place.addresses(person, alike=2 if LONG else 1, whole=LONG))
        taking.try_posts(crawl, place.addresses(person, "POST"))
        files = taking.take_files(crawl)
        took = time.process_time() - begun
        found = f"{len(crawl.answers)} answers, {files} files, {len(crawl.seen)} secrets"
        sys.stdout.write(f"{person}: {found}, {took:.0f} s\n")
        return crawl

    return walk


def told(secrets, seen=None):
    """The secrets, one on a line, with the address where each was seen."""
    where = [f" at {seen[secret.token]}" if seen else "" for secret in secrets]
    lines = [
        f"{one} ({one.owners[-1:]}, {one.confidentiality.value}){at}" for one, at in zip(secrets, where, strict=True)
    ]
    return "\n".join([f"{len(lines)}:", *sorted(lines)])


@pytest.mark.parametrize("person", WALKERS)
def test_nobody_is_shown_a_secret_of_others(place, crawled, person):
    seen = crawled(person).seen

    leaks = [s for s in place.secrets.values() if s.token in seen and not secrecy.may_see(person, s)]

    assert not leaks, told(leaks, seen)


@pytest.mark.parametrize("person", WALKERS)
def test_everybody_finds_everything_that_is_theirs(place, crawled, person):
    seen = crawled(person).seen

    missing = [s for s in place.secrets.values() if s.token not in seen and secrecy.must_see(person, s)]

    assert not missing, told(missing)


@pytest.mark.parametrize("person", WALKERS)
def test_no_search_tells_a_secret_from_a_word_that_stands_nowhere(place, crawled, person):
    crawl, tried = crawled(person), {}
    names = ("name_fi", "title_fi", "name", "code") if LONG else ("name_fi", "title_fi", "name")
    for secret in [s for s in place.secrets.values() if s.kind in FOUND_BY_NAME and s.column in names]:
        if not secrecy.may_see(person, secret):
            tried.setdefault((secret.kind, secret.column), secret)

    assert taking.told_apart(crawl, tried.values()) == []


def test_every_kind_of_record_with_a_text_stands_in_the_town(place):
    kinds = {secret.kind for secret in place.secrets.values()}

    assert {kind.__name__ for kind in canary.kinds()} - kinds == secrecy.NOT_IN_TOWN.keys()


def test_a_letter_tells_nobody_a_secret_of_others_and_nothing_confidential(laid, monkeypatch):
    monkeypatch.setattr(installation, "application", lambda: laid.app)
    monkeypatch.setattr("prepare.cli.acting.application", lambda: laid.app)

    printed = CliRunner().invoke(command.prepare, ["reminders", "send", "--dry-run", "--print"]).output

    letters, by_address = taking.letters(printed), {}
    for secret in laid.secrets.values():
        if (secret.kind, secret.column) == ("User", "email"):
            by_address[secret.token] = secret.code.removesuffix("@town.example")
    assert letters
    for address, letter in letters.items():
        person = next(name for token, name in by_address.items() if token in address)
        shown = [laid.secrets[t] for t in laid.secrets if t in letter.casefold() and t not in address]
        if person in secrecy.PEOPLE:
            assert not [s for s in shown if not secrecy.may_see(person, s)], told(shown)
        confidential = [s for s in shown if s.confidentiality is Confidentiality.CONFIDENTIAL and s.column != "code"]
        assert not confidential, told(confidential)


def test_a_partner_s_pages_stay_the_same_however_much_the_city_keeps(laid):
    browser = laid.browsers["county"]
    shown = Crawl(browser)
    shown.walk(["/"])
    pages = [a for a, answer in shown.answers.items() if answer.status == 200 and not a.startswith("/account")]
    before = {address: taking.plain(browser.get(address).text) for address in pages}

    with laid.app.app_context():
        kept = {"organisation_id": laid.number("Organisation", "EDU"), "state": FunctionState.CONFIRMED}
        new = [Function(code=f"F-NEW-{n}", name_fi="Uusi", criticality=Criticality.K1, **kept) for n in range(7)]
        needs = [Need(consumer=one, name="Vesi", strength=Strength.ESSENTIAL, tolerance_h=1.0) for one in new]
        given = {"kind": DependencyKind.SERVICE, "supplier_id": laid.number("Function", "F-WAT-01")}
        the_town.keep(*new, *needs, *(Dependency(code=f"D-9{n}", need=one, **given) for n, one in enumerate(needs)))

    assert len(pages) > 5
    assert {address: taking.plain(browser.get(address).text) for address in pages} == before


# The crawl notices when a rule goes wrong


def leaks_of(place, person, addresses):
    """What a person is shown of others at these addresses."""
    crawl = Crawl(place.browsers[person])
    for address in addresses:
        list(crawl.open(address))
    return [s for s in place.secrets.values() if s.token in crawl.seen and not secrecy.may_see(person, s)]


def test_the_crawl_notices_when_records_outside_the_scope_are_let_through(laid, monkeypatch):
    monkeypatch.setattr(opening, "readable", lambda actor, record: True)
    monkeypatch.setitem(opening.may.__globals__["RULES"], opening.Action.VIEW_PLAN, (lambda actor, subject: True,))
    plans = [f"/plans/{ref}" for ref in laid.refs["Plan"]]

    assert leaks_of(laid, "county", plans)


def test_the_crawl_notices_when_a_list_forgets_its_scope(laid, monkeypatch):
    lists = ["/agreements/", "/interfaces/", "/needs/answers"]
    assert not leaks_of(laid, "wat.contact", lists)

    monkeypatch.setattr(dependency_queries, "within", lambda scope, *columns, **more: sa.true())

    assert leaks_of(laid, "wat.contact", lists)
