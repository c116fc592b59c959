"""What the function form tells: every problem at once, each beside its field."""

import html

from prepare.register import functions as register
from prepare.vocabulary import ImpactCategory


def edit_page(town, code, **fields):
    function = town.function(code)
    seen = register.stamp(function, register.pending(function))
    return f"/functions/{function.ref}/edit", {"version": seen, "confidentiality": "internal", **fields}


def test_a_rule_is_told_beside_a_field_that_could_not_be_read(town, sign_in):
    address, fields = edit_page(town, "F-EDU-01", name_fi="", rto_h="9", mtpd_h="8", min_staff="many")

    page = html.unescape(sign_in("edu.contact").send(address, **fields).text)

    assert "This is needed." in page
    assert "Give a whole number, as 12." in page
    assert "The recovery time objective (RTO) 9 h is longer than the MTPD 8 h." in page


def test_an_impact_that_falls_is_told_and_what_was_chosen_stays(town, sign_in):
    function = town.function("F-EDU-01")
    steps = {f"{c.value}-T{n}": "3" for c in ImpactCategory for n in range(1, 8)} | {"LIFE-T7": "2"}
    seen = register.stamp(function, register.pending(function))

    answer = sign_in("edu.contact").send(f"/functions/{function.ref}/impacts", version=seen, **steps)

    assert answer.status_code == 200
    page = html.unescape(answer.text)
    assert '<a href="#LIFE-T7">' in page
    assert "Life and health: the impact falls from 3 (7–30 d) to 2 (over 30 d), but" in page
    assert '<option selected value="2">2</option>' in page


def test_a_class_is_offered_with_its_code(town, sign_in):
    address, _fields = edit_page(town, "F-EDU-01")

    assert "K2 Critical</option>" in sign_in("edu.contact").get(address).text
