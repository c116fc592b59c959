"""A risk's life: what follows on what, who accepts it, when it is looked at again."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from prepare.vocabulary import Role
from risks import lifecycle
from risks.entries.reasons import ReasonEntry
from risks.entries.risks import ReviewEntry, RiskAcceptanceEntry
from risks.matrix import Level
from risks.reasons import reason_problems
from risks.vocabulary.risks import RiskState, Treatment

TODAY = date(2026, 5, 4)


@dataclass(frozen=True)
class Weighed:
    state: RiskState = RiskState.ASSESSED
    level: Level | None = Level.MODERATE
    treatment: Treatment | None = Treatment.REDUCE
    accepted_until: date | None = None
    assessed_on: date | None = TODAY
    reviewed_on: date | None = TODAY


RISK = Weighed()
DECISION = RiskAcceptanceEntry(
    accepted_by="Toimialajohtaja", accepted_reason="Korjaus maksaa enemmän", accepted_until=date(2027, 5, 4)
)


def fields(problems):
    return [problem.field for problem in problems]


@pytest.mark.parametrize(
    ("state", "following"),
    [
        (RiskState.IDENTIFIED, ()),
        (RiskState.ASSESSED, (RiskState.TREATING,)),
        (RiskState.TREATING, (RiskState.MONITORED, RiskState.ASSESSED)),
        (RiskState.MONITORED, (RiskState.TREATING,)),
        (RiskState.ACCEPTED, ()),
        (RiskState.CLOSED, ()),
    ],
)
def test_a_risk_moves_along_in_the_order_of_its_life(state, following):
    assert lifecycle.next_steps(replace(RISK, state=state)) == following


@pytest.mark.parametrize("treatment", [None, Treatment.ACCEPT])
def test_treatment_begins_only_when_it_is_said_which(treatment):
    risk = replace(RISK, treatment=treatment)

    assert lifecycle.next_steps(risk) == ()
    assert "avoid" in lifecycle.along_problems(risk, RiskState.TREATING)[0].message


def test_a_risk_that_has_moved_on_meanwhile_is_not_moved_twice():
    assert "meanwhile" in lifecycle.along_problems(RISK, RiskState.MONITORED)[0].message


@pytest.mark.parametrize(
    ("risk", "waits"),
    [
        (replace(RISK, treatment=Treatment.ACCEPT), True),
        (RISK, False),
        (replace(RISK, treatment=Treatment.ACCEPT, state=RiskState.CLOSED), False),
        (replace(RISK, treatment=Treatment.ACCEPT, level=None), False),
        (replace(RISK, state=RiskState.ACCEPTED, accepted_until=date(2026, 5, 3)), True),
        (replace(RISK, state=RiskState.ACCEPTED, accepted_until=TODAY), False),
    ],
)
def test_a_proposal_and_a_lapsed_acceptance_wait_for_a_decision(risk, waits):
    assert lifecycle.waits_for_acceptance(risk, on=TODAY) is waits


def test_an_acceptance_says_who_why_and_until_when():
    assert lifecycle.acceptance_problems(RISK, DECISION, on=TODAY) == []
    assert fields(lifecycle.acceptance_problems(RISK, RiskAcceptanceEntry(), on=TODAY)) == [
        "accepted_by",
        "accepted_reason",
        "accepted_until",
    ]


@pytest.mark.parametrize(
    ("until", "refused"),
    [
        (date(2026, 5, 3), True),  # past
        (TODAY, False),
        (date(2029, 5, 4), False),  # three years to the day
        (date(2029, 5, 5), True),
    ],
)
def test_an_acceptance_lies_ahead_and_at_most_three_years(until, refused):
    entry = replace(DECISION, accepted_until=until)

    assert fields(lifecycle.acceptance_problems(RISK, entry, on=TODAY)) == ["accepted_until"] * refused


@pytest.mark.parametrize(
    "risk",
    [replace(RISK, level=None, state=RiskState.IDENTIFIED), replace(RISK, state=RiskState.CLOSED)],
)
def test_only_an_assessed_open_risk_is_accepted_or_reviewed(risk):
    assert fields(lifecycle.acceptance_problems(risk, DECISION, on=TODAY)) == [None]
    assert fields(lifecycle.review_problems(risk, ReviewEntry(next_review=date(2027, 1, 1)), on=TODAY)) == [None]


def test_a_critical_risk_is_for_the_leadership_alone_to_accept():
    assert lifecycle.acceptors(Level.SIGNIFICANT) == (Role.SECTOR_DIRECTOR, Role.LEADERSHIP)
    assert lifecycle.acceptors(Level.CRITICAL) == (Role.LEADERSHIP,)


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
    assert lifecycle.has_lapsed(replace(RISK, state=state, accepted_until=until), on=TODAY) is lapsed


def test_a_review_names_the_day_of_the_next_one_which_lies_ahead():
    def problems(day):
        return lifecycle.review_problems(RISK, ReviewEntry(next_review=day), on=TODAY)

    assert problems(date(2026, 5, 5)) == []
    assert fields(problems(None)) == ["next_review"]
    assert fields(problems(TODAY)) == ["next_review"]


@pytest.mark.parametrize(
    ("level", "day"),
    [
        (Level.CRITICAL, date(2026, 8, 4)),
        (Level.SIGNIFICANT, date(2026, 11, 4)),
        (Level.MODERATE, date(2027, 5, 4)),
        (Level.LOW, date(2028, 5, 4)),
        (None, None),
    ],
)
def test_the_graver_a_risk_the_sooner_it_is_looked_at_again(level, day):
    assert lifecycle.proposed_review(level, on=TODAY) == day


@pytest.mark.parametrize(("reason", "broken"), [("Väistynyt", []), ("", ["state_reason"]), ("  ", ["state_reason"])])
def test_a_step_that_others_will_ask_about_has_a_reason(reason, broken):
    assert fields(reason_problems(ReasonEntry(state_reason=reason))) == broken
