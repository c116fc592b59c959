"""Every page × every method × every role, held against the table of tests/ways.py; and what every page must be."""

import html
import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import cycle
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.views import View

from continuity.models.comments import PlanComment
from continuity.models.contents import ActionCard, DocumentRef, LevelTask, Strategy
from continuity.models.exercises import ExerciseInject, ExerciseMeasurement
from continuity.models.plans import PlanVersion
from continuity.models.readiness import KujaPart
from continuity.models.snoozes import FindingSnooze
from dependencies.entries.needs import RunEntry
from dependencies.models.interfaces import ContactPoint, InformationFlow, InterfaceTask
from dependencies.models.links import ConfirmationLink
from dependencies.models.losses import LossDecision
from dependencies.models.needs import Dependency, Need
from dependencies.register import runs as register
from prepare.access import RULES, Action
from prepare.actor import SYSTEM, acting_as
from prepare.app import create_app
from prepare.db import Base, db, transaction
from prepare.gate import opening
from prepare.gate.opening import Gate, gate_of, public, require_gates
from prepare.models.functions import Resource
from prepare.models.guidance import GuidanceChapter, Requirement, RequirementAnswer
from prepare.models.tokens import ApiToken
from prepare.models.users import User
from prepare.powers import anybody, nobody
from prepare.vocabulary import Confidentiality
from risks.models.safety_plans import SafetyPriority
from risks.models.scales import RiskScale
from risks.models.scenarios import Scenario, ScenarioHit
from risks.vocabulary.scenarios import Effect
from tests import town as the_town
from tests.conftest import counting, csrf_of, keep, lay, settings, signed_in
from tests.ways import BEARERS, DOCUMENTS, MISSING, PEOPLE, PUBLIC, READ, WAYS

#: Sweeps run every page again for every role: counting lines there costs minutes and shows nothing new.
pytestmark = pytest.mark.no_cover

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
NOT_THERE = UUID("00000000-0000-4000-8000-000000000000")
ENDPOINTS = sorted({*WAYS, *PUBLIC})
MOST_STATEMENTS = 25
#: The first page asks every package once what waits and how far the round has come, and counts readiness anew.
#: The trail asks once more for each kind of record that its entries name, however many they are.
MOST_OF = {"prepare.start": 39, "prepare.trail": 40}
#: When something has changed, readiness is counted anew over every register at once; after that it is kept.
MOST_OF |= dict.fromkeys(("continuity.readiness", "continuity.readiness_sector", "continuity.readiness_rows"), 34)
#: A judgement reads every register once, however much stands in them.
MOST_OF |= dict.fromkeys(("continuity.findings", "continuity.findings_on", "continuity.snooze_finding"), 52)
#: What leans on a record from other packages stands on its page, each part with a reading of its own.
MOST_OF |= {"dependencies.interface": 28, "prepare.function": 28, "risks.scenario": 30}
ALIKE_TO_ALL = "-n"  #: nobody, and a newcomer without a role
#: Who goes through the table on a further database: what differs there is how a page reads and writes, not who may.
FEW = "cuya"


@dataclass(frozen=True)
class Cell:
    """One square: who tries what on which record, and what is right: open, 403, 404 or sign-in."""

    endpoint: str
    address: str
    method: str
    who: str
    right: str

    def __str__(self) -> str:
        return f"{self.method} {self.address} ({self.endpoint}) as {PEOPLE[self.who]}: should be {self.right}"


class Board:
    """The table laid out over the running house; after every change the town is put back."""

    def __init__(self, app, file, browsers, people):
        self.app, self.file, self.browsers, self.people = app, file, browsers, people
        self.rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
        lay(app, file)
        with app.app_context():
            self.refs = {(kind, code): _ref(kind, code) for kind, codes in READ.items() for code in codes}
        self.refs |= {(kind, MISSING): NOT_THERE for kind in READ}
        self.tokens = {letter: browser.token for letter, browser in browsers.items()}
        self.tokens["-"] = csrf_of(browsers["-"].get("/sign-in").text)
        self.cookies = {letter: browser.get_cookie("prepare").value for letter, browser in browsers.items()}

    def restore(self):
        """Put the town back, with everybody signed in."""
        lay(self.app, self.file)
        for letter, browser in self.browsers.items():
            browser.set_cookie("prepare", self.cookies[letter])

    def address(self, endpoint, code=None):
        """The address of an endpoint, for the record with this code."""
        rule = self.rules[endpoint].rule.replace("<path:filename>", "prepare.css").replace("<int:place>", "12")
        if code is None:
            return rule
        return rule.replace("<uuid:ref>", str(self.refs[WAYS[endpoint].kind, code]))

    def cells(self, endpoint, methods=METHODS):
        """Every cell of an endpoint, all methods and people for the first record and for a missing one.

        For further records those are left out to whom no record makes a difference, and HEAD, which is GET's own view.
        """
        everybody = [(None, dict.fromkeys(PEOPLE, "open"))]
        rows = everybody if endpoint in PUBLIC else WAYS[endpoint].rows()
        for place, (code, row) in enumerate(rows):
            whole = place == 0
            for method in methods:
                if method in self.rules[endpoint].methods and (method != "HEAD" or whole):
                    for who, right in row.items():
                        told = whole or who not in ALIKE_TO_ALL or (code == MISSING and who != "-")
                        if told and who in self.people:
                            yield Cell(endpoint, self.address(endpoint, code), method, who, right)

    def ask(self, cell):
        """What the house answers; a change is taken back."""
        form = {"csrf_token": self.tokens[cell.who]} if cell.method == "POST" else None
        answer = self.browsers[cell.who].open(cell.address, method=cell.method, data=form)
        if cell.method == "POST" and answer.status_code < 400:
            self.restore()
        return answer


#: What the trail calls these is put together of several columns.
CODED_BY_PARTS = (
    ApiToken,
    ContactPoint,
    InterfaceTask,
    InformationFlow,
    ConfirmationLink,
    FindingSnooze,
    ExerciseInject,
    ExerciseMeasurement,
    GuidanceChapter,
    KujaPart,
    LossDecision,
    PlanComment,
    PlanVersion,
    Requirement,
    RequirementAnswer,
    Resource,
    RiskScale,
    SafetyPriority,
    Strategy,
    ActionCard,
    LevelTask,
    DocumentRef,
)


def _ref(kind, code):
    if kind in CODED_BY_PARTS:
        return next(one.ref for one in db.session.query(kind) if one.code == code)
    if kind is User:
        return the_town.user(code).ref
    return the_town.record(Dependency, code).need.ref if kind is Need else the_town.record(kind, code).ref


def got(cell, answer):
    """What somebody got, in the words of the table."""
    if cell.endpoint == "prepare.sign_out":
        return cell.right if answer.headers.get("Location") == "/sign-in" else str(answer.status_code)
    if answer.headers.get("Location", "").startswith("/sign-in"):
        return "sign-in"
    return "open" if answer.status_code in (200, 302, 409) else str(answer.status_code)


def plain(answer):
    """An answer without its request id and without the CSRF token, which holds the time."""
    request_id = answer.headers["X-Request-Id"]
    headers = sorted((name, value.replace(request_id, "")) for name, value in answer.headers if name != "Date")
    text = re.sub(r'name="csrf_token" value="[^"]+"', "TOKEN", answer.text.replace(request_id, ""))
    return answer.status_code, headers, text


@dataclass
class Walk:
    """What a walk through all cells of an endpoint found."""

    answers: dict = field(default_factory=dict)
    most_statements: int = 0
    changed: bool = False


@pytest.fixture(scope="module")
def board(app, town_file, pytestconfig):
    """The board, with a browser for everybody, and a scenario that not everybody reads."""
    lay(app, town_file)
    with app.app_context():
        storm = the_town.record(Scenario, "S1")
        columns = {"organisation_id": storm.organisation_id, "severity": storm.severity, "duration_h": 6.0}
        secret = Scenario(code="S2", name_fi="Isku", confidentiality=Confidentiality.CONFIDENTIAL, **columns)
        the_town.keep(secret)
        hit = {"function": the_town.function("F-WAT-01"), "start_h": 0.0, "duration_h": 6.0, "capacity_pct": 0.0}
        the_town.keep(ScenarioHit(scenario=secret, effect=Effect.DOWN, **hit))
        with acting_as(SYSTEM), transaction():
            register.store_run(secret, RunEntry(purpose="Iskuraportti"), at=the_town.BEGUN)
    browsers = {letter: signed_in(app, name) if name else app.test_client() for letter, name in PEOPLE.items()}
    file = keep(app, "people")
    return Board(app, file, browsers, PEOPLE if pytestconfig.getoption("--database") == "sqlite" else FEW)


@pytest.fixture(scope="module")
def walked(board):
    """Gives what a walk through an endpoint's cells found; each cell is asked once, for all the tests below."""
    return cache(lambda endpoint: walk(board, endpoint))


def walk(board, endpoint):
    """Ask every cell of an endpoint, those that only look before those that change."""
    found = Walk()
    board.restore()
    before = content(board.app)
    for cell in sorted(board.cells(endpoint), key=lambda cell: cell.method == "POST"):
        if cell.method == "POST" and before:
            found.changed, before = content(board.app) != before, None
        with counting() as seen:
            answer = board.ask(cell)
        found.answers[cell] = got(cell, answer), plain(answer)
        if cell.method == "GET":
            found.most_statements = max(found.most_statements, len(seen))
    if before:
        found.changed = content(board.app) != before
    return found


def content(app):
    """Everything that is stored, but for the sessions' own clock."""
    with app.app_context():
        tables = [table for table in Base.metadata.sorted_tables if table.name != "sign_in"]
        found = {table.name: db.session.execute(sa.select(table)).all() for table in tables}
        db.session.remove()
    return found


def test_the_table_knows_every_route_and_no_other(board):
    assert set(board.rules) == {*ENDPOINTS, *BEARERS, *DOCUMENTS}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_every_role_gets_what_the_table_says(walked, endpoint, count_cells):
    answers = walked(endpoint).answers

    wrong = [f"{cell}, got {got}" for cell, (got, _plain) in answers.items() if got != cell.right]

    count_cells(len(answers))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_looking_changes_nothing(walked, endpoint):
    assert not walked(endpoint).changed


@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if e != "static"])
def test_every_page_asks_the_database_a_bounded_number_of_times(walked, endpoint):
    assert walked(endpoint).most_statements <= MOST_OF.get(endpoint, MOST_STATEMENTS)


ABOUT_RECORDS = [endpoint for endpoint, way in WAYS.items() if way.kind]
#: Those of whose kind the town has records.
IN_TOWN = [endpoint for endpoint in ABOUT_RECORDS if READ[WAYS[endpoint].kind]]


@pytest.mark.parametrize("endpoint", IN_TOWN)
def test_a_record_outside_the_scope_answers_exactly_as_a_missing_one(walked, board, endpoint):
    answers = walked(endpoint).answers
    closed = [cell for cell in answers if cell.right == "404" and str(NOT_THERE) not in cell.address]

    for cell in closed:
        missing = replace(cell, address=board.address(endpoint, MISSING))
        assert answers.get(missing, answers[cell]) == answers[cell], cell
    assert closed


#: A word that stands in one record only → who may see it somewhere; everybody else sees it nowhere.
WORDS = {
    "Turvakoti": "cdulr",  # a secret function of the education sector
    "Vesitorni": "wulr",  # a secret function of the waterworks
    "Turvakodin osoite": "cdulr",  # a secret risk
    "Keittiö ei toimi": "cdulra",  # a risk
    "Vesi saastuu": "wulra",  # a risk of the waterworks
    "Toimenpide M-01": "cdulra",  # a measure
    "Toimenpide M-02": "cdulr",  # a secret measure
    "Suunnitelma P-03": "cdulr",  # a secret plan
    "Suunnitelma P-04": "wulra",  # a plan of the waterworks
    "Yhdyspinta I-01": "cdulray",  # an interface that is shown to the county
    "Yhdyspinta I-02": "wulr",  # a secret interface that is not shown to the police
    "Sopimus A-01": "cdulra",
    "Sopimus A-02": "wulr",  # a secret agreement
    "Siirtyvä TR-01": "cdulra",
    "Siirtyvä TR-02": "wulr",
    "Turvasuunnitelma SP-01": "cdwulra",  # a safety plan, which binds the city
    "Turvasuunnitelma SP-02": "ulr",  # a secret one of the city
    "Painopiste SP-02": "ulr",
    "Salainen ohjelma": "ulr",  # a secret programme of the city
    "Isku": "cdwulr",  # a secret scenario
    "Kouluateriat": "cdwulra",  # a function, which the waterworks' contact may name as a supplier
    "Talousvesi": "cdwulray",  # a function that is shown to the county
    "Koulukuljetukset ja saatot": "cdulra",  # a change that waits for confirmation
    "F-EDU-06": "cdulr",  # the code of a secret function
    "F-WAT-02": "wulr",
}
#: Searches and pictures, by which names leak more easily than by lists.
SEARCHES = (
    "/functions/?q=tu",
    "/functions/?q=vesi",
    "/functions/?outside=1",
    "/functions/?state=retired",
    "/risks/?q=tu",
    "/plans/?q=suu",
    "/measures/?q=toi",
    "/measures/new?risk=R-02",
    "/interfaces/?q=yhd",
    "/trace/?scenario=S1",
    "/trace/?scenario=S2",
    "/trace/?function=F-WAT-01&hours=48",
    "/trace/?function=F-EDU-06&hours=48",
    "/trace/?function=turva&hours=48",
    "/trace/?hit=F-WAT-01:0:48&hit=F-EDU-06:1:2:degraded",
    "/trace/?scenario=S1&why=F-EDU-06&at=6",
    "/graph/",
    "/graph/?focus=F-EDU-06",
    "/graph/?sector=EDU&criticality=K1",
    "/needs/suppliers?find=tu&of=F-EDU-03",
    "/needs/suppliers?find=vesi&of=F-EDU-03",
    "/needs/suppliers?find=&of=F-EDU-03&suppliers=F-WAT-02&suppliers=F-EDU-06",
    "/risks/new?function=F-EDU-06",
    "/plans/new?function=F-EDU-06",
)


@pytest.fixture(scope="module")
def seen(board, walked):
    """Letter → everything that person has been shown, on every page and by every search."""
    found = {letter: [] for letter in PEOPLE}
    for endpoint in ENDPOINTS:
        for cell, (_got, (_status, _headers, text)) in walked(endpoint).answers.items():
            found[cell.who].append((cell.address, text))
    board.restore()
    for letter, browser in board.browsers.items():
        found[letter] += [(address, browser.get(address).text) for address in SEARCHES]
    return {letter: [(where, html.unescape(text)) for where, text in pages] for letter, pages in found.items()}


@pytest.mark.sqlite
@pytest.mark.parametrize("word", WORDS)
def test_everybody_sees_what_is_theirs_and_nobody_sees_more(seen, word):
    where = {who: [a for a, text in pages if word in text and word not in a] for who, pages in seen.items()}

    leaks = {PEOPLE[who]: places[:5] for who, places in where.items() if places and who not in WORDS[word]}
    missing = {PEOPLE[who] for who in WORDS[word] if not where[who]}

    assert not leaks
    assert not missing


@pytest.mark.sqlite
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_method_that_a_page_does_not_have_is_405_for_everybody(board, endpoint, count_cells):
    code = MISSING if endpoint in ABOUT_RECORDS else None
    for method, who in zip(sorted(set(METHODS) - board.rules[endpoint].methods), cycle("-u"), strict=False):
        answer = board.browsers[who].open(board.address(endpoint, code), method=method)
        assert answer.status_code == 405, f"{method} {endpoint}"
        count_cells(1)


@pytest.mark.parametrize("ref", ["0", "1", "x", "F-EDU-04", "00000000-0000-0000-0000-00000000000", "%00", "../x", "'"])
def test_an_address_that_names_no_record_is_missing(board, ref):
    for endpoint in ABOUT_RECORDS:
        if "GET" in board.rules[endpoint].methods:
            rule = board.rules[endpoint].rule
            answer = board.browsers["u"].get(rule.replace("<uuid:ref>", ref).replace("<int:place>", "12"))
            assert answer.status_code == 404, answer.request.path


# The table notices when a rule goes wrong


def first_wrong(board, endpoints, doubtful):
    """The first cell in which the house answers otherwise than the table, those that are `doubtful` before others."""
    cells = []
    for endpoint in endpoints:
        method = "GET" if "GET" in board.rules[endpoint].methods else "POST"
        cells += board.cells(endpoint, (method,))
    for cell in sorted(cells, key=lambda cell: cell.right not in doubtful):
        if got(cell, board.ask(cell)) != cell.right:
            return cell
    return None


GATED = sorted({*WAYS} - {"prepare.sign_out"})


def actions_at_the_gate(app):
    """Action → the endpoints that it opens."""
    found = {}
    for endpoint in GATED:
        if action := gate_of(app, endpoint).action:  # a page for whoever has signed in has none
            found.setdefault(action, []).append(endpoint)
    return found


@pytest.mark.parametrize("mutant", [anybody, nobody], ids=["opened", "closed"])
@pytest.mark.sqlite
def test_the_table_notices_each_rule_that_is_opened_or_closed(board, monkeypatch, mutant):
    unnoticed = []
    board.restore()
    for action, endpoints in actions_at_the_gate(board.app).items():
        with monkeypatch.context() as patch:
            patch.setitem(RULES, action, (mutant,))
            if first_wrong(board, endpoints, "open" if mutant is nobody else "403") is None:
                unnoticed.append(action)
        board.restore()

    # Whoever has signed in may see the start page and keep the own account: opening these rules changes nothing.
    own = {Action.CHANGE_USER_PASSWORD, Action.END_SESSION, Action.SPEAK_USER_LANGUAGE, Action.VIEW_START}
    own |= {Action.LEAVE_USER, Action.REMIND_USER}
    # Whoever may read a plan or an exercise may take it along; for others it is not there, as a snapshot is not.
    own |= {Action.EXPORT_INJECTS, Action.EXPORT_PLAN, Action.VIEW_SNAPSHOT}
    # Making a measure of a decision asks the rule of adding measures as well.
    twice = {Action.MEASURE_DECISION}
    # The table's town has no job, file or schedule: whose they are is asked in tests/prepare/test_job_pages.py and
    # tests/exports/test_rounds.py.
    own |= {Action.CANCEL_JOB, Action.FETCH_FILE, Action.VIEW_JOB}
    untold = {Action.EDIT_SCHEDULE}
    assert set(unnoticed) == (own | twice | untold if mutant is anybody else untold)


@contextmanager
def replaced(app, endpoint, view):
    """Another view at an endpoint."""
    kept = app.view_functions[endpoint]
    app.view_functions[endpoint] = view
    try:
        yield
    finally:
        app.view_functions[endpoint] = kept


@pytest.mark.sqlite
def test_the_table_notices_each_page_that_loses_its_gate(board):
    unnoticed = []
    board.restore()
    for endpoint in GATED:
        bare = board.app.view_functions[endpoint].__wrapped__
        gate = gate_of(board.app, endpoint)

        def let_in(bare=bare, gate=gate, **url):
            if gate.kind == "record":
                return bare(db.one_or_404(sa.select(gate.model).where(gate.model.ref == url.pop("ref"))), **url)
            return bare(**url)

        with replaced(board.app, endpoint, let_in):
            if first_wrong(board, [endpoint], "403") is None:
                unnoticed.append(endpoint)
        board.restore()

    assert unnoticed == []


@pytest.mark.sqlite
def test_the_table_notices_when_records_outside_the_scope_are_let_through(board, monkeypatch):
    board.restore()
    monkeypatch.setattr(opening, "readable", lambda actor, record: True)

    records = [e for e in IN_TOWN if gate_of(board.app, e).kind == "record"]
    unnoticed = [endpoint for endpoint in records if first_wrong(board, [endpoint], "404") is None]

    assert unnoticed == []


# What every route must be


def test_the_house_does_not_open_with_a_route_that_has_no_rule(app, tmp_path, monkeypatch):
    original = roofed = create_app.__globals__["require_gates"]

    def forget(house):
        house.add_url_rule("/forgotten", "forgotten", lambda: "open")
        roofed(house)

    monkeypatch.setitem(create_app.__globals__, "require_gates", forget)
    with pytest.raises(RuntimeError, match="forgotten"):
        create_app(settings(tmp_path))
    assert original is require_gates


def test_a_route_with_a_rule_is_let_open():
    house = Flask("x", static_folder=None)
    house.add_url_rule("/known", "known", public(lambda: "open"))

    require_gates(house)


def test_every_page_stands_behind_the_gate_that_its_endpoint_names(app):
    for endpoint in ENDPOINTS:
        gate = gate_of(app, endpoint)
        assert isinstance(gate, Gate)
        assert (gate.kind == "public") is (endpoint in PUBLIC), endpoint
        assert not isinstance(app.view_functions[endpoint], View)
    assert {e for e in app.view_functions if gate_of(app, e).kind == "bearer"} == BEARERS
    assert {e for e in app.view_functions if gate_of(app, e).kind == "document"} == DOCUMENTS


def test_a_way_of_programs_opens_to_nobody_who_comes_with_a_session(board):
    board.restore()
    for endpoint in BEARERS:
        address = board.rules[endpoint].rule.replace("<string:register>", "functions")
        address = address.replace("<uuid:ref>", str(NOT_THERE))
        for who, browser in board.browsers.items():
            answer = browser.get(address)
            assert answer.status_code == 400, f"{endpoint} as {who}"
            assert answer.mimetype == "application/problem+json"


def test_every_address_is_kebab_case_and_every_parameter_typed(app):
    programs = r"v1|openapi\.json|<string:register>"
    for rule in app.url_map.iter_rules():
        if rule.endpoint in BEARERS | DOCUMENTS:
            parts = rule.rule.removeprefix("/api/").split("/")
            assert all(re.fullmatch(rf"{programs}|<uuid:ref>|[a-z]+|", part) for part in parts), rule.rule
        elif rule.endpoint != "static":
            for part in rule.rule.strip("/").split("/"):
                assert re.fullmatch(r"(<uuid:[a-z_]+>|<int:[a-z_]+>|[a-z]+(-[a-z]+)*(\.ics)?|)", part), rule.rule


def test_every_endpoint_is_named_for_its_package_and_room(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            package = rule.endpoint.partition(".")[0]
            room = app.view_functions[rule.endpoint].__module__
            everywhere = room == "prepare.views.history" and rule.endpoint.endswith("_trail")
            assert everywhere or room.startswith(f"{package}.views"), rule.endpoint


def test_every_route_says_what_it_shows(app):
    for endpoint in set(ENDPOINTS) - {"static"}:
        assert app.view_functions[endpoint].__doc__, endpoint


def test_pages_of_the_whole_demo_city_ask_no_more(demo, app, sign_in, statements, count_statements):
    """The unit reads everything; the most statements of each page over all its records stay bounded."""
    browser = sign_in("central@merikaupunki.example")
    pages = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint in WAYS]
    for rule in pages:
        kind = WAYS[rule.endpoint].kind
        refs = db.session.scalars(sa.select(kind.ref).limit(3)).all() if kind else [None]
        for ref in refs:
            with statements() as seen:
                answer = browser.get(rule.rule.replace("<uuid:ref>", str(ref)).replace("<int:place>", "12"))
            assert answer.status_code in (200, 302, 403, 404), rule.endpoint
            most = MOST_OF.get(rule.endpoint, MOST_STATEMENTS)
            assert len(seen) <= most, rule.endpoint + "\n" + "\n".join(text[:160] for text in seen.texts)
            count_statements(rule.endpoint, len(seen))
