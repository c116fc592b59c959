"""Readings of needs and interfaces: what is in the scope, and nothing else."""

import pytest
from sqlalchemy import insert

from dependencies import queries
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import DependencyKind, Strength
from prepare.access import Action
from prepare.actor import EVERYTHING, SYSTEM, acting_as
from prepare.db import db, transaction
from prepare.models.functions import Function


def codes(rows):
    return [row.code for row in db.session.scalars(rows)]


def consumers(rows):
    return [need.consumer.code for need in db.session.scalars(rows)]


def another_need(town, consumer, supplier, code, **more):
    need = Need(
        consumer=town.function(consumer), name=f"Tarve {code}", strength=Strength.ESSENTIAL, tolerance_h=1.0, **more
    )
    town.keep(Dependency(code=code, need=need, supplier=town.function(supplier), kind=DependencyKind.POWER))
    return need


def test_a_contact_reads_the_needs_of_its_own_sector(town, acting):
    with acting("edu.contact") as who:
        assert consumers(queries.needs(who.scope)) == ["F-EDU-01", "F-EDU-03", "F-EDU-03", "F-EDU-06"]
    with acting("wat.contact") as who:
        assert consumers(queries.needs(who.scope)) == ["F-WAT-03"]


def test_an_administrator_reads_no_needs_of_secret_functions(town, acting):
    with acting("admin") as who:
        assert "F-EDU-06" not in consumers(queries.needs(who.scope))


def test_removed_needs_and_those_of_retired_functions_are_left_out(town):
    another_need(town, "F-EDU-05", "F-WAT-01", "D-90")
    another_need(town, "F-EDU-04", "F-WAT-01", "D-91", retired=True)

    assert {"F-EDU-04", "F-EDU-05"}.isdisjoint(consumers(queries.needs(EVERYTHING)))


def test_a_supplier_reads_who_depends_on_it(town, acting):
    another_need(town, "F-EDU-04", "F-WAT-01", "D-92", retired=True)

    with acting("wat.contact") as who:
        water = town.function("F-WAT-01")
        assert codes(queries.dependants_of(who.scope, water)) == ["D-01", "D-02"]
    with acting("edu.contact") as who:
        assert codes(queries.dependants_of(who.scope, water)) == []


def test_suppliers_are_found_by_every_word_and_never_the_secret_ones(town, acting):
    with acting("edu.contact") as who:
        found = codes(queries.suppliers(who.scope, "vesi", consumer="F-EDU-01", limit=20))
        exact = codes(queries.suppliers(who.scope, "f-wat talous", consumer="F-EDU-01", limit=20))
        itself = codes(queries.suppliers(who.scope, "kouluateriat", consumer="F-EDU-01", limit=20))

    assert found == ["F-WAT-03", "F-WAT-01"]  # by name; the tower F-WAT-02 is secret
    assert exact == ["F-WAT-01"]
    assert itself == []


@pytest.mark.parametrize("words", ["%", "_", "\\", "a' OR 1=1"])
def test_signs_of_the_database_are_plain_signs_in_a_search(town, words):
    assert codes(queries.suppliers(EVERYTHING, words, consumer="", limit=20)) == []


def test_what_begins_with_the_words_comes_first(town):
    town.keep(town.a_function("F-EDU-50", name_fi="Aamun F-WAT-01 jakelu"))

    assert codes(queries.suppliers(EVERYTHING, "f-wat-01", consumer="", limit=20)) == ["F-WAT-01", "F-EDU-50"]


def test_a_search_among_ten_thousand_functions_reads_only_its_limit(town, statements):
    owner = town.organisation_of("WAT").id
    many = [
        {
            "code": f"N-{number:05}",
            "organisation_id": owner,
            "name_fi": f"Pumppaamo {number}",
            "sort_name": f"pumppaamo {number}",
            "search_text": f"n-{number:05} pumppaamo {number}",
        }
        for number in range(10_000)
    ]
    with acting_as(SYSTEM), town.doing(Action.SOW), transaction():
        db.session.execute(insert(Function), many)

    with statements() as seen:
        found = codes(queries.suppliers(EVERYTHING, "pumppaamo 77", consumer="", limit=20))

    assert len(found) == 20
    assert len(seen) == 1


def test_interfaces_are_read_by_their_sectors_and_by_the_partner_they_are_shared_with(town, acting):
    read = {}
    for person in ("edu.contact", "wat.contact", "central", "county", "police", "admin"):
        with acting(person) as who:
            read[person] = codes(queries.interfaces(who.scope))

    assert read == {
        "edu.contact": ["I-01"],
        "wat.contact": ["I-02"],
        "central": ["I-01", "I-02"],
        "county": ["I-01"],
        "police": [],
        "admin": ["I-01"],  # I-02 is secret
    }


def test_a_sector_that_takes_part_reads_the_interface_that_another_leads(town, acting):
    with acting_as(SYSTEM), town.doing(Action.SOW), transaction():
        interface = db.session.scalars(queries.interfaces(EVERYTHING)).first()
        interface.sectors = [*interface.sectors, town.organisation_of("WAT")]

    with acting("wat.contact") as who:
        assert codes(queries.interfaces(who.scope)) == ["I-01", "I-02"]


def test_an_interface_carries_the_dependencies_that_the_reader_may_read(town, acting):
    interface = db.session.scalars(queries.interfaces(EVERYTHING)).first()
    with acting("edu.contact") as who:
        assert codes(queries.carried_by(who.scope, interface)) == ["D-04"]
    with acting("wat.contact") as who:
        assert codes(queries.carried_by(who.scope, interface)) == []
