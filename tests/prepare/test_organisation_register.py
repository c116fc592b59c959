"""The organisation tree: codes, names, and a trail that those who read it can see."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from prepare.access import Action
from prepare.audit import AuditEntry, AuditPayload
from prepare.db import db, transaction
from prepare.entries import HoldersEntry, OrganisationEntry
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from prepare.queries import trail
from prepare.register import organisations as register
from prepare.register.organisations import Place
from prepare.vocabulary import OrganisationKind, RelationBasis, Role


def entry(code="LIB", name="Kirjastot", kind=OrganisationKind.SECTOR):
    """An organisation as it is entered."""
    return OrganisationEntry(code=code, kind=kind, name_fi=name)


def below(town, code="CITY", kind=OrganisationKind.SECTOR):
    """A place below the organisation with this code."""
    return Place(town.organisation_of(code), kind)


def test_an_organisation_stands_below_its_parent(town, acting):
    with acting("admin"), transaction():
        library = register.add(below(town, "EDU"), entry())

    assert library.path == f"{town.organisation_of('EDU').path}{library.id}/"
    assert (library.parent.code, library.sort_name) == ("EDU", "kirjastot")


def test_a_city_stands_at_the_top(town, acting):
    with acting("admin"), transaction():
        city = register.add(Place(None, OrganisationKind.CITY), entry("NABO", "Naapuri", OrganisationKind.CITY))

    assert city.path == f"/{city.id}/"


@pytest.mark.parametrize("code", ["", "lib", "TOOLONGCODE", "A B", "P-", "-A", "P-A-B", "EDU", "ÄÖÅ€"])
def test_a_code_that_is_malformed_or_taken_is_refused(town, acting, code):
    with acting("admin"), pytest.raises(RuleBroken) as broken, transaction():
        register.add(below(town), entry(code))

    assert broken.value.field == "code"


def test_every_problem_is_told_at_once(town, acting):
    with acting("admin"), pytest.raises(RuleBroken) as broken, transaction():
        register.add(below(town), entry("x y", " "))

    assert [rule.field for rule in broken.value.every] == ["code", "name_fi"]


@pytest.mark.parametrize("name", ["central", "edu.contact", "auditor"])
def test_only_an_administrator_adds_organisations(town, acting, name):
    with acting(name), pytest.raises(NotPermitted), transaction():
        register.add(below(town), entry())


def test_those_who_read_the_trail_see_that_it_was_added(town, acting):
    with acting("admin"), transaction():
        register.add(below(town), entry())

    seen = db.session.execute(trail.trail(town.actor_of("auditor").scope, action=Action.ADD_ORGANISATION)).all()
    written = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_code == "LIB")).all()

    assert {told.id for told, _payload in seen} == {told.id for told in written}
    assert written


@pytest.mark.parametrize(
    ("parent", "kind", "field"),
    [
        (None, OrganisationKind.SECTOR, "kind"),
        ("CITY", OrganisationKind.CITY, "kind"),
        ("P-CTY", OrganisationKind.SECTOR, "parent"),
    ],
)
def test_an_organisation_of_the_wrong_kind_for_its_place_is_refused(town, acting, parent, kind, field):
    place = Place(town.organisation_of(parent) if parent else None, kind)
    with acting("admin"), pytest.raises(RuleBroken) as broken, transaction():
        register.add(place, entry(kind=kind))

    assert broken.value.field == field


def test_the_unit_adds_partners_but_nothing_of_the_citys_own(town, acting):
    with acting("central"), transaction():
        added = register.add(below(town, kind=OrganisationKind.COMPANY), entry("P-NEW", kind=OrganisationKind.COMPANY))

    assert added.parent.code == "CITY"


def test_whoever_adds_a_city_can_open_it(town, acting):
    with acting("admin"), transaction():
        city = register.add(Place(None, OrganisationKind.CITY), entry("NABO", "Naapuri", OrganisationKind.CITY))

    assert town.actor_of("admin").holds(Role.ADMIN, over=city.path)
    assert not town.actor_of("central").scope.covers(city.path, city.confidentiality)


# Editing


def edited(organisation, **changes):
    """The organisation's entry with some fields changed, and what it was."""
    held = register.seen_now(organisation)
    return replace(held.entry, **changes), held


@pytest.mark.parametrize(
    ("code", "changes", "field"),
    [
        ("EDU", {"code": "WAT"}, "code"),
        ("EDU", {"name_fi": " "}, "name_fi"),
        ("EDU", {"kind": OrganisationKind.POLICE}, "kind"),
        ("EDU", {"relation_basis": RelationBasis.STATUTORY}, "relation_basis"),
        ("P-CTY", {"business_id": "0201256-5"}, "business_id"),
        ("P-CTY", {"business_id": "201256-6"}, "business_id"),
        ("P-CTY", {"kind": OrganisationKind.SECTOR}, "kind"),
    ],
)
def test_an_edit_that_breaks_a_rule_is_refused(town, acting, code, changes, field):
    organisation = town.organisation_of(code)
    changed, seen = edited(organisation, **changes)
    with acting("admin"), pytest.raises(RuleBroken) as broken, transaction():
        register.edit(organisation, changed, seen=seen)

    assert field in [rule.field for rule in broken.value.every]


def test_a_stale_edit_is_refused(town, acting):
    edu = town.organisation_of("EDU")
    changed, seen = edited(edu, name_en="Schools")
    town.change(edu, name_en="Learning")

    with acting("admin"), pytest.raises(StaleEntry), transaction():
        register.edit(edu, changed, seen=seen)


@pytest.mark.parametrize("text", ["0201256-6", "0116297-6"])
def test_a_business_id_with_a_right_check_digit_holds(text):
    assert register.is_business_id(text)


# Duty holders (E14)


def holders(town, contact=None, deputy=None, **roles):
    """Duty holders by the names of the town's people."""
    refs = {name: str(town.user(who).ref) for name, who in (("contact", contact), ("deputy", deputy)) if who}
    return HoldersEntry(**refs, **roles)


def test_a_director_names_the_contact_and_deputy_of_the_own_sector_only(town, acting):
    edu, wat = town.organisation_of("EDU"), town.organisation_of("WAT")
    with acting("edu.director"):
        with transaction():
            register.name_holders(edu, holders(town, "edu.contact", "edu.director"), seen=register.holders_now(edu))
        with pytest.raises(NotPermitted), transaction():
            register.name_holders(wat, holders(town, "wat.contact"), seen=register.holders_now(wat))

    assert (edu.contact.email, edu.deputy.email) == ("edu.contact@town.example", "edu.director@town.example")


def test_the_contact_is_never_the_deputy(town, acting):
    edu = town.organisation_of("EDU")
    with acting("central"), pytest.raises(RuleBroken) as broken, transaction():
        register.name_holders(edu, holders(town, "edu.contact", "edu.contact"), seen=register.holders_now(edu))

    assert broken.value.field == "deputy"
    with pytest.raises(IntegrityError):
        town.change(edu, contact=town.user("edu.contact"), deputy=town.user("edu.contact"))


@pytest.mark.parametrize("name", ["wat.contact", "county", "newcomer", "admin"])
def test_somebody_without_a_role_at_the_organisation_is_not_named(town, acting, name):
    edu = town.organisation_of("EDU")
    with acting("central"), pytest.raises(RuleBroken) as broken, transaction():
        register.name_holders(edu, holders(town, name), seen=register.holders_now(edu))

    assert broken.value.field == "contact"


def test_who_was_named_stands_in_the_trail_by_name(town, acting):
    edu = town.organisation_of("EDU")
    with acting("central"), transaction():
        register.name_holders(
            edu, holders(town, "edu.contact", director_role="Sivistysjohtaja"), seen=register.holders_now(edu)
        )

    rows = select(AuditPayload.changes).join(AuditEntry, AuditEntry.payload_id == AuditPayload.id)
    told = db.session.scalars(rows.where(AuditEntry.action == "organisation:staff")).all()
    assert {"contact": [None, town.user("edu.contact").name]} in told
    assert ["director_role" in changes for changes in told].count(True) == 1


# Moving


def test_a_move_takes_everything_below_along_and_rights_follow(town, acting):
    edu, wat, school = (town.organisation_of(code) for code in ("EDU", "WAT", "SCH"))
    assert not town.actor_of("wat.contact").scope.covers(school.path, school.confidentiality)

    with acting("admin"), transaction():
        assert register.move(edu, wat) == 2

    assert (edu.path, school.path) == (f"{wat.path}{edu.id}/", f"{wat.path}{edu.id}/{school.id}/")
    assert town.actor_of("wat.contact").scope.covers(school.path, school.confidentiality)
    rows = select(AuditPayload.changes).join(AuditEntry, AuditEntry.payload_id == AuditPayload.id)
    told = db.session.scalars(rows.where(AuditEntry.action == "organisation:move")).all()
    assert {"parent": ["CITY", "WAT"], "moved": 2} in told


@pytest.mark.parametrize(("code", "parent"), [("EDU", "SCH"), ("EDU", "EDU"), ("CITY", "EDU"), ("WAT", "P-CTY")])
def test_a_move_into_itself_or_below_a_partner_is_refused(town, acting, code, parent):
    with acting("admin"), pytest.raises(RuleBroken) as broken, transaction():
        register.move(town.organisation_of(code), town.organisation_of(parent))

    assert broken.value.field == "parent"


# Closing


def test_an_organisation_on_which_something_hangs_is_not_closed(town, acting):
    with acting("admin"), pytest.raises(RuleBroken) as broken, transaction():
        register.close(town.organisation_of("EDU"))

    # F-EDU-01 to 06 without the retired one; the contact's and the director's role; the school below it
    assert [rule.values["count"] for rule in broken.value.every] == [5, 2, 1]


def test_an_empty_organisation_is_closed_and_reopened(town, acting):
    with acting("admin"):
        with transaction():
            library = register.add(below(town), entry())
        with transaction():
            register.close(library)
        assert not library.active
        with pytest.raises(RuleBroken), transaction():
            register.add(Place(library, OrganisationKind.SECTOR), entry("SUB"))
        with transaction():
            register.reopen(library)

    assert library.active
