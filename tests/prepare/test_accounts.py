"""Accounts: who may sign in, how guessing is slowed down, and how an account is closed."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from prepare import passwords
from prepare.actor import SYSTEM, acting_as
from prepare.app import create_app
from prepare.audit import AuditEntry
from prepare.db import db, transaction
from prepare.entries import UserEntry
from prepare.errors import NotPermitted, RuleBroken
from prepare.models.users import RoleGrant, SignIn, SignInFailure, User
from prepare.register import accounts, roles
from prepare.vocabulary import Role
from tests.conftest import Visitor, csrf_of

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
REFUSAL = "The e-mail address or the password is wrong, or there have been too many tries."


def attempt(email="nobody@town.example", address="192.0.2.1"):
    """A try to sign in."""
    return accounts.Attempt(email, address, "browser")


def fail(count, at=AT, **whom):
    """Refuse as many tries, each counted."""
    with transaction():
        for _ in range(count):
            accounts.refuse(attempt(**whom), at=at)


def try_to_sign_in(client, email, password, **more):
    """Fill in and send the sign-in page."""
    token = csrf_of(client.get("/sign-in").text)
    return client.post("/sign-in", data={"csrf_token": token, "next": "", "email": email, "password": password, **more})


# The throttle


def test_five_failures_in_a_quarter_of_an_hour_stop_an_account(town):
    fail(4, email="a@town.example")
    assert not accounts.is_throttled(attempt("a@town.example"), at=AT)

    fail(1, email=" A@Town.Example ", address="198.51.100.7")

    assert accounts.is_throttled(attempt("a@town.example"), at=AT)
    assert accounts.is_throttled(attempt("a@town.example"), at=AT + timedelta(minutes=14, seconds=59))
    assert not accounts.is_throttled(attempt("a@town.example"), at=AT + timedelta(minutes=15, seconds=1))
    assert not accounts.is_throttled(attempt("b@town.example"), at=AT)


def test_a_hundred_failures_in_five_minutes_stop_an_address(town):
    for number in range(25):
        fail(4, email=f"{number}@town.example")

    assert accounts.is_throttled(attempt("fresh@town.example"), at=AT)
    assert not accounts.is_throttled(attempt("fresh@town.example", address="198.51.100.7"), at=AT)
    assert not accounts.is_throttled(attempt("fresh@town.example"), at=AT + timedelta(minutes=5, seconds=1))


def test_a_thousand_failures_in_five_minutes_stop_everybody(town):
    many = [SignInFailure(at=AT, account=f"{n}", address=f"{n}") for n in range(999)]
    town.keep(*many)
    assert not accounts.is_throttled(attempt("a@town.example"), at=AT)

    fail(1, email="b@town.example", address="203.0.113.9")

    assert accounts.is_throttled(attempt("a@town.example"), at=AT)
    assert not accounts.is_throttled(attempt("a@town.example"), at=AT + timedelta(minutes=5, seconds=1))


def test_tries_during_a_lock_are_told_to_the_trail_but_do_not_lengthen_it(town):
    fail(5, email="a@town.example")
    for minute in range(1, 15):
        fail(3, email="a@town.example", at=AT + timedelta(minutes=minute))

    assert db.session.scalar(select(func.count(SignInFailure.id))) == 5
    assert db.session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.action == "session:refuse")) == 47
    assert accounts.is_throttled(attempt("a@town.example"), at=AT + timedelta(minutes=14, seconds=59))
    assert not accounts.is_throttled(attempt("a@town.example"), at=AT + timedelta(minutes=15, seconds=1))


def test_after_a_lock_it_takes_five_new_failures_to_lock_again(town):
    for second in range(5):  # one each 10 s: the lock lasts from 0:40 to 15:40
        fail(1, email="a@town.example", at=AT + timedelta(seconds=10 * second))
    after = AT + timedelta(minutes=15, seconds=41)
    fail(4, email="a@town.example", at=after)

    assert not accounts.is_throttled(attempt("a@town.example"), at=after)
    fail(1, email="a@town.example", at=after)
    assert accounts.is_throttled(attempt("a@town.example"), at=after)


def test_four_failures_and_a_fifth_a_quarter_of_an_hour_later_lock_nothing(town):
    fail(4, email="a@town.example")
    fail(1, email="a@town.example", at=AT + timedelta(minutes=15, seconds=1))

    assert not accounts.is_throttled(attempt("a@town.example"), at=AT + timedelta(minutes=15, seconds=1))


def test_a_right_password_works_after_the_lock_although_somebody_went_on_trying(town, client, monkeypatch):
    for minute in range(15):
        monkeypatch.setenv("PREPARE_NOW", (AT + timedelta(minutes=minute)).isoformat())
        for _ in range(5 if minute == 0 else 1):
            try_to_sign_in(client, town.email("central"), "a wrong password")
    assert REFUSAL in try_to_sign_in(client, town.email("central"), town.PASSWORD).text

    monkeypatch.setenv("PREPARE_NOW", (AT + timedelta(minutes=15, seconds=1)).isoformat())

    assert try_to_sign_in(client, town.email("central"), town.PASSWORD).status_code == 302


def test_a_lock_is_the_same_in_every_process_and_after_a_restart(town, app, client):
    for _ in range(5):
        try_to_sign_in(client, town.email("central"), "a wrong password")
    other = create_app(app.config["SETTINGS"])
    other.test_client_class = Visitor

    answer = try_to_sign_in(other.test_client(), town.email("central"), town.PASSWORD)

    assert REFUSAL in answer.text
    with other.app_context():
        db.engine.dispose()


def test_three_hundred_good_sign_ins_in_a_minute_from_one_address_are_all_let_in(town):
    tried = attempt(town.email("central"))
    for number in range(300):
        with transaction():
            assert not accounts.is_throttled(tried, at=AT)
            accounts.begin(town.user("central"), tried, token_hash=f"{number}", content={}, at=AT)

    assert db.session.scalar(select(func.count(SignIn.id))) == 300


def test_a_persons_newest_session_is_kept_so_that_the_last_sign_in_is_known(town):
    old = {"begun_at": AT - timedelta(days=60), "seen_at": AT, "address": "", "browser": "", "content": {}}
    town.keep(SignIn(token_hash="old", user_id=town.user("auditor").id, **old))

    with transaction():
        accounts.begin(town.user("central"), attempt(town.email("central")), token_hash="x", content={}, at=AT)

    assert set(db.session.scalars(select(SignIn.token_hash))) == {"old", "x"}


def test_signing_in_forgets_the_failures_of_that_account_only(town, client):
    fail(4, email=town.email("central"))
    fail(4, email="other@town.example")

    with transaction():
        accounts.begin(town.user("central"), attempt(town.email("central")), token_hash="x", content={}, at=AT)

    assert db.session.scalar(select(func.count(SignInFailure.id))) == 4


def test_worn_out_rows_are_swept_and_fresh_ones_stay(town):
    fail(1, at=AT - timedelta(hours=25), email="old@town.example")
    fail(1, at=AT - timedelta(hours=23), email="new@town.example")
    old = {"begun_at": AT - timedelta(days=31), "seen_at": AT, "address": "", "browser": "", "content": {}}
    town.keep(SignIn(token_hash="old", user_id=1, **old), SignIn(token_hash="new", user_id=1, **old | {"begun_at": AT}))

    with transaction():
        accounts.begin(town.user("central"), attempt(town.email("central")), token_hash="x", content={}, at=AT)

    assert db.session.scalar(select(func.count(SignInFailure.id))) == 1
    assert set(db.session.scalars(select(SignIn.token_hash))) == {"new", "x"}


def test_a_throttled_account_is_refused_even_with_the_right_password(town, client):
    for _ in range(5):
        assert REFUSAL in try_to_sign_in(client, town.email("central"), "a wrong password").text

    page = try_to_sign_in(client, town.email("central"), town.PASSWORD)

    assert page.status_code == 200
    assert REFUSAL in page.text


def test_an_address_from_which_many_sign_in_rightly_is_not_stopped(town, app):
    for name in (*town.PEOPLE, *town.PEOPLE, *town.PEOPLE):
        answer = try_to_sign_in(app.test_client(), town.email(name), town.PASSWORD)
        assert answer.status_code == 302, name


def test_only_the_hash_of_a_tried_address_is_kept(town, client):
    try_to_sign_in(client, "salasana-vahingossa-tahan", "x")

    kept = db.session.scalars(select(SignInFailure.account)).one()
    assert re.fullmatch("[0-9a-f]{64}", kept)


# Who is refused is told nothing


def test_unknown_wrong_disabled_locked_and_passwordless_read_alike(town, app):
    town.change(town.user("auditor"), disabled_at=AT)
    town.change(town.user("newcomer"), password_hash=None)
    fail(5, at=datetime.now(UTC), email=town.email("central"))

    pages = []
    for email, password in (
        ("who@town.example", town.PASSWORD),
        (town.email("admin"), "a wrong password"),
        (town.email("auditor"), town.PASSWORD),
        (town.email("central"), town.PASSWORD),
        (town.email("newcomer"), town.PASSWORD),
        (town.email("newcomer"), "None"),
    ):
        client = app.test_client()
        answer = try_to_sign_in(client, email, password)
        assert answer.status_code == 200
        text = answer.text.replace(email, "EMAIL").replace(answer.headers["X-Request-Id"], "ID")
        pages.append(re.sub(r'name="csrf_token"[^>]*>', "TOKEN", text))

    assert REFUSAL in pages[0]
    assert len(set(pages)) == 1


def test_the_password_is_never_sent_back(town, client):
    answer = try_to_sign_in(client, town.email("central"), "my other password 123")

    assert "my other password 123" not in answer.text


def test_a_missing_account_takes_as_long_as_a_wrong_password(town):
    def spent(kept):
        begun = time.process_time()
        for _ in range(5):
            passwords.matches("a wrong password", kept)
        return time.process_time() - begun

    real = passwords.hashed(town.PASSWORD)

    assert 0.5 < spent(None) / spent(real) < 2


def test_the_right_password_opens_the_start_page(town, client):
    answer = try_to_sign_in(client, " Central@TOWN.example ", town.PASSWORD)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "Nimi central" in client.get("/").text


@pytest.mark.parametrize("missing", ["email", "password"])
def test_both_must_be_given_and_a_missing_one_is_not_counted_as_a_failure(town, client, missing):
    answer = try_to_sign_in(client, **{"email": "a@town.example", "password": "x", missing: ""})

    assert "This is needed." in answer.text
    assert db.session.scalar(select(func.count(SignInFailure.id))) == 0


# Passwords


@pytest.mark.parametrize(
    ("password", "holds"),
    [
        ("x" * 11, False),
        ("x" * 12, True),
        ("å" * 512, True),
        ("å" * 513, False),
        ("x" * 1024, True),
        ("x" * 1025, False),
    ],
)
def test_a_password_has_twelve_characters_and_at_most_1024_bytes(password, holds):
    if holds:
        assert passwords.matches(password, passwords.hashed(password))
    else:
        with pytest.raises(RuleBroken) as broken:
            passwords.hashed(password)
        assert broken.value.field == "password"


@pytest.mark.parametrize("password", ["  spaces around  ", "nul\x00inside it", "😀" * 12, "'; DROP TABLE user --"])
def test_every_character_of_a_password_counts(password):
    kept = passwords.hashed(password)

    assert passwords.matches(password, kept)
    assert not passwords.matches(password.strip() + " ", kept) or password.endswith(" ")
    assert not passwords.matches(password + "x", kept)


def test_an_endless_password_is_refused_before_it_is_hashed(town, client):
    begun = time.process_time()

    assert not passwords.matches("x" * 1_000_000, town.PASSWORD_HASH)
    answer = try_to_sign_in(client, town.email("central"), "x" * 1_000_000)

    assert answer.status_code == 200
    assert REFUSAL in answer.text
    assert time.process_time() - begun < 0.5


def test_a_lone_surrogate_in_a_password_is_just_a_wrong_password(town, client):
    assert not passwords.matches("\ud800" * 12, town.PASSWORD_HASH)


@pytest.mark.parametrize("kept", ["", "plain", "$argon2id$broken"])
def test_a_hash_that_is_none_opens_nothing(kept):
    assert not passwords.matches(kept, kept)


def test_passwords_are_kept_as_argon2id_of_46_mebibytes():
    assert passwords.hashed("x" * 12).startswith("$argon2id$v=19$m=47104,t=1,p=1$")


# Adding, granting, closing


@pytest.fixture
def city(town):
    """The city, over which accounts are given."""
    return town.organisation_of("CITY")


def test_an_account_is_kept_under_its_folded_address(town, acting, city):
    with acting("admin"), transaction():
        accounts.add_user(city, UserEntry(email=" Uusi@Town.Example", name="Uusi", language="sv"), password="y" * 12)

    person = town.user("uusi@town.example")
    assert (person.name, person.language, person.disabled_at) == ("Uusi", "sv", None)
    assert passwords.matches("y" * 12, person.password_hash)


@pytest.mark.parametrize("email", ["", "uusi", "@town.example", "uusi@", "a b@town.example", "CENTRAL@town.example"])
def test_an_address_that_is_malformed_or_taken_is_refused(town, acting, city, email):
    with acting("admin"), pytest.raises(RuleBroken) as broken, transaction():
        accounts.add_user(city, UserEntry(email=email, name="Uusi"), password=None)

    assert broken.value.field == "email"


def test_every_problem_of_an_account_is_told_at_once(town, acting, city):
    with acting("admin"), pytest.raises(RuleBroken) as broken, transaction():
        accounts.add_user(city, UserEntry(email="x", name="Uusi", language="de"), password=None)

    assert [rule.field for rule in broken.value.every] == ["email", "language"]


@pytest.mark.parametrize("name", sorted({"edu.contact", "edu.director", "central", "leadership", "auditor", "county"}))
def test_only_an_administrator_keeps_accounts(town, acting, city, name):
    with acting(name):
        with pytest.raises(NotPermitted), transaction():
            accounts.add_user(city, UserEntry(email="x@town.example", name="X"), password=None)
        with pytest.raises(NotPermitted), transaction():
            roles.grant(city, town.user(name), Role.ADMIN)
        with pytest.raises(NotPermitted), transaction():
            accounts.disable(town.user("admin"), at=AT)


def test_a_role_is_granted_once_and_comes_back_when_it_had_ended(town, acting):
    edu = town.organisation_of("EDU")
    with acting("admin"):
        with transaction():
            held = roles.grant(edu, town.user("newcomer"), Role.SECTOR_CONTACT)
            assert roles.grant(edu, town.user("newcomer"), Role.SECTOR_CONTACT) is held
        town.change(held, ended_at=AT)
        with transaction():
            roles.grant(edu, town.user("newcomer"), Role.SECTOR_CONTACT)

    grants = db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == town.user("newcomer").id)).all()
    assert [(grant.role, grant.ended_at) for grant in grants] == [(Role.SECTOR_CONTACT, None)]


def test_a_closed_account_is_out_with_its_next_request(town, acting, sign_in):
    browser, other = sign_in("wat.contact"), sign_in("edu.contact")
    assert browser.get("/functions/").status_code == 200

    with acting("admin"), transaction():
        accounts.disable(town.user("wat.contact"), at=AT)

    answer = browser.get("/functions/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=/functions/")
    assert other.get("/functions/").status_code == 200
    assert db.session.scalars(select(SignIn.ended_at).where(SignIn.user_id == town.user("wat.contact").id)).one()


def test_a_session_of_a_closed_account_opens_nothing_even_if_it_was_not_ended(town, sign_in):
    browser = sign_in("wat.contact")

    town.change(town.user("wat.contact"), disabled_at=AT)

    assert browser.get("/functions/").status_code == 302


def test_a_closed_account_cannot_sign_in_any_more(town, acting, client):
    with acting("admin"), transaction():
        accounts.disable(town.user("wat.contact"), at=AT)

    assert try_to_sign_in(client, town.email("wat.contact"), town.PASSWORD).status_code == 200


def test_a_role_that_ended_is_gone_with_the_next_request(town, sign_in):
    browser = sign_in("central")
    assert browser.get("/functions/").status_code == 200

    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == town.user("central").id)).one()
    town.change(grant, ended_at=AT)

    assert browser.get("/functions/").status_code == 403


def test_there_is_no_account_that_nobody_made(app, town):
    with acting_as(SYSTEM):
        assert db.session.scalar(select(func.count(User.id))) == len(town.PEOPLE)
