"""Sign-in links: shown once, used once, and saying nothing to those who have none."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from prepare import passwords
from prepare.audit import AuditPayload
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.models.invitations import Invitation
from prepare.models.users import RoleGrant, SignIn, SignInFailure, User
from prepare.register import accounts, invitations
from prepare.vocabulary import Role
from tests.conftest import csrf_of

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
GONE = "This link cannot be used"
PASSWORD = "kolme pientä kissanpentua"
PERSON = {"name": "Uusi", "email": "uusi@town.example", "language": "sv", "role": "sector_contact"}


def link_of(page):
    """The token of the link that a page shows."""
    return re.search(r"/invitation\?token=([\w-]+)", page)[1]


def invite(sign_in, **more):
    """Invite a new person as an administrator; gives the answer."""
    return sign_in("admin").send("/people/new", **{**PERSON, "organisation": "EDU", **more})


def renew(sign_in, town, name):
    """Make a new link for somebody who has an account; gives its token."""
    page = sign_in("admin").send(f"/people/{town.user(name).ref}/link")
    return link_of(page.text)


def take_up(client, token, password=PASSWORD, again=None):
    """Open a link and choose a password."""
    page = client.get(f"/invitation?token={token}")
    csrf = csrf_of(page.text)
    form = {"csrf_token": csrf, "token": token, "password": password, "password_again": again or password}
    return client.post("/invitation", data=form)


def plain(answer):
    """An answer without what differs each time."""
    text = answer.text.replace(answer.headers["X-Request-Id"], "")
    return answer.status_code, re.sub(r'name="csrf_token" value="[^"]+"', "TOKEN", text).split("<main")[1]


def test_an_invited_person_chooses_a_password_and_is_signed_in(town, sign_in, client):
    token = link_of(invite(sign_in).text)

    answer = take_up(client, token)

    person = town.user("uusi@town.example")
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == person.id)).one()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "Fostran och utbildning" in client.get("/organisations/", headers={"Accept-Language": "sv"}).text
    assert passwords.matches(PASSWORD, person.password_hash)
    assert (grant.role, grant.organisation.code) == (Role.SECTOR_CONTACT, "EDU")


def test_the_letter_is_in_the_language_of_the_person(town, sign_in):
    assert "Hej Uusi" in invite(sign_in).text


def test_only_the_hash_of_a_link_is_kept_anywhere(town, sign_in, client):
    token = link_of(invite(sign_in).text)
    take_up(client, token)

    kept = db.session.scalars(select(Invitation)).one().token_hash
    told = [str(changes) for changes in db.session.scalars(select(AuditPayload.changes))]
    contents = [str(content) for content in db.session.scalars(select(SignIn.content))]
    assert re.fullmatch("[0-9a-f]{64}", kept)
    assert len(token) == 43
    assert not [text for text in told + contents if token in text or kept in text]
    assert not [text for text in told if "argon2" in text]


def test_a_link_is_not_shown_again(town, sign_in):
    token = link_of(invite(sign_in).text)
    browser = sign_in("admin")

    pages = [browser.get(f"/people/{town.user('uusi@town.example').ref}"), browser.get("/people/"), browser.get("/")]

    assert not [page for page in pages if token in page.text]


def test_used_expired_withdrawn_disabled_and_unknown_links_answer_alike(town, sign_in, app, monkeypatch):
    used, withdrawn = (renew(sign_in, town, name) for name in ("central", "auditor"))
    expired, disabled = (renew(sign_in, town, name) for name in ("county", "police"))
    renew(sign_in, town, "auditor")
    take_up(app.test_client(), used)
    town.change(town.user("police"), disabled_at=AT)
    link = db.session.scalars(select(Invitation).where(Invitation.user_id == town.user("county").id)).one()
    town.change(link, expires_at=datetime.now(UTC) - timedelta(seconds=1))

    answers = [app.test_client().get(f"/invitation?token={t}") for t in (used, withdrawn, expired, disabled, "x", "")]
    sent = []
    for token in (used, withdrawn, expired, disabled, "x"):
        browser = app.test_client()
        csrf = csrf_of(browser.get("/sign-in").text)
        form = {"csrf_token": csrf, "token": token, "password": PASSWORD, "password_again": PASSWORD}
        sent.append(browser.post("/invitation", data=form))

    assert GONE in answers[0].text
    assert len({plain(answer) for answer in [*answers, *sent]}) == 1


def test_a_new_link_leaves_the_old_password_until_a_new_one_is_chosen(town, sign_in, client):
    browser = sign_in("wat.contact")
    token = renew(sign_in, town, "wat.contact")
    assert passwords.matches(town.PASSWORD, town.user("wat.contact").password_hash)
    assert browser.get("/functions/").status_code == 200

    take_up(client, token)

    assert not passwords.matches(town.PASSWORD, town.user("wat.contact").password_hash)
    assert browser.get("/functions/").status_code == 302
    assert client.get("/functions/").status_code == 200


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [("short", None, "at least 12"), (PASSWORD, "something else", "not alike"), ("x" * 1025, None, "at most 1024")],
)
def test_a_password_that_does_not_do_leaves_the_link_open(town, sign_in, client, password, again, told):
    token = renew(sign_in, town, "central")

    answer = take_up(client, token, password, again)

    assert told in answer.text
    assert take_up(client, token).status_code == 302


def test_a_link_is_valid_for_seven_days(town, acting, monkeypatch):
    with acting("admin"), transaction():
        made = invitations.invite(town.user("central"), token_hash="x", at=AT)

    assert made.expires_at == AT + timedelta(days=7)


def test_guessing_links_is_slowed_down_but_a_page_that_is_only_opened_locks_nobody_out(town, client, app, sign_in):
    for number in range(120):
        client.get(f"/invitation?token={number}")
    assert db.session.scalar(select(func.count(SignInFailure.id))) == 0

    csrf = csrf_of(client.get("/sign-in").text)
    for number in range(105):
        client.post(
            "/invitation", data={"csrf_token": csrf, "token": f"guess-{number}", "password": "x", "password_again": "x"}
        )

    assert db.session.scalar(select(func.count(SignInFailure.id))) == accounts.ADDRESS_FAILURES
    assert GONE in app.test_client().get(f"/invitation?token={renew(sign_in, town, 'central')}").text


def test_whoever_is_signed_in_is_asked_to_sign_out_first(town, sign_in):
    token = renew(sign_in, town, "central")

    page = sign_in("auditor").get(f"/invitation?token={token}")

    assert "Sign out first" in page.text
    assert db.session.scalars(select(Invitation.used_at)).one() is None


def test_only_an_administrator_makes_links_and_not_for_a_disabled_account(town, acting):
    town.change(town.user("auditor"), disabled_at=AT)
    with acting("central"), pytest.raises(NotPermitted), transaction():
        invitations.invite(town.user("edu.contact"), token_hash="x", at=AT)
    with acting("admin"), pytest.raises(RuleBroken), transaction():
        invitations.invite(town.user("auditor"), token_hash="x", at=AT)


def test_nothing_is_kept_when_an_invitation_breaks_a_rule(town, sign_in):
    before = db.session.scalar(select(func.count(User.id)))

    answer = invite(sign_in, email="central@town.example")

    assert "There is an account with this e-mail address already." in answer.text
    assert db.session.scalar(select(func.count(User.id))) == before
    assert db.session.scalar(select(func.count(Invitation.id))) == 0
