"""What a risk's entry must satisfy, and what it lacks."""

from dataclasses import replace
from datetime import date

import pytest

from prepare.vocabulary import Confidentiality
from risks import treatment
from risks.entries.risks import RiskEntry
from risks.matrix import DEFAULT
from risks.vocabulary.risks import Treatment, Trend

FLOOD = RiskEntry(title_fi="Pumppaamo tulvii", likelihood=3, impact=3)


def fields(entry, scale=DEFAULT):
    return {problem.field for problem in treatment.problems(entry, scale)}


def test_a_title_is_enough_to_begin_with():
    assert fields(RiskEntry(title_fi="Pumppaamo tulvii")) == set()


def test_a_blank_title_is_refused():
    assert fields(replace(FLOOD, title_fi="  ")) == {"title_fi"}


@pytest.mark.parametrize("field", [name for place in treatment.PLACES for name in place])
@pytest.mark.parametrize("step", [0, 6])
def test_every_step_lies_from_1_to_5(field, step):
    assert field in fields(replace(FLOOD, **{name: 1 for place in treatment.PLACES for name in place} | {field: step}))


def test_likelihood_and_impact_are_given_together():
    assert fields(replace(FLOOD, impact=None)) == {"impact"}
    assert fields(replace(FLOOD, residual_impact=2)) == {"residual_likelihood"}


def test_treatment_cannot_make_a_risk_worse():
    assert fields(replace(FLOOD, residual_likelihood=3, residual_impact=3)) == set()  # 9 and 9
    assert fields(replace(FLOOD, residual_likelihood=2, residual_impact=5)) == {"residual_likelihood"}  # 10 > 9


def test_controls_and_target_lie_on_their_side_of_the_risk():
    assert fields(replace(FLOOD, inherent_likelihood=3, inherent_impact=3)) == set()
    assert fields(replace(FLOOD, inherent_likelihood=2, inherent_impact=4)) == {"inherent_likelihood"}  # 8 < 9
    assert fields(replace(FLOOD, target_likelihood=3, target_impact=3)) == set()
    assert fields(replace(FLOOD, target_likelihood=5, target_impact=2)) == {"target_likelihood"}  # 10 > 9
    assert fields(replace(FLOOD, target_impact=2)) == {"target_likelihood"}


def test_steps_lie_on_the_scale_in_force_whatever_its_shape():
    small = replace(DEFAULT, likelihoods=DEFAULT.likelihoods[:3], impacts=DEFAULT.impacts[:2])

    assert fields(FLOOD, small) == {"impact"}


def test_a_confidential_risk_needs_its_legal_basis():
    secret = replace(FLOOD, confidentiality=Confidentiality.CONFIDENTIAL)

    assert fields(secret) == {"secrecy_basis"}
    assert fields(replace(secret, secrecy_basis="JulkL 24 § 1 mom. 8 k.")) == set()


def test_the_gaps_of_a_bare_risk_stand_in_the_order_of_the_form():
    names = [gap.field for gap in treatment.gaps(RiskEntry(title_fi="Pumppaamo tulvii"))]

    assert names == [
        "cause",
        "event",
        "consequence",
        "threat",
        "functions",
        "likelihood",
        "impact",
        "trend",
        "treatment",
        "owner_role",
        "next_review",
    ]


def test_a_treated_risk_lacks_nothing_but_its_residual_risk():
    whole = replace(
        FLOOD,
        cause="Sähkökatko",
        event="Pumput pysähtyvät",
        consequence="Jätevesi tulvii",
        threat="T13",
        functions=("F-VES-05",),
        trend=Trend.SAME,
        treatment=Treatment.REDUCE,
        owner_role="Käyttöpäällikkö",
        next_review=date(2027, 1, 1),
    )

    assert [gap.field for gap in treatment.gaps(whole)] == ["residual_likelihood"]
    assert treatment.gaps(replace(whole, residual_likelihood=1, residual_impact=3)) == []
