"""The organisation tree: codes, names, and a trail that those who read it can see."""

import pytest
from sqlalchemy import select

from prepare.audit import AuditEntry
from prepare.db import db, transaction
from prepare.entries import OrganisationEntry
from prepare.errors import NotPermitted, RuleBroken
from prepare.queries import trail
from prepare.register import organisations as register
from prepare.vocabulary import OrganisationKind


def entry(code="LIB", name="Kirjastot", kind=OrganisationKind.SECTOR):
    """An organisation as it is entered."""
    return OrganisationEntry(code=code, kind=kind, name_fi=name)


def test_an_organisation_stands_below_its_parent(town, acting):
    with acting("admin"), transaction():
        library = register.add(town.organisation_of("EDU"), entry())

    assert library.path == f"{town.organisation_of('EDU').path}{library.id}/"
    assert (library.parent.code, library.sort_name) == ("EDU", "kirjastot")


def test_a_city_stands_at_the_top(town, acting):
    with acting("admin"), transaction():
        city = register.add(None, entry("NABO", "Naapuri", OrganisationKind.CITY))

    assert city.path == f"/{city.id}/"


@pytest.mark.parametrize("code", ["", "lib", "TOOLONGCODE", "A B", "P-", "-A", "P-A-B", "EDU", "ÄÖÅ€"])
def test_a_code_that_is_malformed_or_taken_is_refused(town, acting, code):
    with acting("admin"), pytest.raises(RuleBroken) as broken, transaction():
        register.add(town.organisation_of("CITY"), entry(code))

    assert broken.value.field == "code"


def test_every_problem_is_told_at_once(town, acting):
    with acting("admin"), pytest.raises(RuleBroken) as broken, transaction():
        register.add(town.organisation_of("CITY"), entry("x y", " "))

    assert [rule.field for rule in broken.value.every] == ["code", "name_fi"]


@pytest.mark.parametrize("name", ["central", "edu.contact", "auditor"])
def test_only_an_administrator_adds_organisations(town, acting, name):
    with acting(name), pytest.raises(NotPermitted), transaction():
        register.add(town.organisation_of("CITY"), entry())


def test_those_who_read_the_trail_see_that_it_was_added(town, acting):
    with acting("admin"), transaction():
        register.add(town.organisation_of("CITY"), entry())

    seen = db.session.execute(trail.trail(town.actor_of("auditor").scope, q="LIB")).all()
    written = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_code == "LIB")).all()

    assert {told.id for told, _payload in seen} == {told.id for told in written}
    assert written
