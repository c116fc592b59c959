"""What is being typed is kept for its writer alone, until it is saved or a day has passed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from continuity.models.plans import Plan
from prepare.audit import AuditEntry
from prepare.clock import now
from prepare.db import db, transaction
from prepare.models.posts import Draft
from tests.filled import filled

NEW = "/functions/new"


def drafts():
    return db.session.scalars(sa.select(Draft).order_by(Draft.id)).all()


def keep(browser, address, **fields):
    """Keep a draft as the script of a page does: everything that stands in the form."""
    return browser.post(f"/drafts?of={address}", data={"csrf_token": browser.token, **fields})


@pytest.fixture
def section(town):
    plan = db.session.scalars(sa.select(Plan).where(Plan.code == "P-01")).one()
    return f"/plans/{plan.ref}/sections/12"


def test_a_draft_comes_back_with_a_note_and_leaves_no_trace_in_the_trail(town, sign_in):
    browser = sign_in("edu.contact")
    entries = db.session.scalar(sa.select(sa.func.count(AuditEntry.id)))

    answer = keep(browser, NEW, **filled(browser.get(NEW).text, "name_fi") | {"name_fi": "Kesken <b>"})
    page = browser.get(NEW).text

    assert answer.json["told"].startswith("Draft kept at ")
    assert filled(page, "name_fi")["name_fi"] == "Kesken <b>"
    assert "It has not been saved yet." in page
    assert "Discard the draft" in page
    assert db.session.scalar(sa.select(sa.func.count(AuditEntry.id))) == entries


def test_nobody_else_gets_it_but_its_writer_does_after_signing_in_again(town, sign_in, section):
    keep(sign_in("edu.contact"), section, text="Minun")

    assert "Minun" not in sign_in("edu.director").get(section).text
    assert "Minun" in sign_in("edu.contact").get(section).text


def test_saving_lets_go_of_it_and_what_comes_late_is_no_draft(town, sign_in, section):
    browser = sign_in("edu.contact")
    form = filled(browser.get(section).text) | {"text": "Valmis"}
    keep(browser, section, **form)

    saved = browser.send(section, **form)
    late = keep(browser, section, **form)

    assert (saved.status_code, late.json["told"]) == (302, "")
    assert drafts() == []
    assert "It has not been saved yet." not in browser.get(section).text


def test_a_draft_of_what_others_saved_meanwhile_is_compared(town, sign_in, section):
    mine, theirs = sign_in("edu.contact"), sign_in("edu.director")
    keep(mine, section, **filled(mine.get(section).text) | {"text": "Minun"})
    theirs.send(section, **filled(theirs.get(section).text) | {"text": "Heidän"})

    back = filled(mine.get(section).text)
    answer = mine.send(section, **back)

    assert back["text"] == "Minun"
    assert answer.status_code == 409
    assert "Heidän" in answer.text


def test_a_draft_is_discarded(town, sign_in, section):
    browser = sign_in("edu.contact")
    keep(browser, section, text="Turha")

    answer = browser.send("/drafts/discard", of=section)

    assert answer.headers["Location"] == section
    assert drafts() == []
    assert "Turha" not in browser.get(section).text
    assert browser.send("/drafts/discard", of="https://evil.example/").headers["Location"] == "/"


def test_a_draft_is_gone_after_a_day(town, sign_in, section):
    browser = sign_in("edu.contact")
    keep(browser, section, text="Vanha")
    with transaction():
        db.session.execute(sa.update(Draft).values(at=now() - timedelta(hours=25)))

    assert "Vanha" not in browser.get(section).text
    keep(browser, NEW, name_fi="Uusi")
    assert [one.address for one in drafts()] == [NEW]


def test_identity_codes_are_masked_and_passwords_never_kept(town, sign_in, section):
    browser = sign_in("edu.contact")

    keep(browser, section, text="Soita 131052-308T:lle", password="hunter2", new_password="hunter3")

    (draft,) = drafts()
    assert draft.fields == {"text": ["Soita 131052-****:lle"]}


@pytest.mark.parametrize("address", ["", "/nowhere", "/plans/", "/sign-in", "https://evil.example/"])
def test_only_forms_of_the_house_are_kept(town, sign_in, address):
    assert keep(sign_in("edu.contact"), address, text="x").json["told"] == ""
    assert drafts() == []


def test_one_person_has_a_bounded_number_of_drafts(town, sign_in, monkeypatch):
    monkeypatch.setattr("prepare.gate.drafts.MOST", 3)
    browser = sign_in("edu.contact")
    refs = db.session.scalars(sa.select(Plan.ref).order_by(Plan.code)).all()

    for ref in refs[:1]:
        for place in range(1, 6):
            keep(browser, f"/plans/{ref}/sections/{place}", text=str(place))

    assert [one.fields["text"] for one in drafts()] == [["3"], ["4"], ["5"]]


def test_a_megabyte_is_kept_and_given_back_whole(town, sign_in, section):
    browser, text = sign_in("edu.contact"), "Varautuminen on ennakointia. " * 36_200 + "Loppu"

    assert len(text) > 1 << 20
    assert keep(browser, section, **filled(browser.get(section).text) | {"text": text}).status_code == 200
    back = filled(browser.get(section).text)
    assert back["text"] == text
    assert browser.send(section, **back).status_code == 302
    assert filled(browser.get(section).text)["text"] == text


def test_after_the_session_ended_the_text_is_put_aside_for_its_writer(town, sign_in, section):
    browser = sign_in("edu.contact")
    form = filled(browser.get(section).text) | {"text": "Istunto päättyi"}
    browser.delete_cookie("prepare")

    answer = browser.post(
        f"/drafts?of={section}",
        data={"csrf_token": browser.token, **form},
        headers={"Referer": f"http://localhost{section}"},
    )

    assert answer.status_code == 401
    back = filled(answer.text, "email")["next"]
    assert back.startswith(f"{section}?kept=")
    assert filled(sign_in("edu.contact").get(back).text)["text"] == "Istunto päättyi"
    assert "Istunto päättyi" not in sign_in("edu.director").get(back).text


def test_others_learn_who_is_writing_now_and_nothing_of_the_text(town, sign_in, section):
    editor = section.replace("/sections/12", "/editor")
    keep(sign_in("edu.contact"), section, text="Salainen luonnos")

    for page in (sign_in("edu.director").get(section).text, sign_in("edu.director").get(editor).text):
        assert "Nimi edu.contact is writing here now" in page
        assert "Salainen luonnos" not in page
    assert "is writing here now" not in sign_in("edu.contact").get(editor).text
    with transaction():
        db.session.execute(sa.update(Draft).values(at=now() - timedelta(minutes=4)))
    assert "is writing here now" not in sign_in("edu.director").get(editor).text


def test_a_form_without_drafts_has_no_place_for_them(town, sign_in):
    browser = sign_in("central")

    assert "data-draft" not in browser.get("/safety/bodies/new").text
    assert "data-draft" in sign_in("edu.contact").get(NEW).text
