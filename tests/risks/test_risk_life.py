"""A risk's whole life over HTTP, as three roles; what waits for whom on the start page."""

import re
from datetime import timedelta

from sqlalchemy import select

from prepare.clock import today
from prepare.db import db
from risks.models.risks import Risk
from risks.vocabulary.risks import RiskState, Treatment
from tests.filled import filled


def risk(code="R-01"):
    return db.session.scalars(select(Risk).where(Risk.code == code)).one()


def at(step, code="R-01"):
    return f"/risks/{risk(code).ref}/{step}"


DECISION = {
    "accepted_by": "Kaupunginhallitus § 12",
    "accepted_reason": "Korjaus maksaa enemmän kuin vahinko",
    "accepted_until": (today() + timedelta(days=300)).isoformat(),
}


def test_a_risk_lives_from_identified_to_closed_and_the_trail_tells_it(town, sign_in):
    contact, director, leadership = sign_in("edu.contact"), sign_in("edu.director"), sign_in("leadership")

    added = contact.send("/risks/new", **filled(contact.get("/risks/new").text) | {"title_fi": "Kattila rikkoutuu"})
    code = db.session.scalars(select(Risk.code).order_by(Risk.id.desc())).first()
    assert added.status_code == 302
    assert risk(code).state is RiskState.IDENTIFIED

    assessed = {"likelihood": "4", "impact": "5", "treatment": "reduce", "trend": "rising", "grounds": "Kaksi vikaa"}
    contact.send(at("assess", code), **filled(contact.get(at("assess", code)).text) | assessed)
    assert (risk(code).state, risk(code).level.word) == (RiskState.ASSESSED, "critical")

    for to in ("treating", "monitored", "treating", "assessed"):
        assert contact.send(at("advance", code), to=to).status_code == 302
        assert risk(code).state.value == to

    assert contact.get(at("accept", code)).status_code == 403
    refused = director.send(at("accept", code), **DECISION)
    assert "A critical risk is accepted by the city leadership" in refused.text
    assert DECISION["accepted_reason"] in refused.text
    assert risk(code).state is RiskState.ASSESSED

    assert leadership.send(at("accept", code), **DECISION).status_code == 302
    assert risk(code).state is RiskState.ACCEPTED

    contact.send(at("reopen", code), state_reason="Uusi vika")
    assert (risk(code).state, risk(code).accepted_by) == (RiskState.ASSESSED, None)
    soon = (today() + timedelta(days=90)).isoformat()
    contact.send(at("review", code), note="Käyty läpi", next_review=soon)
    assert risk(code).next_review.isoformat() == soon
    contact.send(at("close", code), state_reason="Kattila uusittiin")
    assert risk(code).state is RiskState.CLOSED

    page = contact.get(f"/risks/{risk(code).ref}").text
    assert all(text in page for text in ("Kattila uusittiin", "Uusi vika", "Käyty läpi", "Kaksi vikaa"))
    trail = contact.get(f"/risks/{risk(code).ref}/trail").text
    told = re.sub(r"<[^>]+>", " ", trail)
    for action in ("Risk added", "Risk assessed", "Risk moved along", "Risk accepted", "Risk reopened", "Risk closed"):
        assert action in told, action
    assert "Risk reviewed without change" in told


def test_what_cannot_follow_is_refused_with_a_sentence(town, sign_in):
    browser = sign_in("edu.contact")

    answer = browser.send(at("advance"), to="monitored")

    assert "meanwhile" in browser.get(answer.headers["Location"]).text
    assert browser.send(at("advance"), to="no-such-state").status_code == 302
    assert risk().state is RiskState.IDENTIFIED


def test_a_reason_is_asked_for_and_a_review_wants_its_next_day(town, sign_in):
    browser = sign_in("edu.contact")

    assert 'id="state_reason-error"' in browser.send(at("close"), state_reason="").text
    assert 'id="next_review-error"' in browser.send(at("review"), note="Katsottu", next_review="").text
    assert "Katsottu" in browser.send(at("review"), note="Katsottu", next_review="").text
    assert "Only a closed or accepted risk" in browser.send(at("reopen"), state_reason="x").text
    town.change(risk(), state=RiskState.CLOSED)
    assert "has been closed already" in browser.send(at("close"), state_reason="x").text


def test_a_decision_that_waits_stands_on_the_start_page_of_those_who_decide(town, sign_in):
    town.change(risk(), treatment=Treatment.ACCEPT, state=RiskState.ASSESSED)

    assert "It is proposed to accept the risk" in sign_in("edu.director").get("/").text
    assert "It is proposed to accept the risk" in sign_in("leadership").get("/").text
    assert "It is proposed" not in sign_in("edu.contact").get("/").text

    town.change(risk(), likelihood=5, impact=5)
    assert "It is proposed" not in sign_in("edu.director").get("/").text
    assert "It is proposed to accept the risk" in sign_in("leadership").get("/").text


def test_an_acceptance_that_has_ended_is_decided_anew_and_a_late_review_waits_for_the_contact(town, sign_in):
    yesterday = today() - timedelta(days=1)
    town.change(risk(), state=RiskState.ACCEPTED, accepted_until=yesterday, next_review=yesterday)

    assert "has ended: decide anew" in sign_in("edu.director").get("/").text
    assert "was to be looked at again by" in sign_in("edu.contact").get("/").text
    assert "was to be looked at again by" not in sign_in("wat.contact").get("/").text


def test_the_matrix_shows_where_risks_stand_and_where_their_treatment_takes_them(town, sign_in):
    town.change(risk("R-01"), residual_likelihood=1, residual_impact=2)
    browser = sign_in("central")

    page = browser.get("/risks/matrix?by=threat").text

    assert 'aria-label="3 risks: likelihood 2 × impact 4, Moderate 8"' in page
    assert page.count('class="matrix__arrow"') == 1
    assert re.search(r"Moderate</span></td><td>.*?Low</span></td><td class=\"num\">1</td>", page)
    assert "matrix__arrow" not in browser.get("/risks/matrix?to=").text
    assert 'aria-label="1 risk: likelihood 1 × impact 2, Low 2"' in browser.get("/risks/matrix?place=residual").text
    listed = browser.get("/risks/?place=residual&likelihood=1&impact=2").text
    assert "Keittiö ei toimi" in listed
    assert "Vesi saastuu" not in listed


def test_the_matrix_of_a_scenario_counts_its_risks_only(town, sign_in):
    browser = sign_in("central")

    for by in ("organisation", "threat", "scenario"):
        page = browser.get(f"/risks/matrix?scenario=S1&by={by}").text
        assert 'aria-label="1 risk: likelihood 2 × impact 4, Moderate 8"' in page
    assert "No risk matches" in browser.get("/risks/matrix?scenario=S9").text
    assert "S1 Myrsky" in browser.get("/risks/matrix?by=scenario").text
    assert browser.get("/risks/matrix?place=x&to=y&by=z&organisation=EDU").status_code == 200


def test_whoever_has_no_risks_is_told_what_to_do_next(town, sign_in):
    for one in db.session.scalars(select(Risk)).all():
        town.change(one, state=RiskState.CLOSED)

    assert "Begin with the three to five things" in sign_in("edu.contact").get("/risks/matrix").text
    assert "Nothing that you may read has been registered" in sign_in("auditor").get("/risks/matrix").text
