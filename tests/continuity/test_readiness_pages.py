"""The pages of readiness: what each reader sees, snapshots and KUJA."""

import json
from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import select

from continuity.models.readiness import KujaPart, KujaResult, ReadinessSnapshot
from continuity.readiness import scored
from continuity.register import readiness as register
from continuity.scoring import raising
from continuity.scoring.scores import points
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from tests.filled import filled
from tests.town import change, doing, function, organisation_of


def text(page):
    return " ".join(html.fromstring(page).text_content().split())


def address(code, rows=""):
    organisation = organisation_of(code)
    return f"/readiness/{organisation.ref}" + (f"/rows?of={rows}" if rows else "")


def test_the_unit_sees_the_city_and_every_sector(town, sign_in):
    page = sign_in("central").get("/readiness/").text

    links = {link.get("href").split("/")[-1] for link in html.fromstring(page).xpath("//table//a")}
    assert str(organisation_of("EDU").ref) in links
    assert str(organisation_of("WAT").ref) in links
    assert "Koko kaupunki" in text(page) or "The whole city" in text(page)


def test_a_contact_sees_the_own_sector_and_nothing_of_the_city(town, sign_in):
    page = sign_in("edu.contact").get("/readiness/").text

    assert str(organisation_of("EDU").ref) in page
    assert str(organisation_of("WAT").ref) not in page
    assert sign_in("edu.contact").get(address("WAT")).status_code == 404
    assert sign_in("edu.contact").get(address("CITY", "I03")).status_code == 404


@pytest.mark.parametrize("code", ["I01", "I03", "I06", "I09", "I11", "I14", "I15", "I16", "I17"])
def test_each_figure_leads_to_rows_that_lead_to_records(town, sign_in, code):
    browser = sign_in("central")

    page = html.fromstring(browser.get(address("CITY", code)).text)

    for link in page.xpath("//tbody//th//a"):
        assert browser.get(link.get("href")).status_code == 200


def test_rows_outside_the_view_are_counted_and_not_told(town, sign_in):
    with acting_as(SYSTEM):
        score = scored.of_city(organisation_of("CITY"), on=today())
    (edu,) = [one for one in score.sectors if one.item.code == "EDU"]
    page = sign_in("edu.contact").get(address("EDU", "I09")).text

    codes = {row.item.code for indicator in edu.indicators.values() for row in indicator.rows}
    assert "F-EDU-06" in codes  # confidential, and the contact's own
    assert "F-WAT-02" not in codes
    assert "F-WAT-02" not in page


def test_a_city_s_ref_leads_to_the_hub_and_a_partner_has_no_readiness(town, sign_in):
    browser = sign_in("central")

    assert browser.get(address("CITY")).headers["Location"].startswith("/readiness/")
    assert browser.get(address("P-CTY")).status_code == 403
    assert sign_in("county").get("/readiness/").status_code == 403


def test_mending_a_row_raises_the_score_by_what_was_told(town, app):
    city = organisation_of("CITY")
    with acting_as(SYSTEM):
        (before,) = [one for one in scored.of_city(city, on=today()).sectors if one.item.code == "EDU"]
        edit("F-EDU-01", reviewed_on=today())
        (after,) = [one for one in scored.of_city(city, on=today()).sectors if one.item.code == "EDU"]

    reviewed = next(one for one in raising.gains(before, most=99) if reviews(one, "F-EDU-01"))
    assert after.score == pytest.approx(before.score + reviewed.points)


def edit(code, **values):
    """Change a function so that the trail tells it."""
    with doing(Action.EDIT_FUNCTION), transaction():
        for name, value in values.items():
            setattr(function(code), name, value)


def reviews(gain, code):
    return gain.step.item.code == code and [one.value for one in gain.codes] == ["I02"]


def test_a_score_is_kept_until_something_changes(town, statements):
    city = organisation_of("CITY")
    with acting_as(SYSTEM):
        first = scored.of_city(city, on=today())
        with statements() as seen:
            again = scored.of_city(city, on=today())
        edit("F-EDU-01", owner_role="Apulaisrehtori")
        later = scored.of_city(city, on=today())

    assert again is first
    assert len(seen) == 1
    assert later is not first
    assert scored.at_hand(city, on=today()) is later
    assert scored.at_hand(city, on=today() + timedelta(1)) is None


def test_a_snapshot_is_taken_and_compared_and_never_changed(town, sign_in):
    browser = sign_in("central")

    answer = browser.send(f"{address('CITY')}/snapshot")
    page = browser.get(answer.headers["Location"])

    kept = db.session.scalars(select(ReadinessSnapshot).order_by(ReadinessSnapshot.id.desc())).first()
    assert page.status_code == 200
    assert kept.taken_by
    assert set(kept.figures["sectors"]) >= {"EDU", "WAT"}
    with doing(Action.SOW), pytest.raises(RuntimeError, match="never changed"):
        change(kept, taken_by="somebody else")
    db.session.rollback()


def test_the_start_page_tells_the_newest_scores(town, sign_in):
    browser = sign_in("edu.contact")
    assert 'id="readiness"' not in browser.get("/").text  # nothing has been counted
    browser.get(address("EDU"))

    page = html.fromstring(browser.get("/").text)

    (strip,) = page.xpath("//section[@aria-labelledby='readiness']")
    assert len(strip.xpath(".//li")) == 6
    assert "/readiness/" in strip.xpath(".//a/@href")[0]


def test_kuja_is_taken_into_use_once(town):
    city = organisation_of("CITY")
    with acting_as(SYSTEM), pytest.raises(RuleBroken), transaction():
        register.begin_kuja(city)


def test_a_result_of_kuja_is_added_and_corrected(town, sign_in):
    browser = sign_in("central")
    form = {"assessed_on": "1.3.2026", "tool": "quick_test", "tool_version": "2024", "points": "15", "assessed_by": "x"}

    answer = browser.send(f"/readiness/kuja/results/of/{organisation_of('CITY').ref}/new", **form)
    result = db.session.scalars(select(KujaResult).order_by(KujaResult.id.desc())).first()
    edit = f"/readiness/kuja/results/{result.ref}/edit"
    browser.send(edit, **filled(browser.get(edit).text) | {"points": "3"})

    assert answer.status_code == 302
    db.session.refresh(result)
    assert result.points == 3


def test_a_part_of_kuja_is_labelled(town, sign_in):
    browser, part = sign_in("central"), db.session.scalars(select(KujaPart)).one()
    edit = f"/readiness/kuja/parts/{part.ref}/edit"

    answer = browser.send(edit, **filled(browser.get(edit).text) | {"label_fi": "Johtaminen ja ohjaus"})

    assert answer.status_code == 302
    db.session.refresh(part)
    assert part.label_fi == "Johtaminen ja ohjaus"


def test_a_quick_test_with_many_points_is_called_deficient(town, sign_in):
    page = text(sign_in("central").get("/readiness/kuja").text)

    assert "15" in page
    assert "Selviä puutteita" in page or "Clear deficiencies" in page


def test_a_score_without_sectors_cannot_be_kept(town):
    with acting_as(SYSTEM), doing(Action.SOW), pytest.raises(RuleBroken), transaction():
        register.take_snapshot(organisation_of("P-CTY"), on=today())


def test_figures_can_be_stored_as_json(town):
    with acting_as(SYSTEM):
        with transaction():
            kept = register.take_snapshot(organisation_of("CITY"), on=today())
        assert json.loads(json.dumps(kept.figures)) == kept.figures
        assert points(kept.figures["city"]["score"]) is not None
