"""Situation reviews: counted, written, given, compared."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from continuity.entries.reviews import SituationReviewEntry
from continuity.models.reviews import SituationReview
from continuity.register import reviews as register
from continuity.vocabulary.reviews import ReviewState
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.vocabulary import Confidentiality
from risks.models.inputs import ResidentInput
from risks.models.measures import Measure
from risks.models.phenomena import Phenomenon
from risks.vocabulary.inputs import InputSource
from risks.vocabulary.risks import Trend
from tests.filled import filled

SENTENCES = {"now_text": "Kunnossa", "change_text": "Parani", "need_text": "Päätös rahoituksesta"}


def review(code):
    return db.session.scalars(select(SituationReview).where(SituationReview.code == code)).one()


def made(town, acting, **values):
    with acting("central"), transaction():
        entry = SituationReviewEntry(**{"as_of": today(), **SENTENCES, **values})
        return register.add(town.organisation_of("CITY"), entry, on=today()).code


def test_a_review_counts_what_the_registers_hold_up_to_its_own_class(town, acting):
    for code in ("M-01", "M-02"):  # M-02 is secret
        town.change(town.record(Measure, code), due=today() - timedelta(days=1))

    internal = review(made(town, acting)).figures
    secret = review(
        made(town, acting, confidentiality=Confidentiality.CONFIDENTIAL, secrecy_basis="JulkL 24.1 § 8 k")
    ).figures

    assert (internal["overdue"], secret["overdue"]) == (1, 2)
    assert [one["code"] for one in internal["overdue_named"]] == ["M-01"]
    assert (sum(internal["measures"].values()), sum(secret["measures"].values())) == (2, 3)
    assert (internal["decisions"], secret["decisions"]) == ({"open": 1, "overdue": 0}, {"open": 2, "overdue": 0})
    assert [one["code"] for one in internal["situations"]] == ["SI-01"]
    assert internal["meetings"]["held"] == 1


def test_a_review_is_begun_written_and_given_and_then_stays(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get("/safety/reviews/new").text)
    page = visitor.send("/safety/reviews/new", **form | {"proposals": "Valaistus\nNuorisotyö"}).headers["Location"]
    assert "Write the three sentences first" in visitor.get(page).text
    visitor.send(f"{page}/give")
    assert review("TK-03").state is ReviewState.DRAFT

    writing = filled(visitor.get(f"{page}/edit").text)
    visitor.send(f"{page}/edit", **writing | SENTENCES)
    visitor.send(f"{page}/give")

    assert (review("TK-03").state, review("TK-03").given_on) == (ReviewState.GIVEN, today())
    late = visitor.send(f"{page}/edit", **writing | {"now_text": "Toisin"})
    assert late.status_code in (200, 409)
    assert review("TK-03").now_text == "Kunnossa"
    shown = visitor.get(page).text
    assert "Nuorisotyö" in shown
    assert "/edit" not in shown
    assert "Situation review given" in visitor.get(f"/safety/reviews/{review('TK-03').ref}/trail").text


def test_a_review_is_compared_with_the_one_given_before(town, acting, sign_in):
    old = review("TK-01")
    town.change(old, state=ReviewState.GIVEN, figures={**old.figures, "overdue": 5, "risks": {"critical": 0}})
    code = made(town, acting)
    assert review(code).since == old.as_of

    shown = sign_in("leadership").get(f"/safety/reviews/{review(code).ref}").text

    assert "compared with" in shown
    assert "5 fewer" in shown
    assert "unchanged" in shown


def test_only_the_unit_writes_and_no_sector_reads(town, acting, sign_in):
    with acting("leadership"), pytest.raises(NotPermitted):
        register.give(review("TK-01"), on=today())
    assert sign_in("edu.contact").get(f"/safety/reviews/{review('TK-01').ref}").status_code == 404
    assert "No reviews to read" in sign_in("edu.contact").get("/safety/reviews/").text
    assert "Katsaus TK-01" in sign_in("auditor").get("/safety/reviews/").text


def test_a_review_of_tomorrow_is_refused(town, acting):
    with pytest.raises(RuleBroken, match="cannot lie ahead"):
        made(town, acting, as_of=today() + timedelta(days=1))


def test_the_hub_leads_to_the_reviews(town, sign_in):
    assert "/safety/reviews/" in sign_in("leadership").get("/safety/").text


def test_a_review_tells_of_phenomena_that_rise_first_and_of_the_last_answers_of_residents(town, acting, sign_in):
    one, asked = town.record(Phenomenon, "PH-01"), town.organisation_of("CITY")
    town.change(one, trend=Trend.SAME)
    rising = Phenomenon(code="PH-90", organisation=asked, name_fi="Katukauppa", trend=Trend.RISING)
    told = {"organisation": asked, "name": "Kysely", "source": InputSource.SURVEY, "question": "Turvallisuuden tunne"}
    answers = [
        ResidentInput(code=f"RI-9{n}", held_on=today() - timedelta(days=n), value=value, unit="/ 5", **told)
        for n, value in ((1, 3.8), (400, 3.5))
    ]
    town.keep(rising, *answers)

    made_now = review(made(town, acting))

    assert made_now.figures["phenomena"][0]["code"] == "PH-90"
    (voice,) = [found for found in made_now.figures["residents"] if found["question"] == "Turvallisuuden tunne"]
    assert (voice["value"], voice["before"]) == (3.8, 3.5)
    shown = sign_in("leadership").get(f"/safety/reviews/{made_now.ref}").text
    assert "Katukauppa" in shown
    assert "before: 3.5" in shown
