"""Whoever depends on a supplier knows its name, whatever its class; the supplier does not learn the consumer's."""

from dataclasses import replace

from dependencies import queries
from dependencies.entries.needs import AlternativeEntry, NeedEntry
from dependencies.models.needs import Dependency
from dependencies.register import needs as register
from dependencies.vocabulary import DependencyKind, Strength
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.db import db, transaction
from prepare.vocabulary import Confidentiality

# F-WAT-02 and F-EDU-06 are confidential. D-02: F-EDU-06 needs F-WAT-01; D-05: F-EDU-03 needs F-EDU-06.


def known(town, code):
    ids = set(db.session.scalars(queries.known([town.organisation_of(code).path], [])))
    return {code for code in town.FUNCTIONS if town.function(code).id in ids}


def needs_secret_water(town):
    with acting_as(SYSTEM), town.doing(Action.SOW), transaction():
        town.record(Dependency, "D-01").supplier = town.function("F-WAT-02")


def test_a_consumer_knows_its_suppliers_and_no_others(town):
    assert known(town, "EDU") == {"F-WAT-01", "F-EDU-06", "X-CTY-01"}
    assert known(town, "P-POL") == set()


def test_a_supplier_does_not_learn_of_its_secret_consumer(town):
    assert "F-EDU-06" not in known(town, "WAT")


def test_a_secret_supplier_is_named_to_its_consumer_and_to_nobody_else(town, sign_in):
    assert "F-WAT-02" not in sign_in("edu.contact").get(f"/functions/{town.function('F-EDU-01').ref}").text

    needs_secret_water(town)

    assert "F-WAT-02" in sign_in("edu.contact").get(f"/functions/{town.function('F-EDU-01').ref}").text
    assert known(town, "P-CTY") == set()


def test_a_known_function_is_named_and_still_not_opened(town, sign_in):
    needs_secret_water(town)
    hidden = town.function("F-WAT-02")
    plain = town.actor_of("edu.contact")
    knowing = replace(plain, known_functions=frozenset({hidden.id}))

    assert knowing.scope.names(hidden.id, hidden.owner_path, hidden.confidentiality)
    assert not plain.scope.names(hidden.id, hidden.owner_path, hidden.confidentiality)
    assert [f.code for f in db.session.scalars(queries.named(knowing.scope, ["F-WAT-02"]))] == ["F-WAT-02"]
    assert sign_in("edu.contact").get(f"/functions/{hidden.ref}").status_code == 404


def test_a_new_alternative_of_a_secret_function_is_as_secret(town, acting):
    entry = NeedEntry(
        name="Sähkö",
        strength=Strength.ESSENTIAL,
        tolerance_h=0,
        alternatives=(AlternativeEntry(supplier="F-WAT-01", kind=DependencyKind.POWER),),
    )

    with acting("edu.contact"), transaction():
        need = register.add_need(town.function("F-EDU-06"), entry)

        assert need.alternatives[0].confidentiality is Confidentiality.CONFIDENTIAL
