"""What an entry of a function must satisfy, what it still lacks, and how it is kept while it waits."""

from dataclasses import fields, replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepare.criticality import LONGEST_MTPD_H
from prepare.entries import FunctionEntry
from prepare.registration import (
    IMPACTS_GAP,
    MANDATORY,
    VITAL,
    Gap,
    differences,
    gaps,
    of_record,
    problems,
    submission_problems,
)
from prepare.stored import as_json, from_json
from prepare.texts import speaking
from prepare.vocabulary import CapabilityBasis, Confidentiality, Criticality, Organiser, Production, RelationBasis
from tests import town

PLAIN = FunctionEntry(name_fi="Kouluateriat")
K3 = FunctionEntry(name_fi="Kouluateriat", **town.COMPLETE)
K1 = FunctionEntry(name_fi="Talousvesi", **town.VITAL)


def broken(entry):
    """The fields at which the entry breaks a rule."""
    return [problem.field for problem in problems(entry)]


def test_an_entry_with_only_a_name_may_be_saved():
    assert problems(PLAIN) == []


@pytest.mark.parametrize("name", ["", "   ", "\t"])
def test_a_function_has_a_finnish_name(name):
    assert broken(replace(PLAIN, name_fi=name)) == ["name_fi"]


def test_e1_the_objective_may_not_exceed_the_mtpd():
    assert broken(replace(PLAIN, rto_h=25.0, mtpd_h=24.0, criticality=Criticality.K1)) == ["rto_h"]


@pytest.mark.parametrize("criticality", Criticality)
def test_another_class_than_the_suggested_one_needs_a_reason(criticality):
    entry = replace(PLAIN, mtpd_h=30.0, criticality=criticality)  # 30 h suggests K2

    assert broken(entry) == ([] if criticality is Criticality.K2 else ["criticality_reason"])
    assert broken(replace(entry, criticality_reason="Kunnan päätös")) == []


@pytest.mark.parametrize(
    "name", ["rto_h", "rpo_h", "recovery_capability_h", "restart_h", "committed_recovery_h", "min_staff"]
)
def test_e13_hours_and_staff_are_not_negative(name):
    assert broken(replace(PLAIN, **{name: -1})) == [name]
    assert broken(replace(PLAIN, **{name: 0})) == []


@pytest.mark.parametrize(("mtpd_h", "holds"), [(-1.0, False), (0.0, False), (0.1, True)])
def test_e13_an_mtpd_is_longer_than_nothing(mtpd_h, holds):
    assert ("mtpd_h" not in broken(replace(PLAIN, mtpd_h=mtpd_h))) is holds


@pytest.mark.parametrize(("percentage", "holds"), [(-0.1, False), (0.0, True), (100.0, True), (100.1, False)])
def test_e13_a_percentage_lies_from_nought_to_a_hundred(percentage, holds):
    assert broken(replace(PLAIN, mbco_pct=percentage)) == ([] if holds else ["mbco_pct"])


@pytest.mark.parametrize("confidentiality", Confidentiality)
def test_e7_a_secret_function_states_the_basis_of_its_secrecy(confidentiality):
    entry = replace(PLAIN, confidentiality=confidentiality)

    assert broken(entry) == (["secrecy_basis"] if confidentiality is Confidentiality.CONFIDENTIAL else [])
    assert broken(replace(entry, secrecy_basis="JulkL 24.1 § 8 k")) == []


def test_every_rule_that_is_broken_is_told_at_once():
    entry = FunctionEntry(
        name_fi=" ",
        rto_h=30.0,
        mtpd_h=20.0,
        mbco_pct=120.0,
        min_staff=-1,
        criticality=Criticality.K4,
        confidentiality=Confidentiality.CONFIDENTIAL,
    )

    assert set(broken(entry)) == {
        "rto_h",
        "min_staff",
        "mbco_pct",
        "name_fi",
        "criticality_reason",
        "secrecy_basis",
    }


def test_a_complete_entry_lacks_nothing():
    assert gaps(K3, assessed=False) == []
    assert gaps(K1, assessed=True) == []


def test_e11_an_empty_entry_lacks_what_every_function_has():
    missing = {gap.field for gap in gaps(PLAIN, assessed=False)}

    assert missing == {name for name, classes, _what, _why in MANDATORY if classes is None}


@pytest.mark.parametrize("name", [name for name, _classes, _what, _why in MANDATORY])
def test_e11_a_vital_function_lacks_each_field_that_is_not_given(name):
    entry = replace(K1, **{name: None})

    lacking = [gap.field for gap in gaps(entry, assessed=True)]

    assert name in lacking
    assert len(lacking) == 1 or name == "criticality"


@pytest.mark.parametrize("criticality", Criticality)
def test_e11_impacts_are_asked_of_vital_and_critical_functions(criticality):
    entry = replace(K1, criticality=criticality)

    assert (IMPACTS_GAP in gaps(entry, assessed=False)) is (criticality in VITAL)
    assert IMPACTS_GAP not in gaps(entry, assessed=True)


def test_no_is_an_answer_and_not_a_gap():
    entry = replace(K1, vulnerable_groups=False, min_staff=0, recovery_capability_h=0.0)

    assert gaps(entry, assessed=True) == []


def test_a_submission_tells_broken_rules_missing_fields_and_what_others_miss():
    entry = replace(K1, rto_h=13.0, owner_role=None)
    needs = Gap(None, "Needs", "Without them nobody sees what brings it down.")

    with speaking("en"):
        told = submission_problems(entry, town.GRID, [needs])

        assert [problem.field for problem in told] == ["rto_h", "owner_role", None]
        assert told[1].text() == "Missing: Owner (role). In a disruption somebody must decide."
        assert "Needs" in told[2].text()


def test_a_submission_holds_the_mtpd_against_the_impacts():
    told = submission_problems(replace(K1, mtpd_h=24.5, criticality=Criticality.K2), town.GRID, [])

    assert [problem.field for problem in told] == ["LIFE-T3"]


def test_the_sentence_of_a_gap_says_what_and_why_in_every_language():
    for language in ("fi", "sv", "en"):
        with speaking(language):
            for gap in gaps(PLAIN, assessed=False):
                assert gap.what
                assert gap.why.endswith((".", "?"))


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40)
hours = st.floats(0, 10_000, allow_nan=False)
entries = st.builds(
    FunctionEntry,
    name_fi=words,
    name_sv=st.none() | words,
    description_fi=st.none() | words,
    organiser=st.none() | st.sampled_from(Organiser),
    production=st.none() | st.sampled_from(Production),
    vulnerable_groups=st.none() | st.booleans(),
    criticality=st.none() | st.sampled_from(Criticality),
    rto_h=st.none() | hours,
    mtpd_h=st.none() | hours,
    capability_basis=st.none() | st.sampled_from(CapabilityBasis),
    capability_on=st.none() | st.dates(),
    min_staff=st.none() | st.integers(0, 10_000),
    no_dependencies=st.booleans(),
    commitment_basis=st.none() | st.sampled_from(RelationBasis),
    confidentiality=st.sampled_from(Confidentiality),
)


@given(entries)
def test_an_entry_comes_back_from_a_revision_as_it_went_in(entry):
    assert from_json(FunctionEntry, as_json(entry)) == entry


def test_a_revision_of_an_older_release_keeps_the_defaults_of_new_fields():
    assert from_json(FunctionEntry, {"name_fi": "Vanha", "abandoned": 3}) == FunctionEntry(name_fi="Vanha")


def test_the_entry_of_a_record_holds_what_the_record_holds():
    record = SimpleNamespace(**{field.name: getattr(K1, field.name) for field in fields(FunctionEntry)})

    assert of_record(record) == K1


def test_differences_name_the_fields_that_changed_in_the_order_of_the_form():
    after = replace(K1, name_sv="Hushållsvatten", rto_h=5.0, capability_on=date(2026, 1, 31))

    changed = differences(K1, after)

    assert changed == [
        ("name_sv", None, "Hushållsvatten"),
        ("rto_h", 6.0, 5.0),
        ("capability_on", None, date(2026, 1, 31)),
    ]
    assert differences(K1, K1) == []


def test_the_longest_mtpd_of_a_class_suggests_that_class():
    for criticality, longest in LONGEST_MTPD_H.items():
        entry = replace(PLAIN, criticality=criticality, mtpd_h=float(longest))
        assert problems(entry) == []
