"""Several municipalities and a county in one installation: what crosses where the owner allows it, and nothing else."""

from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from prepare import network
from prepare.access import may
from prepare.actions import Action
from prepare.actor import Actor, Grant, acting_as, readable
from prepare.audit import AuditEntry
from prepare.clock import today
from prepare.db import db, transaction
from prepare.entries import GuidanceVersionEntry
from prepare.errors import RuleBroken
from prepare.models.functions import Function
from prepare.models.guidance import GuidanceVersion
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant
from prepare.queries import functions, organisations
from prepare.queries import network as queries
from prepare.register import catalogues
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality, Dimension, OrganisationKind, Role
from tests.ways import READ

PUBLIC, INTERNAL = Confidentiality.PUBLIC, Confidentiality.INTERNAL


def part(mark, text="T", taken=None, **more):
    said = dict.fromkeys((*network.OF_REQUIREMENT, *network.OF_CHAPTER))
    named = {"mark": mark, "key": mark, "taken_mark": taken, "taken_key": taken, "text_fi": text}
    return SimpleNamespace(**said | named | {"confidentiality": PUBLIC, "out_of_use": False} | more)


def test_the_nearest_member_is_ones_municipality():
    country, city = SimpleNamespace(path="/1/"), SimpleNamespace(path="/1/2/")

    assert network.member_over("/1/2/7/", [city, country]) is city
    assert network.member_over("/1/3/", [city, country]) is country
    assert network.member_over("/9/", [city, country]) is None


def test_only_what_is_public_and_in_use_crosses():
    found = [part(1), part(2, confidentiality=INTERNAL), part(3, out_of_use=True)]

    assert [network.crosses(one) for one in found] == [True, False, False]


def test_a_draft_or_a_version_without_anything_public_is_not_offered():
    draft = SimpleNamespace(issued_on=None, offered_on=today(), requirements=[part(1)])
    secret = SimpleNamespace(issued_on=today(), offered_on=None, requirements=[part(1, confidentiality=INTERNAL)])
    with speaking("en"), pytest.raises(RuleBroken, match="issued version"):
        network.refuse_offer(draft)
    with speaking("en"), pytest.raises(RuleBroken, match="nothing to offer"):
        network.refuse_offer(secret)
    network.refuse_offer(SimpleNamespace(issued_on=today(), requirements=[part(1)]))
    for version, own, told in ((draft, False, "no longer"), (secret, False, "no longer"), (secret, True, "your own")):
        with speaking("en"), pytest.raises(RuleBroken, match=told):
            network.refuse_taking(version, own=own)
    network.refuse_taking(SimpleNamespace(issued_on=today(), offered_on=today()), own=False)


def test_a_requirement_keeps_its_code_where_it_is_free():
    assert network.new_mark("VO-07", {"VO-01"}, prefix="VO-") == "VO-07"
    assert network.new_mark("VO-01", {"VO-01", "VO-09", "X"}, prefix="VO-") == "VO-10"
    assert network.new_mark("X", {"X"}, prefix="VO-") == "VO-01"


@pytest.mark.parametrize("requirements", [True, False])
def test_what_was_taken_is_compared_with_the_catalogue(requirements):
    ours = [part("A", taken="1"), part("B", "other", taken="2"), part("C", taken="3"), part("own")]

    found = network.difference(ours, [part("1"), part("2"), part("4")], requirements=requirements)

    assert [one.mark for one in found.added] == ["4"]
    assert [one.mark for one in found.removed] == ["C"]
    assert [(one.before.mark, one.after.mark) for one in found.changed] == [("B", "2")]
    assert [one.before.mark for one in found.same] == ["A"]


def top(town, code, kind=OrganisationKind.CITY):
    """A further organisation at the top of a tree of its own."""
    one = Organisation(code=code, kind=kind, name_fi=f"Naapuri {code}", path="/", sort_name=code.lower())
    town.keep(one)
    town.change(one, path=f"/{one.id}/")
    return one


@pytest.fixture
def neighbour(town):
    """Another municipality beside the town, and a county with a tree of its own; its unit signs in as `newcomer`."""
    top(town, "COUNTY", OrganisationKind.WELLBEING_COUNTY)
    city = top(town, "NEXT")
    town.keep(RoleGrant(user=town.user("newcomer"), role=Role.CENTRAL, organisation=city))
    return city


def unit_of(city):
    return Actor(user_id=1, name="Naapurin yksikkö", grants=(Grant(Role.CENTRAL, city.path),))


def test_no_record_of_the_town_can_be_read_next_door(town, neighbour):
    who = unit_of(neighbour)
    kinds = [kind for kind in READ if hasattr(kind, "owner_path") and kind.__tablename__ != "code_item"]
    records = [one for kind in kinds for one in db.session.scalars(select(kind)).unique()]

    assert len(records) > 50
    assert [one for one in records if readable(who, one)] == [neighbour]
    assert db.session.scalars(functions.nameable(who.scope)).all() == []
    assert db.session.scalars(organisations.organisations(who.scope, own=None)).all() == [neighbour]


PAGES = ("functions", "organisations", "plans", "risks", "measures", "scenarios", "findings", "interfaces")
PAGES += ("exercises", "situations", "transfers", "guidance/versions", "safety/practices")


def test_no_page_next_door_names_anything_of_the_town(town, neighbour, sign_in):
    names = [name for name in db.session.scalars(select(Function.name_fi)) if len(name) > 6]
    names += ["Kasvatus ja koulutus", "Vesilaitos", "Yhdyspinta I-0", "Toimenpide M-0", "Käytäntö GP", "Nimi edu"]
    browser = sign_in("newcomer")

    for page in PAGES:
        answer = browser.get(f"/{page}/")
        assert answer.status_code == 200, page
        assert [name for name in names if name in answer.text] == [], page


def test_the_trail_next_door_tells_nothing_of_the_town(town, neighbour, sign_in):
    town.change(town.function("F-EDU-03"), name_fi="Perusopetus etänä")
    town.change(neighbour, description="Oma kuvaus")

    page = sign_in("newcomer").get("/trail/").text

    assert "Oma kuvaus" in page
    assert "etänä" not in page


def test_in_a_country_only_what_it_shares_is_in_the_directory():
    who = Actor(user_id=1, grants=(Grant(Role.CENTRAL, "/1/2/", "/1/2/"),), commons=frozenset({"/1/9/"}))
    scope = who.scope.up_to(INTERNAL).below("/1/2/")

    assert all(scope.names(0, path, PUBLIC) for path in ("/1/2/5/", "/1/9/"))
    assert not any(scope.names(0, path, PUBLIC) for path in ("/1/3/", "/1/3/4/"))
    assert not scope.names(0, "/1/9/", Confidentiality.CONFIDENTIAL)


def offered(town, acting):
    version = town.record(GuidanceVersion, "G-01")
    with acting("central"), transaction():
        catalogues.offer(version, on=date(2026, 2, 1))
    return version


def test_the_public_part_of_a_guidance_crosses_and_nothing_else(town, neighbour, acting, sign_in):
    version = town.record(GuidanceVersion, "G-01")
    for one in version.requirements[:1]:
        town.change(one, sectors=("EDU",))
    browser = sign_in("newcomer")
    assert browser.get(f"/shared/guidance/{version.ref}").status_code == 404

    offered(town, acting)
    who = unit_of(neighbour)
    (row,) = db.session.execute(queries.catalogues(who.scope)).all()
    asked = [one.mark for one in db.session.execute(queries.requirements(row))]
    open_ = [one.mark for one in version.requirements if network.crosses(one)]

    assert asked == open_
    assert len(asked) < len(version.requirements)
    page = browser.get(f"/shared/guidance/{version.ref}").text
    assert "Koekaupunki" in page or "Trial City" in page
    assert "EDU" not in page
    assert [c.title_fi for c in version.chapters if c.title_fi in page] == [
        c.title_fi for c in version.chapters if network.crosses(c)
    ]
    assert browser.get(f"/guidance/versions/{version.ref}").status_code == 404
    assert not readable(who, version)


def test_a_draft_is_begun_from_a_catalogue_and_compared_with_it(town, neighbour, acting, sign_in):
    source, who = offered(town, acting), unit_of(neighbour)
    with acting_as(who), transaction():
        draft = catalogues.adopt(neighbour, GuidanceVersionEntry(number="0.1"), source)
    assert {one.mark for one in draft.requirements} == {one.mark for one in source.requirements if network.crosses(one)}
    assert {one.confidentiality for one in draft.chapters} <= {PUBLIC}
    assert all(one.sectors == () for one in draft.requirements)

    with acting_as(who), pytest.raises(RuleBroken, match="draft is being written"), transaction():
        catalogues.adopt(neighbour, GuidanceVersionEntry(number="0.2"), source)
    town.change(draft.requirements[0], text_fi="Omin sanoin")
    page = sign_in("newcomer").get(f"/shared/guidance/{source.ref}").text
    assert "Said in other words" in page

    with acting("central"), transaction():
        catalogues.withdraw(source)
    assert sign_in("newcomer").get(f"/shared/guidance/{source.ref}").status_code == 404
    assert len(draft.requirements) > 0, "what was taken stays"


def test_a_second_catalogue_makes_what_was_taken_ones_own(town, neighbour, acting):
    source, who = offered(town, acting), unit_of(neighbour)
    third = top(town, "THIRD")
    other = GuidanceVersion(
        code="G-77", organisation=third, number="1", valid_from=today(), issued_on=today(), offered_on=today()
    )
    other.requirements = [requirement_like(source)]
    town.keep(other)
    with acting_as(who), transaction():
        first = catalogues.adopt(neighbour, GuidanceVersionEntry(number="1"), source)
    town.change(first, issued_on=today(), valid_from=today())
    with acting_as(who), transaction():
        second = catalogues.adopt(neighbour, GuidanceVersionEntry(number="2"), other)

    db.session.expire_all()
    assert [one.taken_mark for one in second.requirements if one.taken_mark] == ["VO-01"]
    assert second.catalogue is other


def requirement_like(source):
    model = type(source.requirements[0])
    return model(mark="VO-01", dimension=Dimension.LEAD, text_fi="Toinen", confidentiality=PUBLIC)


def test_switches_stand_in_the_trail(town, neighbour, acting):
    version = offered(town, acting)
    with acting("central"), transaction():
        catalogues.withdraw(version)

    found = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(2)).all()
    assert list(found) == [Action.WITHDRAW_GUIDANCE.value, Action.OFFER_GUIDANCE.value]
    assert not may(unit_of(neighbour), Action.OFFER_GUIDANCE, version)


def test_the_pages_make_sense_for_a_municipality_alone_and_beside_another(town, sign_in):
    browser = sign_in("central")
    alone = browser.get("/shared/").text
    assert "Nobody else is here yet" in alone
    assert "No municipality offers its requirements yet" in browser.get("/shared/guidance/").text
    assert "No municipality offers a scenario yet" in browser.get("/shared/scenarios/").text

    top(town, "NEXT")
    assert "Nobody else is here yet" not in browser.get("/shared/").text


def test_no_page_asks_more_the_more_municipalities_there_are(town, sign_in, statements):
    browser, found = sign_in("central"), []
    addresses = ("/shared/", "/shared/guidance/", "/shared/scenarios/", "/safety/practices/", "/readiness/comparison")
    for more in (1, 12):
        for number in range(more):
            top(town, f"T{more}-{number}")
        for address in addresses:
            browser.get(address)
            with statements() as seen:
                assert browser.get(address).status_code == 200
            found.append(len(seen))

    assert found[: len(addresses)] == found[len(addresses) :]
    assert max(found) <= 22
