"""The pages of needs, answers, interfaces and disruptions, used as a browser without scripts uses them."""

import re
from html import unescape
from uuid import uuid4

import pytest
from lxml import html
from sqlalchemy import func, select

from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import DependencyKind, Strength
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.db import db, transaction
from tests.filled import filled

WATER = {
    "name": "Lämpö",
    "kind": "heat",
    "suppliers": ["F-EDU-03"],
    "min_required": "1",
    "wished": "",
    "strength": "essential",
    "tolerance_h": "1 d",
    "tolerance_basis": "",
    "workaround": "Varaamme huovat",
    "note": "",
    "find": "",
    "seen": "",
}


def need_of(code):
    return db.session.scalars(select(Dependency).where(Dependency.code == code)).one().need


def dependency_of(code):
    return db.session.scalars(select(Dependency).where(Dependency.code == code)).one()


def change(town, act):
    """Change records past the register's rules."""
    with acting_as(SYSTEM), town.doing(Action.SOW), transaction():
        act()


def text_of(page):
    """What a person reads, on one line."""
    return " ".join(html.fromstring(page).find(".//main").text_content().split())


def ticked(page):
    """The suppliers that are ticked, and those that can be."""
    boxes = html.fromstring(page).xpath("//input[@name='suppliers']")
    return [box.get("value") for box in boxes if box.get("checked") is not None], [box.get("value") for box in boxes]


def new_need(town):
    return f"/needs/of/{town.function('F-EDU-04').ref}/new"


def test_a_function_tells_what_it_needs_and_who_needs_it(town, sign_in):
    education, water = sign_in("edu.contact"), sign_in("wat.contact")

    own = text_of(education.get(f"/functions/{town.function('F-EDU-01').ref}").text)
    theirs = text_of(water.get(f"/functions/{town.function('F-WAT-01').ref}").text)

    assert "What this needs Need" in own
    assert "F-WAT-01 Talousvesi" in own
    assert "F-EDU-01 Kouluateriat" in theirs
    assert "a function outside your view" in theirs  # the shelter F-EDU-06 is secret
    assert "Turvakoti" not in theirs


def test_a_need_is_recorded_without_scripts_by_search_tick_and_save(town, sign_in):
    browser = sign_in("edu.contact")

    found = browser.send(new_need(town), **WATER | {"find": "perus", "suppliers": [], "search": "1"})
    assert ticked(found.text) == ([], ["F-EDU-03"])
    assert 'value="1 d"' in found.text  # nothing that was typed is lost
    assert "Varaamme huovat" in found.text

    again = browser.send(new_need(town), **WATER | {"find": "ensihoito", "search": "1"})
    assert ticked(again.text) == (["F-EDU-03"], ["F-EDU-03", "X-CTY-01"])

    saved = browser.send(new_need(town), **WATER | {"suppliers": ["F-EDU-03", "X-CTY-01"], "min_required": "2"})
    assert saved.status_code == 302
    need = dependency_of("D-006").need
    assert (need.name, need.tolerance_h, need.min_required) == ("Lämpö", 24.0, 2)
    assert [a.supplier.code for a in need.in_force] == ["F-EDU-03", "X-CTY-01"]


def test_the_search_alone_answers_with_a_part_of_the_page(town, sign_in):
    part = sign_in("edu.contact").get("/needs/suppliers?of=F-EDU-04&find=vesi&suppliers=F-EDU-03").text

    assert ticked(part) == (["F-EDU-03"], ["F-EDU-03", "F-WAT-03", "F-WAT-01"])
    assert "<main" not in part


def test_a_secret_supplier_is_neither_found_nor_accepted(town, sign_in):
    browser = sign_in("edu.contact")

    found = browser.send(new_need(town), **WATER | {"find": "vesitorni", "search": "1"})
    refused = browser.send(new_need(town), **WATER | {"suppliers": ["F-WAT-02"]})

    assert "F-WAT-02" not in found.text
    assert refused.status_code == 200
    assert "Vesitorni" not in refused.text
    assert db.session.scalars(select(Dependency).where(Dependency.code == "D-006")).all() == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "This is needed."),
        ({"kind": ""}, "This is needed."),
        ({"suppliers": []}, "Choose at least one supplier."),
        ({"min_required": "2"}, "2 are needed, but only 1 are chosen."),
        ({"tolerance_h": ""}, "Say how long you manage without it; 0 when its loss is felt at once."),
        ({"tolerance_h": "soon"}, "Give a duration in hours"),
        ({"strength": ""}, "Choose one"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(town, sign_in, change, says):
    page = sign_in("edu.contact").send(new_need(town), **WATER | change).text

    assert says in text_of(page)
    assert 'value="Lämpö"' in page or "name" in change


def test_an_edited_need_keeps_what_the_form_does_not_show(town, sign_in):
    browser, need = sign_in("edu.contact"), need_of("D-04")
    address = f"/needs/{need.ref}/edit"
    values = filled(browser.get(address).text)

    answer = browser.send(address, **{**values, "tolerance_h": "7"})

    assert answer.status_code == 302
    need = need_of("D-04")
    assert need.tolerance_h == 7.0
    assert need.in_force[0].interface.code == "I-01"


def test_two_people_who_change_different_fields_are_put_together(town, sign_in):
    one, other, address = sign_in("edu.contact"), sign_in("edu.director"), f"/needs/{need_of('D-01').ref}/edit"
    mine, theirs = filled(one.get(address).text), filled(other.get(address).text)

    other.send(address, **{**theirs, "workaround": "Säiliö"})
    told = one.send(address, **{**mine, "tolerance_h": "5"})

    assert told.status_code == 409
    assert "Säiliö" in told.text
    assert one.send(address, **filled(told.text)).status_code == 302
    need = need_of("D-01")
    assert (need.workaround, need.tolerance_h) == ("Säiliö", 5.0)


def test_two_people_who_change_one_field_are_shown_both_texts(town, sign_in):
    one, other, address = sign_in("edu.contact"), sign_in("edu.director"), f"/needs/{need_of('D-01').ref}/edit"
    mine, theirs = filled(one.get(address).text), filled(other.get(address).text)

    other.send(address, **{**theirs, "workaround": "Säiliö", "suppliers": ["F-EDU-03"]})
    clash = one.send(address, **{**mine, "workaround": "Pullovesi", "suppliers": ["X-CTY-01"]})
    assert clash.status_code == 409
    assert "Säiliö" in text_of(clash.text)
    assert "Pullovesi" in clash.text
    assert "F-EDU-03 (Service)" in text_of(clash.text)

    assert one.send(address, **filled(clash.text)).status_code == 302
    need = need_of("D-01")
    assert need.workaround == "Pullovesi"
    assert [a.supplier.code for a in need.in_force] == ["X-CTY-01"]


def test_a_removed_need_is_gone_from_its_function(town, sign_in):
    browser, need = sign_in("edu.contact"), need_of("D-01")

    asked = browser.get(f"/needs/{need.ref}/retire")
    done = browser.send(f"/needs/{need.ref}/retire")

    assert "F-EDU-01: Vesi" in unescape(asked.text)
    assert done.status_code == 302
    assert need_of("D-01").retired


def test_what_is_particular_to_a_supplier_is_said_of_it_alone(town, sign_in):
    browser, dependency = sign_in("edu.contact"), dependency_of("D-04")
    address = f"/needs/alternatives/{dependency.ref}/edit"
    values = filled(browser.get(address).text)
    assert values["interface"] == "I-01"

    answer = browser.send(address, **{**values, "extra_tolerance_h": "30 min", "interface": ""})

    assert answer.status_code == 302
    changed = dependency_of("D-04")
    assert (changed.extra_tolerance_h, changed.interface) == (0.5, None)


def test_a_vital_function_without_needs_is_told_so_before_it_is_submitted(town, sign_in):
    page = sign_in("wat.contact").get(f"/functions/{town.function('F-WAT-03').ref}").text
    assert "What the function needs, or that it needs nothing" not in page

    town.keep(town.a_function("F-WAT-09", "WAT", **town.VITAL | {"state": "draft"}))
    page = sign_in("wat.contact").get(f"/functions/{town.function('F-WAT-09').ref}").text
    assert "What the function needs, or that it needs nothing" in page


def test_the_interfaces_are_listed_searched_and_opened(town, sign_in):
    browser = sign_in("edu.contact")
    interface = db.session.scalars(select(Interface).where(Interface.code == "I-01")).one()

    assert "I-01" in browser.get("/interfaces/").text
    assert "No interface matches" in browser.get("/interfaces/?q=olematon").text
    page = text_of(browser.get(f"/interfaces/{interface.ref}").text)
    assert "F-EDU-03 Perusopetus" in page
    assert browser.get(f"/interfaces/{uuid4()}").status_code == 404


def test_a_scenario_is_traced_with_table_picture_and_reasons(town, sign_in):
    page = sign_in("central").get("/trace/?scenario=S1").text
    told = text_of(page)

    assert "S1 Myrsky" in told
    assert "5 functions go down" in told
    assert "Lost F-WAT-01 Talousvesi, managed 2 h without." in told
    chains = [chain.xpath("li") for chain in html.fromstring(page).xpath("//ol[@class='chain']")]
    assert [step.text_content() for step in chains[-1]] == ["F-WAT-01 at once", "F-EDU-06 2 h", "F-EDU-03 4 h"]
    nodes = html.fromstring(page).xpath("//*[local-name()='svg']//*[@data-node]")
    assert len(nodes) == 5
    assert all(
        node.xpath(".//*[@class='node__open']/@href") for node in nodes
    )  # whoever reads everything may open every node
    assert "style=" not in page


def test_a_contact_sees_its_own_functions_and_nothing_of_secret_ones(town, sign_in):
    page = sign_in("edu.contact").get("/trace/?scenario=S1").text

    assert "3 functions go down" in text_of(page)
    assert "Vesitorni" not in page
    assert "F-WAT-02" not in page


def test_an_outage_of_one_function_is_asked_for_by_code_or_by_a_word(town, sign_in):
    browser = sign_in("central")

    by_code = text_of(browser.get("/trace/?function=f-wat-01&hours=5").text)
    several = browser.get("/trace/?function=vesi&hours=5").text
    by_word = text_of(browser.get("/trace/?function=talousvesi&hours=5").text)

    assert "F-WAT-01 Talousvesi is out for 5 h" in by_code
    assert "F-WAT-01 Talousvesi is out for 5 h" in by_word
    assert re.search(r'href="/trace/\?function=F-WAT-02&amp;hours=5', several)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("function=F-WAT-01", "Give a time of at least a minute and at most a year."),
        ("function=F-WAT-01&hours=0", "Give a time of at least a minute and at most a year."),
        ("function=F-WAT-01&hours=9000", "Give a time of at least a minute and at most a year."),
        ("function=F-WAT-01&hours=soon", "Give a duration in hours"),
        ("hours=4", "This is needed."),
        ("function=olematon&hours=4", "No function matches."),
        ("scenario=S77", "Choose one from the list."),
        ("", "Choose what happens"),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_with_what_to_do(town, sign_in, asked, says):
    assert says in text_of(sign_in("central").get(f"/trace/?{asked}").text)


def test_a_link_that_the_supplier_has_not_confirmed_counts_and_is_marked(town, sign_in):
    browser = sign_in("central")
    assert text_of(browser.get("/trace/?scenario=S1").text).count("supplier's answer: Not confirmed") == 3

    supplier, address = sign_in("wat.contact"), f"/confirmations/{dependency_of('D-01').ref}/delivery"
    supplier.send(address, **filled(supplier.get(address).text) | {"hours": "8", "role": "Päällikkö"})
    assert text_of(browser.get("/trace/?scenario=S1").text).count("supplier's answer: Not confirmed") == 2


def test_a_need_without_suppliers_in_force_is_told_to_those_who_read_it(town, sign_in):
    def retire():
        town.function("F-WAT-01").state = "retired"

    change(town, retire)

    asked = "/trace/?function=X-CTY-01&hours=24"
    assert "2 needs have fewer suppliers in force" in text_of(sign_in("edu.contact").get(asked).text)
    assert "suppliers in force" not in text_of(sign_in("wat.contact").get(asked).text)


def test_a_hub_shows_some_dependants_and_leads_to_all_of_them(town, sign_in):
    def add():
        water = town.function("F-WAT-01")
        for number in range(60):
            consumer = town.a_function(f"F-EDU-{number + 100}")
            need = Need(consumer=consumer, name="Vesi", strength=Strength.ESSENTIAL, tolerance_h=1.0)
            db.session.add(Dependency(code=f"N-{number}", need=need, supplier=water, kind=DependencyKind.WATER))

    change(town, add)
    browser, water = sign_in("wat.contact"), town.function("F-WAT-01")

    page = browser.get(f"/functions/{water.ref}").text
    every = f"/needs/dependants-of/{water.ref}"
    first, last = browser.get(every).text, browser.get(f"{every}?page=2").text

    count = db.session.scalar(select(func.count(Dependency.id)).where(Dependency.supplier_id == water.id))
    assert f"and {count - 50} more: show all" in page
    assert every in page
    assert f"{count} dependencies" in first
    assert first.count("<tr>") + last.count("<tr>") == count + 2  # and a heading on each


def test_hundreds_of_functions_are_drawn_as_one_per_lane_and_column(town, sign_in):
    def add():
        water = town.function("F-WAT-01")
        for number in range(310):
            need = Need(
                consumer=town.a_function(f"F-EDU-{number + 100}"),
                name="Vesi",
                strength=Strength.ESSENTIAL,
                tolerance_h=1.0,
            )
            db.session.add(Dependency(code=f"N-{number}", need=need, supplier=water, kind=DependencyKind.WATER))

    change(town, add)

    page = sign_in("central").get("/trace/?function=F-WAT-01&hours=5").text

    nodes = html.fromstring(page).xpath("//*[local-name()='svg']//*[@data-node]")
    assert len(nodes) == 3  # water at once, the sector within an hour, and within four
    assert "310 functions" in page
    assert "functions are not shown here." in page


def test_a_disruption_that_touches_nothing_says_so(town, sign_in):
    assert "Nothing that you may read is affected" in text_of(
        sign_in("edu.contact").get("/trace/?function=X-POL-01&hours=24").text
    )


def test_the_trace_of_a_scenario_asks_the_database_a_bounded_number_of_times(town, sign_in, statements):
    browser = sign_in("central")
    browser.get("/trace/?scenario=S1")

    with statements() as seen:
        browser.get("/trace/?scenario=S1")

    assert len(seen) <= 12
