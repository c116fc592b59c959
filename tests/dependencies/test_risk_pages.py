"""What the graph adds to a risk: the cascade of its scenario, and the interfaces that it affects."""

from sqlalchemy import select

from continuity.findings import consequences as rules
from continuity.readiness import holdings
from dependencies.analysing import affected, consequences
from dependencies.models.interfaces import Interface
from prepare.actor import EVERYTHING
from prepare.audit import AuditEntry, AuditPayload
from prepare.db import db
from risks.models.risks import Risk
from tests.filled import filled


def risk(code):
    return db.session.scalars(select(Risk).where(Risk.code == code)).one()


def told(code):
    return consequences.of_risks(EVERYTHING, [risk(code)]).get(risk(code).id)


def test_the_storm_takes_the_water_down_for_a_day_which_is_intolerable(town):
    found = told("R-03")  # S1 takes F-WAT-01 out for 24 h; its grid says LIFE 4 in the band up to 24 h

    assert (found.found.step, found.found.hours, found.computed) == (4, 24.0, 4)
    assert (found.found.out, found.affected, found.down) == (1, 1, 2)
    assert not found.differs(4)


def test_a_risk_without_a_scenario_is_not_told_of(town):
    assert told("R-01") is None


def test_a_risk_that_was_assessed_below_the_cascade_is_a_finding(town):
    town.change(risk("R-03"), impact=3)

    found = holdings.findings(
        holdings.holdings(EVERYTHING, town.organisation_of("WAT"), on=town.BEGUN.date()), town.BEGUN.date()
    )

    (finding,) = [one for one in found if one.rule is rules.DIFFERENCE]
    assert finding.missing == ("The impact of the risk was assessed at 3; by the cascade of its scenario S1 it is 4.")


def test_a_risks_page_shows_both_impacts_side_by_side(town, sign_in):
    town.change(risk("R-03"), impact=3)

    page = sign_in("wat.contact").get(f"/risks/{risk('R-03').ref}").text

    assert "The assessed impact and the cascade differ" in page
    assert "4 Serious (intolerable)" in page
    assert "out for" in page


def test_a_contact_chooses_the_interfaces_that_a_risk_affects(town, sign_in):
    browser, address = sign_in("edu.contact"), f"/risks/{risk('R-01').ref}/interfaces"
    form = filled(browser.get(address).text)
    assert form["interfaces"] == "I-01"

    form.pop("interfaces")
    assert browser.send(address, **form).status_code == 302

    assert db.session.scalars(affected.interfaces_of(EVERYTHING, risk("R-01"))).all() == []
    payload = select(AuditPayload).join(AuditEntry, AuditEntry.payload_id == AuditPayload.id)
    last = db.session.scalars(payload.order_by(AuditEntry.id.desc())).first()
    assert last.changes == {"interfaces": [["I-01"], []]}
    assert browser.send(address, **filled(browser.get(address).text), interfaces="I-01").status_code == 302
    assert [one.code for one in db.session.scalars(affected.interfaces_of(EVERYTHING, risk("R-01")))] == ["I-01"]


def test_saving_the_same_interfaces_writes_no_trail(town, sign_in):
    browser, address = sign_in("edu.contact"), f"/risks/{risk('R-01').ref}/interfaces"
    before = db.session.scalars(select(AuditEntry.id)).all()

    assert browser.send(address, **filled(browser.get(address).text)).status_code == 302

    assert db.session.scalars(select(AuditEntry.id)).all() == before


def test_an_interface_outside_the_view_cannot_be_chosen(town, sign_in):
    browser, address = sign_in("edu.contact"), f"/risks/{risk('R-01').ref}/interfaces"

    page = browser.send(address, **filled(browser.get(address).text) | {"interfaces": "I-02"})

    assert page.status_code == 200
    assert [one.code for one in db.session.scalars(affected.interfaces_of(EVERYTHING, risk("R-01")))] == ["I-01"]


def test_an_interface_tells_which_risks_affect_it(town, sign_in):
    interface = db.session.scalars(select(Interface).where(Interface.code == "I-01")).one()

    assert "Keittiö ei toimi" in sign_in("edu.contact").get(f"/interfaces/{interface.ref}").text
    assert "Keittiö ei toimi" not in sign_in("county").get(f"/interfaces/{interface.ref}").text
