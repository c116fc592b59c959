"""Two people, one record: whatever is edited, a late save is compared, nothing is lost and nothing is overwritten."""

import html
import re

import pytest

from continuity.models.plans import Plan
from continuity.vocabulary.plans import PlanState
from dependencies.models.needs import Dependency
from dependencies.register import needs as need_register
from prepare.db import transaction
from prepare.models.functions import Function
from prepare.register import functions as register
from risks.models.risks import Risk
from tests.filled import filled

#: What is edited: the page's address, a field with a long text, another field, and values for it.
PAGES = {
    "function": (Function, "F-EDU-01", "/functions/{ref}/edit", "customers", "key_skills"),
    "function in force": (Function, "F-EDU-03", "/functions/{ref}/edit", "customers", "key_skills"),
    "risk": (Risk, "R-01", "/risks/{ref}/assess", "event", "owner_role"),
    "alternative": (Dependency, "D-01", "/needs/alternatives/{ref}/edit", "workaround", "note"),
    "need": (Dependency, "D-01", "/needs/{need}/edit", "workaround", "note"),
}
HOSTILE = "<script>alert(1)</script> \"juomaa\" & 'muuta'"


@pytest.fixture(params=PAGES.values(), ids=PAGES)
def page(request, town, sign_in):
    """(address, field, other field, my browser, theirs)."""
    kind, code, address, field, other = request.param
    record = town.record(kind, code)
    address = address.format(ref=record.ref, need=record.need.ref if kind is Dependency else "")
    return address, field, other, sign_in("edu.contact"), sign_in("edu.director")


def form_of(browser, address):
    """The form as a browser would send it."""
    return filled(browser.get(address).text)


def test_a_late_save_shows_what_both_wrote_and_what_stood_before(page):
    address, field, other, mine, theirs = page
    assert mine.send(address, **form_of(mine, address) | {field: "Alku on tämä"}).status_code == 302
    form = form_of(mine, address)
    assert theirs.send(address, **form_of(theirs, address) | {field: "Heidän on tämä"}).status_code == 302

    answer = mine.send(address, **form | {field: HOSTILE, other: "Muu"})

    told = html.unescape(re.sub(r"<[^>]+>", "", answer.text))
    assert answer.status_code == 409
    assert "Nimi edu.director" in told
    assert "Alku on tämä" in told
    assert "<del>Alku</del><ins>Heidän</ins> on tämä" in answer.text
    assert filled(answer.text)[field] == HOSTILE
    assert "<script>alert" not in answer.text
    assert form_of(mine, address)[field] == "Heidän on tämä"

    assert mine.send(address, **filled(answer.text)).status_code == 302
    assert form_of(mine, address)[field] == HOSTILE
    assert form_of(mine, address)[other] == "Muu"


def test_the_person_may_leave_a_field_as_it_was_saved_meanwhile(page):
    address, field, other, mine, theirs = page
    form = form_of(mine, address)
    theirs.send(address, **form_of(theirs, address) | {field: "Heidän"})
    compared = filled(mine.send(address, **form | {field: "Minun", other: "Muu"}).text)

    answer = mine.send(address, **compared | {f"keep-{field}": "theirs"})

    assert answer.status_code == 302
    assert (form_of(mine, address)[field], form_of(mine, address)[other]) == ("Heidän", "Muu")


def test_saving_from_the_comparison_can_be_late_again(page):
    address, field, _other, mine, theirs = page
    form = form_of(mine, address)
    theirs.send(address, **form_of(theirs, address) | {field: "Toinen"})
    compared = filled(mine.send(address, **form | {field: "Minun"}).text)
    theirs.send(address, **form_of(theirs, address) | {field: "Kolmas"})

    answer = mine.send(address, **compared)

    assert answer.status_code == 409
    assert "Kolmas" in answer.text
    assert filled(answer.text)[field] == "Minun"
    assert mine.send(address, **filled(answer.text)).status_code == 302
    assert form_of(mine, address)[field] == "Minun"


ODD = ["", "0", "-1", "1.0.0", "9" * 400, "ä", "\ud800", "e30.x", "null", "<b>", "[" * 5000]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:6].encode("ascii", "backslashreplace").decode())
def test_a_form_that_does_not_say_what_it_showed_is_compared_and_saves_nothing(town, sign_in, odd):
    browser, address = sign_in("edu.contact"), f"/risks/{town.record(Risk, 'R-01').ref}/assess"
    form = form_of(browser, address)

    sent = {name: value.encode("utf-8", "surrogatepass") for name, value in {"seen": odd}.items()}
    answer = browser.send(address, **form | {"event": "Minun"} | sent)

    assert answer.status_code == 409
    assert "It is not known what you began with" in answer.text
    assert filled(answer.text)["event"] == "Minun"
    assert form_of(browser, address)["event"] == ""
    assert browser.send(address, **filled(answer.text)).status_code == 302


def test_what_another_form_showed_is_no_pass(town, sign_in):
    browser = sign_in("edu.contact")
    addresses = [f"/functions/{town.function(code).ref}/edit" for code in ("F-EDU-01", "F-EDU-02")]
    one, other = (form_of(browser, address) for address in addresses)

    answer = browser.send(addresses[0], **one | {"customers": "Minun", "seen": other["seen"]})

    assert answer.status_code == 409
    assert form_of(browser, addresses[0])["customers"] == ""


# Somebody took the record further meanwhile


def test_a_function_that_was_submitted_meanwhile_says_so_before_it_is_changed(town, sign_in, acting):
    browser, address = sign_in("edu.contact"), f"/functions/{town.function('F-EDU-04').ref}/edit"
    with acting("central"), transaction():
        register.send_back(town.function("F-EDU-04"), "Perustele")
    form = form_of(browser, address)
    with acting("edu.director"), transaction():
        register.submit(town.function("F-EDU-04"), further=(), at=town.BEGUN)

    answer = browser.send(address, **form | {"customers": "Minun"})

    assert answer.status_code == 409
    assert "Its status has changed: Confirmed, Returned → Confirmed, Submitted" in html.unescape(answer.text)
    assert browser.send(address, **filled(answer.text)).status_code == 302
    assert form_of(browser, address)["customers"] == "Minun"


def test_a_function_that_was_confirmed_meanwhile_says_so(town, sign_in, acting):
    browser, address = sign_in("edu.contact"), f"/functions/{town.function('F-EDU-04').ref}/edit"
    form = form_of(browser, address)
    with acting("central"), transaction():
        register.confirm(town.function("F-EDU-04"), on=town.BEGUN.date())

    answer = browser.send(address, **form | {"customers": "Minun"})

    assert answer.status_code == 409
    assert "Its status has changed: Confirmed, Submitted → Confirmed" in html.unescape(answer.text)


def test_a_plan_that_was_submitted_meanwhile_gives_the_text_back(town, sign_in, acting):
    browser, address = sign_in("edu.contact"), f"/plans/{town.record(Plan, 'P-01').ref}/sections/12"
    form = form_of(browser, address)
    town.change(town.record(Plan, "P-01").versions[0], state=PlanState.SUBMITTED)

    answer = browser.send(address, **form | {"text": HOSTILE})

    assert answer.status_code == 409
    assert "The version has been submitted. It can be edited when it has been returned." in answer.text
    assert HOSTILE in html.unescape(answer.text)
    assert "<script>alert" not in answer.text
    assert 'name="seen"' not in answer.text


@pytest.mark.parametrize("address", ["/needs/{need}/edit", "/needs/alternatives/{ref}/edit"])
def test_a_need_that_was_removed_meanwhile_gives_the_text_back(town, sign_in, acting, address):
    dependency = town.record(Dependency, "D-01")
    browser, address = sign_in("edu.contact"), address.format(ref=dependency.ref, need=dependency.need.ref)
    form = form_of(browser, address)
    with acting("edu.director"), transaction():
        need_register.retire_need(town.record(Dependency, "D-01").need)

    answer = browser.send(address, **form | {"workaround": "Minun tapani"})

    assert answer.status_code == 409
    assert "Minun tapani</textarea>" in answer.text
    assert "removed" in answer.text


def test_functions_that_a_person_may_not_read_are_neither_shown_nor_dropped(town, sign_in):
    risk = town.record(Risk, "R-01")
    town.change(risk, functions=[town.function("F-EDU-01"), town.function("F-WAT-02")])
    mine, theirs = sign_in("edu.contact"), sign_in("edu.director")
    address = f"/risks/{risk.ref}/assess"
    form = form_of(mine, address)
    theirs.send(address, **form_of(theirs, address) | {"event": "Heidän", "functions": ["F-EDU-01", "F-EDU-02"]})

    answer = mine.send(address, **form | {"event": "Minun"})

    assert "F-WAT-02" not in answer.text
    assert mine.send(address, **filled(answer.text)).status_code == 302
    codes = [function.code for function in town.record(Risk, "R-01").functions]
    assert codes == ["F-EDU-01", "F-EDU-02", "F-WAT-02"]


def test_impacts_are_compared_category_by_category(town, sign_in):
    mine, theirs = sign_in("wat.contact"), sign_in("wat.contact")
    address = f"/functions/{town.function('F-WAT-01').ref}/impacts"
    form = form_of(mine, address)
    theirs.send(address, **form_of(theirs, address) | {"ECON-T7": "4", "ENV-T7": "5"})

    answer = mine.send(address, **form | {"ECON-T7": "5", "LIFE-T7": "5"})
    assert answer.status_code == 409
    assert mine.send(address, **filled(answer.text) | {"ECON-T6": "5"}).status_code == 302

    saved = form_of(mine, address)
    assert (saved["ECON-T6"], saved["ECON-T7"], saved["ENV-T7"], saved["LIFE-T7"]) == ("5", "5", "5", "5")
