"""What partners are shown, what they see of it, and how they answer by a link without an account."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from dependencies.analysing import partner_effects, partners
from dependencies.entries.confirmations import StatedDelivery, StatedNeed
from dependencies.entries.partners import Answer, LinkEntry
from dependencies.models.confirmations import Statement
from dependencies.models.interfaces import Interface
from dependencies.models.links import ConfirmationLink
from dependencies.models.needs import Dependency, Need
from dependencies.register import confirmations
from dependencies.register import partners as register
from dependencies.vocabulary import DependencyKind, InterfaceState, StatementKind, Strength
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.audit import AuditEntry
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.models.users import Share
from prepare.vocabulary import Confidentiality, Shared
from risks.models.scenarios import Scenario, ScenarioHit
from risks.vocabulary.scenarios import Effect, Severity
from tests import town as the_town
from tests.conftest import counting, csrf_of

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
ENTRY = LinkEntry(recipient="Päivystäjä", language="sv", days=14)
OVER = Shared.INTERFACE
GONE = "This link cannot be used"


def interface(code="I-01"):
    return the_town.record(Interface, code)


def line(code="D-04"):
    return the_town.record(Dependency, code)


def keep_line(code, consumer, supplier, over, **fields):
    """A further line over an interface."""
    need = Need(consumer=consumer, name=f"Tarve {code}", strength=Strength.ESSENTIAL, tolerance_h=3.0)
    made = Dependency(code=code, need=need, supplier=supplier, kind=DependencyKind.SERVICE, interface=over, **fields)
    the_town.keep(need, made)
    return made


def police_interface():
    """An interface with the police, shown to it, on which the same function depends as on that with the county."""
    schooling, patrol = the_town.function("F-EDU-03"), the_town.function("X-POL-01")
    party = the_town.organisation_of("P-POL")
    names = {"name_fi": "Koulupoliisi", "level": interface().level, "criticality": interface().criticality}
    made = Interface(code="I-03", organisation=schooling.organisation, party=party, **names)
    the_town.keep(made)
    the_town.keep(Share(organisation_id=party.id, what=Shared.INTERFACE, record_id=made.id))
    keep_line("D-90", schooling, patrol, made)
    return made


def change(record, **values):
    """Change a record past the register's rules."""
    with acting_as(SYSTEM), the_town.doing(Action.SOW), transaction():
        for name, value in values.items():
            setattr(record, name, value)


def known(name, app):
    """The functions that the gate lets a partner's person know by name."""
    return set(db.session.scalars(partners.known_over(the_town.actor_of(name).shared_interfaces)))


def told(action):
    """What the trail has of an action: (who, code of the record)."""
    rows = select(AuditEntry.user_name, AuditEntry.subject_code).where(AuditEntry.action == action.value)
    return [tuple(row) for row in db.session.execute(rows.order_by(AuditEntry.id))]


def page_of(answer):
    """A page's body without what differs each time."""
    text = re.sub(r"[0-9a-f]{32}", "", answer.text)
    return answer.status_code, re.sub(r'name="csrf_token" value="[^"]+"', "TOKEN", text).split("<main")[1]


# Sharing


def test_an_interface_is_shown_from_the_next_request_on_and_hidden_again(town, sign_in):
    county, unit, home = sign_in("county"), sign_in("central"), f"/interfaces/{interface().ref}"

    unit.send(f"{home}/unshare")
    hidden, missing = county.get(home), county.get(f"/interfaces/{line().ref}")
    assert page_of(hidden) == page_of(missing)
    assert hidden.status_code == 404

    assert unit.send(f"{home}/share").status_code == 302
    assert county.get(home).status_code == 200
    assert {code for _who, code in told(Action.ADD_SHARE)} == {"I-01", f"P-CTY interface {interface().id}"}
    assert len(told(Action.END_SHARE)) == 2


def test_the_preview_shows_what_the_partner_will_see_and_shares_nothing(town, sign_in):
    secret = keep_line("D-91", the_town.function("F-EDU-06"), the_town.function("X-CTY-01"), interface())

    page = sign_in("edu.contact").get(f"/interfaces/{interface().ref}/share").text

    assert "F-EDU-03" in page
    assert secret.need.consumer.code not in page
    assert told(Action.ADD_SHARE) == []


def test_an_interface_is_shared_once_and_only_while_it_lives(town, acting):
    with acting("central"), pytest.raises(RuleBroken, match="shared with the partner already"):
        register.share(interface())
    change(interface("I-02"), state=InterfaceState.DISSOLVED)
    with acting("central"):
        with pytest.raises(RuleBroken, match="dissolved"):
            register.share(interface("I-02"))
        with pytest.raises(RuleBroken, match="not shared with"):
            register.end_share(interface("I-02"), interface("I-02").party, at=AT)
    with acting("wat.contact"), pytest.raises(NotPermitted):
        register.end_share(interface(), interface().party, at=AT)


def test_a_function_is_not_shown_any_more_when_its_share_ends(town, sign_in):
    water, party = the_town.function("F-WAT-01"), the_town.organisation_of("P-CTY")
    unit, county = sign_in("central"), sign_in("county")
    assert county.get(f"/functions/{water.ref}").status_code == 200

    answer = unit.send(f"/functions/{water.ref}/unshare", partner=str(party.ref))

    assert answer.headers["Location"] == f"/shares/{party.ref}"
    assert county.get(f"/functions/{water.ref}").status_code == 404
    for wrong in ("x", "", str(water.ref)):
        assert unit.send(f"/functions/{water.ref}/unshare", partner=wrong).headers["Location"].startswith("/functions/")


def test_the_page_of_a_partner_tells_the_city_and_the_partner_itself(town, sign_in):
    party, other = the_town.organisation_of("P-CTY"), the_town.organisation_of("P-POL")

    ours, theirs = sign_in("central").get(f"/shares/{party.ref}"), sign_in("county").get(f"/shares/{party.ref}")

    assert "Stop sharing" in ours.text
    assert "I-01" in theirs.text
    assert "Stop sharing" not in theirs.text
    county = sign_in("county")
    for closed in (other.ref, the_town.organisation_of("EDU").ref):
        assert page_of(county.get(f"/shares/{closed}")) == page_of(county.get(f"/shares/{line().ref}"))


# What a partner sees


def test_a_partner_sees_its_lines_on_the_page_once_and_no_secret_one_unnamed(town, sign_in, acting):
    secret = keep_line("D-91", the_town.function("F-EDU-06"), the_town.function("X-CTY-01"), interface())
    need = StatedNeed(role="Sihteeri", hours=7.0, reason="Salainen syy")
    with acting("edu.contact"), transaction():
        confirmations.state_need(secret, need, seen=confirmations.seen_now(secret), on=AT.date())

    page = sign_in("county").get(f"/interfaces/{interface().ref}").text.split("<main")[1]

    assert page.count('class="accord accord--') == 1
    assert str(line().ref) in page
    assert str(secret.ref) not in page
    assert "Salainen syy" not in page
    assert 'id="carried"' not in page
    ours = sign_in("edu.contact").get(f"/interfaces/{interface().ref}").text
    assert str(secret.ref) in ours
    assert "Salainen syy" in ours
    assert 'id="carried"' in ours


def test_a_partner_without_a_line_is_told_so(town, sign_in):
    change(line(), retired=True)

    page = sign_in("county").get(f"/interfaces/{interface().ref}").text

    assert "No dependency of yours runs over it yet." in page
    assert "Link a supplier to the interface" not in page


def test_the_duty_contacts_are_shown_to_the_party_of_the_interface_and_to_no_other_partner(town, sign_in, acting):
    change(interface("I-02"), confidentiality=Confidentiality.INTERNAL, secrecy_basis=None)
    with acting("central"), transaction():
        register.share(interface("I-02"))

    shares = {(one.organisation.code, one.record_id) for one in db.session.scalars(select(Share)) if one.what is OVER}
    assert shares == {("P-CTY", interface().id), ("P-POL", interface("I-02").id)}

    county, home = sign_in("county"), f"/interfaces/{interface().ref}"
    page = county.get(home).text
    assert all(f"+358 50 000 01{place:02}" in page for place in (1, 2))
    assert county.get(f"/interfaces/{interface('I-02').ref}").status_code == 404
    police = sign_in("police")
    assert police.get(home).status_code == 404
    theirs = police.get(f"/interfaces/{interface('I-02').ref}").text
    assert all(f"+358 50 000 02{place:02}" in theirs for place in (1, 2))


def test_a_partner_knows_the_names_at_both_ends_of_its_lines_and_no_other(town, app):
    police_interface()

    assert known("county", app) == {the_town.function("F-EDU-03").id, the_town.function("X-CTY-01").id}
    assert known("police", app) == {the_town.function("F-EDU-03").id, the_town.function("X-POL-01").id}


@pytest.mark.parametrize("way", ["secret consumer", "secret dependency", "other partner", "retired"])
def test_a_partner_does_not_know_the_ends_of_what_is_closed(town, app, way):
    consumer = the_town.function("F-EDU-06" if way == "secret consumer" else "F-WAT-02")
    supplier = the_town.function("X-POL-01" if way == "other partner" else "X-CTY-01")
    fields = {"confidentiality": Confidentiality.CONFIDENTIAL} if way == "secret dependency" else {}
    fields |= {"retired": True} if way == "retired" else {}

    keep_line("D-92", consumer, supplier, interface(), **fields)

    assert known("county", app) == {the_town.function("F-EDU-03").id, the_town.function("X-CTY-01").id}


def test_one_partner_never_sees_anothers_line_on_the_same_function(town, sign_in):
    theirs = police_interface()
    county, police = sign_in("county"), sign_in("police")

    for address in ("/", "/interfaces/", "/confirmations/", f"/interfaces/{interface().ref}"):
        page = county.get(address).text
        assert not re.search("X-POL-01|I-03|Koulupoliisi|Tarve D-90|Rannan poliisi", page), address
    assert "X-POL-01" in police.get("/").text
    assert "X-CTY-01" not in police.get("/").text
    for closed in (f"/interfaces/{theirs.ref}/disruptions", f"/confirmations/{line('D-90').ref}"):
        missing = re.sub(r"[0-9a-f-]{36}", str(line("D-04").need.ref), closed)
        assert page_of(county.get(closed)) == page_of(county.get(missing)), closed


def test_the_first_page_of_a_partner_shows_its_interfaces_and_lines(town, sign_in):
    page = sign_in("county").get("/").text

    assert "Your interfaces with the city" in page
    assert "F-EDU-03" in page
    assert "Your interfaces with the city" not in sign_in("police").get("/").text
    assert "Your interfaces with the city" not in sign_in("central").get("/").text


# What disruptions do


def storm(code, confidentiality, hit="X-CTY-01"):
    """A scenario that takes a function out from hour 1 to hour 30."""
    city, effect = the_town.organisation_of("CITY"), {"effect": Effect.DOWN, "capacity_pct": 0.0}
    named = {"name_fi": f"Salaisuus {code}", "duration_h": 30.0, "severity": Severity.DISRUPTION}
    made = Scenario(code=code, organisation=city, confidentiality=confidentiality, **named)
    the_town.keep(made, ScenarioHit(scenario=made, function=the_town.function(hit), start_h=1, duration_h=29, **effect))


def test_a_partner_learns_the_hours_of_all_but_secret_scenarios_and_the_names_of_public_ones(town, sign_in):
    storm("S7", Confidentiality.PUBLIC)
    storm("S8", Confidentiality.INTERNAL)
    storm("S9", Confidentiality.CONFIDENTIAL)
    home = f"/interfaces/{interface().ref}/disruptions"

    page, ours = sign_in("county").get(home).text, sign_in("central").get(home).text

    assert re.findall("Salaisuus S.", page).count("Salaisuus S7") >= 1
    assert not re.search("Salaisuus S[89]|S8|S9", page)
    assert "Disruption 1 (its name is not open)" in page
    assert "Disruption 2" not in page
    assert "out from 1 h to 30 h" in page
    assert re.search("out from 3 h to 30 h|out from 3 h to", page)
    assert all(f"Salaisuus {code}" in ours for code in ("S7", "S8", "S9"))


def test_what_befalls_a_function_of_the_city_for_other_reasons_is_not_told(town, acting):
    storm("S7", Confidentiality.PUBLIC, hit="F-EDU-03")

    with acting("county") as county:
        assert partner_effects.disruptions(county, interface()) == []
    with acting("central") as unit:
        assert "S7" in {one.scenario.code for one in partner_effects.disruptions(unit, interface())}


def test_an_interface_without_lines_is_told_as_such(town, sign_in):
    assert (
        "Nothing that you may see reaches"
        in sign_in("central").get(f"/interfaces/{interface('I-02').ref}/disruptions").text
    )


# Links


def make(sign_in, person="edu.contact", **more):
    """Make a link; gives its token."""
    fields = {"recipient": "Päivystäjä", "language": "en", "days": "14", "email": "", **more}
    page = sign_in(person).send(f"/interfaces/{interface().ref}/link", **fields).text
    return re.search(r"/answer\?token=([\w-]+)", page)[1]


def answer_form(client, token, **more):
    """What a browser would send of the form behind a link."""
    page = client.get(f"/answer?token={token}&lang=en").text
    fields = dict(re.findall(r'name="(rows-0-(?:line|seen))"[^>]* value="([^"]*)"', page))
    said = {"rows-0-delivers": "yes", "rows-0-hours": "6", "rows-0-capacity_pct": "", "rows-0-words": "Autolla"}
    who = {"role": "Ylilääkäri", "name": "Maija Malli", "token": token}
    return {"csrf_token": csrf_of(page), **fields, **said, **who, **more}


def use(client, token, **more):
    return client.post(f"/answer?token={token}&lang=en", data=answer_form(client, token, **more))


def given():
    """The latest delivery that was signed on the county's line."""
    rows = select(Statement).where(Statement.dependency_id == line().id, Statement.replaced.is_(False))
    return db.session.scalars(rows.where(Statement.kind == StatementKind.DELIVERY)).one_or_none()


def test_somebody_without_an_account_answers_once_and_signs(town, sign_in, client):
    token = make(sign_in)

    answer = use(client, token)

    assert "it is signed" in answer.text
    assert (given().hours, given().role, given().told_by, given().organisation.code) == (
        6.0,
        "Ylilääkäri",
        "Maija Malli",
        "P-CTY",
    )
    assert told(Action.USE_LINK) == [("Ylilääkäri, by a confirmation link", "I-01 Päivystäjä")]
    assert told(Action.DELIVER_CONFIRMATION)[0][0] == "Ylilääkäri, by a confirmation link"
    assert told(Action.MAKE_LINK) == [(the_town.user("edu.contact").name, "I-01 Päivystäjä")]


def test_only_the_hash_of_a_link_is_kept(town, sign_in):
    token = make(sign_in)

    kept = db.session.scalars(select(ConfirmationLink.token_hash)).all()

    assert token not in kept
    assert all(
        token not in str(row) for row in db.session.execute(select(AuditEntry.subject_code, AuditEntry.user_name))
    )


def test_looking_uses_a_link_not_up_and_what_opens_nothing_answers_alike(town, sign_in, client, app):
    used, withdrawn, expired, good = (make(sign_in) for _one in range(4))
    for _look in range(3):
        assert "What do you deliver?" in client.get(f"/answer?token={good}&lang=en").text
        assert client.head(f"/answer?token={good}").status_code == 200
    use(client, used)
    links = db.session.scalars(select(ConfirmationLink).order_by(ConfirmationLink.id.desc()).limit(3)).all()
    sign_in("central").send(f"/links/{links[2].ref}/withdraw")
    change(links[1], expires_at=AT - timedelta(days=900))

    pages = [app.test_client().get(f"/answer?token={t}&lang=en") for t in (used, withdrawn, expired, "wrong", "")]

    assert all(GONE in page.text for page in pages)
    assert len({page_of(page) for page in pages}) == 1
    assert pages[0].headers["Cache-Control"] == "no-store"
    assert pages[0].headers["Referrer-Policy"] == "same-origin"
    again = use_again(client, used)
    assert GONE in again.text
    assert "it is signed" in use(client, good).text


def use_again(client, token):
    csrf = csrf_of(client.get(f"/answer?token={token}").text)
    return client.post(f"/answer?token={token}&lang=en", data={"csrf_token": csrf, "token": token})


def test_a_link_speaks_its_language_until_another_is_chosen(town, sign_in, client):
    token = make(sign_in, language="sv")

    assert "Vad levererar ni?" in client.get(f"/answer?token={token}&lang=sv").text
    client.post("/language", data={"csrf_token": csrf_of(client.get("/sign-in").text), "language": "fi", "next": "/"})
    assert "Mitä toimitatte?" in client.get(f"/answer?token={token}&lang=sv").text


def test_an_answer_that_breaks_a_rule_is_shown_again_and_the_link_stays(town, sign_in, client):
    token = make(sign_in)

    wrong = use(client, token, **{"rows-0-delivers": "no", "rows-0-words": ""})
    empty = use(client, token, **{"rows-0-delivers": "", "rows-0-hours": "", "rows-0-words": ""})
    stale = use(client, token, **{"rows-0-seen": "other"})
    unsigned = use(client, token, role="")

    assert "Say what the other side should know or correct." in wrong.text
    assert "Answer at least one line." in empty.text
    assert "Look at it and sign again" in stale.text
    assert "This is needed." in unsigned.text
    assert given() is None
    assert db.session.scalars(select(ConfirmationLink.used_at).where(ConfirmationLink.used_at.is_not(None))).all() == []


def test_wrong_links_are_slowed_down_as_sign_ins_are(town, client, sign_in, app):
    token = make(sign_in)
    for _try in range(6):
        use_again(client, "guess")

    assert len(told(Action.REFUSE_SESSION)) == 6
    assert "What do you deliver?" in app.test_client().get(f"/answer?token={token}&lang=en").text


def test_a_link_shows_no_line_with_a_secret_end_and_no_other_interface(town, sign_in, client):
    keep_line("D-93", the_town.function("F-EDU-06"), the_town.function("X-CTY-01"), interface())
    police_interface()

    page = client.get(f"/answer?token={make(sign_in)}&lang=en").text

    assert page.count("What do you deliver?") == 1
    assert not re.search("F-EDU-06|X-POL-01|I-03", page)


def test_the_form_of_a_link_asks_the_database_as_often_for_many_lines_as_for_one(town, sign_in, client):
    token = make(sign_in)
    with counting() as one:
        client.get(f"/answer?token={token}")
    for number in range(5):
        keep_line(f"D-8{number}", the_town.function("F-EDU-03"), the_town.function("X-CTY-01"), interface())

    with counting() as six:
        page = client.get(f"/answer?token={token}&lang=en").text

    assert page.count("What do you deliver?") == 6
    assert len(six) <= len(one)
    assert len(six) <= 22


def test_what_a_partner_needs_is_answered_by_a_link_too(town, acting):
    needed = keep_line("D-94", the_town.function("X-CTY-01"), the_town.function("F-EDU-03"), interface())
    with acting("edu.contact"), transaction():
        link = register.make_link(interface(), ENTRY, token_hash="h", at=AT)
    guest = partners.guest(interface(), name="Päivystäjä", link=link)
    said = StatedNeed(hours=4.0, role="Päivystäjä", reason="Sovittu")

    with acting_as(guest), transaction():
        answer = Answer(dependency_id=needed.id, said=said, seen=confirmations.seen_now(needed))
        register.use_link(link, [answer], role="Päivystäjä", on=AT.date(), at=AT)

    assert (link.used_by, link.used_at) == ("Päivystäjä", AT)


def test_a_link_signs_nothing_but_the_lines_that_it_shows(town, acting):
    with acting("edu.contact"), transaction():
        link = register.make_link(interface(), ENTRY, token_hash="h", at=AT)
        other = register.make_link(interface(), ENTRY, token_hash="i", at=AT)
    guest, foreign = partners.guest(interface(), link=link), line("D-03")
    said = StatedDelivery(delivers=True, hours=1.0, role="x")
    answer = Answer(dependency_id=foreign.id, said=said, seen=confirmations.seen_now(foreign))

    with acting_as(guest):
        with pytest.raises(RuleBroken, match="lines have changed"), transaction():
            register.use_link(link, [answer], role="x", on=AT.date(), at=AT)
        with pytest.raises(NotPermitted), transaction():
            register.use_link(other, [answer], role="x", on=AT.date(), at=AT)
        with pytest.raises(NotPermitted), transaction():
            confirmations.state_delivery(foreign, said, seen=answer.seen, on=AT.date())
    assert not guest.is_signed_in


def test_a_link_is_made_where_there_is_something_to_answer_and_withdrawn_once(town, acting):
    with acting("wat.contact"):
        with pytest.raises(RuleBroken, match="No dependency runs over"):
            register.make_link(interface("I-02"), ENTRY, token_hash="h", at=AT)
        with pytest.raises(NotPermitted):
            register.make_link(interface(), ENTRY, token_hash="h", at=AT)
    with acting("edu.contact"), transaction():
        link = register.make_link(interface(), ENTRY, token_hash="h", at=AT)
        register.withdraw_link(link, at=AT)
    with acting("edu.contact"), pytest.raises(RuleBroken, match="withdrawn already"):
        register.withdraw_link(link, at=AT)
    change(link, withdrawn_at=None, used_at=AT)
    change(interface(), state=InterfaceState.DISSOLVED)
    with acting("edu.contact"):
        with pytest.raises(RuleBroken, match="used already"):
            register.withdraw_link(link, at=AT)
        with pytest.raises(RuleBroken, match="dissolved"):
            register.make_link(interface(), ENTRY, token_hash="j", at=AT)


def test_a_link_is_mailed_to_the_address_that_was_typed_and_the_address_is_not_kept(town, sign_in, app):
    page = sign_in("edu.contact").send(
        f"/interfaces/{interface().ref}/link",
        recipient="Päivystäjä",
        language="sv",
        days="3",
        email="duty@coast.example",
    )

    letters = list((app.config["SETTINGS"].folder / "mail").glob("*duty@coast.example.eml"))
    assert "Mailed to duty@coast.example" in page.text
    assert len(letters) == 1
    assert "duty@coast.example" not in sign_in("edu.contact").get(f"/interfaces/{interface().ref}").text


def test_a_link_that_cannot_be_mailed_is_shown_all_the_same(town, sign_in):
    page = (
        sign_in("edu.contact")
        .send(
            f"/interfaces/{interface().ref}/link", recipient="Päivystäjä", language="sv", days="3", email="no address"
        )
        .text
    )

    assert "was made but not mailed" in page
    assert "/answer?token=" in page
