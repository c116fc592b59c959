"""Keeping agreements by their pages: who may, what a step does, what the register, the calendar and the cover tell."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dependencies.entries.agreements import AgreementEntry
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.register import agreements as register
from dependencies.vocabulary import AgreementState, Clause
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.models.functions import Function
from prepare.months import months_after
from prepare.texts import day
from prepare.vocabulary import Criticality
from tests import town as the_town
from tests.filled import filled


def of(code):
    db.session.expire_all()
    return the_town.record(Agreement, code)


def page_of(code, step=""):
    return f"/agreements/{of(code).ref}{step}"


def spoken(value):
    return day(value)


@pytest.fixture
def contact(town, sign_in):
    """The browser of the education sector's contact."""
    return sign_in("edu.contact")


#: A field by which the form of a step is told from the others of its page.
TOLD_BY = {"renew": "valid_from", "end": "end_reason"}


def saved(browser, address, **changes):
    """Send the form of a page with these changes; gives the answer."""
    field = TOLD_BY.get(address.rpartition("/")[2], "seen")
    return browser.send(address, **{**filled(browser.get(address).text, field), **changes})


def test_an_agreement_is_added_as_a_draft_covers_and_is_taken_into_force(town, contact):
    address = "/agreements/new?party=P-CTY&functions=X-CTY-01&interfaces=I-01"
    form = filled(contact.get(address).text)
    assert (form["party"], form["functions"], form["interfaces"]) == ("P-CTY", "X-CTY-01", "I-01")

    answer = saved(contact, address, name_fi="Ensihoidon sopimus", recovery_h="4", valid_from="1.1.2026")
    assert answer.status_code == 302
    made = of("A-03")
    assert (made.state, made.party.code, made.recovery_time_stated) == (AgreementState.DRAFT, "P-CTY", True)
    assert [one.code for one in made.functions] == ["X-CTY-01"]
    assert "A-03" in [one.code for one in the_town.record(Interface, "I-01").agreements]

    contact.send(page_of("A-03", "/begin"))
    assert (of("A-03").state, of("A-03").reviewed_on) == (AgreementState.ACTIVE, today())


def test_a_renewed_agreement_ends_the_day_before_the_new_one_begins(town, contact):
    begins = today() + timedelta(days=40)
    town.change(of("A-01"), preparedness_clause=Clause.YES, valid_to=begins - timedelta(days=1), capacity="Kaksi autoa")

    saved(contact, page_of("A-01", "/renew"))
    new = of("A-03")
    assert (new.state, new.valid_from, new.preparedness_clause, new.capacity) == (
        AgreementState.DRAFT,
        begins,
        Clause.YES,
        "Kaksi autoa",
    )
    assert of("A-01").state is AgreementState.ACTIVE

    contact.send(page_of("A-03", "/begin"))
    old = of("A-01")
    assert (old.state, old.ended_on, old.successor.code) == (AgreementState.RENEWED, begins - timedelta(days=1), "A-03")
    assert "then the new one takes over" in contact.get(page_of("A-01")).text

    # The first day of the new one is moved: so is the last day of the old one.
    saved(contact, page_of("A-03", "/edit"), valid_from=spoken(begins + timedelta(days=2)))
    assert of("A-01").ended_on == begins + timedelta(days=1)


def test_notice_ends_an_agreement_after_its_period_and_needs_a_reason(town, contact):
    town.change(of("A-01"), notice_months=3)
    form = filled(contact.get(page_of("A-01", "/end")).text, "end_reason")
    assert form["ended_on"] == spoken(months_after(today(), 3))

    assert saved(contact, page_of("A-01", "/end")).status_code == 200
    assert of("A-01").state is AgreementState.ACTIVE
    saved(contact, page_of("A-01", "/end"), end_reason="Palvelu siirtyi")
    ended = of("A-01")
    assert (ended.state, ended.ended_on, ended.noticed_on) == (
        AgreementState.TERMINATED,
        months_after(today(), 3),
        today(),
    )
    assert "Notice has been given" in contact.get(page_of("A-01")).text


def test_a_draft_is_laid_aside_and_may_be_renewed_again(town, contact):
    saved(contact, page_of("A-01", "/renew"), valid_from=spoken(today() + timedelta(days=30)))
    saved(contact, page_of("A-03", "/end"), end_reason="Kilpailutetaan")

    assert (of("A-03").state, of("A-03").ended_on) == (AgreementState.TERMINATED, None)
    assert "It was laid aside." in contact.get(page_of("A-03")).text
    saved(contact, page_of("A-01", "/renew"), valid_from=spoken(today() + timedelta(days=60)))
    assert of("A-01").successor.code == "A-04"


def test_looking_at_an_agreement_again_is_recorded(town, contact):
    assert contact.send(page_of("A-01", "/review")).status_code == 302
    assert of("A-01").reviewed_on == today()

    town.change(of("A-01"), state=AgreementState.DRAFT, reviewed_on=None)
    assert contact.send(page_of("A-01", "/review")).status_code == 302
    assert of("A-01").reviewed_on is None
    assert "Only an agreement in force is looked at again." in contact.get(page_of("A-01")).text


def test_another_sector_keeps_no_agreement_of_this_one_and_a_city_is_no_partner(town, acting):
    with acting("wat.contact"), pytest.raises(NotPermitted):
        register.review(of("A-01"), on=today())
    education, water, entry = town.organisation_of("EDU"), town.organisation_of("WAT"), AgreementEntry(name_fi="Oma")
    with acting("edu.contact"), pytest.raises(RuleBroken):
        register.add(education, water, entry)


def test_interfaces_that_the_editor_may_not_see_go_on_resting_on_it(town, acting):
    secret = the_town.record(Interface, "I-02")
    town.change(secret, agreements=[of("A-01"), of("A-02")])

    with acting("edu.contact"):
        seen = register.seen_now(of("A-01"))
        assert seen.entry.interfaces == ("I-01",)
        with transaction():
            register.edit(of("A-01"), replace(seen.entry, interfaces=()), seen=seen)

    assert [one.code for one in the_town.record(Interface, "I-02").agreements] == ["A-01", "A-02"]
    assert the_town.record(Interface, "I-01").agreements == []


def test_the_page_tells_what_would_happen_and_whether_the_promise_is_enough(town, sign_in):
    school, service = the_town.record(Function, "F-EDU-03"), the_town.record(Function, "X-CTY-01")
    town.change(school, criticality=Criticality.K1, rto_h=4.0, mtpd_h=24.0)
    town.change(service, committed_recovery_h=2.0)
    town.change(of("A-01"), recovery_time_stated=True, recovery_h=8.0)
    central = sign_in("central")

    page = central.get(page_of("A-01")).text
    assert "1 function of class K1" in page
    assert "Too late for F-EDU-03." in page  # 8 h are promised, 4 h and its tolerance of 2 h are needed
    assert "hit=X-CTY-01" in page

    town.change(of("A-01"), recovery_h=6.0)
    assert "The plans count on 2 h, which nobody has promised." in central.get(page_of("A-01")).text
    town.change(of("A-01"), recovery_h=2.0)
    assert "Soon enough" in central.get(page_of("A-01")).text
    town.change(of("A-01"), recovery_h=None)
    assert "No hours promised" in central.get(page_of("A-01")).text


def test_the_register_is_filtered_by_what_is_asked(town, sign_in):
    town.change(of("A-01"), valid_to=today() + timedelta(days=50), preparedness_clause=Clause.YES)
    browser = sign_in("central")

    def found(query):
        text = browser.get(f"/agreements/?{query}").text
        return [code for code in ("A-01", "A-02") if f">{code} " in text]

    assert found("") == ["A-01", "A-02"]
    assert found("validity=expiring") == ["A-01"]
    assert found("validity=valid") == ["A-02"]
    assert found("within=3") == ["A-01"]
    assert found("party=P-POL") == ["A-02"]
    assert found("party=NOBODY") == []
    assert found("organisation=EDU") == ["A-01"]
    assert found("lacks=clause") == ["A-02"]
    assert found("lacks=time&kind=lease") == []


def test_the_calendar_tells_the_days_and_its_file_keeps_secrets(town, sign_in):
    ends = today() + timedelta(days=200)
    town.change(of("A-01"), valid_to=ends, notice_months=2, name_fi="Sopimus; A-01,\nEND:VCALENDAR")
    town.change(of("A-02"), valid_to=ends)
    browser = sign_in("central")

    page, made = browser.get("/agreements/calendar").text, browser.get("/agreements/calendar.ics")
    assert spoken(months_after(ends, -2)) in page
    assert "Last day to decide" in page
    assert made.mimetype == "text/calendar"
    assert made.data.count(b"BEGIN:VEVENT") == 2  # to decide and the end of A-01; A-02 is secret by law
    assert made.data.count(b"END:VCALENDAR") == 3  # two of them inside a text
    assert made.data.count(b"\r\nEND:VCALENDAR\r\n") == 1
    assert b"A-02" not in made.data


def test_whoever_keeps_an_agreement_is_reminded_when_the_day_is_near(town, contact, sign_in):
    town.change(of("A-01"), valid_to=today() + timedelta(days=150), notice_months=4)

    assert "Decide whether to renew it" in contact.get("/").text
    assert "Decide whether to renew it" not in sign_in("wat.contact").get("/").text


def test_the_cover_is_counted_by_partner_and_told_on_the_interface(town, sign_in):
    browser, interface = sign_in("central"), the_town.record(Interface, "I-01")

    assert "Coast county" in browser.get("/agreements/cover").text or "Rannan" in browser.get("/agreements/cover").text
    assert "Not known" in browser.get(f"/interfaces/{interface.ref}").text  # nobody has recorded its clauses
    town.change(of("A-01"), preparedness_clause=Clause.YES, recovery_time_stated=True)
    assert "Everything is covered." in browser.get("/agreements/cover").text
    town.change(of("A-01"), state=AgreementState.DRAFT)
    page = browser.get(f"/interfaces/{interface.ref}").text
    assert "party=P-CTY" in page
    assert "functions=X-CTY-01" in page
    assert "What agreements cover" not in sign_in("county").get(f"/interfaces/{interface.ref}").text
