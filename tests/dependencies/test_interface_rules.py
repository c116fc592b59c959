"""Interfaces: what must be true of them, whether they hold when needed, and where they stand in their life."""

from datetime import date

import pytest

from dependencies import interface_lifecycle as life
from dependencies.completeness import (
    Asked,
    Held,
    both_reached,
    described,
    is_bound,
    next_review,
    reached,
    settled,
    verdict,
)
from dependencies.entries.interfaces import ContactEntry, FlowEntry, InterfaceEntry, TaskEntry
from dependencies.interface_vocabulary import Direction, Part, Step
from dependencies.interfacing import part_problems, problems
from dependencies.vocabulary import InterfaceState
from prepare.vocabulary import Confidentiality, Criticality

ON = date(2026, 11, 21)
K1, K4 = Criticality.K1, Criticality.K4
WHOLE = Held(
    criticality=K1,
    owners=True,
    contacts=True,
    alerting_documented=True,
    alerting_tested_on=date(2026, 1, 1),
    duties=True,
    flows=True,
    agreement=True,
    exercised_on=date(2025, 1, 1),
    next_review=ON,
)


def changed(**more):
    return Held(**{**vars(WHOLE), **more})


def fields(found):
    return [one.field for one in found]


def test_an_interface_that_has_everything_passes_all_checks():
    found = verdict(WHOLE, ON)

    assert (found.passed, found.total, found.unknown, found.lacking) == (8, 8, 0, ())
    assert all(check.matters for check in Asked)


@pytest.mark.parametrize(
    ("more", "lacking", "unknown"),
    [
        ({"owners": False}, Asked.OWNERS, 0),
        ({"contacts": None}, Asked.CONTACTS, 1),
        ({"contacts": False}, Asked.CONTACTS, 0),
        ({"alerting_documented": None}, Asked.ALERTING, 1),
        ({"alerting_tested_on": None}, Asked.ALERTING, 0),
        ({"alerting_tested_on": date(2025, 11, 20)}, Asked.ALERTING, 0),
        ({"duties": None}, Asked.DUTIES, 1),
        ({"flows": False}, Asked.FLOWS, 0),
        ({"agreement": None}, Asked.AGREEMENT, 1),
        ({"exercised_on": date(2024, 11, 20)}, Asked.EXERCISE, 0),
        ({"criticality": None, "exercised_on": None}, Asked.EXERCISE, 0),
        ({"next_review": date(2026, 11, 20)}, Asked.REVIEW, 0),
        ({"next_review": None}, Asked.REVIEW, 0),
    ],
)
def test_what_is_lacking_is_named_and_unknown_is_told_apart(more, lacking, unknown):
    found = verdict(changed(**more), ON)

    assert (found.lacking, found.passed, found.unknown) == ((lacking,), 7, unknown)


def test_the_lowest_class_needs_no_joint_exercise():
    assert verdict(changed(criticality=K4, exercised_on=None), ON).passed == 8


def test_a_side_is_reached_when_one_contact_has_a_way():
    assert [reached(ways) for ways in ([], [False], [False, True])] == [False, None, True]
    assert [both_reached(*pair) for pair in ((True, True), (True, None), (None, False))] == [True, None, False]


def test_an_agreement_that_is_only_referred_to_is_not_known_to_bind():
    told = [is_bound(binds=b, is_referred_to=r) for b, r in ((True, True), (False, True), (False, False))]

    assert told == [True, None, False]


def test_a_task_is_settled_when_somebody_does_it_under_all_conditions():
    done = {f"city_{when}": Part.BOTH for when in ("normal", "disruption", "emergency")}
    nobody = {f"{side}_normal": Part.INFORMED for side in ("city", "party")}

    assert settled([TaskEntry(task="x", **done)]) is True
    assert settled([TaskEntry(task="x")]) is None
    assert settled([TaskEntry(task="x", **{**done, **nobody})]) is False
    assert settled([]) is False


def test_a_flow_is_described_by_its_direction_and_channel():
    assert [described(some) for some in ([], [(Direction.BOTH, None)], [(Direction.BOTH, "x")])] == [False, None, True]


def test_the_next_review_goes_by_the_class_and_the_letter_by_the_part():
    assert next_review(K4, ON) == date(2029, 11, 21)
    assert next_review(None, ON) == date(2027, 11, 21)
    assert [part.letter for part in Part] == ["R", "A", "A/R", "C", "I", "–"]
    assert Part.BOTH.option.startswith("A/R ")


@pytest.mark.parametrize(
    ("state", "criticality", "exercised_on", "stands"),
    [
        (InterfaceState.DRAFT, K1, ON, InterfaceState.DRAFT),
        (InterfaceState.AGREED, K1, ON, InterfaceState.EXERCISED),
        (InterfaceState.EXERCISED, K1, date(2024, 11, 20), InterfaceState.AGREED),
        (InterfaceState.EXERCISED, K4, None, InterfaceState.AGREED),
    ],
)
def test_that_it_was_exercised_lapses_with_the_interval_of_its_class(state, criticality, exercised_on, stands):
    assert life.standing(state, criticality, exercised_on, ON) is stands


def test_steps_are_taken_from_the_states_that_allow_them():
    assert life.steps(InterfaceState.IDENTIFIED) == (Step.DRAFT, Step.DISSOLVE)
    assert life.steps(InterfaceState.DISSOLVED) == (Step.REOPEN,)
    assert life.step_problems(Step.DRAFT, InterfaceState.IDENTIFIED) == []
    assert len(life.step_problems(Step.DRAFT, InterfaceState.AGREED)) == 1


def test_agreeing_says_what_is_lacking():
    assert life.lacks(WHOLE, has_description=True) == []
    assert len(life.lacks(Held(criticality=K1), has_description=False)) == 4
    assert len(life.lacks(Held(criticality=K4, owners=True), has_description=True)) == 0

    ahead = date(2027, 11, 21)
    assert life.agreeing_problems(InterfaceState.DRAFT, [], next_review=ahead, on=ON) == []
    assert len(life.agreeing_problems(InterfaceState.DRAFT, ["x"], next_review=None, on=ON)) == 2


def test_the_next_review_lies_ahead_but_not_too_far():
    for day in (None, ON, date(2032, 1, 1)):
        assert fields(life.review_problems(day, ON)) == ["next_review"]
    assert life.review_problems(date(2027, 1, 1), ON) == []


def test_an_interface_is_dissolved_once_and_for_a_reason():
    assert life.dissolving_problems(InterfaceState.AGREED, "Loppui.") == []
    assert len(life.dissolving_problems(InterfaceState.DISSOLVED, " ")) == 2


def test_an_interface_has_a_name_a_partner_sectors_and_a_class():
    assert fields(problems(InterfaceEntry(name_fi=""), on=ON)) == ["name_fi", "party", "sectors", "criticality"]


def test_an_interface_says_nothing_that_contradicts_itself():
    entry = InterfaceEntry(
        name_fi="x",
        party="P",
        sectors=("A",),
        criticality=K1,
        alerting_documented=True,
        alerting_tested_on=date(2027, 1, 1),
        transferred_on=ON,
        confidentiality=Confidentiality.CONFIDENTIAL,
    )

    found = fields(problems(entry, on=ON))

    assert found == ["alerting_tested_on", "alerting_practice", "transferred_on", "secrecy_basis"]
    assert problems(InterfaceEntry(name_fi="x", party="P", sectors=("A",), criticality=K1), on=ON) == []


def test_a_duty_contact_can_be_reached():
    wrong = ContactEntry(role_title="", phone="soita", email="osoite", tested_on=date(2027, 1, 1))

    assert fields(part_problems(wrong, on=ON)) == ["role_title", "phone", "email", "tested_on"]
    assert fields(part_problems(ContactEntry(role_title="Päivystäjä"), on=ON)) == ["phone"]
    assert part_problems(ContactEntry(role_title="Päivystäjä", phone="+358 50 000 0101"), on=ON) == []


def test_one_side_answers_for_a_task():
    both = TaskEntry(task="x", city_normal=Part.ACCOUNTABLE, party_normal=Part.BOTH)

    assert fields(part_problems(both, on=ON)) == ["party_normal"]
    assert fields(part_problems(TaskEntry(task=" "), on=ON)) == ["task"]


def test_a_flow_says_what_is_told_and_who_tells():
    assert fields(part_problems(FlowEntry(what=""), on=ON)) == ["what", "direction"]
    assert part_problems(FlowEntry(what="x", direction=Direction.BOTH), on=ON) == []
