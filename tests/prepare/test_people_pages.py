"""People: who is found, what an administrator may do to whom, and how soon it holds."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from prepare import passwords
from prepare.app import create_app
from prepare.audit import AuditEntry
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.models.posts import KeptText
from prepare.models.users import RoleGrant, SignIn
from prepare.queries import people as queries
from prepare.register import accounts, roles
from prepare.vocabulary import Role
from tests.conftest import Visitor, signed_in
from tests.filled import filled

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


def names(rows):
    """The first parts of the found people's addresses."""
    return {person.email.partition("@")[0] for person in db.session.scalars(rows)}


@pytest.fixture
def scope(town):
    """What the administrator reads."""
    return town.actor_of("admin").scope


def test_people_are_found_by_name_role_and_place(town, scope):
    edu = town.organisation_of("EDU").path

    assert names(queries.people(scope)) == set(town.PEOPLE)
    assert names(queries.people(scope, q="EDU. town")) == {"edu.contact", "edu.director"}
    assert names(queries.people(scope, q="100%")) == set()
    assert names(queries.people(scope, organisation=edu)) == {"edu.contact", "edu.director"}
    assert names(queries.people(scope, role=Role.SECTOR_CONTACT)) == {"edu.contact", "wat.contact"}
    assert names(queries.people(scope, organisation=edu, role=Role.SECTOR_DIRECTOR)) == {"edu.director"}


def test_a_role_that_ended_finds_nobody_but_the_person_stays_in_the_list(town, scope, acting):
    with acting("admin"), transaction():
        roles.withdraw(town.organisation_of("EDU"), town.user("edu.contact"), Role.SECTOR_CONTACT, at=AT)

    assert names(queries.people(scope, role=Role.SECTOR_CONTACT)) == {"wat.contact"}
    assert "edu.contact" in names(queries.people(scope))


def test_people_are_found_by_when_they_last_signed_in(town, scope):
    row = {"seen_at": AT, "address": "", "browser": "", "content": {}}
    town.change(town.user("police"), disabled_at=AT)
    town.keep(
        SignIn(token_hash="a", user_id=town.user("central").id, begun_at=AT, **row),
        SignIn(token_hash="b", user_id=town.user("auditor").id, begun_at=AT - timedelta(days=100), **row),
    )

    since = AT - timedelta(days=90)
    assert names(queries.people(scope, never_seen=True)) == set(town.PEOPLE) - {"central", "auditor"}
    assert "auditor" in names(queries.people(scope, unseen_since=since, disabled=False))
    assert "central" not in names(queries.people(scope, unseen_since=since))
    assert names(queries.people(scope, disabled=True)) == {"police"}


def test_an_administrator_of_one_city_does_not_see_the_people_of_another(town, acting):
    from_elsewhere = town.actor_of("wat.contact").scope

    assert "edu.contact" not in names(queries.people(from_elsewhere))


@pytest.mark.parametrize("state", ["open", "disabled", "never", "long-ago", "nonsense", ""])
def test_the_list_takes_every_filter(town, sign_in, state):
    page = sign_in("auditor").get(f"/people/?state={state}&q=&role=central&organisation=CITY")

    assert page.status_code == 200
    assert ("central@town.example" in page.text) is (state in ("open", "never", "long-ago", "nonsense", ""))


# Every change holds with the next request, in every process


@pytest.fixture
def twin(app, town):
    """A second process over the same database."""
    other = create_app(app.config["SETTINGS"])
    other.test_client_class = Visitor
    yield other
    with other.app_context():
        db.engine.dispose()


def test_disabling_and_ended_roles_hold_with_the_next_request_in_another_process(town, app, twin):
    for name, address in (("auditor", "disable"), ("central", "roles/end")):
        here, there = signed_in(app, name), signed_in(twin, name)
        assert {one.get("/functions/").status_code for one in (here, there)} == {200}

        form = {"held": "central", "over": "CITY"} if name == "central" else {}
        signed_in(app, "admin").send(f"/people/{town.user(name).ref}/{address}", **form)

        wanted = 302 if name == "auditor" else 403
        assert {one.get("/functions/").status_code for one in (here, there)} == {wanted}


def test_an_enabled_account_signs_in_again_with_its_roles(town, acting, sign_in):
    with acting("admin"):
        with transaction():
            accounts.disable(town.user("central"), at=AT)
        with transaction():
            accounts.enable(town.user("central"))

    assert sign_in("central").get("/functions/").status_code == 200


# The last administrator, and oneself


def test_nobody_disables_oneself(town, acting):
    with acting("admin"), pytest.raises(RuleBroken), transaction():
        accounts.disable(town.user("admin"), at=AT)


def test_the_last_administrator_keeps_the_role(town, acting):
    city = town.organisation_of("CITY")
    with acting("admin"):
        with pytest.raises(RuleBroken, match="last administrator"), transaction():
            roles.withdraw(city, town.user("admin"), Role.ADMIN, at=AT)
        with transaction():
            roles.grant(city, town.user("newcomer"), Role.ADMIN)
        with transaction():
            roles.withdraw(city, town.user("admin"), Role.ADMIN, at=AT)

    assert not town.actor_of("admin").holds(Role.ADMIN)


@pytest.mark.parametrize("flaw", [{"disabled_at": AT}, {"password_hash": None}], ids=["disabled", "never signed in"])
def test_an_administrator_who_cannot_sign_in_does_not_count(town, acting, flaw):
    city = town.organisation_of("CITY")
    with acting("admin"), transaction():
        roles.grant(city, town.user("newcomer"), Role.ADMIN)
    town.change(town.user("newcomer"), **flaw)

    with acting("admin"), pytest.raises(RuleBroken), transaction():
        roles.withdraw(city, town.user("admin"), Role.ADMIN, at=AT)


def test_an_administrator_of_a_part_does_not_stand_in_for_the_whole(town, acting):
    with acting("admin"), transaction():
        roles.grant(town.organisation_of("EDU"), town.user("newcomer"), Role.ADMIN)

    with acting("admin"), pytest.raises(RuleBroken), transaction():
        roles.withdraw(town.organisation_of("CITY"), town.user("admin"), Role.ADMIN, at=AT)


def test_an_administrator_of_a_part_grants_roles_in_that_part_only(town, acting):
    with acting("admin"), transaction():
        roles.grant(town.organisation_of("EDU"), town.user("newcomer"), Role.ADMIN)

    with acting("newcomer"):
        with transaction():
            roles.grant(town.organisation_of("SCH"), town.user("police"), Role.SECTOR_CONTACT)
        with pytest.raises(NotPermitted), transaction():
            roles.grant(town.organisation_of("WAT"), town.user("police"), Role.SECTOR_CONTACT)


def test_a_role_that_is_not_held_does_not_end(town, sign_in):
    admin, address = sign_in("admin"), f"/people/{town.user('edu.contact').ref}"

    admin.send(f"{address}/roles/end", held="central", over="EDU")

    page = admin.get(address)
    assert "The person does not hold this role here." in page.text


# Sessions


def test_an_administrator_ends_one_session_or_all_of_a_person(town, sign_in):
    one, other, third = (sign_in("central") for _ in range(3))
    ref, admin = town.user("central").ref, sign_in("admin")
    first = db.session.scalars(select(SignIn.ref).order_by(SignIn.id).limit(1)).one()

    admin.send(f"/people/{ref}/sessions/end", session=first)
    assert [b.get("/functions/").status_code for b in (one, other, third)] == [302, 200, 200]

    admin.send(f"/people/{ref}/sessions/end")
    assert [b.get("/functions/").status_code for b in (one, other, third)] == [302, 302, 302]
    told = db.session.scalars(select(AuditEntry.subject_code).where(AuditEntry.action == "session:revoke")).all()
    assert told == ["central@town.example"] * 3


def test_a_session_of_somebody_else_does_not_end_under_another_name(town, sign_in):
    victim, mine = sign_in("central"), sign_in("edu.contact")
    ref = db.session.scalars(select(SignIn.ref).where(SignIn.user_id == town.user("central").id)).one()

    mine.send("/account/sessions/end", session=ref)

    assert victim.get("/functions/").status_code == 200


def test_one_ends_all_other_sessions_of_ones_own_and_stays_in(town, sign_in):
    here, there, stranger = sign_in("central"), sign_in("central"), sign_in("auditor")

    here.send("/account/sessions/end")

    assert [b.get("/functions/").status_code for b in (here, there, stranger)] == [200, 302, 200]


@pytest.mark.parametrize("session", ["x", "00000000-0000-4000-8000-000000000000", "'"])
def test_a_session_that_is_not_there_ends_nothing(town, sign_in, session):
    here, there = sign_in("central"), sign_in("central")

    assert here.send("/account/sessions/end", session=session).status_code == 302
    assert there.get("/functions/").status_code == 200


# One's own account


def test_a_changed_password_ends_the_other_sessions_and_links(town, sign_in):
    here, there = sign_in("central"), sign_in("central")
    new = "kolme pientä kissanpentua"

    answer = here.send("/account/password", password_now=town.PASSWORD, password=new, password_again=new)

    assert answer.status_code == 302
    assert passwords.matches(new, town.user("central").password_hash)
    assert [b.get("/functions/").status_code for b in (here, there)] == [200, 302]


def test_the_present_password_is_asked_for_and_guessing_it_locks_the_account(town, sign_in):
    here, new = sign_in("central"), "kolme pientä kissanpentua"
    for _ in range(accounts.ACCOUNT_FAILURES):
        page = here.send("/account/password", password_now="wrong", password=new, password_again=new)
        assert "The present password is wrong" in page.text

    page = here.send("/account/password", password_now=town.PASSWORD, password=new, password_again=new)

    assert "The present password is wrong" in page.text
    assert passwords.matches(town.PASSWORD, town.user("central").password_hash)


def test_ones_own_language_is_kept_for_the_next_time(town, sign_in):
    browser = sign_in("central")

    browser.send("/account/language", language="sv")

    assert '<html lang="sv">' in browser.get("/account").text
    assert town.user("central").language == "sv"


def test_a_form_cannot_change_what_it_does_not_show(town, sign_in):
    ref = town.user("central").ref
    answer = sign_in("admin").send(f"/people/{ref}/edit", name="X", email="x@y.fi", language="fi", disabled_at="")

    assert answer.status_code == 422
    assert town.user("central").name != "X"


def test_what_was_done_to_people_stands_in_the_trail_under_their_address(town, sign_in):
    ref, admin = town.user("newcomer").ref, sign_in("admin")
    admin.send(f"/people/{ref}/roles", role="leadership", organisation="CITY")
    admin.send(f"/people/{ref}/roles/end", held="leadership", over="CITY")
    admin.send(f"/people/{ref}/disable")
    admin.send(f"/people/{ref}/enable")

    rows = select(AuditEntry.action).where(AuditEntry.subject_code.startswith("newcomer@")).order_by(AuditEntry.id)
    told = [action for action in db.session.scalars(rows) if action != "sow"]
    assert told == ["user:grant", "user:withdraw", "user:disable", "user:enable"]
    assert db.session.scalars(select(RoleGrant.ended_at).where(RoleGrant.role == Role.LEADERSHIP)).all()


def test_a_password_that_is_typed_after_the_session_has_ended_is_kept_nowhere(town, sign_in):
    browser, new = sign_in("central"), "kolme pientä kissanpentua"
    page = filled(browser.get("/account/password").text, "password_now")
    for session in db.session.scalars(select(SignIn)).all():
        town.change(session, ended_at=AT)

    typed = {"password_now": town.PASSWORD, "password": new, "password_again": new}
    answer = browser.send("/account/password", **{**page, **typed})

    kept = [str(fields) for fields in db.session.scalars(select(KeptText.fields))]
    assert (answer.status_code, len(kept)) == (401, 1)
    assert not [text for text in kept if new in text or town.PASSWORD in text]
