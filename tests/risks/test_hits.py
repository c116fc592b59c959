"""What a scenario's entry must satisfy: every rule told at the row that breaks it."""

from dataclasses import replace
from math import inf, nan

import pytest

from dependencies.outcome import HORIZON_H
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality
from risks import hits
from risks.entries.scenarios import HitEntry, ScenarioEntry
from risks.vocabulary.scenarios import Effect

KNOWN = {"F-1": True, "F-2": True, "F-OLD": False}
STORM = ScenarioEntry(name_fi="Myrsky", duration_h=24.0)
OUT = HitEntry(function="F-1", duration_h=12.0)
WEAK = HitEntry(function="F-1", duration_h=12.0, effect=Effect.DEGRADED, capacity_pct=50.0)


def broken(*rows, entry=STORM):
    """The fields whose rules the scenario with these hits breaks."""
    return [rule.field for rule in hits.problems(replace(entry, hits=rows), KNOWN)]


def test_a_scenario_that_says_everything_breaks_no_rule():
    assert broken(OUT, replace(WEAK, function="F-2")) == []


def test_a_scenario_without_hits_is_a_draft_and_allowed():
    assert broken() == []


def test_nothing_is_hit_later_than_what_is_traced():
    assert hits.LONGEST_H == HORIZON_H


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_fi": "  "}, "name_fi"),
        ({"duration_h": None}, "duration_h"),
        ({"duration_h": 0.0}, "duration_h"),
        ({"duration_h": nan}, "duration_h"),
        ({"duration_h": 8760.5}, "duration_h"),
        ({"severity": None}, "severity"),
        ({"confidentiality": Confidentiality.CONFIDENTIAL}, "secrecy_basis"),
    ],
)
def test_what_the_scenario_lacks_is_told_at_its_field(change, field):
    assert broken(OUT, entry=replace(STORM, **change)) == [field]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"function": "F-NONE"}, "function"),
        ({"function": ""}, "function"),
        ({"function": "F-OLD"}, "function"),
        ({"start_h": None}, "start_h"),
        ({"start_h": -1.0}, "start_h"),
        ({"start_h": nan}, "start_h"),
        ({"start_h": inf}, "start_h"),
        ({"start_h": 8761.0}, "start_h"),
        ({"duration_h": None}, "duration_h"),
        ({"duration_h": 0.0}, "duration_h"),
        ({"duration_h": -3.0}, "duration_h"),
        ({"duration_h": nan}, "duration_h"),
        ({"duration_h": inf}, "duration_h"),
        ({"start_h": 8750.0, "duration_h": 11.0}, "duration_h"),  # ends at 8761 h
        ({"effect": None}, "effect"),
        ({"capacity_pct": 20.0}, "capacity_pct"),  # down has nothing left
        ({"capacity_pct": None}, "capacity_pct"),
        ({"effect": Effect.DEGRADED, "capacity_pct": 100.0}, "capacity_pct"),
        ({"effect": Effect.DEGRADED, "capacity_pct": 0.0}, "capacity_pct"),
        ({"effect": Effect.DEGRADED, "capacity_pct": nan}, "capacity_pct"),
        ({"effect": Effect.DEGRADED, "capacity_pct": 101.0}, "capacity_pct"),
    ],
)
def test_a_rule_that_a_hit_breaks_is_told_at_its_row(change, field):
    assert broken(replace(OUT, function="F-2"), replace(OUT, **change)) == [f"hits-1-{field}"]


def test_a_hit_may_end_exactly_at_the_horizon():
    assert broken(replace(OUT, start_h=8750.0, duration_h=10.0)) == []


def test_one_function_is_not_hit_twice_at_the_same_time():
    assert broken(OUT, replace(OUT, start_h=11.0)) == ["hits-1-start_h"]
    assert broken(WEAK, replace(OUT, start_h=6.0, duration_h=1.0)) == ["hits-1-start_h"]


def test_one_function_may_be_hit_again_once_it_is_back():
    assert broken(OUT, replace(OUT, start_h=12.0)) == []


def test_a_row_without_times_is_not_called_an_overlap_as_well():
    assert broken(OUT, replace(OUT, start_h=None)) == ["hits-1-start_h"]


def test_a_retired_function_is_told_with_what_to_do():
    (rule,) = hits.problems(replace(STORM, hits=(replace(OUT, function="F-OLD"),)), KNOWN)

    with speaking("en"):
        assert rule.text() == "F-OLD has been retired. Remove the hit, and choose the function that took its place."
    with speaking("fi"):
        assert rule.text().startswith("F-OLD on poistettu käytöstä.")


def test_a_scenario_has_a_bounded_number_of_hits():
    rows = [replace(OUT, start_h=float(20 * place)) for place in range(hits.MOST_HITS + 1)]

    assert broken(*rows) == ["hits"]
    assert broken(*rows[:-1]) == []
