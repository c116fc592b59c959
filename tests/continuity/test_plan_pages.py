"""The pages of plans as people meet them."""

import re
from dataclasses import fields

import pytest
from sqlalchemy import select

from continuity.entries.plans import PlanEntry
from continuity.forms.plans import PlanForm
from continuity.models.plans import Plan
from continuity.register import plans as register
from continuity.vocabulary.plans import PlanState, Section
from prepare.db import db
from tests.filled import filled


def plan(code):
    return db.session.scalars(select(Plan).where(Plan.code == code)).one()


def state(code):
    return [version.state for version in plan(code).versions]


def test_the_form_has_the_fields_of_the_entry(app):
    with app.test_request_context():
        names = [field.name for field in PlanForm()]

    assert set(names) - {"csrf_token", "seen"} == {field.name for field in fields(PlanEntry)}


def test_the_list_shows_what_is_in_force_and_what_is_prepared(town, sign_in):
    page = sign_in("central").get("/plans/").text

    assert [code in page for code in ("P-01", "P-02", "P-03", "P-04")] == [True] * 4
    assert "4 plans" in page
    assert sign_in("central").get("/plans/?state=zzz&kind=&overdue=1&sort=-next_review&page=x").status_code == 200


def test_another_sectors_plan_answers_like_a_missing_one(town, sign_in):
    visitor = sign_in("wat.contact")
    foreign = visitor.get(f"/plans/{plan('P-01').ref}")
    missing = visitor.get("/plans/00000000-0000-4000-8000-000000000000")

    passing = re.compile(r'[0-9a-f]{32}|name="csrf_token" value="[^"]*"')
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert passing.sub("", foreign.text) == passing.sub("", missing.text)


def test_a_contact_writes_and_submits_and_the_director_approves(town, sign_in):
    contact, director = sign_in("edu.contact"), sign_in("edu.director")
    address = f"/plans/{plan('P-01').ref}"
    for place, text in ((5, "Kun keittiö\r\non poissa"), (6, "Soita")):
        section = f"{address}/sections/{place}"
        saved = contact.send(section, **filled(contact.get(section).text) | {"text": text})
    contact.send(f"{address}/submit")
    waits = director.get(address).text
    approved = director.send(f"{address}/approve", **filled(director.get(f"{address}/approve").text, "next_review"))

    assert (saved.status_code, approved.status_code) == (302, 302)
    assert f"{address}/approve" in waits
    assert state("P-01") == [PlanState.APPROVED]
    assert register.texts(register.in_force(plan("P-01")))[Section.ACTIVATION] == "Kun keittiö\non poissa"


def test_what_is_missing_is_told_before_and_after_submitting(town, sign_in):
    visitor = sign_in("edu.contact")
    address = f"/plans/{plan('P-01').ref}"

    page = visitor.get(address).text
    visitor.send(f"{address}/submit")
    answer = visitor.get(address).text

    assert "Action card of the first hour." in page
    assert "Missing: Action card of the first hour." in answer
    assert state("P-01") == [PlanState.DRAFT]


def test_a_director_returns_with_a_reason_that_the_contact_reads(town, sign_in):
    director, contact = sign_in("edu.director"), sign_in("edu.contact")
    address = f"/plans/{plan('P-02').ref}"

    silent = director.send(f"{address}/return", reason="")
    director.send(f"{address}/return", reason="Lisää yhteystiedot")

    assert "Say what the sector should complete, or comment on a section." in silent.text
    assert "Lisää yhteystiedot" in contact.get(address).text


def test_a_submitted_version_is_not_edited(town, sign_in):
    visitor = sign_in("edu.contact")
    address = f"/plans/{plan('P-02').ref}"

    assert visitor.get(f"{address}/edit").status_code == 302
    assert f"{address}/edit" not in visitor.get(address).text


def test_text_is_shown_as_it_was_written_and_never_as_markup(town, sign_in):
    visitor = sign_in("edu.contact")
    address = f"/plans/{plan('P-01').ref}"

    section = f"{address}/sections/1"
    visitor.send(section, **filled(visitor.get(section).text) | {"text": "<b>x</b> {{ 7*7 }}"})

    version = register.pending(plan("P-01"))
    assert "&lt;b&gt;x&lt;/b&gt; {{ 7*7 }}" in visitor.get(f"/plans/versions/{version.ref}").text


def test_a_new_plan_begins_with_the_function_it_was_started_from(town, sign_in):
    visitor = sign_in("edu.contact")

    form = filled(visitor.get("/plans/new?function=F-EDU-01").text, "name_fi")
    answer = visitor.send("/plans/new", **form | {"name_fi": "Ruokahuolto"})

    assert (form["functions"], form["kind"]) == ("F-EDU-01", "continuity")
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"] == f"/plans/{plan('PL-01').ref}/editor"
    assert plan("PL-01").organisation.code == "EDU"


def test_a_functions_page_lists_the_plans_that_cover_it(town, sign_in):
    page = sign_in("edu.contact").get(f"/functions/{town.function('F-EDU-01').ref}").text

    assert "Suunnitelma P-02" in page
    assert "Suunnitelma P-04" not in page


@pytest.mark.parametrize("person", ["auditor", "leadership", "central", "admin"])
def test_readers_see_no_way_to_write(town, sign_in, person):
    visitor = sign_in(person)
    address = f"/plans/{plan('P-01').ref}"

    assert visitor.get(address).status_code == 200
    assert "/edit" not in visitor.get(address).text
    assert visitor.get(f"{address}/edit").status_code == 403


def test_the_list_asks_few_questions(town, sign_in, statements):
    visitor = sign_in("central")

    with statements() as seen:
        assert visitor.get("/plans/").status_code == 200

    assert len(seen) <= 10


def test_the_start_page_lists_what_waits_for_this_person(town, sign_in):
    for_director = sign_in("edu.director").get("/").text
    for_contact = sign_in("edu.contact").get("/").text
    for_auditor = sign_in("auditor").get("/").text

    assert "P-02 Suunnitelma P-02" in for_director
    assert "Waits for your approval" in for_director
    assert "P-01 Suunnitelma P-01" in for_contact
    assert "Waits for your approval" not in for_contact
    assert "P-02 Suunnitelma P-02" not in for_auditor
    assert "Look at it and comment or return it" in sign_in("central").get("/").text
