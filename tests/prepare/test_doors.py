"""The doors in detail: large forms, foreign pages over TLS, ports and proxies, the log, and texts that turn around."""

import ast
import json
import logging
import socket
import threading
import unicodedata
from pathlib import Path

import pytest
import waitress
from waitress import wasyncore
from werkzeug.test import encode_multipart

from continuity.models.plans import Plan
from prepare.cli import service
from prepare.gate.log import Line
from prepare.gate.visitors import network_address
from prepare.texts import unmasked
from tests.conftest import ROOT, beside, csrf_of
from tests.each import each_of
from tests.filled import filled
from tests.test_every_route import content

PACKAGES = ("prepare", "risks", "dependencies", "continuity", "exports")


# Large forms


LONG = ("Evakuointi: a\N{COMBINING DIAERESIS}iti \N{SNOWMAN}\t1) soita\r\n" * 30_000)[:1_000_000]


def sent(browser, address, values, encoding):
    """Post a form as a browser does in this encoding."""
    values = {"csrf_token": browser.token, **values}
    if encoding == "multipart":
        boundary, body = encode_multipart(values)
        return browser.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    return browser.post(address, data=values)


@pytest.mark.parametrize("encoding", ["urlencoded", "multipart"])
def test_a_plan_of_a_million_characters_is_kept_whole_in_both_encodings(town, sign_in, encoding):
    browser, plan = sign_in("edu.contact"), town.record(Plan, "P-01")
    address = f"/plans/{plan.ref}/sections/1"
    form = filled(browser.get(address).text, "text")

    answer = sent(browser, address, form | {"text": LONG}, encoding)

    assert answer.status_code == 302
    kept = filled(browser.get(address).text, "text")["text"]
    assert kept.replace("\r\n", "\n") == unicodedata.normalize("NFC", LONG.replace("\r\n", "\n")).strip()


@pytest.mark.parametrize("encoding", ["urlencoded", "multipart"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_form_over_the_limit_is_told_what_to_do_in_the_readers_language(app, town, sign_in, encoding, language):
    browser, before = sign_in("edu.contact", content={"language": language}), content(app)

    answer = sent(browser, "/plans/new", {"name_fi": "x" * 4_100_000}, encoding)

    back = {"fi": "paluupainikkeella", "sv": "bakåtknapp", "en": "back button"}[language]
    assert answer.status_code == 413
    assert back in answer.text
    assert content(app) == before


def test_a_form_of_too_many_parts_is_refused(town, sign_in):
    browser = sign_in("edu.contact")

    assert sent(browser, "/plans/new", {f"x{n}": "1" for n in range(1100)}, "multipart").status_code == 413
    assert sent(browser, "/plans/new", {f"x{n}": "1" for n in range(1100)}, "urlencoded").status_code == 422


# Where a post comes from


HOME = "https://prepare.town.example"
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://prepare.town.example"},
    {"Origin": "https://prepare.town.example:8443"},
    {"Origin": "https://prepare.town.example.evil.example"},
    {"Referer": "https://evil.example/https://prepare.town.example/"},
    {"Referer": "https://[::1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": HOME},
]
OWN = [
    {"Origin": HOME},
    {"Origin": HOME, "Sec-Fetch-Site": "same-origin"},
    {"Referer": f"{HOME}/sign-in"},
    {"Sec-Fetch-Site": "none"},
    {},
]


@pytest.fixture
def over_tls(app, town):
    """Posts to an installation behind TLS, with a good token and these headers; gives the answer's number."""
    with beside(app, BASE_URL=HOME) as house:
        browser = house.test_client()
        token = csrf_of(browser.get("/sign-in", base_url=HOME).text)

        def post(headers):
            data = {"csrf_token": token, "language": "sv"}
            return browser.post("/language", base_url=HOME, data=data, headers=headers).status_code

        yield post


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_behind_tls_a_post_from_elsewhere_is_refused(over_tls, headers):
    assert over_tls(headers) == 403


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_behind_tls_our_own_pages_post_also_without_a_referer(over_tls, headers):
    assert over_tls(headers) == 302


# Hosts, ports and proxies


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:1", 400),
        ("localhost:99999", 400),
        ("localhost:-1", 400),
        ("localhost:8765", 200),
        ("prepare.town.example", 200),
        ("prepare.town.example:443", 200),
        ("prepare.town.example:80@evil.example", 400),
        ("prepare.town.example.evil.example", 400),
        ("prepare.town.example\r\nX: 1", 400),
    ],
)
def test_a_request_names_the_host_and_a_port_of_the_installation(app, town, host, status):
    with beside(app, BASE_URL=HOME) as house:
        answer = house.test_client().get("/sign-in", base_url=HOME, environ_overrides={"HTTP_HOST": host})

    assert answer.status_code == status
    assert "evil" not in answer.text


def test_a_wrong_address_is_told_in_the_readers_language(town, client):
    told = {
        language: client.get("/sign-in", headers={"Host": "evil.example", "Accept-Language": language}).text
        for language in ("fi", "sv", "en")
    }

    assert "Palvelu ei ole tässä osoitteessa." in told["fi"]
    assert "Tjänsten finns inte på den här adressen." in told["sv"]
    assert "does not stand at this address" in told["en"]


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:51234", "192.0.2.7"),
        ("[2001:db8::7]:51234", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1"),
        ("unknown", None),
        ("x" * 70, None),
        ("1\x00", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_network_address_is_kept_of_what_a_proxy_tells(told, address):
    assert network_address(told) == address


def test_forwarded_headers_count_only_from_as_many_proxies_as_are_configured(app, town):
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "x"}
    with beside(app) as bare, beside(app, PROXIES="1", BASE_URL=HOME) as behind:
        assert bare.test_client().get("/sign-in", headers=forged).status_code == 200
        assert behind.test_client().get("/sign-in", base_url=HOME, headers=forged).status_code == 400
        right = {"X-Forwarded-Host": "evil.example, prepare.town.example", "X-Forwarded-Proto": "https"}
        assert behind.test_client().get("/sign-in", headers=right).status_code == 200


# Odd ways to ask


ODD_PATHS = [
    "/functions;x",
    "/functions/;x=1",
    "/FUNCTIONS/",
    "/functions/%2e",
    "/functions/%2e%2e/",
    "/functions/..%2f",
    "//functions/",
    "/functions//new",
    "/functions/.",
    "/./functions/",
    "/%66unctions/..",
    "/functions/new/",
    "/static/..%5capp.py",
    "/static/%00",
    "/static/.%2e/.%2e/etc/passwd",
    "/static/%252e%252e/app.py",
    "/static//etc/passwd",
    "/static/vendor",
    "/functions/%C0%AF",
    "/functions/%F0%28%8C",
    "/functions/%E2%80%AE",
]


@pytest.mark.parametrize("path", ODD_PATHS)
def test_an_odd_way_of_writing_an_address_opens_nothing(town, client, path):
    answer = client.get(path)

    where = answer.headers.get("Location", "")
    assert answer.status_code in (302, 308, 400, 404)
    assert answer.status_code != 302 or where.startswith("/sign-in")
    assert answer.status_code != 308 or where.startswith("http://localhost/")
    assert "root:" not in answer.text


@each_of(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
def test_no_module_reads_json_of_a_request_or_runs_a_shell(module: Path):
    """Flask's own reader takes NaN, the same key twice and any depth; an intake needs a reader of the house."""
    tree = ast.parse(module.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("get_json", "is_json"), node.lineno
            assert not (node.attr == "json" and isinstance(node.value, ast.Name) and node.value.id == "request")
        if isinstance(node, ast.keyword):
            assert node.arg != "shell", node.lineno


@pytest.mark.parametrize("kind", ["application/json", "application/problem+json"])
def test_a_program_that_reads_only_json_is_told_in_json(town, client, kind):
    answer = client.get("/nowhere", headers={"Accept": kind})

    told = json.loads(answer.text)
    assert answer.content_type == "application/problem+json"
    assert (told["status"], told["title"], len(told["request"])) == (404, "The page was not found", 32)
    assert "Content-Security-Policy" in answer.headers


# The log


def line(failure=None, *, text="told"):
    """The line that the log has of an event."""
    info = (type(failure), failure, failure.__traceback__) if failure else None
    return Line().format(logging.LogRecord("prepare", logging.ERROR, __file__, 1, "%s", (text,), info))


def test_an_event_is_one_line_that_no_text_can_break_or_forge():
    written = line(text='a\r\n{"level": "info"}\x1b[31m\x9b\u2028\u202e ä')

    assert written.isascii()
    assert written.isprintable()
    assert json.loads(written)["text"].startswith("a\r\n")


def test_the_log_tells_where_a_failure_was_but_nothing_that_people_wrote():
    try:
        int("canary-7261")
    except ValueError as error:
        written = line(error)

    assert json.loads(written)["failure"] == "ValueError"
    assert "test_doors.py" in written
    assert "canary" not in written


# Texts that turn around


def test_signs_that_turn_a_text_are_seen_on_pages_and_kept_in_forms(town, sign_in):
    turned, browser = "lasku\N{RIGHT-TO-LEFT OVERRIDE}txt.exe", sign_in("edu.contact")
    address = f"/functions/{town.function('F-EDU-01').ref}"
    form = filled(browser.get(f"{address}/edit").text, "name_fi")

    browser.send(f"{address}/edit", **form | {"customers": turned})

    assert "lasku[U+202E]txt.exe" in browser.get(address).text
    assert turned not in browser.get(address).text
    assert filled(browser.get(f"{address}/edit").text, "name_fi")["customers"] == turned
    assert unmasked("עברית äö") == "עברית äö"


# What a server meets that speaks with anybody

POST = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n"
RAW = {
    "a page": (b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 200),
    "another host": (b"GET /sign-in HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400),
    "TRACE": (b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 405),
    "JSON": (POST + b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n[]", 400),
    "bytes": (POST + b"Content-Type: application/octet-stream\r\nContent-Length: 2\r\n\r\n\0\0", 400),
    "no length": (POST + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n", 400),
    "a length below zero": (POST + b"Content-Length: -5\r\n\r\nabc", 400),
    "two lengths": (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", 400),
    "a length of 100 GB": (POST + b"Content-Length: 99999999999\r\n\r\nabc", 413),
    "a broken chunk": (POST + b"Transfer-Encoding: chunked\r\n\r\nZZZ\r\nabc", 400),
    "a NUL in a header": (b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: a\0b\r\n\r\n", 400),
}


@pytest.fixture
def served(app, town, monkeypatch):
    """Sends bytes to the server as `prepare serve` sets it up; gives the head of its answer."""
    set_up = {}
    monkeypatch.setattr(waitress, "serve", lambda app, **more: set_up.update(more))
    monkeypatch.setattr(service, "application", lambda: app)
    monkeypatch.setattr(service, "settings", lambda: app.config["SETTINGS"])
    listener = socket.create_server(("127.0.0.1", 0))
    service._serve(listener)
    sockets: dict = {}
    server = waitress.create_server(app, map=sockets, **set_up)
    done = threading.Event()

    def run():
        while not done.is_set():
            wasyncore.loop(timeout=0.1, map=sockets, count=1)

    thread = threading.Thread(target=run)
    thread.start()

    def ask(sent):
        with socket.create_connection(listener.getsockname(), timeout=20) as line:
            line.sendall(sent)
            return line.recv(65_536).decode("latin-1").partition("\r\n\r\n")[0]

    yield ask
    done.set()
    thread.join(10)
    server.task_dispatcher.shutdown()
    wasyncore.close_all(sockets)
    listener.close()


def test_a_server_refuses_what_is_no_request_and_tells_nothing_of_itself(served):
    for what, (sent, status) in RAW.items():
        head = served(sent)
        assert head.split()[1] == str(status), what
        assert "\r\nServer:" not in head, what
        assert "waitress" not in head, what
