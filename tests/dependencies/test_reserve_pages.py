"""Keeping reserves and counting on them by their pages: who may, what the owner answers, and what others are told."""

import pytest

from dependencies.models.reserves import Reserve, ReserveClaim
from dependencies.register import reserves as register
from dependencies.reserving.vocabulary import ClaimTrigger, Consent, ReserveKind, ReserveUnit, ReserveUse
from prepare.clock import today
from prepare.db import db
from prepare.errors import NotPermitted, RuleBroken
from prepare.models.functions import Function, Resource
from prepare.vocabulary import Confidentiality, FunctionState, ResourceKind
from risks.models.scenarios import Scenario
from tests import town as the_town
from tests.filled import filled

pytestmark = pytest.mark.usefixtures("town")
WATER_IS_LOST = {"trigger": "supplier", "supplier": "F-WAT-01", "unit": "kilowatts"}


def reserve(code="RV-01"):
    db.session.expire_all()
    return the_town.record(Reserve, code)


def claim(code):
    db.session.expire_all()
    return the_town.record(ReserveClaim, code)


def page_of(code="RV-01", step=""):
    return f"/reserves/{reserve(code).ref}{step}"


def claim_page(code, step):
    return f"/reserves/claims/{claim(code).ref}{step}"


def counting_page(code, more=""):
    return f"/reserves/claims/of/{the_town.function(code).ref}/new{more}"


def saved(browser, address, **changes):
    """Send the form of a page with these changes; gives the answer."""
    return browser.send(address, **{**filled(browser.get(address).text), **changes})


@pytest.fixture
def contact(sign_in):
    """The browser of the education sector's contact."""
    return sign_in("edu.contact")


@pytest.fixture
def water(sign_in):
    """The browser of the waterworks' contact, who keeps RV-01."""
    return sign_in("wat.contact")


def counted_on(contact, function="F-EDU-01", **more):
    """The claim of a function on RV-01 for the loss of its water, made by its page."""
    answer = saved(contact, counting_page(function, "?reserve=RV-01"), **WATER_IS_LOST, **more)
    assert answer.status_code == 302
    return the_town.db.session.query(ReserveClaim).order_by(ReserveClaim.id.desc()).first().code


def test_a_reserve_is_added_edited_and_taken_out_of_use(water):
    form = {"name_fi": "Säiliöauto", "kind": "vehicle", "use": "reusable", "unit": "pieces", "quantity": "2"}
    bare = saved(water, "/reserves/new", name_fi="Säiliöauto")
    added = saved(water, "/reserves/new", **form)
    made = reserve("RV-04")

    assert bare.status_code == 200
    assert added.location.endswith(f"/reserves/{made.ref}")
    assert (made.organisation.code, made.city.code, made.kind, made.quantity) == ("WAT", "CITY", ReserveKind.VEHICLE, 2)
    page = water.get(page_of("RV-04")).text
    assert "What is still missing" in page
    assert "Nobody counts on it" in page

    saved(water, page_of("RV-04", "/edit"), quantity="3", ready_h="30 min", lasts_h="12", location="Varikko")
    assert (reserve("RV-04").quantity, reserve("RV-04").ready_h, reserve("RV-04").location) == (3, 0.5, "Varikko")
    saved(water, page_of("RV-04", "/edit"), retired="1")
    assert reserve("RV-04").retired
    assert "RV-04" not in water.get("/reserves/").text
    assert "RV-04" in water.get("/reserves/?show=retired").text


def test_the_list_is_searched_and_says_what_to_do_when_nothing_matches(water):
    assert "RV-01" in water.get("/reserves/?q=rv-01&kind=generator&owner=WAT").text
    assert "No reserve matches" in water.get("/reserves/?q=nowhere").text
    assert "No reserve matches" in water.get("/reserves/?owner=EDU&kind=fuel").text


def test_what_two_people_changed_at_the_same_time_is_put_side_by_side(water):
    form = filled(water.get(page_of(step="/edit")).text)
    the_town.change(reserve(), quantity=50.0)
    answer = water.send(page_of(step="/edit"), **{**form, "quantity": "70"})

    assert answer.status_code == 409
    assert reserve().quantity == 50.0

    form = filled(water.get(claim_page(counted_on_by_water(water), "/edit")).text)
    the_town.change(claim("RV-01/02"), quantity=10.0)
    assert water.send(claim_page("RV-01/02", "/edit"), **{**form, "quantity": "20"}).status_code == 409
    assert claim("RV-01/02").quantity == 10.0


def counted_on_by_water(water):
    """A claim of the waterworks' own function on its own reserve."""
    address = counting_page("F-WAT-03", "?reserve=RV-01")
    assert saved(water, address, trigger="down", quantity="30", unit="kilowatts").status_code == 302
    return "RV-01/02"


def test_the_units_in_which_functions_count_on_a_reserve_stay(water):
    answer = saved(water, page_of(step="/edit"), unit="pieces")

    assert "Functions count on it in another unit" in answer.text
    assert reserve().unit is ReserveUnit.KILOWATTS


def test_a_claim_on_ones_own_reserve_asks_nobody(water):
    counted_on_by_water(water)

    assert claim("RV-01/02").consent is Consent.AGREED
    assert claim("RV-01/02").trigger is ClaimTrigger.DOWN
    saved(water, claim_page("RV-01/02", "/edit"), quantity="45")
    assert (claim("RV-01/02").quantity, claim("RV-01/02").consent) == (45, Consent.AGREED)


def test_the_owner_is_asked_agrees_and_is_asked_anew_when_the_amount_changes(contact, water):
    led = contact.get(page_of(step="/count-on?function=F-EDU-01"))
    assert "reserve=RV-01" in led.location
    code = counted_on(contact, quantity="60", from_h="2", for_h="8", priority="1")
    made = claim(code)
    assert (made.consent, made.supplier.code, made.from_h, made.for_h) == (Consent.ASKED, "F-WAT-01", 2, 8)

    assert "functions count on your reserves" in water.get("/").text
    assert "60 kW" in water.get("/reserves/answers").text
    assert "May the function count on it?" in water.get(claim_page(code, "/answer")).text
    water.send(claim_page(code, "/answer"), agrees="1", answer="Sovittu")
    assert (claim(code).consent, claim(code).answered_on, claim(code).answer) == (Consent.AGREED, today(), "Sovittu")

    saved(contact, claim_page(code, "/edit"), priority="2")
    assert claim(code).consent is Consent.AGREED
    saved(contact, claim_page(code, "/edit"), quantity="80")
    assert (claim(code).consent, claim(code).answered_on, claim(code).answer) == (Consent.ASKED, None, None)


def test_an_owner_who_refuses_says_what_to_do_instead(contact, water):
    bare = water.send(claim_page("RV-01/01", "/answer"), refuses="1", answer=" ")
    assert "Say why, and what the function should do instead." in bare.text
    assert claim("RV-01/01").consent is Consent.ASKED

    water.send(claim_page("RV-01/01", "/answer"), refuses="1", answer="Vuokratkaa oma")
    assert claim("RV-01/01").consent is Consent.REFUSED
    page = contact.get(f"/functions/{the_town.function('F-EDU-04').ref}").text
    assert "Refused by the owner" in page
    assert "Vuokratkaa oma" in page
    assert "Nothing waits for your answer" in water.get("/reserves/answers").text


def test_a_claim_is_removed_and_then_stays_as_it_is(contact, acting):
    assert "free for others" in contact.get(claim_page("RV-01/01", "/retire")).text
    contact.send(claim_page("RV-01/01", "/retire"))
    assert claim("RV-01/01").retired

    gone = claim("RV-01/01")
    with acting("edu.contact"):
        seen = register.claim_now(gone)
        with pytest.raises(RuleBroken, match="no longer counts"):
            register.edit_claim(gone, seen.entry, seen=seen)
        with pytest.raises(RuleBroken, match="no longer counts"):
            register.retire_claim(gone)
    with acting("wat.contact"), pytest.raises(RuleBroken, match="no longer counts"):
        register.agree(gone, on=today())


def test_a_function_counts_on_a_reserve_once_in_a_loss_and_names_its_own_suppliers(contact, acting):
    counted_on(contact, quantity="60")
    again = saved(contact, counting_page("F-EDU-01", "?reserve=RV-01"), **WATER_IS_LOST)
    assert "counts on this reserve in the same loss already" in again.text
    other = {**WATER_IS_LOST, "trigger": "down"}
    assert saved(contact, counting_page("F-EDU-01", "?reserve=RV-01"), **other).status_code == 302
    assert claim("RV-01/03").supplier is None

    entry = register_entry(reserve="RV-99")
    with acting("edu.contact"):
        with pytest.raises(RuleBroken) as refused:
            register.add_claim(the_town.function("F-EDU-01"), entry)
        assert refused.value.field == "reserve"
        with pytest.raises(RuleBroken, match="retired function"):
            register.add_claim(the_town.function("F-EDU-05"), entry)


def register_entry(**more):
    """A claim for the loss of the function itself."""
    from_form = {"unit": ReserveUnit.KILOWATTS, "trigger": ClaimTrigger.DOWN, "quantity": 1.0}
    return register.ClaimEntry(**{**from_form, **more})


def test_another_sector_keeps_neither_the_reserve_nor_the_claim(contact, water, acting):
    assert contact.get(page_of(step="/edit")).status_code == 403
    assert contact.get(claim_page("RV-01/01", "/answer")).status_code == 403
    assert water.get(claim_page("RV-01/01", "/edit")).status_code == 403
    assert contact.get(page_of(step="/count-on?function=F-WAT-03")).location.endswith("#claims")
    entry = register.seen_now(reserve()).entry
    with acting("edu.contact"), pytest.raises(NotPermitted):
        register.edit(reserve(), entry, seen=None)


def test_what_several_functions_name_in_the_same_words_may_become_a_reserve(contact):
    said = {"kind": ResourceKind.PREMISES, "alternative": "Monitoimitalo, Rantakatu"}
    codes = ("F-EDU-01", "F-EDU-04")
    the_town.keep(*(Resource(function=the_town.function(code), name="Sali", **said) for code in codes))

    page = contact.get("/reserves/candidates").text
    assert "F-EDU-01, F-EDU-04" in page
    form = filled(contact.get("/reserves/new?named=monitoimitalo+rantakatu").text)
    assert (form["name_fi"], form["named_as"], form["kind"]) == (said["alternative"], said["alternative"], "premises")
    assert filled(contact.get("/reserves/new?named=unknown").text)["name_fi"] == ""

    contact.send("/reserves/new", **{**form, "use": "reusable", "organisation": "EDU"})
    assert "No text names the same thing twice" in contact.get("/reserves/candidates").text
    assert "not counted on yet: F-EDU-01, F-EDU-04" in contact.get(page_of("RV-04")).text


def test_what_is_missing_in_a_scenario_is_told_with_its_hours(contact, water):
    the_town.change(claim("RV-01/01"), retired=True)
    counted_on(contact, quantity="80")
    counted_on_by_water(water)
    the_town.change(claim("RV-01/03"), trigger=ClaimTrigger.SUPPLIER, supplier=the_town.function("F-WAT-01"))
    the_town.change(reserve(), ready_h=0.0)
    storm = the_town.record(Scenario, "S1")

    page = water.get(page_of(step="?scenario=S1")).text
    assert "10 kW is missing at worst" in page
    assert "Hour by hour" in page
    assert "RV-01" in water.get("/reserves/?show=short").text
    assert "RV-01" in water.get(f"/reserves/scenarios/{storm.ref}").text
    assert "RV-01" in water.get(f"/scenarios/{storm.ref}").text

    the_town.change(reserve(), use=ReserveUse.CONSUMABLE)
    assert "It runs out after" in water.get(page_of()).text
    the_town.change(reserve(), use=ReserveUse.REUSABLE, quantity=None)
    assert "Nobody has said how much of it there is." in water.get(page_of()).text
    the_town.change(reserve(), quantity=500.0, ready_h=None)
    assert "Nobody has said how soon it is in use" in water.get(page_of()).text
    the_town.change(reserve(), ready_h=6.0)
    assert "but in use only after" in water.get(page_of()).text
    the_town.change(reserve(), ready_h=0.0)
    assert "All who count on it in this scenario are served." in water.get(page_of()).text
    the_town.change(storm, retired=True)
    assert "RV-01" not in water.get(f"/scenarios/{storm.ref}").text


def test_who_does_not_own_a_reserve_is_told_only_of_claims_whose_function_may_be_named(contact, sign_in):
    secret = the_town.function("F-WAT-02")
    hidden = {"function": secret, "quantity": 33.0, "unit": ReserveUnit.KILOWATTS, "trigger": ClaimTrigger.DOWN}
    the_town.keep(ReserveClaim(code="RV-01/02", reserve=reserve(), **hidden))
    other, unnamed = contact.get(page_of()).text, sign_in("admin").get(page_of()).text

    assert "60 kW" in other
    assert "33 kW" not in other
    assert "33 kW" in unnamed  # whoever reads for the owner is told that somebody counts on it, and not who
    assert secret.name_fi not in other + unnamed


def test_a_reserve_that_is_not_shared_or_secret_is_missing_for_others(contact, sign_in):
    missing = contact.get("/reserves/00000000-0000-4000-8000-000000000000")
    the_town.change(reserve(), shared=False)
    alone = contact.get(page_of())
    assert alone.status_code == missing.status_code == 404
    assert "RV-01" not in contact.get("/reserves/").text
    function = contact.get(f"/functions/{the_town.function('F-EDU-04').ref}").text
    assert "a reserve outside your view" in function
    assert "Reservi RV-01" not in function

    secrecy = {"confidentiality": Confidentiality.CONFIDENTIAL, "secrecy_basis": "JulkL 24.1 § 8 k"}
    the_town.change(reserve(), shared=True, **secrecy)
    assert contact.get(page_of()).status_code == 404
    assert sign_in("wat.contact").get(page_of()).status_code == 200


def test_a_partner_reads_no_reserve_not_even_its_own(sign_in):
    county = sign_in("county")

    assert county.get("/reserves/").status_code == 403
    assert county.get(page_of("RV-03")).status_code == 404
    assert county.get(claim_page("RV-03/01", "/answer")).status_code in (403, 404)


def test_the_unit_keeps_and_answers_for_the_reserves_of_partners(sign_in):
    unit = sign_in("central")
    form = {"name_fi": "Ambulanssit", "kind": "vehicle", "use": "reusable", "unit": "pieces", "organisation": "P-CTY"}
    saved(unit, "/reserves/new", **form)

    assert (reserve("RV-04").organisation.code, reserve("RV-04").city.code) == ("P-CTY", "CITY")
    unit.send(claim_page("RV-03/01", "/answer"), agrees="1")
    assert claim("RV-03/01").consent is Consent.AGREED


def test_a_claim_of_a_retired_function_is_told_nobody(water):
    the_town.change(the_town.record(Function, "F-EDU-04"), state=FunctionState.RETIRED)

    assert "Nobody counts on it" in water.get(page_of()).text
