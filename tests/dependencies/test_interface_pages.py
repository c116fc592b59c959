"""The register of interfaces by its pages: life, parts, two at once, the police, the list and the matrix."""

import pytest

from dependencies.interface_vocabulary import Part, Side
from dependencies.models.interfaces import ContactPoint, InformationFlow, Interface, InterfaceTask
from dependencies.vocabulary import InterfaceState
from prepare.db import db
from tests import town as the_town
from tests.filled import filled

WHOLE = {
    "name_fi": "Opetuksen turvallisuus",
    "party": "P-POL",
    "criticality": "K2",
    "description_fi": "Poliisi tukee kouluja häiriötilanteissa.",
    "city_owner_role": "Rehtori",
    "party_owner_role": "Komisario",
    "alerting_documented": "yes",
    "alerting_practice": "Rehtori soittaa tilannekeskukseen.",
    "agreement": "MK 12/2026",
}


def of(code="I-01", model=Interface):
    db.session.expire_all()
    return the_town.record(model, code)


def home(code="I-01", step=""):
    return f"/interfaces/{of(code).ref}{step}"


def saved(browser, address, told_by="seen", **changes):
    """Send the form of a page with these changes; gives the answer."""
    return browser.send(address, **{**filled(browser.get(address).text, told_by), **changes})


def parts(model, code="I-01"):
    db.session.expire_all()
    return db.session.query(model).filter_by(interface_id=of(code).id, retired=False).order_by(model.place).all()


@pytest.fixture
def contact(town, sign_in):
    """The browser of the education sector's contact."""
    return sign_in("edu.contact")


def test_a_contact_proposes_and_the_unit_agrees_once_nothing_is_lacking(contact, sign_in):
    answer = saved(contact, "/interfaces/new", "name_fi", **WHOLE)
    assert answer.status_code == 302
    code = db.session.query(Interface).filter_by(name_fi=WHOLE["name_fi"]).one().code
    made = of(code)
    assert (made.state, made.party.code, made.organisation.code) == (InterfaceState.IDENTIFIED, "P-POL", "EDU")
    assert contact.get(home(code, "/agree")).status_code == 403

    unit, step = sign_in("central"), home(code, "/agree")
    assert contact.send(home(code, "/draft")).status_code == 302
    assert "Something is lacking still" in unit.get(step).text
    assert saved(unit, step, "next_review").status_code != 302
    assert of(code).state is InterfaceState.DRAFT

    for side in Side:
        address = home(code, f"/contacts/new?side={side.value}")
        assert saved(contact, address, role_title="Päivystäjä", phone="+358 50 222").status_code == 302
    duties = dict.fromkeys(("city_normal", "city_disruption", "city_emergency"), Part.BOTH.value)
    others = dict.fromkeys(("party_normal", "party_disruption", "party_emergency"), Part.INFORMED.value)
    assert saved(contact, home(code, "/tasks/new"), task="Varoittaminen", **duties, **others).status_code == 302
    assert saved(contact, home(code, "/flows/new"), what="Tieto", direction="both", channel="Virve").status_code == 302
    assert "Something is lacking still" not in unit.get(step).text
    assert saved(unit, step, "next_review").status_code == 302
    assert of(code).state is InterfaceState.AGREED


def test_a_duty_contact_is_added_edited_and_taken_away(contact):
    count = len(parts(ContactPoint))
    answer = saved(contact, home(step="/contacts/new?side=partner"), role_title="Ylilääkäri", phone="+358 50 111")
    assert answer.status_code == 302
    made = parts(ContactPoint)[-1]
    assert (made.side, made.role_title) == (Side.PARTNER, "Ylilääkäri")

    wrong = saved(contact, f"/contacts/{made.ref}/edit", email="ei osoite")
    assert "An address has the sign @." in wrong.text
    assert saved(contact, f"/contacts/{made.ref}/edit", email="vuoro@ranta.example").status_code == 302
    assert "vuoro@ranta.example" in contact.get(home()).text

    assert contact.send(f"/contacts/{made.ref}/retire").status_code == 302
    assert len(parts(ContactPoint)) == count
    assert "vuoro@ranta.example" not in contact.get(home()).text


def test_a_task_and_a_flow_are_added_edited_and_taken_away(contact):
    assert saved(contact, home(step="/tasks/new"), task="Varoittaminen", city_disruption="r").status_code == 302
    assert saved(contact, home(step="/flows/new"), what="Tilannekuva", direction="both").status_code == 302
    task, flow = parts(InterfaceTask)[-1], parts(InformationFlow)[-1]
    assert (task.task, task.city_disruption, task.party_normal) == ("Varoittaminen", Part.RESPONSIBLE, None)

    assert saved(contact, f"/interface-tasks/{task.ref}/edit", remark="Yhdessä").status_code == 302
    assert saved(contact, f"/information-flows/{flow.ref}/edit", channel="Virve").status_code == 302
    page = contact.get(home()).text
    assert "Yhdessä" in page
    assert "Virve" in page

    for address in (f"/interface-tasks/{task.ref}/retire", f"/information-flows/{flow.ref}/retire"):
        assert contact.send(address).status_code == 302
    page = contact.get(home()).text
    assert "Varoittaminen" not in page
    assert "Tilannekuva" not in page


def test_of_two_who_change_the_same_field_the_later_is_shown_both(contact, sign_in):
    unit, address = sign_in("central"), home(step="/edit")
    form = filled(unit.get(address).text)

    assert saved(contact, address, city_owner_role="Rehtori").status_code == 302
    clash = unit.send(address, **{**form, "city_owner_role": "Sivistysjohtaja"})

    assert clash.status_code == 409
    assert "Rehtori" in clash.text
    assert "Sivistysjohtaja" in clash.text
    assert of().city_owner_role == "Rehtori"


def test_an_organisation_without_the_police_says_why(contact):
    assert "Lacking" in contact.get("/interfaces/police").text
    address = f"/interfaces/police/{the_town.organisation_of('EDU').ref}"

    assert saved(contact, address, police_interface_reason="Koulut soittavat hätänumeroon.").status_code == 302

    page = contact.get("/interfaces/police").text
    assert "Koulut soittavat hätänumeroon." in page
    assert "None, with a reason" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"I-01", "I-02"}),
        ("q=I-01", {"I-01"}),
        ("kind=police", {"I-02"}),
        ("kind=security", {"I-02"}),
        ("organisation=EDU", {"I-01"}),
        ("class=K1", set()),
        ("state=identified", {"I-01", "I-02"}),
        ("state=dissolved", set()),
        ("lacks=owners", {"I-01", "I-02"}),
    ],
)
def test_the_list_shows_what_is_asked_for(town, sign_in, query, found):
    page = sign_in("central").get(f"/interfaces/?{query}").text.split('id="results"')[1]

    assert {code for code in ("I-01", "I-02") if f"{code} Yhdyspinta" in page} == found


def test_the_matrix_shows_where_sectors_and_partners_meet_to_those_who_may_read_it(contact, sign_in):
    ours, every = contact.get("/interfaces/matrix").text, sign_in("central").get("/interfaces/matrix").text

    assert str(of().ref) in ours
    assert str(of("I-02").ref) not in ours
    assert {str(of().ref), str(of("I-02").ref)} <= set(every.replace('"', "/").split("/"))
    security = sign_in("central").get("/interfaces/matrix?kind=security").text
    assert str(of().ref) not in security
    assert str(of("I-02").ref) in security


def test_a_partner_reads_its_interface_and_changes_nothing(town, sign_in):
    county = sign_in("county")

    page, listed = county.get(home()).text, county.get("/interfaces/").text

    assert "Tehtävä I-01" in page
    assert "Tieto I-01" in page
    assert "I-01 Yhdyspinta" in listed
    assert "I-02" not in listed
    assert county.get(home("I-02")).status_code == 404
    for step in ("/edit", "/tasks/new", "/contacts/new", "/agree"):
        assert county.get(home(step=step)).status_code == 403
        assert step not in page.split("<main")[1]
