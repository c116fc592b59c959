"""What bodies, meetings and decisions must satisfy, and what an agenda is proposed to hold."""

from datetime import date

import pytest

from prepare.texts import speaking
from prepare.vocabulary import Confidentiality
from risks import agenda, meetings
from risks.agenda import Facts
from risks.entries.bodies import BodyEntry, DecisionEntry, MeetingEntry, MinutesEntry
from risks.vocabulary.bodies import BodyKind, DecisionState, MeetingState

TODAY = date(2026, 11, 21)
GOOD = {"name_fi": "Johtoryhmä", "cadence_months": 12}


def broken(rules):
    return [rule.field for rule in rules]


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({}, []),
        ({"cadence_months": None, "on_demand": True}, []),
        ({"name_fi": " "}, ["name_fi"]),
        ({"cadence_months": None}, ["cadence_months"]),
        ({"cadence_months": 0}, ["cadence_months"]),
        ({"cadence_months": 121}, ["cadence_months"]),
        ({"appointed_on": date(2026, 11, 22)}, ["appointed_on"]),
        ({"appointed_on": TODAY}, []),
        ({"confidentiality": Confidentiality.CONFIDENTIAL}, ["secrecy_basis"]),
    ],
)
def test_a_body_has_a_name_and_says_how_often_it_meets(values, fields):
    assert broken(meetings.body_problems(BodyEntry(**GOOD | values), on=TODAY)) == fields


def test_a_meeting_has_a_day_by_which_people_plan():
    assert broken(meetings.meeting_problems(MeetingEntry(), on=TODAY)) == ["meets_on"]
    assert broken(meetings.meeting_problems(MeetingEntry(meets_on=date(2037, 1, 1)), on=TODAY)) == ["meets_on"]
    assert meetings.meeting_problems(MeetingEntry(meets_on=date(2036, 12, 31)), on=TODAY) == []


@pytest.mark.parametrize(
    ("state", "meets_on", "minutes", "fields"),
    [
        (MeetingState.HELD, TODAY, "Sovittiin", []),
        (MeetingState.HELD, date(2026, 11, 22), None, ["state"]),
        (MeetingState.MISSED, date(2026, 11, 22), None, ["state"]),
        (MeetingState.CANCELLED, date(2026, 11, 22), None, []),
        (MeetingState.PLANNED, TODAY, None, []),
        (MeetingState.PLANNED, TODAY, "Sovittiin", ["state"]),
    ],
)
def test_what_lies_ahead_was_neither_held_nor_missed(state, meets_on, minutes, fields):
    entry = MinutesEntry(state=state, minutes=minutes)

    assert broken(meetings.minutes_problems(entry, meets_on=meets_on, on=TODAY)) == fields


def test_only_a_held_meeting_decides_and_says_what():
    held, planned = MeetingState.HELD, MeetingState.PLANNED

    assert meetings.decision_problems(DecisionEntry(text="Lisätään valoja"), meeting=held) == []
    assert broken(meetings.decision_problems(DecisionEntry(text=" "), meeting=held)) == ["text"]
    assert broken(meetings.decision_problems(DecisionEntry(text="x"), meeting=planned)) == [None]


def test_an_open_decision_leads_to_a_measure_once():
    assert meetings.measure_problems(DecisionState.OPEN, has_measure=False) == []
    assert len(meetings.measure_problems(DecisionState.OPEN, has_measure=True)) == 1
    assert len(meetings.measure_problems(DecisionState.DONE, has_measure=False)) == 1


def test_an_open_decision_is_overdue_after_its_day():
    day = date(2026, 11, 20)

    assert meetings.is_overdue(DecisionState.OPEN, day, on=TODAY)
    assert not meetings.is_overdue(DecisionState.OPEN, TODAY, on=TODAY)
    assert not meetings.is_overdue(DecisionState.DONE, day, on=TODAY)
    assert not meetings.is_overdue(DecisionState.OPEN, None, on=TODAY)


def test_a_steering_group_hears_the_situation_and_decides_on_priorities_before_what_the_facts_call_for():
    facts = Facts(
        overdue=["M-04 Ohje (31.10.2026)"], critical=["R-01 Sähkö", "R-02 Vesi"], decisions=["DE-02 Signaalit"]
    )

    with speaking("en"):
        found = agenda.proposed(BodyKind.STEERING, facts)

    assert found == [
        "Opening, and the minutes of the last meeting",
        "Situation review: safety and preparedness now",
        "Priorities of the coming year",
        "Hearing of experts",
        "Decision not carried out yet: DE-02 Signaalit",
        "Overdue measure: M-04 Ohje (31.10.2026)",
        "Critical risks that grow (2): R-01 Sähkö, R-02 Vesi",
        "Other matters, and the next meeting",
    ]


def test_a_group_that_reacts_fast_looks_at_the_situation_only():
    facts = Facts(overdue=["M-04"], waiting=["M-05"], critical=["R-01"], phenomena=["Ilmiö"])

    with speaking("en"):
        rapid, police = (agenda.proposed(kind, facts) for kind in (BodyKind.RAPID_RESPONSE, BodyKind.POLICE_LEADERSHIP))

    assert not any("M-04" in point or "Ilmiö" in point for point in rapid)
    assert "Rising phenomenon: Ilmiö" in police
    assert not any("M-04" in point for point in police)


def test_many_things_are_counted_and_not_all_named():
    with speaking("en"):
        found = agenda.proposed(BodyKind.OTHER, Facts(waiting=[f"M-{n:02}" for n in range(8)]))

    assert found[1] == "Measures on hold (8): M-00, M-01, M-02, M-03, M-04, M-05 and 2 more"


def test_every_kind_of_body_has_its_standing_points():
    assert agenda.STANDING.keys() == set(BodyKind)


def test_points_that_the_agenda_holds_are_not_proposed_again():
    assert agenda.missing(["Avaus", "Oma asia"], ["Avaus", "Uusi", "Päätös"]) == ["Uusi", "Päätös"]
