"""Pages of the two-sided confirmation: the round, one dependency, signing, asking, and what waits for whom."""

from datetime import date

import pytest
from lxml import html
from sqlalchemy import select

from dependencies.models.confirmations import Statement
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency
from dependencies.vocabulary import Standing, StatementKind
from prepare.clock import today
from prepare.db import db
from prepare.months import months_after
from tests import town as the_town
from tests.filled import filled


def dependency_of(code):
    return db.session.scalars(select(Dependency).where(Dependency.code == code)).one()


def said_of(code):
    rows = select(Statement).join(Statement.dependency).where(Dependency.code == code)
    return db.session.scalars(rows.order_by(Statement.id)).all()


def text_of(page):
    return " ".join(html.fromstring(page).xpath("//main")[0].text_content().split())


def sign(browser, code, side, **typed):
    address = f"/confirmations/{dependency_of(code).ref}/{side}"
    return browser.send(address, **filled(browser.get(address).text) | {"role": "Rehtori", **typed})


def test_the_supplier_signs_from_the_list_of_what_waits(town, sign_in):
    browser, address = sign_in("wat.contact"), f"/confirmations/{dependency_of('D-01').ref}"

    start, waiting = browser.get("/").text, browser.get("/confirmations/?wait=me").text
    answer = sign(browser, "D-01", "delivery", hours="8", capacity_pct="80 %", words="Säiliöautolla")

    assert "2 dependencies wait for your answer" in text_of(start)
    assert address in waiting
    assert answer.headers["Location"] == address
    assert dependency_of("D-01").standing is Standing.CONFIRMED
    assert address not in browser.get("/confirmations/?wait=me").text
    page = text_of(browser.get(address).text)
    assert "8 h at 80 %" in page
    assert "Säiliöautolla" in page
    assert "Signed by Rehtori, Waterworks" in page


def test_the_form_begins_with_what_the_register_knows(town, sign_in):
    need = filled(sign_in("edu.contact").get(f"/confirmations/{dependency_of('D-01').ref}/need").text)
    delivery = filled(sign_in("wat.contact").get(f"/confirmations/{dependency_of('D-01').ref}/delivery").text)
    partners = filled(sign_in("central").get(f"/confirmations/{dependency_of('D-03').ref}/delivery").text)

    assert need["hours"] == "50"  # manages 2 h, and is to run again within 48 h
    assert (delivery["hours"], delivery["delivers"]) == ("5", "yes")
    assert partners["hours"] == "2"
    assert "told_by" in partners
    assert "told_by" not in delivery


def test_what_is_typed_wrongly_is_told_at_the_field_and_nothing_is_signed(town, sign_in):
    browser = sign_in("edu.contact")

    page = sign(browser, "D-01", "need", hours="9", reason="", role="").text
    refused = sign(sign_in("wat.contact"), "D-01", "delivery", delivers="no", words="").text

    assert "This is needed." in page
    assert "Say what the other side should know or correct." in refused
    assert said_of("D-01") == []
    assert "Say why other hours are needed" in sign(browser, "D-01", "need", hours="9", reason="").text


def test_a_mismatch_is_seen_by_both_sides_and_leads_to_the_list(town, sign_in):
    consumer, supplier = sign_in("edu.contact"), sign_in("wat.contact")
    sign(consumer, "D-01", "need", hours="50")
    sign(supplier, "D-01", "delivery", hours="60")

    for browser in (consumer, supplier):
        assert "1 promise does not meet what is needed" in text_of(browser.get("/").text)
        listed = text_of(browser.get("/confirmations/?state=mismatch").text)
        assert "1 dependency " in listed
        assert "Does not match" in listed
    assert dependency_of("D-01").standing is Standing.DISPUTED
    assert "does not meet" not in text_of(
        sign_in(
            "edu.director",
        )
        .get("/confirmations/?state=agreed")
        .text
    )


def test_who_signs_meanwhile_is_shown_and_signed_again(town, sign_in):
    consumer, supplier = sign_in("edu.contact"), sign_in("wat.contact")
    address = f"/confirmations/{dependency_of('D-01').ref}/delivery"
    stale = filled(supplier.get(address).text) | {"hours": "8", "role": "Päällikkö"}
    sign(consumer, "D-01", "need", hours="50")

    page = supplier.send(address, **stale).text

    assert "The other side has signed, or the need has changed, meanwhile." in text_of(page)
    assert supplier.send(address, **filled(page)).status_code == 302


def test_a_partner_sees_who_needs_its_lines_unless_that_is_secret(town, sign_in):
    browser, care = sign_in("county"), dependency_of("D-04")

    page = text_of(browser.get("/confirmations/").text)
    answer = sign(browser, "D-04", "delivery", hours="8")

    assert "1 dependency " in page
    assert "X-CTY-01 Ensihoito" in page  # its own service
    assert "F-EDU-03 Perusopetus" in page  # at the other end of an interface that is shown to it
    assert answer.status_code == 302
    assert said_of("D-04")[0].organisation.code == "P-CTY"
    assert browser.get(f"/confirmations/{dependency_of('D-01').ref}").status_code == 404
    assert "Perusopetus" in browser.get(f"/confirmations/{care.ref}").text
    the_town.change(care.need.consumer, confidentiality=the_town.SECRET["confidentiality"])
    assert browser.get(f"/confirmations/{care.ref}").status_code == 404
    assert "0 dependencies" in text_of(browser.get("/confirmations/").text)


def test_everything_of_an_interface_is_asked_for_in_one_act(town, sign_in):
    browser = sign_in("central")
    interface = the_town.record(Interface, "I-01")

    page = browser.get(f"/interfaces/{interface.ref}").text
    answer = browser.send(f"/confirmations/interfaces/{interface.ref}/ask")

    assert "Ask for everything that is open" in page
    assert answer.headers["Location"].startswith(f"/interfaces/{interface.ref}")
    assert [(one.kind, one.organisation.code) for one in said_of("D-04")] == [(StatementKind.ASK, "CITY")]
    assert "Asked on" in text_of(browser.get(f"/confirmations/{dependency_of('D-04').ref}").text)


def test_one_dependency_is_asked_for(town, sign_in):
    browser, address = sign_in("edu.contact"), f"/confirmations/{dependency_of('D-01').ref}"

    assert browser.send(f"{address}/ask").headers["Location"] == address
    assert [one.kind for one in said_of("D-01")] == [StatementKind.ASK]
    the_town.change(dependency_of("D-01"), retired=True)
    assert browser.send(f"{address}/ask").status_code == 404


def test_who_asked_two_weeks_ago_is_told(town, sign_in):
    browser = sign_in("edu.contact")
    sign(browser, "D-01", "need", hours="50")
    assert "has not answered in two weeks" not in text_of(browser.get("/").text)

    the_town.change(said_of("D-01")[0], stated_on=months_after(today(), -1))

    assert "1 supplier has not answered in two weeks" in text_of(browser.get("/").text)
    assert str(dependency_of("D-01").ref) in browser.get("/confirmations/?wait=late").text


def test_the_other_side_is_told_to_sign_too(town, sign_in):
    sign(sign_in("county"), "D-04", "delivery", hours="")

    page = text_of(sign_in("edu.contact").get("/").text)
    assert "1 supplier has answered: sign too" in page
    line = text_of(sign_in("edu.contact").get(f"/confirmations/{dependency_of('D-04').ref}").text)
    assert "unknown" in line


@pytest.mark.parametrize("asked", ["state=odd", "by=1", "wait=nobody", "over=x"])
def test_a_question_that_makes_no_sense_shows_everything(town, sign_in, asked):
    assert "4 dependencies" in text_of(sign_in("edu.contact").get(f"/confirmations/?{asked}").text)


def test_what_is_filtered_by_supplier_and_interface(town, sign_in):
    browser = sign_in("central")
    county, interface = the_town.organisation_of("P-CTY"), the_town.record(Interface, "I-01")

    assert "2 dependencies" in text_of(browser.get(f"/confirmations/?by={county.ref}").text)
    assert "1 dependency " in text_of(browser.get(f"/confirmations/?over={interface.ref}").text)
    assert "Nothing matches" in browser.get("/confirmations/?state=agreed").text
    assert "Nothing to confirm yet" in sign_in("police").get("/confirmations/").text


def test_an_own_supplier_that_promises_more_than_it_records_is_shown(town, sign_in):
    sign(sign_in("wat.contact"), "D-01", "delivery", hours="1")

    page = text_of(sign_in("edu.contact").get(f"/confirmations/{dependency_of('D-01').ref}").text)
    assert "own recovery is recorded as 5 h, later than what it signed" in page


def test_an_old_signature_has_expired_on_its_day(town, sign_in):
    page = text_of(sign_in("edu.contact").get(f"/confirmations/{dependency_of('D-05').ref}").text)

    assert said_of("D-05")[0].stated_on == date(2024, 1, 2)
    assert "The signature is too old." in page
