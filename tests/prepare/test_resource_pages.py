"""Resources on the pages and in the register: listed, added one after the other, edited by two, removed."""

import html

import pytest
from sqlalchemy import select

from prepare.db import db, transaction
from prepare.entries import ResourceEntry
from prepare.errors import RuleBroken, StaleEntry
from prepare.models.functions import FunctionRevision, Resource
from prepare.register import resources as register
from prepare.resourcing import of_record
from prepare.vocabulary import FunctionState, ResourceKind
from tests.filled import filled

VAN = {"kind": "vehicle", "name": "Ruoka-auto", "normal_qty": "3", "minimum_qty": "1,5", "unit": "kpl"}


def resource(name):
    return db.session.scalars(select(Resource).where(Resource.name == name)).one()


def of(town, code):
    function = town.function(code)
    return sorted(
        row.name
        for row in db.session.scalars(select(Resource).where(Resource.function_id == function.id))
        if not row.retired
    )


@pytest.fixture
def adding(town, sign_in):
    """The contact's browser and the address at which a resource of the school meals is added."""
    return sign_in("edu.contact"), f"/functions/{town.function('F-EDU-01').ref}/resources/new"


def test_a_resource_is_added_and_shown_on_the_functions_page(town, adding):
    browser, address = adding

    answer = browser.send(
        address, **VAN, needed_from_band="T3", stock_lasts_h="3 d", alternative="Sisäinen logistiikka"
    )

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("#resources")
    page = browser.get(answer.headers["Location"]).text
    for text in ("Ruoka-auto", "1.5 kpl", "4–24 h", "3 d", "Sisäinen logistiikka"):
        assert text in page
    assert resource("Ruoka-auto").stock_lasts_h == 72


def test_several_are_added_one_after_the_other(town, adding):
    browser, address = adding

    answer = browser.send(address, **VAN, another="y")

    assert answer.headers["Location"] == address
    page = html.unescape(browser.get(address).text)
    assert "“Ruoka-auto” was added." in page
    assert "Keittäjä" in page  # the others stand below, to see what is there
    assert filled(page, "stock_lasts_h")["name"] == ""


@pytest.mark.parametrize(("key", "kind", "unit"), [("staff", "staff", "persons"), ("fuel", "material", "litres")])
def test_a_common_resource_is_a_beginning(adding, key, kind, unit):
    browser, address = adding

    form = filled(browser.get(f"{address}?like={key}").text, "stock_lasts_h")

    assert (form["kind"], form["unit"]) == (kind, unit)
    assert form["name"]
    assert browser.get(f"{address}?like=no").status_code == 200


def test_a_broken_rule_is_told_at_its_field_and_nothing_is_lost(town, adding):
    browser, address = adding

    page = html.unescape(browser.send(address, **VAN | {"minimum_qty": "4", "name": "keittäjä"}).text)

    assert "The minimum 4 is more than the normal quantity 3." in page
    assert "The function has a resource of this name already." in page
    assert 'value="keittäjä"' in page
    assert of(town, "F-EDU-01") == ["Keittäjä"]


def test_a_change_to_a_confirmed_function_takes_effect_at_once(town, sign_in):
    function = town.function("F-WAT-01")
    browser, address = sign_in("wat.contact"), f"/resources/{resource('Polttoaine').ref}/edit"

    answer = browser.send(address, **filled(browser.get(address).text) | {"stock_lasts_h": "48"})

    assert answer.status_code == 302
    assert resource("Polttoaine").stock_lasts_h == 48
    assert town.function("F-WAT-01").state is FunctionState.CONFIRMED
    assert not db.session.query(FunctionRevision).filter_by(function_id=function.id).all()
    trail = html.unescape(sign_in("central").get(f"/functions/{function.ref}/trail").text)
    assert "Resource edited" in trail
    assert "Polttoaine" in trail


def test_what_two_people_change_is_put_together(town, sign_in):
    address = f"/resources/{resource('Keittäjä').ref}/edit"
    one, other = sign_in("edu.contact"), sign_in("edu.director")
    form = filled(one.get(address).text)
    other.send(address, **form | {"alternative": "Sijaisrekisteri"})

    told = one.send(address, **form | {"minimum_qty": "2"})

    assert told.status_code == 409
    assert one.send(address, **filled(told.text)).status_code == 302
    held = resource("Keittäjä")
    assert (held.minimum_qty, held.alternative) == (2, "Sijaisrekisteri")


def test_a_field_that_two_people_changed_differently_is_asked_about(town, sign_in):
    address = f"/resources/{resource('Keittäjä').ref}/edit"
    one, other = sign_in("edu.contact"), sign_in("edu.director")
    form = filled(one.get(address).text)
    other.send(address, **form | {"minimum_qty": "3"})

    answer = one.send(address, **form | {"minimum_qty": "2"})

    assert answer.status_code == 409
    assert resource("Keittäjä").minimum_qty == 3
    again = filled(answer.text)
    assert again["minimum_qty"] == "2"
    assert one.send(address, **again).status_code == 302
    assert resource("Keittäjä").minimum_qty == 2


def test_a_removed_resource_leaves_the_page_and_is_not_edited_again(town, sign_in, acting):
    browser, ref = sign_in("edu.contact"), resource("Keittäjä").ref

    assert "Keittäjä" in browser.get(f"/resources/{ref}/retire").text
    browser.send(f"/resources/{ref}/retire")

    page = browser.get(f"/functions/{town.function('F-EDU-01').ref}").text
    assert "No resources have been recorded" in page
    with acting("edu.contact"):
        held = resource("Keittäjä")
        for refused in (lambda: register.retire(held), lambda: register.edit(held, of_record(held), seen=None)):
            with pytest.raises(RuleBroken, match="removed"), transaction():
                refused()
        with transaction():
            register.add(town.function("F-EDU-01"), ResourceEntry(name="Keittäjä", kind=ResourceKind.STAFF))
    assert of(town, "F-EDU-01") == ["Keittäjä"]


def test_a_retired_function_gets_no_resources(town, acting):
    entry = ResourceEntry(name="Auto", kind=ResourceKind.VEHICLE)

    with acting("edu.contact"), pytest.raises(RuleBroken, match="retired"), transaction():
        register.add(town.function("F-EDU-05"), entry)


def test_a_stale_resource_is_not_saved_over_another(town, acting):
    held = resource("Keittäjä")

    with acting("edu.contact"), pytest.raises(StaleEntry), transaction():
        register.edit(held, of_record(held), seen=None)


def test_who_may_not_edit_sees_resources_without_ways_to_change_them(town, sign_in):
    page = sign_in("auditor").get(f"/functions/{town.function('F-EDU-01').ref}").text

    assert "Keittäjä" in page
    assert "/resources/" not in page
