"""What a risk's entry must satisfy, and what it lacks."""

from dataclasses import replace
from datetime import date

import pytest

from prepare.vocabulary import Confidentiality, Role
from risks import treatment
from risks.entries.risks import RiskEntry
from risks.matrix import Level
from risks.vocabulary.risks import RiskState, Treatment, Trend

TODAY = date(2026, 5, 4)
FLOOD = RiskEntry(title_fi="Pumppaamo tulvii", likelihood=3, impact=3, state=RiskState.ASSESSED)
ACCEPTED = replace(
    FLOOD,
    state=RiskState.ACCEPTED,
    treatment=Treatment.ACCEPT,
    accepted_by="Toimialajohtaja",
    accepted_on=date(2026, 5, 4),
    accepted_reason="Korjaus maksaa enemmän kuin vahinko",
    accepted_until=date(2027, 5, 4),
)


def fields(entry):
    return {problem.field for problem in treatment.problems(entry, on=TODAY)}


def test_a_title_is_enough_to_begin_with():
    assert fields(RiskEntry(title_fi="Pumppaamo tulvii")) == set()


def test_a_blank_title_is_refused():
    assert fields(replace(FLOOD, title_fi="  ")) == {"title_fi"}


@pytest.mark.parametrize("field", ["likelihood", "impact", "residual_likelihood", "residual_impact"])
@pytest.mark.parametrize("step", [0, 6])
def test_every_step_lies_from_1_to_5(field, step):
    assert field in fields(replace(FLOOD, **{"residual_likelihood": 1, "residual_impact": 1, field: step}))


def test_likelihood_and_impact_are_given_together():
    assert fields(replace(FLOOD, impact=None)) == {"impact"}
    assert fields(replace(FLOOD, residual_impact=2)) == {"residual_likelihood"}


def test_treatment_cannot_make_a_risk_worse():
    assert fields(replace(FLOOD, residual_likelihood=3, residual_impact=3)) == set()  # 9 and 9
    assert fields(replace(FLOOD, residual_likelihood=2, residual_impact=5)) == {"residual_likelihood"}  # 10 > 9


def test_only_an_assessed_risk_leaves_the_state_identified():
    assert fields(replace(FLOOD, likelihood=None, impact=None)) == {"state"}


def test_a_risk_under_treatment_says_which():
    assert fields(replace(FLOOD, state=RiskState.TREATING)) == {"treatment"}
    assert fields(replace(FLOOD, state=RiskState.TREATING, treatment=Treatment.SHARE)) == set()


def test_a_confidential_risk_needs_its_legal_basis():
    secret = replace(FLOOD, confidentiality=Confidentiality.CONFIDENTIAL)

    assert fields(secret) == {"secrecy_basis"}
    assert fields(replace(secret, secrecy_basis="JulkL 24 § 1 mom. 8 k.")) == set()


def test_an_acceptance_says_who_when_why_and_until_when():
    assert fields(ACCEPTED) == set()
    for name in treatment.ACCEPTANCE:
        assert fields(replace(ACCEPTED, **{name: None})) == {name}


def test_an_acceptance_begins_by_today_and_ends_after_it_began():
    assert fields(replace(ACCEPTED, accepted_on=date(2026, 5, 5))) == {"accepted_on"}
    assert fields(replace(ACCEPTED, accepted_until=date(2026, 5, 3))) == {"accepted_until"}
    assert fields(replace(ACCEPTED, accepted_until=date(2026, 5, 4))) == set()


def test_a_critical_risk_is_for_the_leadership_to_accept():
    assert treatment.accepted_by(Level.SIGNIFICANT) is Role.SECTOR_DIRECTOR
    assert treatment.accepted_by(Level.CRITICAL) is Role.LEADERSHIP


@pytest.mark.parametrize(
    ("state", "until", "lapsed"),
    [
        (RiskState.ACCEPTED, date(2026, 5, 4), False),
        (RiskState.ACCEPTED, date(2026, 5, 3), True),
        (RiskState.ACCEPTED, None, True),
        (RiskState.TREATING, None, False),
    ],
)
def test_an_acceptance_lapses_the_day_after_its_last(state, until, lapsed):
    assert treatment.has_lapsed(state, until, on=TODAY) is lapsed


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
