"""What reserves and claims must satisfy, what they lack, and which texts name the same thing."""

from dataclasses import replace

import pytest

from dependencies.entries.reserves import ClaimEntry, ReserveEntry
from dependencies.reserving import checks, lifting
from dependencies.reserving.checks import Held
from dependencies.reserving.lifting import Named
from dependencies.reserving.vocabulary import (
    ClaimTrigger,
    ReserveKind,
    ReserveUnit,
    ReserveUse,
    Sufficiency,
)
from dependencies.vocabulary import DependencyKind
from prepare.vocabulary import Confidentiality, ResourceKind

GENERATORS = ReserveEntry(
    name_fi="Koneet", kind=ReserveKind.GENERATOR, use=ReserveUse.REUSABLE, unit=ReserveUnit.KILOWATTS
)
CLAIM = ClaimEntry(
    reserve="RV-01", quantity=5.0, unit=ReserveUnit.KILOWATTS, trigger=ClaimTrigger.LOSS, lost=DependencyKind.POWER
)
HELD = Held("RV-01", ReserveUnit.KILOWATTS, ReserveUse.REUSABLE)


def fields(found):
    """The fields that broken rules name."""
    return [rule.field for rule in found]


def test_a_reserve_says_what_it_is():
    assert checks.problems(GENERATORS) == []
    assert fields(checks.problems(ReserveEntry(name_fi=""))) == ["name_fi", "kind", "use", "unit"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("quantity", -1.0), ("ready_h", -1.0), ("lasts_h", 0.0), ("confidentiality", Confidentiality.CONFIDENTIAL)],
)
def test_numbers_of_a_reserve_make_sense_and_secrecy_has_a_basis(name, value):
    wanted = "secrecy_basis" if name == "confidentiality" else name

    assert fields(checks.problems(replace(GENERATORS, **{name: value}))) == [wanted]


def test_a_reserve_keeps_the_unit_in_which_it_is_counted_on():
    claimed = [(ReserveUnit.PIECES, True)]

    assert fields(checks.problems(GENERATORS, claimed)) == ["unit", "use"]
    assert fields(checks.problems(GENERATORS, [(ReserveUnit.KILOWATTS, False)])) == []
    assert (
        "kpl" in checks.problems(GENERATORS, claimed)[0].text()
        or "pcs" in checks.problems(GENERATORS, claimed)[0].text()
    )


def test_a_reserve_lacks_what_nobody_has_said():
    whole = replace(GENERATORS, quantity=1.0, ready_h=0.0, location="Varikko", contact_role="Päivystäjä")

    assert [gap.field for gap in checks.gaps(GENERATORS)] == [
        "quantity",
        "ready_h",
        "location",
        "contact_role",
        "next_review",
    ]
    assert [gap.field for gap in checks.gaps(whole)] == ["next_review"]


def test_a_claim_speaks_the_language_of_its_reserve():
    assert checks.claim_problems(CLAIM, HELD, []) == []
    assert fields(checks.claim_problems(replace(CLAIM, unit=None), HELD, [])) == ["unit"]
    other = checks.claim_problems(replace(CLAIM, unit=ReserveUnit.PIECES, per_hour=True), HELD, [])
    assert fields(other) == ["unit", "per_hour"]
    assert "RV-01" in other[0].text()
    assert "kW" in other[0].text()


def test_a_claim_says_on_what_and_in_which_loss():
    assert fields(checks.claim_problems(replace(CLAIM, trigger=None), None, [])) == ["reserve", "trigger"]
    assert fields(checks.claim_problems(replace(CLAIM, lost=None), HELD, [])) == ["lost"]
    supplier = replace(CLAIM, trigger=ClaimTrigger.SUPPLIER, supplier="F-1")
    assert fields(checks.claim_problems(supplier, HELD, [])) == ["supplier"]
    assert checks.claim_problems(supplier, HELD, ["F-1"]) == []


def test_numbers_of_a_claim_make_sense():
    wrong = replace(CLAIM, quantity=-1.0, from_h=-1.0, for_h=0.0, priority=0)

    assert fields(checks.claim_problems(wrong, HELD, [])) == ["quantity", "from_h", "for_h", "priority"]


def test_the_same_words_of_several_functions_are_one_candidate():
    named = [
        Named("F-2", ResourceKind.STAFF, "Urakoitsijan asentajat"),
        Named("F-1", ResourceKind.STAFF, "asentajat, urakoitsijan!"),
        Named("F-1", ResourceKind.STAFF, "Urakoitsijan asentajat"),
        Named("F-1", ResourceKind.DATA, "Paperi"),
        Named("F-3", ResourceKind.DATA, "–"),
        Named("F-4", ResourceKind.DATA, "…"),
        Named("F-3", ResourceKind.DATA, "Vuokrakalusto"),
        Named("F-4", ResourceKind.DATA, "vuokrakalusto"),
    ]

    found = lifting.candidates(named)

    assert [(one.words, one.functions, one.kind, one.unit) for one in found] == [
        ("Urakoitsijan asentajat", ("F-1", "F-2"), ReserveKind.PEOPLE, ReserveUnit.PERSONS),
        ("Vuokrakalusto", ("F-3", "F-4"), ReserveKind.OTHER, ReserveUnit.PIECES),
    ]
    assert [one.words for one in lifting.candidates(named, ["VUOKRAKALUSTO", None])] == ["Urakoitsijan asentajat"]


def test_amounts_and_words_are_told():
    assert ReserveUnit.KILOWATTS.amount(200.0) == "200 kW"
    assert ReserveUnit.LITRES.amount(12.5, per_hour=True).endswith("l/h")
    assert ReserveUse.CONSUMABLE.word != ReserveUse.REUSABLE.word
    assert [one.rank for one in Sufficiency] == [0, 1, 2, 3, 4]
