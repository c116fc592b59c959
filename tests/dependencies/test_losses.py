"""Single points of failure on the records: who sees what, who decides, and what the pages and the command tell."""

from datetime import date, timedelta

import pytest
from lxml import html
from sqlalchemy import select

from dependencies import tracing
from dependencies.analysing import keystones as losses
from dependencies.analysing.view import view
from dependencies.entries.needs import AcceptanceEntry, HandlingEntry
from dependencies.models.losses import LossDecision
from dependencies.models.needs import Dependency, Need
from dependencies.register import losses as register
from dependencies.vocabulary import DependencyKind, Handling, Strength
from prepare.actor import EVERYTHING
from prepare.audit import AuditEntry
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from tests.filled import filled

TODAY = date(2026, 5, 1)
UNTIL = TODAY + timedelta(days=90)
MEASURE = HandlingEntry(handling=Handling.TREATED, measure="Varavesi", owner_role="Käyttöpäällikkö", holds_until=UNTIL)


@pytest.fixture
def city(town):
    """The town, in which the water hangs on the county (2 h) and the secret tower (1 h)."""
    for consumer, supplier, hours in (("F-WAT-01", "X-CTY-01", 2.0), ("F-WAT-01", "F-WAT-02", 1.0)):
        need = Need(
            consumer=town.function(consumer), name=f"Tarve {supplier}", strength=Strength.ESSENTIAL, tolerance_h=hours
        )
        link = {"supplier": town.function(supplier), "kind": DependencyKind.SERVICE}
        town.keep(need, Dependency(code=f"D-{supplier}", need=need, **link))
    return town


DEAR = AcceptanceEntry(reason="Kallis", holds_until=UNTIL)


def seen(scope):
    """Code → what the loss of the function does, as the scope sees it."""
    return {one.function.code: one for one in losses.every(view(scope), on=TODAY)}


def decide(function, entry=MEASURE):
    with transaction():
        register.decide_loss(function, entry, seen=register.handling_now(function), on=TODAY)


def accept(function, entry=DEAR):
    with transaction():
        register.accept_loss(function, entry, seen=register.acceptance_now(function), on=TODAY)


def decision():
    return db.session.scalars(select(LossDecision).order_by(LossDecision.id.desc())).first()


def test_the_county_is_a_single_point_of_failure_of_the_water(city):
    county = seen(EVERYTHING)["X-CTY-01"]

    # Water, waste water and school manage 2 h without the county; meals and shelter 2 h more without water.
    assert county.keystone.lost == 5
    assert [(one.code, minute) for one, minute in county.fatal] == [("F-WAT-01", 120)]
    assert (county.consumers, county.handling, county.has_lapsed) == (3, Handling.UNTREATED, False)
    assert county.betweenness == 0


def test_the_command_tells_every_function_and_hours(city):
    rows = {row.function.code: row.as_json() for row in losses.every(view(EVERYTHING), on=TODAY)}

    assert rows["X-CTY-01"]["functions_lost"] == 5
    assert rows["X-CTY-01"]["k1_lost_24h"] == ["F-WAT-01"]
    assert rows["X-CTY-01"]["k1_lost_within_mtpd"] == [{"code": "F-WAT-01", "at_h": 2.0}]
    assert rows["X-CTY-01"]["first_loss_h"] == 2.0
    assert rows["X-CTY-01"]["standing"] == "untreated"
    assert (rows["X-POL-01"]["functions_lost"], rows["X-POL-01"]["first_loss_h"]) == (0, None)
    assert "F-EDU-05" not in rows  # retired


def test_a_contact_counts_and_names_only_its_own(city, acting):
    with acting("edu.contact") as who:
        found = seen(who.scope)

    county = found["X-CTY-01"]
    assert county.keystone.lost == 3  # without the waterworks' own
    assert (county.fatal, county.early, county.consumers, county.betweenness) == ((), (), 1, None)
    assert found[None].function.card is None  # the waterworks' secret tower lies outside the view
    assert not county.function.opens


def test_what_falls_with_it_and_who_could_buffer_it_are_the_readers_own(city, acting):
    county = seen(EVERYTHING)["X-CTY-01"].keystone.place
    with acting("edu.contact") as who:
        falls = losses.falls(view(who.scope), county)
        buffers = losses.buffers(view(who.scope), county)

    assert [(one.function.code, one.minute) for one in falls] == [
        ("F-EDU-03", 120),
        ("F-EDU-01", 240),
        ("F-EDU-06", 240),
    ]
    assert [(one.function.code, one.need) for one in buffers] == [("F-EDU-03", "Kouluterveys")]
    spared = {one.function.code: [two.code for two in one.spared] for one in losses.buffers(view(EVERYTHING), county)}
    assert spared == {"F-WAT-01": ["F-WAT-01"], "F-WAT-03": [], "F-EDU-03": []}


def test_the_sweep_is_computed_once_for_one_revision_and_anew_for_the_next(town, monkeypatch):
    seen(EVERYTHING)
    asked = []
    whole = losses.keystones.keystones
    monkeypatch.setattr(losses.keystones, "keystones", lambda *args, **more: asked.append(1) or whole(*args, **more))

    seen(EVERYTHING)
    assert asked == []

    town.change(town.function("F-WAT-01"), mtpd_h=13.0)
    seen(EVERYTHING)
    assert asked == [1]


def test_the_unit_decides_and_the_trail_tells_it(town, acting):
    water = town.function("F-WAT-01")
    with acting("central") as who:
        decide(water)
        name = who.name

    held = seen(EVERYTHING)["F-WAT-01"]
    assert held.handling is Handling.TREATED
    assert (held.decision.decided_on, held.decision.decided_by) == (TODAY, name)
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (last.action, last.subject, last.subject_code) == ("loss:decide", "loss_decision", "F-WAT-01")


def test_only_the_leadership_accepts_and_only_the_unit_decides(town, acting):
    water = town.function("F-WAT-01")
    for name in ("central", "wat.contact", "auditor", "county"):
        with acting(name), pytest.raises(NotPermitted):
            accept(water)
    for name in ("leadership", "wat.contact", "auditor", "county"):
        with acting(name), pytest.raises(NotPermitted):
            decide(water)


def test_an_acceptance_keeps_the_measure_and_lapses(town, acting):
    water = town.function("F-WAT-01")
    with acting("central"):
        decide(water)
    with acting("leadership"):
        accept(water)

    assert (decision().handling, decision().measure, decision().reason) == (Handling.ACCEPTED, "Varavesi", "Kallis")
    row = next(
        one
        for one in losses.every(view(EVERYTHING), on=UNTIL + timedelta(days=1))
        if one.decision and one.decision.reason
    )
    assert (row.handling, row.has_lapsed) == (Handling.UNTREATED, True)


def test_an_acceptance_can_be_renewed(town, acting):
    water = town.function("F-WAT-01")
    with acting("leadership"):
        accept(water)
        assert register.acceptance_now(water).entry.reason == "Kallis"
        accept(water, AcceptanceEntry(reason="Yhä kallis", holds_until=UNTIL))

    assert decision().reason == "Yhä kallis"


def test_a_decision_that_breaks_a_rule_or_comes_late_is_refused(town, acting):
    water = town.function("F-WAT-01")
    with acting("central"):
        early = register.handling_now(water)
        decide(water)
        with pytest.raises(StaleEntry), transaction():
            register.decide_loss(water, MEASURE, seen=early, on=TODAY)
        with pytest.raises(RuleBroken):
            decide(water, HandlingEntry(handling=Handling.BOUNDARY))
    with acting("leadership"), pytest.raises(RuleBroken):
        accept(water, AcceptanceEntry())
    assert decision().handling is Handling.TREATED


def test_what_is_decided_about_anothers_function_is_not_told_and_not_said_to_be_nothing(city, sign_in, acting):
    with acting("central"):
        decide(city.function("F-WAT-01"))
    with acting("edu.contact") as who:
        water = seen(who.scope)["F-WAT-01"]

    assert (water.handling, water.decision, water.has_lapsed) == (None, None, False)
    assert water.as_json()["standing"] is None
    assert "not told to you" in sign_in("edu.contact").get("/keystones/?all=1").text


def test_the_list_shows_what_is_asked_for(city, sign_in):
    browser = sign_in("central")

    assert "X-CTY-01" in browser.get("/keystones/").text
    for asked in ("organisation=EDU", "criticality=K4", "handling=accepted"):
        assert "No loss matches" in browser.get(f"/keystones/?{asked}").text
    assert (
        "F-EDU-06 Turvakoti" in browser.get("/keystones/?all=1&organisation=EDU&criticality=K3&handling=treated").text
    )
    assert "X-CTY-01" in browser.get("/keystones/?organisation=nobody&criticality=K9&handling=x").text


def test_a_boundary_node_stands_apart(city, sign_in, acting):
    with acting("central"):
        decide(city.function("X-CTY-01"), HandlingEntry(handling=Handling.BOUNDARY, reason="Lakisääteinen"))

    page = sign_in("central").get("/keystones/").text

    assert page.index("Boundary nodes</h2>") < page.index("X-CTY-01")


def test_a_loss_outside_the_view_is_told_without_a_name(city, sign_in):
    page = sign_in("edu.contact").get("/keystones/?all=1").text

    assert "a function outside your view" in page
    assert "Vesitorni" not in page


def test_one_loss_tells_what_falls_and_who_could_buffer_it(city, sign_in):
    page = sign_in("central").get(f"/keystones/{city.function('X-CTY-01').ref}").text

    for words in ("If X-CTY-01 Ensihoito is lost", "Who could buffer it", "F-EDU-03 Perusopetus", "within its MTPD"):
        assert words in page


def test_of_very_many_needs_the_page_says_that_some_were_tried(city, sign_in, monkeypatch):
    monkeypatch.setattr(losses, "MOST_BUFFERS", 2)

    page = sign_in("central").get(f"/keystones/{city.function('X-CTY-01').ref}").text

    assert "There are more such needs." in page


def test_a_loss_that_takes_nothing_down_says_so_and_a_retired_function_has_no_page(town, sign_in):
    browser = sign_in("central")

    assert "Nothing that you may read falls with it" in browser.get(f"/keystones/{town.function('F-EDU-04').ref}").text
    assert browser.get(f"/keystones/{town.function('F-EDU-05').ref}").status_code == 404


def test_the_unit_decides_on_a_page(town, sign_in):
    browser, ref = sign_in("central"), town.function("X-CTY-01").ref
    form = filled(browser.get(f"/keystones/{ref}/decide").text)
    assert "Accepted" not in browser.get(f"/keystones/{ref}/decide").text

    refused = browser.send(f"/keystones/{ref}/decide", **form | {"handling": "treated"})
    assert "Say what is done about it." in refused.text

    until = (today() + timedelta(days=30)).isoformat()
    given = {"handling": "treated", "measure": "Toinen sairaankuljetus", "owner_role": "Johtaja", "holds_until": until}
    assert browser.send(f"/keystones/{ref}/decide", **form | given).status_code == 302
    page = browser.get(f"/keystones/{ref}").text
    assert "Toinen sairaankuljetus" in page
    assert "Treated" in page

    late = browser.send(f"/keystones/{ref}/decide", **form | given | {"measure": "Kolmas"})
    assert late.status_code == 409
    assert "Kolmas" in late.text


def test_the_leadership_accepts_on_a_page(town, sign_in):
    browser, ref = sign_in("leadership"), town.function("X-CTY-01").ref
    form = filled(browser.get(f"/keystones/{ref}/accept").text)

    until = (today() + timedelta(days=30)).isoformat()
    assert (
        browser.send(f"/keystones/{ref}/accept", **form | {"reason": "Harvinainen", "holds_until": until}).status_code
        == 302
    )
    assert "Harvinainen" in browser.get(f"/keystones/{ref}").text
    assert "Accepted" in sign_in("central").get(f"/keystones/{ref}/decide").text


def test_a_graph_that_is_too_large_for_a_page_says_which_command_computes_it(town, sign_in, monkeypatch):
    monkeypatch.setattr(tracing, "WHOLE", 3)
    browser = sign_in("central")

    for address in ("/keystones/", f"/keystones/{town.function('X-CTY-01').ref}"):
        assert "prepare keystones" in browser.get(address).text


def figures_of(page):
    """The key figures of a page by their labels."""
    items = html.fromstring(page).xpath("//ul[@class='figures']/li")
    return {item.xpath("span[2]")[0].text_content(): item.xpath("span[1]")[0].text_content() for item in items}


def test_a_decision_that_is_not_told_does_not_count_as_one_that_was_made(demo, sign_in):
    own = figures_of(sign_in("kas.contact@merikaupunki.example").get("/keystones/").text)
    unit = figures_of(sign_in("central@merikaupunki.example").get("/keystones/").text)

    assert own == {"Yksittäiset vikapisteet": "6", "Päätös ei näkyvissä sinulle": "6", "Elintärkeitä toimintoja": "1"}
    assert unit == {"Yksittäiset vikapisteet": "22", "Käsittelemättä": "20", "Elintärkeitä toimintoja": "18"}


def test_the_demo_city_has_its_single_points_and_what_is_decided_about_them(demo):
    found = {one.function.code: one for one in losses.every(view(EVERYTHING), on=today())}

    points = {code for code, one in found.items() if one.keystone.is_single_point}
    assert len(points) == 24
    assert {code for code, one in found.items() if one.is_boundary} == {"X-FIN-01", "F-ENE-01"} <= points
    assert {code for code, one in found.items() if one.handling is Handling.TREATED} == {"F-DIG-01", "F-TUK-01"}
    # The backbone takes both data centres, access control, internet and security monitoring at once or within an hour.
    assert [one.code for one in found["F-DIG-01"].early] == ["F-DIG-02", "F-DIG-03", "F-DIG-04", "F-DIG-10", "F-DIG-07"]
    assert (found["F-ENE-01"].keystone.lost, found["X-FIN-01"].keystone.lost) == (72, 75)
