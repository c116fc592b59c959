"""What an entry of a need must satisfy."""

from dataclasses import replace

import pytest

from dependencies.entries.needs import AlternativeEntry, NeedEntry, problems
from dependencies.vocabulary import DependencyKind, Strength


def alternative(code, **more):
    return AlternativeEntry(supplier=code, kind=DependencyKind.POWER, **more)


GOOD = NeedEntry(
    name="Sähkö",
    strength=Strength.ESSENTIAL,
    tolerance_h=4.0,
    alternatives=(alternative("F-ENE-01"), alternative("F-KYM-07")),
)


def broken(entry, **more):
    return {rule.field for rule in problems(entry, "F-KAS-01", **more)}


def test_a_good_entry_breaks_no_rule():
    assert problems(GOOD, "F-KAS-01", others=["Vesi"]) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"strength": None}, "strength"),
        ({"tolerance_h": None}, "tolerance_h"),
        ({"tolerance_h": -1.0}, "tolerance_h"),
        ({"min_required": 0}, "min_required"),
        ({"min_required": None}, "min_required"),
        ({"min_required": 3}, "min_required"),
        ({"min_required": 2, "wished": 1}, "wished"),
        ({"wished": 3}, "wished"),
        ({"alternatives": ()}, "suppliers"),
        ({"alternatives": (alternative("F-KAS-01"),)}, "suppliers"),
        ({"alternatives": (alternative("F-ENE-01"), alternative("F-ENE-01"))}, "suppliers"),
        ({"alternatives": (alternative("F-ENE-01", extra_tolerance_h=-1.0),)}, "extra_tolerance_h"),
    ],
)
def test_a_bad_entry_breaks_the_rule_of_its_field(change, field):
    assert broken(replace(GOOD, **change)) == {field}


def test_two_needs_of_a_function_have_different_names():
    assert broken(GOOD, others=["Sähkö"]) == {"name"}


def test_all_broken_rules_are_told_at_once():
    assert broken(NeedEntry(name="")) == {"name", "strength", "tolerance_h", "suppliers"}
