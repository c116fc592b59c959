"""The page of the impact grid: proposing, checking and saving, without scripts."""

import html

import pytest
from lxml import html as tree

from prepare.criticality import BANDS
from prepare.db import db
from prepare.models.functions import BiaImpact, FunctionRevision
from prepare.register import functions as register
from prepare.vocabulary import Criticality, ImpactCategory
from tests.filled import filled

CELLS = {f"{category.value}-{band.code}" for category in ImpactCategory for band in BANDS}


@pytest.fixture
def draft(town, sign_in):
    """The contact's browser, the address of a draft's grid and the page's form as it is sent back."""
    browser, address = sign_in("edu.contact"), f"/functions/{town.function('F-EDU-01').ref}/impacts"
    return browser, address, filled(browser.get(address).text, "LIFE-T1")


def steps_in(page, category):
    """The row of a category as the page shows it."""
    values = filled(page, "LIFE-T1")
    return "".join(values[f"{category.value}-{band.code}"] or "–" for band in BANDS)


def test_every_cell_has_a_name_and_every_row_and_column_a_heading(draft):
    browser, address, _form = draft

    page = tree.fromstring(browser.get(address).text)

    named = {cell.get("name"): cell.get("aria-label") for cell in page.iter("select") if cell.get("name") in CELLS}
    assert named.keys() == CELLS
    assert named["ECON-T4"] == "Economy, 1–3 d"
    assert [th.text_content() for th in page.xpath("//table[@data-grid]/tbody/tr/th[@scope='row']")] == [
        category.label for category in ImpactCategory
    ]
    assert len(page.xpath("//table[@data-grid]/thead//th[@scope='col']")) == 1 + 7 + 1


def test_a_grid_is_proposed_and_nothing_is_stored(draft):
    browser, address, form = draft
    notes = {"TRUST-note": "Kysely kertoo"}

    page = browser.send(address, **form | notes | {"worst": "LEGAL", "mtpd_h": "1 d", "propose": "y"}).text

    assert "This grid is only a proposal" in page
    assert steps_in(page, ImpactCategory.LEGAL) == "2345555"
    assert steps_in(page, ImpactCategory.LIFE) == "1234444"
    assert filled(page, "LIFE-T1")["TRUST-note"].strip() == "Kysely kertoo"
    assert db.session.query(BiaImpact).join(BiaImpact.function).filter_by(code="F-EDU-01").all() == []


def test_the_mtpd_of_the_register_stands_in_the_form_of_the_proposal(draft):
    assert draft[2]["mtpd_h"] == "120"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"worst": "", "mtpd_h": "24"}, ["Choose the category that suffers worst."]),
        ({"worst": "LIFE", "mtpd_h": ""}, ["Give the MTPD; it must be longer than 0 h."]),
        ({"worst": "LIFE", "mtpd_h": "0"}, ["Give the MTPD; it must be longer than 0 h."]),
        ({"worst": "NO", "mtpd_h": "x"}, ["Choose one from the list.", "Give a duration in hours"]),
    ],
)
def test_what_the_proposal_lacks_is_told_and_the_grid_stays(draft, given, told):
    browser, address, form = draft

    page = html.unescape(browser.send(address, **form | {"LIFE-T1": "2", "propose": "y"} | given).text)

    assert "This grid is only a proposal" not in page
    assert steps_in(page, ImpactCategory.LIFE) == "2––––––"
    for text in told:
        assert text in page


def test_a_proposal_can_be_saved_as_it_is(town, draft):
    browser, address, form = draft
    proposed = filled(browser.send(address, **form | {"worst": "LIFE", "propose": "y"}).text, "LIFE-T1")

    answer = browser.send(address, **proposed)

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("#impacts")
    held = register.impacts_in_force(town.function("F-EDU-01"))
    assert held[ImpactCategory.LIFE] == (1, 1, 2, 3, 4, 5, 5)  # MTPD 120 h lies in T5
    assert held[ImpactCategory.ECON] == (1, 1, 1, 2, 3, 4, 4)


def test_the_check_tells_contradictions_and_empty_cells_and_stores_nothing(draft):
    browser, address, form = draft
    row = {f"LIFE-T{n}": step for n, step in enumerate("1323", start=1)}

    page = html.unescape(browser.send(address, **form | row | {"check": "y"}).text)

    assert "38 cells are still without a step." in page
    assert '<a href="#LIFE-T3">Life and health: the impact falls from 3 (1–4 h) to 2 (4–24 h)' in page
    assert db.session.query(BiaImpact).join(BiaImpact.function).filter_by(code="F-EDU-01").all() == []


def test_the_class_that_the_grid_suggests_is_told_with_its_reason_when_it_differs(town, draft):
    browser, address, form = draft
    grid = dict.fromkeys(CELLS, "1") | {f"ECON-T{n}": "4" for n in range(4, 8)}

    page = html.unescape(browser.send(address, **form | grid | {"check": "y"}).text)

    assert "The grid suggests the class K2 Critical." in page
    assert "The first intolerable impact is in the band 1–3 d: Economy." in page
    assert "The function's class is K3 Important." in page
    assert "/edit#criticality" in page
    assert "Economy: intolerable (4) already in the band 1–3 d, but the MTPD 5 d lies later." in page


def test_a_grid_that_contradicts_the_mtpd_is_saved_and_the_contradiction_told(town, draft):
    browser, address, form = draft
    grid = dict.fromkeys(CELLS, "1") | {f"ECON-T{n}": "4" for n in range(4, 8)}

    browser.send(address, **form | grid)

    assert register.impacts_in_force(town.function("F-EDU-01"))[ImpactCategory.ECON] == (1, 1, 1, 4, 4, 4, 4)
    page = html.unescape(browser.get(address.removesuffix("/impacts")).text)
    assert page.count("Economy: intolerable (4) already in the band 1–3 d") >= 2  # the message, and what is missing


@pytest.mark.parametrize("step", ["6", "-1", "x", "03", "²"])
def test_a_tampered_step_is_refused(town, draft, step):
    browser, address, form = draft

    answer = browser.send(address, **form | dict.fromkeys(CELLS, "2") | {"LIFE-T3": step})

    assert answer.status_code == 200
    assert register.impacts_in_force(town.function("F-EDU-01")) == {}


def test_a_change_to_a_confirmed_function_waits_with_its_notes(town, sign_in):
    function = town.function("F-WAT-01")
    browser, address = sign_in("wat.contact"), f"/functions/{function.ref}/impacts"
    form = filled(browser.get(address).text, "LIFE-T1")

    browser.send(address, **form | {"LIFE-note": "Dialyysi vaatii vettä."})

    assert register.notes_in_force(town.function("F-WAT-01")) == {}
    (revision,) = db.session.query(FunctionRevision).filter_by(function_id=function.id).all()
    assert revision.impact_notes == {"LIFE": "Dialyysi vaatii vettä."}
    page = browser.get(f"/functions/{function.ref}").text
    assert "Dialyysi vaatii vettä." in page
    assert filled(browser.get(address).text, "LIFE-T1")["LIFE-note"].strip() == "Dialyysi vaatii vettä."


def test_a_grid_without_an_intolerable_step_asks_for_class_k4(town, draft):
    browser, address, form = draft
    town.change(town.function("F-EDU-01"), criticality=Criticality.K3)

    page = html.unescape(browser.send(address, **form | dict.fromkeys(CELLS, "1") | {"check": "y"}).text)

    assert "No impact becomes intolerable, so the class can only be K4." in page
    assert "The grid suggests the class K4" in page
