"""What is missing in a function: told with its reason, led to where it is mended, counted alike on the list."""

import html
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from lxml import html as tree
from sqlalchemy import select

from prepare import missing
from prepare.db import db, transaction
from prepare.entries import FunctionEntry, ResourceEntry
from prepare.models.functions import BiaImpact, Function
from prepare.register import functions as register
from prepare.registration import IMPACTS_GAP, Gap, Weight
from prepare.views.missing import missing_of
from prepare.vocabulary import Criticality, FunctionState, ResourceKind
from tests.town import VITAL, a_function

FULL = FunctionEntry(
    **VITAL,
    name_fi="Vesi",
    name_sv="Vatten",
    deputy_role="Sijainen",
    key_skills="Käyttäjät",
    customers="Asukkaat",
    statutory_basis="Vesihuoltolaki",
)
COOK = ResourceEntry(name="Keittäjä", kind=ResourceKind.STAFF)
DIESEL = ResourceEntry(name="Diesel", kind=ResourceKind.MATERIAL)


def told(entry, *resources, assessed=True):
    found = missing.of_own(entry, assessed=assessed, resources=[(uuid4(), one) for one in resources])
    return [(gap.field, gap.weight) for gap in found]


def test_a_vital_function_lacks_what_must_be_there_and_what_would_help():
    bare = replace(FULL, owner_role="", deputy_role=None, customers="")

    assert told(bare, replace(COOK, alternative="Sijaiset"), assessed=False) == [
        ("owner_role", Weight.REQUIRED),
        (IMPACTS_GAP.field, Weight.REQUIRED),
        ("capability_on", Weight.HELPFUL),
        ("deputy_role", Weight.HELPFUL),
        ("customers", Weight.HELPFUL),
    ]


def test_resources_are_asked_of_vital_and_critical_functions_only():
    resources = (COOK, DIESEL, replace(DIESEL, name="Öljy", stock_lasts_h=72.0))

    assert (None, Weight.HELPFUL) in told(FULL)
    assert told(FULL, *resources)[-2:] == [("alternative", Weight.HELPFUL), ("stock_lasts_h", Weight.HELPFUL)]
    assert told(replace(FULL, criticality=Criticality.K3), *resources) == []


def test_a_partners_service_tells_its_promise():
    service = FunctionEntry(name_fi="Polttoaine")

    assert [(gap.field, gap.weight) for gap in missing.of_service(service)] == [
        ("committed_recovery_h", Weight.EXPECTED),
        ("commitment_basis", Weight.EXPECTED),
        ("name_sv", Weight.HELPFUL),
    ]
    assert missing.of_service(replace(FULL, committed_recovery_h=0.0, commitment_basis="contract")) == []


def test_the_gravest_stand_first_and_keep_their_order_otherwise():
    gaps = [Gap(name, name, name, Weight(weight)) for name, weight in (("a", 3), ("b", 1), ("c", 2), ("d", 1))]

    assert [gap.field for gap in missing.by_weight(gaps)] == ["b", "d", "c", "a"]


def shown(page):
    """(what, address or None) of everything that the page says is missing."""
    items = tree.fromstring(page).xpath("//*[@id='missing']//ul[contains(@class, 'missing')]/li")
    return [(item[0].text_content(), item[0].get("href")) for item in items]


def test_every_link_leads_to_the_field_or_page_where_it_is_mended(town, sign_in):
    town.change(town.function("F-EDU-01"), criticality=Criticality.K1, mtpd_h=12.0, rto_h=6.0, criticality_reason="x")
    town.change(town.record(town.Plan, "P-03"), retired=True)
    town.change(db.session.scalars(select(town.Resource).where(town.Resource.name == "Keittäjä")).one(), retired=True)
    function, browser = town.function("F-EDU-01"), sign_in("edu.contact")

    links = dict(shown(browser.get(f"/functions/{function.ref}").text))

    assert links["Minimum staff"] == f"/functions/{function.ref}/edit#min_staff"
    assert links["Impact analysis (BIA)"] == f"/functions/{function.ref}/impacts"
    assert links["Resources"] == f"/functions/{function.ref}/resources/new"
    assert links["An approved plan"] == "/plans/new?function=F-EDU-01"
    for address in links.values():
        page, _hash, anchor = address.partition("#")
        answer = browser.get(page)
        assert answer.status_code == 200
        assert not anchor or f'id="{anchor}"' in answer.text


def test_a_need_without_a_workaround_and_a_resource_without_a_stand_in_lead_to_their_own_pages(town, sign_in):
    need = town.record(town.Dependency, "D-01").need
    town.change(need, workaround=None)
    town.change(town.function("F-EDU-01"), criticality=Criticality.K2, mtpd_h=48.0)

    links = dict(shown(sign_in("edu.contact").get(f"/functions/{town.function('F-EDU-01').ref}").text))

    assert links["How the function manages without “Vesi”"] == f"/needs/{need.ref}/edit#workaround"
    cook = db.session.scalars(select(town.Resource).where(town.Resource.name == "Keittäjä")).one()
    assert links["What stands in for “Keittäjä”"] == f"/resources/{cook.ref}/edit#alternative"


def test_a_contradiction_leads_to_its_cell(town, sign_in):
    town.change(town.function("F-WAT-01"), mtpd_h=48.0, criticality=Criticality.K2)
    function = town.function("F-WAT-01")

    links = shown(sign_in("wat.contact").get(f"/functions/{function.ref}").text)

    assert ("A rule is broken", f"/functions/{function.ref}/impacts#LIFE-T3") in links


@pytest.mark.parametrize(("who", "sees", "links"), [("edu.contact", True, True), ("auditor", True, False)])
def test_readers_see_what_is_missing_and_only_those_who_edit_get_links(town, sign_in, who, sees, links):
    found = shown(sign_in(who).get(f"/functions/{town.function('F-EDU-03').ref}").text)

    assert bool(found) is sees
    assert any(address for _what, address in found) is links


def test_a_partner_is_not_told_what_a_shared_function_lacks(town, sign_in):
    page = sign_in("county").get(f"/functions/{town.function('F-WAT-01').ref}").text

    assert 'id="missing"' not in page


def test_the_count_of_the_list_is_that_of_the_page(town, sign_in):
    browser = sign_in("central")
    for outside in ("", "?outside=1"):
        rows = tree.fromstring(browser.get(f"/functions/{outside}").text).xpath("//*[@id='results']//tbody/tr")
        assert rows
        for row in rows:
            counted = row.xpath(".//a[contains(@href, '#missing')]")
            count = int(re.match(r"\d+", counted[0].text_content())[0]) if counted else 0
            page = tree.fromstring(browser.get(row.xpath(".//th/a")[0].get("href")).text)
            musts = page.xpath("//*[@id='missing']//ul[contains(@class, 'missing')][not(ancestor::details)]/li")
            assert len(musts) == count


def test_what_waits_counts_as_filled_in(town, app, acting):
    with app.test_request_context(), acting("edu.contact"):
        function = town.function("F-EDU-03")
        before = {one.what for one in missing_of([function])[function.id]}
        with transaction():
            seen = register.seen_now(function)
            entry, _impacts = register.proposed(function, None)
            register.edit(function, replace(entry, customers="Oppilaat"), seen=seen, at=town.BEGUN)
        after = {one.what for one in missing_of([town.function("F-EDU-03")])[function.id]}

    assert before - after == {"Customers"}


def test_nothing_missing_is_said_in_a_word(town, sign_in):
    town.keep(a_function("F-EDU-77", **{**town.COMPLETE, "criticality": Criticality.K4, "mtpd_h": 1000.0}))

    page = html.unescape(sign_in("edu.contact").get(f"/functions/{town.function('F-EDU-77').ref}").text)

    assert "Nothing that is expected is missing." in page


def test_many_functions_cost_no_more_statements_than_one(town, app, acting, statements):
    with app.test_request_context(), acting("central"):
        every = db.session.scalars(select(Function).where(Function.state != FunctionState.RETIRED)).all()
        with statements() as one:
            missing_of(every[:1])
        with statements() as many:
            missing_of(every)

    assert len(many) <= len(one) + 4
    assert len(many) <= 8


def test_only_what_is_required_stops_a_submission(town, sign_in):
    function = town.function("F-EDU-01")
    town.change(function, criticality=Criticality.K2, mtpd_h=48.0, **{k: VITAL[k] for k in ("mbco_text", "min_staff")})
    town.change(function, recovery_capability_h=5.0, capability_basis=VITAL["capability_basis"])
    town.change(town.record(town.Plan, "P-03"), retired=True)
    late = {f"t{n}": 4 if n > 3 else 1 for n in range(1, 8)}
    town.keep(*(BiaImpact(function_id=function.id, category=one, **late) for one in town.ImpactCategory))
    browser = sign_in("edu.contact")

    page = browser.get(f"/functions/{town.function('F-EDU-01').ref}").text
    browser.send(f"/functions/{town.function('F-EDU-01').ref}/submit")

    assert "Ready to be submitted" in page
    assert "An approved plan" in page
    assert town.function("F-EDU-01").state is FunctionState.SUBMITTED
