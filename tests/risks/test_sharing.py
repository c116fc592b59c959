"""Scenarios between municipalities: what crosses, copying, and a source that changes."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from prepare.actor import Actor, Grant, acting_as, readable
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality, OrganisationKind, Role
from risks import sharing
from risks.models.offers import ScenarioCopy
from risks.models.scenarios import Scenario
from risks.queries import sharing as queries
from risks.register import sharing as register
from risks.vocabulary.scenarios import Severity


def a_source(**more):
    said = dict.fromkeys(sharing.CROSSES) | {"name_fi": "Myrsky", "severity": Severity.DISRUPTION, "duration_h": 24.0}
    return SimpleNamespace(**said | {"retired": False, "confidentiality": Confidentiality.PUBLIC} | more)


@pytest.mark.parametrize(
    ("more", "whole", "told"),
    [
        ({"retired": True}, True, "retired"),
        ({"confidentiality": Confidentiality.INTERNAL}, True, "Only what is public"),
        ({}, False, "whole municipality"),
    ],
)
def test_what_is_not_public_not_in_use_or_not_of_the_whole_is_not_offered(more, whole, told):
    with speaking("en"), pytest.raises(RuleBroken, match=told):
        sharing.refuse_offer(a_source(**more), whole=whole)


def test_a_public_scenario_of_the_whole_municipality_is_offered():
    sharing.refuse_offer(a_source(), whole=True)


def test_neither_hits_nor_area_nor_class_cross():
    entry = sharing.entry_of(a_source(area="ITA", hits=["F-1"]))

    assert (entry.hits, entry.area, entry.confidentiality) == ((), None, Confidentiality.INTERNAL)


def test_a_copy_knows_what_has_changed_at_its_source():
    taken = sharing.kept(a_source())

    assert taken["severity"] == "disruption"
    assert sharing.changes(taken, a_source()) == []
    assert sharing.changes(taken, a_source(season="Talvi", severity=Severity.EMERGENCY)) == ["severity", "season"]


@pytest.fixture
def neighbour(town):
    """Another municipality; its unit signs in as `newcomer`."""
    city = Organisation(code="NEXT", kind=OrganisationKind.CITY, name_fi="Naapuri", path="/", sort_name="naapuri")
    town.keep(city)
    town.change(city, path=f"/{city.id}/")
    town.keep(RoleGrant(user=town.user("newcomer"), role=Role.CENTRAL, organisation=city))
    return city


def unit_of(city):
    return Actor(user_id=1, name="Naapurin yksikkö", grants=(Grant(Role.CENTRAL, city.path),))


@pytest.fixture
def storm(town, acting):
    """The town's scenario, public and offered."""
    found = town.record(Scenario, "S1")
    town.change(found, confidentiality=Confidentiality.PUBLIC, description_fi="Myrsky kaataa puita", area="ITA")
    with acting("central"), transaction():
        register.offer(found, on=today())
    return found


def test_exactly_the_texts_cross(town, neighbour, storm, sign_in):
    browser, who = sign_in("newcomer"), unit_of(neighbour)
    (row,) = db.session.execute(queries.offered(who.scope)).all()
    assert set(row._fields) == {"id", "ref", "offered_on", *sharing.CROSSES, "owner_fi", "owner_sv", "owner_en"}

    page = browser.get(f"/shared/scenarios/{storm.ref}").text
    hit = storm.in_force[0].function
    assert "Myrsky kaataa puita" in page
    assert not [text for text in (hit.name_fi, hit.code, "Itäinen suurpiiri", "R-01") if text in page]
    assert storm.name_fi in browser.get("/shared/scenarios/").text
    assert browser.get(f"/scenarios/{storm.ref}").status_code == 404
    assert browser.get(f"/scenarios/{storm.ref}/trail").status_code == 404
    assert not readable(who, storm)


def test_what_is_no_longer_public_or_offered_disappears_at_once(town, neighbour, storm, acting, sign_in):
    browser = sign_in("newcomer")
    town.change(storm, confidentiality=Confidentiality.INTERNAL)
    assert browser.get(f"/shared/scenarios/{storm.ref}").status_code == 404
    town.change(storm, confidentiality=Confidentiality.PUBLIC)
    assert browser.get(f"/shared/scenarios/{storm.ref}").status_code == 200

    assert sign_in("central").send(f"/scenarios/{storm.ref}/withdraw").status_code == 302
    assert browser.get(f"/shared/scenarios/{storm.ref}").status_code == 404
    with acting_as(unit_of(neighbour)), pytest.raises(RuleBroken, match="no longer offered"), transaction():
        register.adopt(neighbour, storm, on=today())


def copied(browser, storm):
    assert browser.send(f"/shared/scenarios/{storm.ref}/copy").status_code == 302
    return db.session.scalars(select(ScenarioCopy)).one()


def test_a_copy_is_ones_own_names_its_source_and_learns_of_changes(town, neighbour, storm, sign_in):
    browser = sign_in("newcomer")
    link = copied(browser, storm)
    copy = link.scenario
    assert (copy.organisation, copy.in_force, copy.description_fi) == (neighbour, [], "Myrsky kaataa puita")
    page = browser.get(f"/scenarios/{copy.ref}").text
    assert "Copied from" in page
    assert "The source has changed" not in page

    town.change(storm, description_fi="Myrsky ja meritulva", season="Syksy")
    assert "The source has changed" in browser.get(f"/scenarios/{copy.ref}").text
    assert "meritulva" in browser.get(f"/scenarios/{copy.ref}/source").text
    assert browser.send(f"/scenarios/{copy.ref}/source", take="y").status_code == 302
    db.session.expire_all()
    assert (copy.description_fi, copy.season) == ("Myrsky ja meritulva", "Syksy")
    assert "says what it said" in browser.get(f"/scenarios/{copy.ref}/source").text

    town.change(storm, season="Talvi")
    assert browser.send(f"/scenarios/{copy.ref}/source").status_code == 302
    db.session.expire_all()
    assert copy.season == "Syksy", "one's own wording was kept"


def test_a_copy_stays_when_its_source_is_withdrawn(town, neighbour, storm, acting, sign_in):
    browser = sign_in("newcomer")
    copy = copied(browser, storm).scenario
    with acting("central"), transaction():
        register.withdraw(storm)
    town.change(storm, description_fi="Salattua uutta")

    page = browser.get(f"/scenarios/{copy.ref}").text
    assert "no longer offered" in page
    assert "Salattua uutta" not in page + browser.get(f"/scenarios/{copy.ref}/source").text
    with acting_as(unit_of(neighbour)), pytest.raises(RuleBroken, match="not a copy"), transaction():
        register.renew(Scenario(organisation=neighbour, id=0), take=True, on=today())
