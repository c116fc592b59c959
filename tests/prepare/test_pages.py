"""What every page promises: headers, no foreign requests, no lost text, no glimpse behind the door."""

import html
import logging
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import func, select

from prepare import anchors
from prepare.db import Base, db, transaction
from prepare.models.functions import Function
from prepare.queries import verification
from prepare.register import functions as register
from prepare.texts import LANGUAGES, _, speaking
from prepare.views.accounts import inside
from prepare.vocabulary import FunctionState
from tests.conftest import beside, csrf_of, let_go
from tests.filled import filled


def sweep(test):
    """It goes round all addresses: counting lines on the way tells nothing new, and no database changes the answer."""
    return pytest.mark.no_cover(pytest.mark.sqlite(test))


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
}


def stored():
    """Everything that is stored, but for the sessions' own clock."""
    db.session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name != "sign_in"]
    return {table.name: db.session.execute(select(table)).all() for table in tables}


def in_every_language(message):
    """The message in each language: who reads is not known when the sessions cannot be reached."""
    for language in LANGUAGES:
        with speaking(language):
            yield _(message)


def form_of(page, field="name_fi"):
    """The page's form as a browser would send it back, without its token."""
    return filled(page.text, field)


@pytest.fixture
def broken(app, monkeypatch):
    """A start page that fails."""

    def fail(**_url):
        raise ZeroDivisionError("/etc/passwd SELECT secret FROM user")

    fail.gate = app.view_functions["prepare.start"].gate
    monkeypatch.setitem(app.view_functions, "prepare.start", fail)


# Headers


def answers(app, town, sign_in):
    """One answer of each status: what was asked → the answer."""
    anonymous, contact, central = app.test_client(), sign_in("edu.contact"), sign_in("central")
    edit = f"/functions/{town.function('F-EDU-01').ref}/edit"
    return {
        "200 sign-in": anonymous.get("/sign-in"),
        "200 page": contact.get("/functions/"),
        "200 refused form": contact.send(edit, name_fi=""),
        "200 static": anonymous.get("/static/prepare.css"),
        "302 to sign in": anonymous.get("/functions/"),
        "302 after a post": contact.send(f"/functions/{town.function('F-EDU-01').ref}/submit"),
        "308 slash": contact.get("/functions"),
        "400 host": anonymous.get("/sign-in", headers={"Host": "evil.example"}),
        "400 token": contact.post(edit),
        "403 role": central.get("/risks/new"),
        "403 origin": contact.post("/sign-out", headers={"Origin": "https://evil.example"}),
        "404 page": contact.get("/nowhere"),
        "404 record": contact.get("/functions/00000000-0000-4000-8000-000000000000"),
        "404 static": anonymous.get("/static/nothing.css"),
        "405": contact.put("/functions/"),
        "409": contact.send(edit, name_fi="Vanha", confidentiality="internal", seen="0.0.0"),
        "413": contact.post(edit, data=b"x" * 17_000_000, content_type="application/x-www-form-urlencoded"),
        "400 search": contact.get("/functions/?q=" + "x" * 9000),
        "414": contact.get("/functions/?" + "&q=x" * 3000),
        "422": contact.send(edit, name_fi="X", owner_path="/"),
    }


def test_every_answer_carries_the_headers_whatever_its_status(app, town, sign_in):
    for asked, answer in answers(app, town, sign_in).items():
        assert str(answer.status_code) == asked[:3], asked
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, f"{name} of {asked}"
        assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-Id"]), asked
        assert "Server" not in answer.headers
        assert "X-Powered-By" not in answer.headers
        assert "Strict-Transport-Security" not in answer.headers, "loopback has no TLS"
        assert "static" in asked or answer.headers["Cache-Control"] == "no-store", asked


def test_a_failure_carries_the_headers_too(town, sign_in, broken):
    answer = sign_in("central").get("/")

    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_over_tls_browsers_are_told_to_stay_there(app, town):
    with beside(app, BASE_URL="https://prepare.town.example") as house:
        answer = house.test_client().get("/sign-in", base_url="https://prepare.town.example")

    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_a_static_file_is_kept_by_the_browser_and_named_anew_when_it_changes(town, client):
    address = re.search(r'href="(/static/prepare\.css\?v=\d+)"', client.get("/sign-in").text)[1]

    assert "max-age=86400" in client.get(address).headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "..\\app.py", "/etc/passwd", "....//app.py"]
)
def test_no_file_outside_the_static_folder_is_served(town, client, path):
    assert client.get(f"/static/{path}").status_code in (308, 404)


def test_a_page_names_no_other_site(town, sign_in):
    for address in ("/", "/functions/", "/functions/new", f"/functions/{town.function('F-EDU-04').ref}"):
        page = sign_in("edu.contact").get(address).text
        for found in re.findall(r'(?:src|href|action|data-[a-z-]+)="([^"]*)"', page):
            assert not re.match(r"\w+:|//", found), found
        assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", page)


# Foreign requests


def posts(app):
    """Every address that takes a post, with a record's reference that does not exist."""
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods:
            yield rule.rule.replace("<uuid:ref>", "00000000-0000-4000-8000-000000000000").replace("<int:place>", "12")


FOREIGN = {
    "no token": {},
    "an empty token": {"data": {"csrf_token": ""}},
    "a made-up token": {"data": {"csrf_token": "IjEi.aaaaaa.bbbbbb"}},
    "another origin": {"headers": {"Origin": "https://evil.example"}},
    "an origin that looks like ours": {"headers": {"Origin": "http://localhost.evil.example"}},
    "an opaque origin": {"headers": {"Origin": "null"}},
    "another site": {"headers": {"Sec-Fetch-Site": "cross-site"}},
    "a neighbour's site": {"headers": {"Sec-Fetch-Site": "same-site"}},
}


@sweep
@pytest.mark.parametrize("trick", FOREIGN)
def test_no_address_takes_a_post_from_elsewhere(app, town, sign_in, trick):
    browser, before = sign_in("edu.contact"), stored()
    for address in posts(app):
        asked = {"data": {"csrf_token": browser.token}, **FOREIGN[trick]}
        if trick == "no token":
            asked["data"] = {}
        answer = browser.post(address, **asked)
        assert answer.status_code == (403 if "headers" in FOREIGN[trick] else 400), f"{trick}: {address}"
    assert stored() == before


@sweep
def test_the_token_of_somebody_else_opens_nothing(app, town, sign_in):
    browser = sign_in("edu.contact")
    other = csrf_of(app.test_client().get("/sign-in").text)
    before = stored()

    for address in posts(app):
        assert browser.post(address, data={"csrf_token": other}).status_code == 400, address
    assert stored() == before


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}],
    ids=str,
)
def test_our_own_pages_may_post(town, sign_in, headers):
    browser = sign_in("edu.contact")

    answer = browser.post("/language", data={"csrf_token": browser.token, "language": "sv"}, headers=headers)

    assert answer.status_code == 302


@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "_method"])
def test_a_method_cannot_be_smuggled_in(town, sign_in, method, name):
    function = town.function("F-EDU-04")
    browser, before = sign_in("edu.contact"), stored()

    browser.open(
        f"/functions/{function.ref}",
        method=method,
        headers={"X-HTTP-Method-Override": "DELETE"},
        query_string={name: "DELETE"},
        data={"csrf_token": browser.token} if method == "POST" else None,
    )

    assert stored() == before


# Hosts and redirects


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evil.example:80@localhost",
        "localhost@evil.example",
        "localhost,evil.example",
        "localhost evil.example",
        "127.0.0.2",
        "[::2]",
        "[::1",
        "localhost:x",
        "LOCALHOST\\evil.example",
        "xn--evil",
        "",
    ],
)
def test_a_request_for_another_host_is_refused(town, client, host):
    answer = client.get("/sign-in", headers={"Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8765", "127.0.0.1:8765", "[::1]:8765"])
def test_a_request_for_this_installation_is_answered(town, client, host):
    assert client.get("/sign-in", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "Forwarded", "X-Original-URL"])
def test_nobody_is_believed_about_the_host_unless_a_proxy_is_configured(town, client, name):
    answer = client.get("/functions/", headers={name: "evil.example"})

    assert answer.headers["Location"].startswith("/sign-in")
    assert "evil" not in str(answer.headers)


TRICKS = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example@prepare.example",
    "http:///evil.example",
    "/\r\nSet-Cookie:x=1",
    "javascript:alert(1)",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "http://127.0.0.1.evil.example/",
    "evil.example",
    "?next=//evil.example",
    " //evil.example",
    "/\x00/evil.example",
    "",
]


@pytest.mark.parametrize("trick", TRICKS)
def test_no_address_to_go_on_to_leads_outside(app, town, client, trick):
    with app.test_request_context():
        assert inside(trick) == "/"
    token = csrf_of(client.get("/sign-in", query_string={"next": trick}).text)
    form = {"csrf_token": token, "email": town.email("central"), "password": town.PASSWORD, "next": trick}

    answer = client.post("/sign-in", data=form)

    assert answer.headers["Location"] == "/"
    assert "x=1" not in str(answer.headers)


@pytest.mark.parametrize("address", ["/%0d%0aSet-Cookie:x=1", "/sign-in?next=//evil.example", "/%09/evil.example"])
def test_an_encoded_trick_stays_inside_as_it_is(app, town, client, address):
    with app.test_request_context():
        assert inside(address) == address

    answer = client.post("/language", data={"csrf_token": csrf_of(client.get("/sign-in").text), "next": address})

    assert re.fullmatch(r"/[^/\\].*", answer.headers["Location"])
    assert "x=1" not in str(answer.headers.getlist("Set-Cookie"))


def test_signing_in_leads_on_to_the_page_that_was_wanted(town, client):
    wanted = f"/functions/{town.function('F-EDU-04').ref}?tab=1&x=å"
    led = client.get(wanted)
    sign_in = client.get(led.headers["Location"])
    form = filled(sign_in.text, "email") | {"csrf_token": csrf_of(sign_in.text)}

    answer = client.post("/sign-in", data=form | {"email": town.email("central"), "password": town.PASSWORD})

    assert answer.headers["Location"].startswith(f"/functions/{town.function('F-EDU-04').ref}?tab=1&x=")


# Failures show nothing


def test_a_failure_tells_the_request_id_and_no_more(town, sign_in, broken, caplog):
    with caplog.at_level(logging.ERROR):
        answer = sign_in("central").get("/")

    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    for glimpse in ("Traceback", "ZeroDivisionError", "passwd", "SELECT", ".py", "sqlalchemy", "/work", "Werkzeug"):
        assert glimpse not in answer.text, glimpse
    assert "ZeroDivisionError" in caplog.text


def test_a_missing_page_does_not_repeat_its_address(town, client):
    answer = client.get("/<script>alert(1)</script>?q=<b>canary</b>")

    assert answer.status_code == 404
    assert "alert(1)" not in answer.text
    assert "canary" not in answer.text


def test_an_error_is_told_in_the_language_of_the_reader(town, sign_in, client):
    titles = set()
    for language in ("fi", "sv", "en"):
        answer = client.get("/nowhere", headers={"Accept-Language": language})
        assert f'<html lang="{language}">' in answer.text
        titles.add(re.search("<h1>(.*?)</h1>", answer.text)[1])
    assert len(titles) == 3


@pytest.mark.parametrize("name", [None, "central"])
def test_a_register_that_cannot_be_reached_is_told_calmly(app, town, sign_in, client, name, caplog):
    browser = sign_in(name) if name else client
    let_go(app)

    answer = browser.get("/functions/" if name else "/sign-in")

    assert answer.status_code == 503
    assert any(title in answer.text for title in in_every_language("The register cannot be reached right now"))
    assert answer.headers["X-Request-Id"] in answer.text
    assert answer.headers["X-Request-Id"]
    assert "no such table" not in answer.text
    assert {header: answer.headers.get(header) for header in HEADERS} == HEADERS


def test_what_people_wrote_does_not_reach_the_log_by_an_error(town, sign_in, caplog):
    function = town.function("F-EDU-01")
    browser = sign_in("edu.contact")
    form = form_of(browser.get(f"/functions/{function.ref}/edit"))
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_entry RENAME TO gone")

    answer = browser.send(f"/functions/{function.ref}/edit", **form | {"customers": "canary-7261"})

    assert answer.status_code == 503
    assert "canary-7261" not in caplog.text
    assert "audit_entry" in caplog.text


def test_errors_reach_the_log_on_one_line(town, sign_in, caplog):
    sign_in("central").get("/functions/", headers={"User-Agent": "a\tb"}, query_string={"q": "x\r\nERROR forged"})

    assert not any("\n" in record.getMessage() for record in caplog.records)


# Bodies that are not forms


@sweep
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"csrf_token": 1}'),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nnever ends"),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00&csrf_token=%ed%a0%80"),
        ("application/x-www-form-urlencoded", b"&&&===&"),
        ("text/xml", b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>"),
        ("", b"x"),
    ],
)
def test_a_body_that_is_no_form_is_refused_calmly(app, town, sign_in, content_type, body):
    browser, before = sign_in("edu.contact"), stored()

    for address in posts(app):
        assert browser.post(address, data=body, content_type=content_type).status_code in (400, 404), address
    assert stored() == before


def test_a_text_that_is_too_large_is_refused_before_it_is_read(town, sign_in):
    browser, head = sign_in("edu.contact"), b'--x\r\nContent-Disposition: form-data; name="name_fi"\r\n\r\n'

    body = head + b"x" * 5_000_000 + b"\r\n--x--\r\n"
    answer = browser.post("/functions/new", data=body, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 413
    assert "Nothing was saved." in answer.text


def test_a_long_text_is_kept_whole(town, sign_in):
    browser, text = sign_in("edu.contact"), "Pitkä kuvaus. " * 1400
    address = f"/functions/{town.function('F-EDU-01').ref}/edit"

    assert browser.send(address, **form_of(browser.get(address)) | {"description_fi": text}).status_code == 302

    assert town.function("F-EDU-01").description_fi == text.strip()


# Forms


FORMS = ["/functions/new", "/functions/{ref}/edit", "/functions/{ref}/impacts", "/functions/{ref}/retire", "/sign-in"]


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize(
    "field", ["state", "code", "organisation_id", "owner_path", "confirmed_on", "id", "version_id", "x"]
)
def test_a_field_that_a_form_does_not_have_is_refused_and_nothing_is_stored(town, sign_in, client, address, field):
    browser = sign_in("edu.contact") if address != "/sign-in" else client
    address = address.format(ref=town.function("F-EDU-03").ref)
    page = browser.get(address)
    values = filled(page.text, "csrf_token")
    before = stored()

    answer = browser.post(address, data={**values, "csrf_token": csrf_of(page.text), field: "confirmed"})

    assert answer.status_code == 422
    assert stored() == before


def test_a_field_that_is_sent_twice_counts_once(town, sign_in):
    browser = sign_in("edu.contact")
    data = {"csrf_token": browser.token, "name_fi": ["Yksi", "Kaksi"], "confidentiality": "internal"}

    answer = browser.post("/functions/new", data={**data, "organisation": "EDU"})

    assert answer.status_code == 302
    assert db.session.scalar(select(func.count(Function.id)).where(Function.name_fi == "Yksi")) == 1


def test_an_organisation_that_is_not_offered_is_refused(town, sign_in):
    browser = sign_in("edu.contact")
    for code in ("WAT", "CITY", "P-CTY", "NONE", "1"):
        answer = browser.send("/functions/new", name_fi="X", confidentiality="internal", organisation=code)
        assert "Choose one from the list." in answer.text, code
    assert not db.session.scalar(select(func.count(Function.id)).where(Function.name_fi == "X"))


def test_a_refused_form_keeps_every_typed_text_and_tells_every_error(town, sign_in):
    typed = {"name_fi": "", "name_sv": "Mat <b>", "rto_h": "neljä", "mtpd_h": "-1", "mbco_pct": "140", "min_staff": "x"}

    answer = sign_in("edu.contact").send("/functions/new", **typed, confidentiality="internal", organisation="EDU")

    page = html.unescape(answer.text)
    assert answer.status_code == 200
    for text in typed.values():
        assert text in page
    for field in ("name_fi", "rto_h", "mtpd_h", "min_staff"):
        assert f'href="#{field}"' in page, field
        assert f'id="{field}-error"' in page, field


def test_a_broken_rule_stands_at_its_field_in_the_readers_language(town, sign_in):
    browser = sign_in("edu.contact", content={"language": "fi"})
    form = {"name_fi": "X", "rto_h": "9", "mtpd_h": "8", "criticality": "K1", "confidentiality": "internal"}

    page = browser.send("/functions/new", **form, organisation="EDU").text

    told = re.search(r'id="rto_h-error"><span[^>]*>([^<]+)', page)[1]
    assert "Palautumisaikatavoite (RTO) 9 h on pidempi" in told


def test_a_saved_function_is_shown_as_it_was_typed(town, sign_in):
    browser = sign_in("edu.contact")
    typed = {"name_fi": "Äidinkieli", "rto_h": "30 min", "mtpd_h": "2 vrk", "criticality": "K2", "min_staff": "3"}

    answer = browser.send("/functions/new", **typed, confidentiality="internal", organisation="EDU")
    page = form_of(browser.get(answer.headers["Location"] + "/edit"))

    assert (page["name_fi"], page["rto_h"], page["mtpd_h"], page["min_staff"]) == ("Äidinkieli", "0.5", "48", "3")


# Two people at once


@pytest.fixture(params=["F-EDU-01", "F-EDU-03"], ids=["draft", "in force"])
def pair(request, town, sign_in):
    """Two browsers that have the same edit page open: (address, the form as it was opened, mine, theirs)."""
    mine, theirs = sign_in("edu.contact"), sign_in("edu.director")
    address = f"/functions/{town.function(request.param).ref}/edit"
    return address, form_of(mine.get(address)), mine, theirs


LONG = "Ruokaa <b>ja</b> \"juomaa\" & 'muuta'\nrivi 2 🍲"


def test_a_stale_save_keeps_every_text_that_was_typed(town, pair):
    address, form, mine, theirs = pair
    assert theirs.send(address, **form | {"customers": "Heidän asiakkaansa", "key_skills": "Heidän"}).status_code == 302

    changed = {"customers": "Minun asiakkaani", "description_fi": LONG, "rto_h": "1,5", "min_staff": "7"}
    answer = mine.send(address, **form | changed)

    kept = form_of(answer, "customers")
    assert answer.status_code == 409
    assert {name: kept[name] for name in changed} | {"description_fi": LONG} == changed | {"description_fi": LONG}
    assert kept["description_fi"].replace("\r\n", "\n") == LONG
    assert "Heidän asiakkaansa" in answer.text
    assert "<b>ja</b>" not in answer.text


def test_a_stale_save_changes_nothing_by_itself(town, pair):
    address, form, mine, theirs = pair
    theirs.send(address, **form | {"customers": "Heidän"})
    before = stored()

    mine.send(address, **form | {"customers": "Minun"})

    assert stored() == before


def test_saving_the_conflict_page_puts_both_changes_together(town, pair):
    address, form, mine, theirs = pair
    theirs.send(address, **form | {"customers": "Heidän", "key_skills": "Heidän taitonsa"})
    conflict = form_of(
        mine.send(address, **form | {"customers": "Minun", "peak_periods": "Minun syksyni"}), "customers"
    )

    answer = mine.send(address, **conflict | {"customers": "Yhteinen"})

    assert answer.status_code == 302
    saved = form_of(mine.get(address))
    assert (saved["customers"], saved["key_skills"], saved["peak_periods"]) == (
        "Yhteinen",
        "Heidän taitonsa",
        "Minun syksyni",
    )


def test_a_third_save_meanwhile_is_a_conflict_again(town, pair):
    address, form, mine, theirs = pair
    theirs.send(address, **form | {"customers": "Toinen"})
    conflict = form_of(mine.send(address, **form | {"customers": "Minun"}), "customers")
    theirs.send(address, **form_of(theirs.get(address)) | {"customers": "Kolmas"})

    answer = mine.send(address, **conflict)

    assert answer.status_code == 409
    assert "Kolmas" in answer.text


def at_once(calls):
    """The answers of requests that are sent at the same moment."""
    gate = Barrier(len(calls))

    def send(call):
        gate.wait(10)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(send, calls))


def test_of_eight_people_who_save_at_once_one_wins_and_the_others_keep_their_texts(town, sign_in):
    address = f"/functions/{town.function('F-EDU-01').ref}/edit"
    form = form_of(sign_in("edu.contact").get(address))
    browsers = {f"Teksti {number}": sign_in("edu.contact") for number in range(8)}

    sent = [partial(browser.send, address, **form | {"customers": text}) for text, browser in browsers.items()]
    answers = dict(zip(browsers, at_once(sent), strict=True))

    (winner,) = [text for text, answer in answers.items() if answer.status_code == 302]
    assert town.function("F-EDU-01").customers == winner
    for text, answer in answers.items():
        if text != winner:
            assert answer.status_code == 409
            assert form_of(answer, "customers")["customers"] == text
    assert verification.verify(anchors.read()).holds


def test_eight_people_who_save_different_functions_at_once_all_succeed_and_the_trail_holds(town, sign_in):
    town.keep(*(town.a_function(f"F-EDU-{number}", state=FunctionState.DRAFT) for number in range(81, 89)))
    sent = []
    for number in range(81, 89):
        address, browser = f"/functions/{town.function(f'F-EDU-{number}').ref}/edit", sign_in("edu.contact")
        sent.append(partial(browser.send, address, **form_of(browser.get(address)) | {"customers": f"Teksti {number}"}))

    answers = at_once(sent)

    assert [answer.status_code for answer in answers] == [302] * 8
    assert town.function("F-EDU-85").customers == "Teksti 85"
    assert verification.verify(anchors.read()).holds


def test_the_conflict_page_tells_who_saved_meanwhile(town, pair):
    address, form, mine, theirs = pair
    theirs.send(address, **form | {"customers": "Heidän"})

    assert "Nimi edu.director" in mine.send(address, **form | {"customers": "Minun"}).text


@pytest.mark.parametrize("seen", ["9" * 400, "1." + "9" * 5000, "1." + "9" * 30, "-1", "1e9", "\x00", "<b>", ""])
def test_an_odd_version_counts_as_nothing_seen_and_the_text_is_kept(town, sign_in, seen):
    address, browser = f"/functions/{town.function('F-EDU-01').ref}/edit", sign_in("edu.contact")
    form = form_of(browser.get(address)) | {"customers": "Minun", "seen": seen}

    answer = browser.send(address, **form)

    assert answer.status_code == 409
    assert form_of(answer, "customers")["customers"] == "Minun"


def test_the_same_change_by_both_is_no_clash(town, pair):
    address, form, mine, theirs = pair
    theirs.send(address, **form | {"customers": "Sama"})

    answer = mine.send(address, **form | {"customers": "Sama", "key_skills": "Minun"})

    assert answer.status_code == 409
    assert "clash" not in answer.text
    assert form_of(answer, "customers")["key_skills"] == "Minun"


def test_a_function_that_was_retired_meanwhile_is_not_changed(town, pair, acting):
    address, form, mine, _theirs = pair
    with acting("edu.contact"), transaction():
        code = town.record(Function, "F-EDU-01" if str(town.function("F-EDU-01").ref) in address else "F-EDU-03").code
        register.retire(town.function(code))
    before = stored()

    answer = mine.send(address, **form | {"customers": "Minun"})

    assert answer.status_code == 409
    assert "A retired function cannot be changed." in answer.text
    assert "Minun" in answer.text
    assert 'name="seen"' not in answer.text
    assert stored() == before


def test_stale_impacts_are_not_saved_over_others(town, sign_in):
    address = f"/functions/{town.function('F-WAT-01').ref}/impacts"
    one, other = sign_in("wat.contact"), sign_in("wat.contact")
    form = filled(one.get(address).text, "LIFE-T1")
    assert other.send(address, **form | {"ECON-T7": "4"}).status_code == 302
    before = stored()

    answer = one.send(address, **form | {"ECON-T7": "5"})

    assert answer.status_code == 409
    assert "Nimi wat.contact" in answer.text or "You saved this record yourself" in answer.text
    assert filled(answer.text, "LIFE-T1")["ECON-T7"] == "5"
    assert stored() == before


# What people write is shown as they wrote it


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "{% for x in y %}{{ config }}",
    "'-alert(1)-'",
    "%(name)s %s %",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_write_is_shown_and_never_run(town, sign_in, payload):
    browser, central = sign_in("edu.contact"), sign_in("central")
    texts = [
        name
        for name in form_of(browser.get("/functions/new"))
        if name.startswith(("name", "desc", "custom", "key", "peak"))
    ]
    answer = browser.send(
        "/functions/new", **dict.fromkeys(texts, payload), confidentiality="internal", organisation="EDU"
    )
    assert answer.status_code == 302
    address = answer.headers["Location"]

    for who, page in (
        (browser, address),
        (browser, f"{address}/edit"),
        (browser, f"{address}/trail"),
        (browser, f"{address}/retire"),
        (browser, "/functions/?sort=name"),
        (browser, "/"),
        (central, f"{address}/review"),
        (central, "/trail/"),
    ):
        shown = who.get(page)
        assert shown.status_code == 200
        assert html.unescape(shown.text).count(payload.strip()) >= 1, page
        assert not re.search(r"<script>alert|<img src=x|<svg/onload", shown.text), page
        assert "SECRET_KEY" not in shown.text


def test_a_search_is_shown_as_it_was_typed(town, sign_in):
    page = sign_in("central").get("/functions/", query_string={"q": '"><script>alert(1)</script>'}).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


# Lists


@pytest.fixture
def many(town):
    """A hundred and twenty functions besides those of the town."""
    town.keep(*(town.a_function(f"F-EDU-{number}", name_fi=f"Toiminto {number}") for number in range(200, 320)))
    return town


def shown_codes(page):
    """The functions that a list shows, in its order."""
    return list(dict.fromkeys(re.findall(r">(F-[A-Z]+-\d+)<", page.text)))


def test_pages_of_a_list_hold_fifty_and_together_everything_once(many, sign_in):
    browser = sign_in("edu.contact")

    pages = [shown_codes(browser.get("/functions/", query_string={"sort": "code", "page": n})) for n in (1, 2, 3)]

    assert [len(page) for page in pages] == [50, 50, 26]
    assert len({code for page in pages for code in page}) == 126


ODD_PAGES = [
    "-1",
    "0",
    "1e9",
    "9" * 24,
    "1.5",
    "abc",
    "\N{ARABIC-INDIC DIGIT ONE}",
    "0x10",
    "1;DROP",
    "NaN",
    "+1",
    "",
    "²",
]


def test_an_odd_page_number_means_a_page_that_exists(many, sign_in):
    browser = sign_in("edu.contact")

    for page in ODD_PAGES:
        answer = browser.get("/functions/", query_string={"sort": "code", "page": page})
        assert answer.status_code == 200, page
        assert len(shown_codes(answer)) == 50, page


ODD = ["'", "-", "--", "%", "K9", "../..", "\ud7ff", "😀", "x" * 200]
UNREADABLE = ["x" * 201, "a\x00b", "a\ufffdb", "\x1b[1m"]


@pytest.mark.parametrize("name", ["sort", "organisation", "criticality", "state", "outside", "q"])
def test_an_odd_filter_never_fails(town, sign_in, name):
    browser = sign_in("wat.contact")

    assert {browser.get("/functions/", query_string={name: value}).status_code for value in ODD} == {200}
    assert {browser.get("/functions/", query_string={name: value}).status_code for value in UNREADABLE} == {400}


@pytest.mark.parametrize("name", ["action", "q", "from", "to", "person", "kind", "organisation", "code"])
def test_an_odd_filter_of_the_trail_never_fails(town, sign_in, name):
    browser = sign_in("admin")

    assert {browser.get("/trail/", query_string={name: value}).status_code for value in ODD} == {200}
    assert {browser.get("/trail/", query_string={name: value}).status_code for value in UNREADABLE} == {400}


def test_the_menu_marks_the_group_and_the_entry_that_a_page_belongs_to(town, sign_in):
    """The analyses have addresses of their own, yet stand below one entry."""
    browser = sign_in("central")

    menu = re.search(r'<nav class="menu".*?</nav>', browser.get("/circles/").text, flags=re.S)[0]
    groups, pages = re.findall(r'<ul class="menu__(?:groups|pages)".*?</ul>', menu, flags=re.S)

    assert re.findall(r'aria-current="(\w+)">([^<]+)<', groups) == [("true", "Disruptions")]
    assert re.findall(r'aria-current="(\w+)">([^<]+)<', pages) == [("page", "Analyses")]


def test_a_group_with_one_page_is_called_by_its_name(town, sign_in):
    """A contact administers nothing but reads the organisations: a heading above that alone would say nothing."""
    groups = re.search(r'<ul class="menu__groups".*?</ul>', sign_in("edu.contact").get("/").text, flags=re.S)[0]

    assert "Organisations" in groups
    assert "Administration" not in groups


@sweep
def test_the_menu_shows_only_what_opens(app, town, sign_in):
    for name in town.PEOPLE:
        browser = sign_in(name)
        menu = re.search(r'<nav class="menu".*?</nav>', browser.get("/").text, flags=re.S)
        addresses = re.findall(r'href="([^"]+)"', menu[0]) if menu else []
        assert {browser.get(address).status_code for address in addresses} <= {200}, name
        assert addresses


@sweep
@pytest.mark.parametrize("name", ["edu.contact", "central", "county", "admin"])
def test_every_link_opens_for_whoever_sees_it(town, sign_in, name):
    """No page offers what is then refused: the links are followed, to three pages of each kind."""
    browser, queue, kinds, seen = sign_in(name), ["/"], Counter(), {"/"}
    while queue:
        address = queue.pop()
        answer = browser.get(address)
        assert answer.status_code in (200, 302), f"{address} {answer.status_code}"
        for link in re.findall(r'<a [^>]*?href="(/[^"#]*)', answer.text):
            kind = re.sub(r"[0-9a-f-]{36}|\?.*", "*", link)
            if link not in seen and kinds[kind] < 3:
                kinds[kind] += 1
                seen.add(link)
                queue.append(html.unescape(link))
    assert len(kinds) >= 3


def test_the_language_of_a_page_is_changed_and_kept(town, sign_in):
    browser = sign_in("edu.contact")
    headings = set()
    for language in ("fi", "sv", "en"):
        browser.send("/language", language=language, next="/functions/")
        page = browser.get("/functions/").text
        assert f'<html lang="{language}">' in page
        headings.add(re.search("<h1>(.*?)</h1>", page)[1])
    assert len(headings) == 3


def test_an_unknown_language_changes_nothing(town, sign_in):
    browser = sign_in("edu.contact")

    browser.send("/language", language="../../etc", next="/")

    assert '<html lang="en">' in browser.get("/").text


def test_a_message_is_shown_once(town, sign_in):
    browser = sign_in("edu.contact")
    answer = browser.send(f"/functions/{town.function('F-EDU-01').ref}/submit")

    first, second = browser.get(answer.headers["Location"]), browser.get(answer.headers["Location"])

    assert "Submitted. The security" in first.text
    assert "Submitted. The security" not in second.text


def test_the_way_of_a_function_through_the_pages(town, sign_in):
    """The sector edits, sees a rule, mends, submits; the unit reviews, returns, confirms; all see the trail."""
    sector, unit = sign_in("edu.contact"), sign_in("central")
    address = f"/functions/{town.function('F-EDU-03').ref}"
    form = form_of(sector.get(f"{address}/edit"))

    assert "RTO" in sector.send(f"{address}/edit", **form | {"rto_h": "200"}).text
    assert sector.send(f"{address}/edit", **form | {"rto_h": "24", "name_sv": "Undervisning"}).status_code == 302
    assert sector.send(f"{address}/submit").status_code == 302
    assert "F-EDU-03" in unit.get("/").text
    assert "Undervisning" in unit.get(f"{address}/review").text
    assert unit.send(f"{address}/return", reason="").status_code == 200
    assert unit.send(f"{address}/return", reason="Tarkenna").status_code == 302
    assert "Tarkenna" in sector.get(address).text
    assert sector.send(f"{address}/submit").status_code == 302
    assert unit.send(f"{address}/confirm").status_code == 302
    assert town.function("F-EDU-03").name_sv == "Undervisning"
    assert "Undervisning" in sector.get(f"{address}/trail").text
