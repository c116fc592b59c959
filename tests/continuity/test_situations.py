"""What a situation must satisfy, how it goes from open to learned, and where it stands on a scenario's course."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from continuity import foresight
from continuity import situations as rules
from continuity.entries.situations import (
    AgreementEntry,
    ClosingEntry,
    LogEntry,
    ObservationEntry,
    PresentationEntry,
    SituationEntry,
)
from continuity.vocabulary.situations import ObservationKind, Recipient, SituationState
from dependencies.outcome import Outcome
from dependencies.vocabulary import State, Verdict
from prepare.errors import RuleBroken
from prepare.vocabulary import Confidentiality

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(minutes=1), NOW - timedelta(hours=5)
OPEN, CLOSED = SituationState.OPEN, SituationState.CLOSED


def fields(broken):
    return [rule.field for rule in broken]


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({}, []),
        ({"title": " "}, ["title"]),
        ({"began_at": None}, ["began_at"]),
        ({"began_at": LATER}, ["began_at"]),
        ({"confidentiality": Confidentiality.CONFIDENTIAL}, ["secrecy_basis"]),
    ],
)
def test_a_situation_has_a_title_and_began_by_now(values, broken):
    entry = SituationEntry(**{"title": "Vesikatko", "began_at": EARLIER} | values)

    assert fields(rules.problems(entry, now=NOW)) == broken


def test_an_entry_of_the_picture_says_something_of_now_or_before_while_the_situation_lasts():
    assert rules.log_problems(LogEntry(text="Putki rikki", at=EARLIER), OPEN, now=NOW) == []
    assert fields(rules.log_problems(LogEntry(text=" ", at=LATER), OPEN, now=NOW)) == ["text", "at"]
    assert fields(rules.log_problems(LogEntry(text="x"), CLOSED, now=NOW)) == [None]


def test_what_is_agreed_on_says_what_is_done():
    assert rules.agreement_problems(AgreementEntry(text="Vesiautot"), OPEN) == []
    assert fields(rules.agreement_problems(AgreementEntry(text=""), CLOSED)) == [None, "text"]


def test_a_situation_is_presented_to_somebody_by_now():
    told = PresentationEntry(presented_to=(Recipient.MAYOR,), presented_at=EARLIER)

    assert rules.presentation_problems(told, OPEN, now=NOW) == []
    nobody = PresentationEntry(presented_at=LATER)
    assert fields(rules.presentation_problems(nobody, OPEN, now=NOW)) == ["presented_to", "presented_at"]


@pytest.mark.parametrize(
    ("closed_at", "broken"),
    [(None, []), (NOW, []), (LATER, ["closed_at"]), (EARLIER - timedelta(minutes=1), ["closed_at"])],
)
def test_a_situation_ends_after_it_began_and_not_ahead_of_us(closed_at, broken):
    found = rules.closing_problems(ClosingEntry(closed_at=closed_at), OPEN, began_at=EARLIER, now=NOW)

    assert fields(found) == broken


def test_an_observation_says_something_and_is_not_mended_and_left_at_once():
    assert rules.observation_problems(ObservationEntry(text="Yhteystiedot vanhat")) == []
    both = ObservationEntry(text="", measure="M-01", no_action_reason="Ei tarvita")
    assert fields(rules.observation_problems(both)) == ["text", "no_action_reason"]


def test_a_gap_is_settled_by_a_measure_or_a_reason_and_a_strength_by_itself():
    assert rules.is_settled(ObservationEntry(text="x", kind=ObservationKind.STRENGTH))
    assert rules.is_settled(ObservationEntry(text="x", measure="M-01"))
    assert rules.is_settled(ObservationEntry(text="x", no_action_reason="Korjattu"))
    assert not rules.is_settled(ObservationEntry(text="x"))


def test_the_button_leads_from_open_to_shared_and_from_closed_to_learned():
    settled = ObservationEntry(text="x", kind=ObservationKind.STRENGTH)

    assert rules.advance(OPEN, []) is SituationState.PICTURE_SHARED
    assert rules.advance(CLOSED, [settled]) is SituationState.LEARNED


@pytest.mark.parametrize(
    ("state", "observations"),
    [
        (SituationState.PRESENTED, []),
        (SituationState.LEARNED, []),
        (CLOSED, []),  # nothing was learnt
        (CLOSED, [ObservationEntry(text="Puute")]),
    ],
)
def test_no_step_leads_on_while_something_is_left(state, observations):
    with pytest.raises(RuleBroken):
        rules.advance(state, observations)


def test_a_step_never_leads_back():
    assert rules.reached(SituationState.PRESENTED, SituationState.MEASURES_AGREED) is SituationState.PRESENTED
    assert rules.reached(OPEN, SituationState.MEASURES_AGREED) is SituationState.MEASURES_AGREED


def outcome(code, *intervals, degraded=()):
    """A function that is down in these hours, or only degraded."""
    function = SimpleNamespace(code=code, mtpd_min=None, criticality=None)
    minutes = tuple((start * 60, end * 60) for start, end in intervals or degraded)
    state = State.DOWN if intervals else State.DEGRADED
    told = minutes if not intervals else ()
    return SimpleNamespace(
        outcome=Outcome(function, state, minutes, None, None, Verdict.OK, None, (), told)  # type: ignore[arg-type]
    )


def test_what_is_down_at_an_hour_and_what_fails_next_are_told_apart():
    grid, pumps, ward = outcome("F-GRID", (0, 10)), outcome("F-PUMPS", (4, 12)), outcome("F-WARD", (4, 6))
    twice, dim = outcome("F-TWICE", (0, 1), (8, 9)), outcome("F-DIM", degraded=((0, 9),))

    found = foresight.standing([ward, grid, pumps, twice, dim], 2 * 60)

    assert found.down == (grid,)
    assert found.coming == ((pumps, 240), (ward, 240), (twice, 480))
    assert foresight.standing([grid, pumps, ward], 5 * 60).coming == ()


def test_hours_count_from_the_beginning_of_the_situation():
    assert foresight.minute_of(EARLIER, NOW) == 300
    assert foresight.minute_of(LATER, NOW) == 0
    assert foresight.moment_of(EARLIER, 300) == NOW
