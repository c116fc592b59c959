"""What the function form tells: every problem at once, each beside its field."""

import html

from prepare.vocabulary import ImpactCategory
from tests.filled import filled


def edit_page(town, browser, code, **fields):
    """The address of a function's form, and the form as it is sent with these fields."""
    address = f"/functions/{town.function(code).ref}/edit"
    return address, {**filled(browser.get(address).text), **fields}


def test_a_rule_is_told_beside_a_field_that_could_not_be_read(town, sign_in):
    browser = sign_in("edu.contact")
    address, fields = edit_page(town, browser, "F-EDU-01", name_fi="", rto_h="9", mtpd_h="8", min_staff="many")

    page = html.unescape(browser.send(address, **fields).text)

    assert "This is needed." in page
    assert "Give a whole number, as 12." in page
    assert "The recovery time objective (RTO) 9 h is longer than the MTPD 8 h." in page


def test_an_impact_that_falls_is_told_and_what_was_chosen_stays(town, sign_in):
    browser, address = sign_in("edu.contact"), f"/functions/{town.function('F-EDU-01').ref}/impacts"
    steps = {f"{c.value}-T{n}": "3" for c in ImpactCategory for n in range(1, 8)} | {"LIFE-T7": "2"}

    answer = browser.send(address, **filled(browser.get(address).text) | steps)

    assert answer.status_code == 200
    page = html.unescape(answer.text)
    assert '<a href="#LIFE-T7">' in page
    assert "Life and health: the impact falls from 3 (7–30 d) to 2 (over 30 d), but" in page
    assert '<option selected value="2">2</option>' in page


def test_a_class_is_offered_with_its_code(town, sign_in):
    address = f"/functions/{town.function('F-EDU-01').ref}/edit"

    assert "K2 Critical</option>" in sign_in("edu.contact").get(address).text
