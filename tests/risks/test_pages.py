"""The pages of risks and scenarios as people meet them."""

import re
from dataclasses import fields

from sqlalchemy import select

from prepare.db import db
from risks.entries.risks import RiskEntry
from risks.forms.risks import RiskForm
from risks.models.risks import Risk
from risks.models.scenarios import Scenario
from tests.filled import filled


def risk(code):
    return db.session.scalars(select(Risk).where(Risk.code == code)).one()


def test_the_form_has_the_fields_of_the_entry_and_the_columns_of_the_record(app):
    with app.test_request_context():
        names = {field.name for field in RiskForm()} - {"csrf_token", "seen"}

    assert names == {field.name for field in fields(RiskEntry)}
    assert all(hasattr(Risk, name) for name in names)


def test_the_list_shows_the_matrix_and_the_sectors_own_risks(town, sign_in):
    page = sign_in("edu.contact").get("/risks/").text

    assert "Keittiö ei toimi" in page
    assert "Vesi saastuu" not in page
    assert re.search(r'likelihood=2&amp;impact=4[^>]* aria-label="2 risks: likelihood 2 × impact 4, Moderate 8"', page)
    assert "Moderate 8" in page


def test_a_cell_of_the_matrix_lists_its_risks(town, sign_in):
    visitor = sign_in("central")

    assert "Keittiö ei toimi" in visitor.get("/risks/?likelihood=2&impact=4").text
    assert "Keittiö ei toimi" not in visitor.get("/risks/?likelihood=2&impact=5").text
    assert visitor.get("/risks/?likelihood=9&impact=x&level=?&state=?&page=-1&sort=;").status_code == 200


def test_another_sectors_risk_answers_like_a_missing_one(town, sign_in):
    visitor = sign_in("edu.contact")
    foreign = visitor.get(f"/risks/{risk('R-03').ref}")
    missing = visitor.get("/risks/00000000-0000-4000-8000-000000000000")

    # what passes with the moment: the request's number, and the time in the token
    passing = re.compile(r'[0-9a-f]{32}|name="csrf_token" value="[^"]*"')
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert passing.sub("", foreign.text) == passing.sub("", missing.text)


def test_a_reader_sees_no_way_to_change(town, sign_in):
    page = sign_in("auditor").get(f"/risks/{risk('R-01').ref}")

    assert page.status_code == 200
    assert "/assess" not in page.text
    assert sign_in("auditor").get(f"/risks/{risk('R-01').ref}/assess").status_code == 403


def test_a_wrong_entry_is_told_at_its_field(town, sign_in):
    visitor = sign_in("edu.contact")
    address = f"/risks/{risk('R-01').ref}/assess"

    page = visitor.send(address, **filled(visitor.get(address).text) | {"impact": ""})

    assert "Give both likelihood and impact." in page.text
    assert 'id="impact-error"' in page.text
    assert risk("R-01").impact == 4


def test_a_risk_is_assessed_from_its_form(town, sign_in):
    visitor = sign_in("edu.contact")
    address = f"/risks/{risk('R-01').ref}/assess"

    answer = visitor.send(address, **filled(visitor.get(address).text) | {"impact": "5", "cause": "Sähkö\r\nkatkeaa"})

    assert answer.status_code == 302, answer.text
    assert (risk("R-01").impact, risk("R-01").cause) == (5, "Sähkö\nkatkeaa")
    assert [f.code for f in risk("R-01").functions] == ["F-EDU-01"]


def test_two_people_who_change_different_fields_are_both_kept(town, sign_in):
    one, other = sign_in("edu.contact"), sign_in("edu.director")
    address = f"/risks/{risk('R-01').ref}/assess"
    first, second = filled(one.get(address).text), filled(other.get(address).text)

    one.send(address, **first | {"owner_role": "Ruokapalvelupäällikkö"})
    told = other.send(address, **second | {"event": "Uunit sammuvat"})

    assert told.status_code == 409
    assert other.send(address, **filled(told.text)).status_code == 302
    assert (risk("R-01").owner_role, risk("R-01").event) == ("Ruokapalvelupäällikkö", "Uunit sammuvat")


def test_two_people_who_change_the_same_field_are_asked_and_nothing_is_lost(town, sign_in):
    one, other = sign_in("edu.contact"), sign_in("edu.director")
    address = f"/risks/{risk('R-01').ref}/assess"
    first, second = filled(one.get(address).text), filled(other.get(address).text)

    one.send(address, **first | {"event": "Uunit sammuvat"})
    asked = other.send(address, **second | {"event": "Kylmiö lämpenee"})

    assert asked.status_code == 409
    assert "Uunit sammuvat" in asked.text
    assert "Kylmiö lämpenee" in asked.text
    assert risk("R-01").event == "Uunit sammuvat"
    settled = other.send(address, **filled(asked.text) | {"event": "Kylmiö lämpenee"})
    assert settled.status_code == 302
    assert risk("R-01").event == "Kylmiö lämpenee"


def test_a_new_risk_begins_with_the_function_it_was_added_from(town, sign_in):
    visitor = sign_in("edu.contact")

    form = filled(visitor.get("/risks/new?function=F-EDU-01").text)
    answer = visitor.send("/risks/new", **form | {"title_fi": "Jäähdytys pettää"})

    assert (form["functions"], form["confidentiality"]) == ("F-EDU-01", "internal")
    assert answer.status_code == 302, answer.text
    assert [f.code for f in risk("R-04").functions] == ["F-EDU-01"]


def test_a_functions_page_lists_its_risks(town, sign_in):
    page = sign_in("edu.contact").get(f"/functions/{town.function('F-EDU-01').ref}").text

    assert "Keittiö ei toimi" in page
    assert "Vesi saastuu" not in page


def test_a_scenario_names_no_function_that_is_closed_to_the_reader(town, sign_in):
    storm = db.session.scalars(select(Scenario)).one()

    for_contact = sign_in("edu.contact").get(f"/scenarios/{storm.ref}").text
    for_central = sign_in("central").get(f"/scenarios/{storm.ref}").text

    assert "Talousvesi" in for_contact  # listed in the directory
    assert "Vesitorni" not in for_contact  # confidential
    assert "A function outside your view" in for_contact
    assert "Vesitorni" in for_central


def test_the_lists_ask_few_questions(town, sign_in, statements):
    visitor = sign_in("central")
    for address in ("/risks/", "/scenarios/"):
        with statements() as seen:
            assert visitor.get(address).status_code == 200
        assert len(seen) <= 14, address
