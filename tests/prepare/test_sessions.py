"""Sessions: kept on the server, ended there, and a stolen table opens no door."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from prepare.clock import now
from prepare.db import db
from prepare.gate.sessions import new_token, token_hash
from prepare.models.users import SignIn
from tests.conftest import beside, csrf_of

BEGUN = datetime(2026, 5, 4, 8, tzinfo=UTC)


def enter(client, town, name="central", **more):
    """Sign in through the page; gives the answer that carries the cookie."""
    token = csrf_of(client.get("/sign-in", **more).text)
    form = {"csrf_token": token, "next": "", "email": town.email(name), "password": town.PASSWORD}
    return client.post("/sign-in", data=form, **more)


def cookies(answer):
    """The cookies that an answer sets: name → (value, attributes)."""
    found = {}
    for line in answer.headers.getlist("Set-Cookie"):
        pair, *attributes = line.split("; ")
        name, _, value = pair.partition("=")
        found[name] = (value, {a.partition("=")[0]: a.partition("=")[2] for a in attributes})
    return found


def only_session():
    """The one session on the server."""
    return db.session.scalars(select(SignIn)).one()


@pytest.fixture
def behind_tls(app, town):
    """The same installation, reached over TLS."""
    with beside(app, BASE_URL="https://prepare.town.example") as house:
        yield house


def test_on_loopback_the_cookie_is_http_only_and_lax(town, client):
    value, attributes = cookies(enter(client, town))["prepare"]

    assert value.startswith("s.")
    assert attributes == {"HttpOnly": "", "Path": "/", "SameSite": "Lax"}
    assert len(value) < 4096


def test_over_tls_the_cookie_is_bound_to_the_host_and_secure(behind_tls, town):
    home = "https://prepare.town.example"
    where = {"base_url": home, "headers": {"Referer": f"{home}/sign-in"}}
    browser = behind_tls.test_client()

    before = cookies(browser.get("/sign-in", **where))
    after = cookies(enter(browser, town, **where))

    for found in (before, after):
        (name, (_value, attributes)) = next(iter(found.items()))
        assert name == "__Host-prepare"
        assert attributes == {"Secure": "", "HttpOnly": "", "Path": "/", "SameSite": "Lax"}


def test_only_the_hash_of_the_token_is_stored(town, client):
    value, _attributes = cookies(enter(client, town))["prepare"]
    token = value.removeprefix("s.")
    row = only_session()

    stored = [str(getattr(row, column.key)) for column in SignIn.__table__.columns]
    assert row.token_hash == token_hash(token)
    assert not any(token in text for text in stored)


def test_a_stolen_hash_opens_nothing(town, client, app):
    enter(client, town)
    thief = app.test_client()
    thief.set_cookie("prepare", f"s.{only_session().token_hash}")

    assert thief.get("/").status_code == 302


def test_tokens_have_256_random_bits():
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}


def test_the_cookie_changes_at_sign_in_so_that_none_can_be_planted(town, client):
    planted, _ = cookies(client.get("/sign-in"))["prepare"]

    value, _ = cookies(enter(client, town))["prepare"]

    assert value != planted
    assert planted.startswith("a.")


def test_a_planted_server_token_is_not_taken_over(town, client):
    client.set_cookie("prepare", "s.planted")

    value, _ = cookies(enter(client, town))["prepare"]

    assert value != "s.planted"
    assert only_session().token_hash != token_hash("planted")


def test_signing_out_ends_the_session_on_the_server(town, client, app):
    value, _ = cookies(enter(client, town))["prepare"]
    token = csrf_of(client.get("/").text)

    answer = client.post("/sign-out", data={"csrf_token": token})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert cookies(answer)["prepare"][0] == ""
    assert only_session().ended_at
    replayed = app.test_client()
    replayed.set_cookie("prepare", value)
    assert replayed.get("/functions/").headers["Location"] == "/sign-in?next=/functions/"


def test_a_replayed_cookie_answers_like_no_cookie_at_all(town, client, app):
    value, _ = cookies(enter(client, town))["prepare"]
    client.post("/sign-out", data={"csrf_token": csrf_of(client.get("/").text)})
    replayed, fresh = app.test_client(), app.test_client()
    replayed.set_cookie("prepare", value)

    one, other = replayed.get("/functions/"), fresh.get("/functions/")

    assert (one.status_code, one.text) == (other.status_code, other.text)


@pytest.mark.parametrize(
    ("seen_ago", "begun_ago", "still_in"),
    [
        (timedelta(minutes=59), timedelta(hours=11), True),
        (timedelta(minutes=61), timedelta(hours=2), False),
        (timedelta(minutes=1), timedelta(hours=12, minutes=1), False),
        (timedelta(0), timedelta(hours=11, minutes=59), True),
    ],
)
def test_a_session_ends_after_an_hour_unused_and_twelve_hours_in_all(town, sign_in, seen_ago, begun_ago, still_in):
    browser = sign_in("central", seen_at=now() - seen_ago, begun_at=now() - begun_ago)

    assert (browser.get("/functions/").status_code == 200) is still_in


def test_use_keeps_a_session_alive_but_is_written_at_most_once_a_minute(town, sign_in, monkeypatch, statements):
    monkeypatch.setenv("PREPARE_NOW", BEGUN.isoformat())
    browser = sign_in("central")

    monkeypatch.setenv("PREPARE_NOW", (BEGUN + timedelta(seconds=59)).isoformat())
    with statements() as seen:
        browser.get("/functions/")
    assert not any(text.startswith("UPDATE") for text in seen.texts)

    monkeypatch.setenv("PREPARE_NOW", (BEGUN + timedelta(seconds=61)).isoformat())
    browser.get("/functions/")
    assert only_session().seen_at == BEGUN + timedelta(seconds=61)


def test_a_session_without_use_ends_although_it_was_used_before(town, sign_in, monkeypatch):
    monkeypatch.setenv("PREPARE_NOW", BEGUN.isoformat())
    browser = sign_in("central")
    for minutes, status in ((50, 200), (100, 200), (161, 302)):
        monkeypatch.setenv("PREPARE_NOW", (BEGUN + timedelta(minutes=minutes)).isoformat())
        assert browser.get("/functions/").status_code == status


@pytest.mark.parametrize(
    "value",
    ["", "a", "s.", "s", "a.", "a.eyJ1c2VyX2lkIjoxfQ.aaaa.bbbb", ".eJw=", "A" * 4000, "s.' OR 1=1 --", "s.%00", "x.y"],
)
def test_a_cookie_that_was_never_given_opens_nothing(town, client, value):
    client.set_cookie("prepare", value)

    assert client.get("/functions/").status_code == 302
    assert client.get("/sign-in").status_code == 200


def test_a_signed_visitor_cookie_never_makes_somebody_signed_in(town, client, app):
    signer = app.session_interface._serializer(app)
    client.set_cookie("prepare", "a." + signer.dumps({"user_id": 1, "_user_id": "1", "sign_in_id": 1}))

    assert client.get("/functions/").status_code == 302


def test_each_sign_in_is_a_session_of_its_own(town, app):
    one, other = app.test_client(), app.test_client()
    enter(one, town)
    enter(other, town)

    one.post("/sign-out", data={"csrf_token": csrf_of(one.get("/").text)})

    assert one.get("/").status_code == 302
    assert other.get("/").status_code == 200


def test_the_language_that_a_visitor_chose_goes_with_them(town, client):
    client.post("/language", data={"csrf_token": csrf_of(client.get("/sign-in").text), "language": "sv", "next": "/"})

    enter(client, town)

    assert '<html lang="sv">' in client.get("/").text


def test_what_a_session_holds_stays_on_the_server(town, client):
    value, _ = cookies(enter(client, town))["prepare"]
    client.post("/language", data={"csrf_token": csrf_of(client.get("/").text), "language": "sv", "next": "/"})

    assert only_session().content["language"] == "sv"
    assert "sv" not in value or len(value) == 45


def test_the_page_of_a_signed_in_person_is_kept_by_no_cache(town, sign_in):
    answer = sign_in("central").get("/functions/")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Vary"] == "Cookie"


def test_a_static_file_needs_no_session_and_opens_none(town, client, statements):
    client.set_cookie("prepare", "s.whatever")

    with statements() as seen:
        answer = client.get("/static/prepare.css")

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert len(seen) == 0
