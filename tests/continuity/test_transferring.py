"""What a transfer of responsibility must satisfy, what it moves and what would be lost: rules without a database."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from continuity import transferring as rules
from continuity.entries.transfers import ItemEntry, ItemMeasureEntry, ItemStateEntry, TransferEntry
from continuity.left_behind import ADVICE, KINDS, Reason, losses
from continuity.moving import (
    Facts,
    Fate,
    Line,
    Mover,
    Piece,
    Shared,
    Side,
    counted,
    crossing,
    fate,
    inner,
    names_of,
    organiser_after,
    sort,
)
from continuity.vocabulary.transfers import Moving, TransferStage, TransferState
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality, OrganisationKind, Organiser

DAY, TODAY = date(2027, 6, 1), date(2027, 3, 1)
COUNTY = Side(id=9, is_own=False)
SECTOR = Side(id=8, is_own=True, has_holders=True, has_director=True)
MEALS, CARE, KITCHEN = 1, 2, 3
NAMES = {"fi": "Ateriat", "sv": "Måltider", "en": "Meals"}


def fields(broken):
    """Which field each broken rule names."""
    return [rule.field for rule in broken]


def piece(kind, *functions, **more):
    return Piece(kind=kind, id=1, code="X-01", ref=uuid4(), names=NAMES, functions=frozenset(functions), **more)


def line(consumer, supplier, **more):
    known = {"id": 1, "interface_id": None, "is_confirmed": False, "is_commodity": False}
    named = {"other_code": "F-K", "other_names": NAMES}
    return Line(consumer_id=consumer, supplier_id=supplier, **known | named | more)


def facts(*, receiver=COUNTY, chosen=(MEALS, CARE), **more):
    return Facts(receiver=receiver, chosen=frozenset(chosen), **more)


def mover(**more):
    return Mover(id=MEALS, code="F-M", ref=uuid4(), names=NAMES, owner_id=4, **more)


def reasons(found):
    return [loss.reason for loss in losses(found)]


# The transfer's life


def test_a_transfer_has_a_name_and_a_secret_one_its_basis():
    assert rules.problems(TransferEntry(name_fi="Siirto")) == []
    secret = TransferEntry(name_fi=" ", confidentiality=Confidentiality.CONFIDENTIAL)
    assert fields(rules.problems(secret)) == ["name_fi", "secrecy_basis"]


def test_responsibility_moves_to_another_organisation_that_is_in_use():
    assert rules.side_problems("/1/2/", "/1/3/", is_active=True) == []
    assert fields(rules.side_problems("/1/2/", "/1/2/", is_active=True)) == ["receiver"]
    assert fields(rules.side_problems("/1/2/", "/1/3/", is_active=False)) == ["receiver"]


@pytest.mark.parametrize("state", TransferStage)
def test_only_what_has_not_been_decided_is_changed_and_cancelled(state):
    ahead = state in (TransferStage.PLANNED, TransferStage.PREPARED, TransferStage.UNDONE)

    assert (rules.editing_problems(state) == []) is ahead
    assert (rules.cancelling_problems(state, "Hanke päättyi") == []) is ahead


def test_cancelling_wants_a_reason():
    assert fields(rules.cancelling_problems(TransferStage.PLANNED, " ")) == ["state_reason"]


def test_a_transfer_is_prepared_once_everything_has_been_looked_at():
    ready = {"functions": 2, "effective": DAY, "unlisted": 0, "items": [TransferState.AT_RISK]}
    lacking = {"functions": 0, "effective": None, "unlisted": 3, "items": [TransferState.NOT_ASSESSED]}

    assert rules.preparing_problems(TransferStage.PLANNED, **ready) == []
    assert rules.preparing_problems(TransferStage.UNDONE, **ready) == []
    assert len(rules.preparing_problems(TransferStage.MOVED, **ready)) == 1
    assert len(rules.preparing_problems(TransferStage.PLANNED, **lacking)) == 4


def test_everything_that_stands_in_the_way_of_a_move_is_told_at_once():
    clear = {"decision": "KV § 31", "functions": 2, "effective": DAY, "is_active": True, "strangers": [], "items": []}
    blocked = {"decision": " ", "functions": 0, "effective": None, "is_active": False, "strangers": ["F-1"]}

    assert rules.moving_problems(TransferStage.PREPARED, **clear) == []
    assert len(rules.moving_problems(TransferStage.PLANNED, **clear)) == 1
    told = rules.moving_problems(TransferStage.PREPARED, **blocked, items=[TransferState.NOT_ASSESSED])
    assert len(told) == 6


@pytest.mark.parametrize(("on", "allowed"), [(date(2027, 5, 31), True), (DAY, False), (date(2027, 6, 2), False)])
def test_a_move_is_taken_back_until_its_day(on, allowed):
    found = rules.undoing_problems(TransferStage.MOVED, effective=DAY, on=on, past=False, reason="Kanta muuttui")

    assert (found == []) is allowed


def test_taking_back_wants_something_that_moved_and_a_reason():
    known = {"effective": DAY, "on": TODAY}

    assert len(rules.undoing_problems(TransferStage.PLANNED, past=False, reason="Syy", **known)) == 1
    assert len(rules.undoing_problems(TransferStage.MOVED, past=True, reason="Syy", **known)) == 1
    without = rules.undoing_problems(TransferStage.MOVED, past=False, reason=None, **known)
    assert fields(without) == ["state_reason"]
    assert rules.undoing_problems(TransferStage.MOVED, effective=None, on=TODAY, past=False, reason="Syy")


def test_what_was_changed_after_the_move_goes_back_only_when_the_person_says_so():
    assert rules.changed_problems([], [], anyway=False) == []
    assert fields(rules.changed_problems(["F-1"], [], anyway=False)) == ["anyway"]
    assert rules.changed_problems(["F-1"], [], anyway=True) == []
    assert len(rules.changed_problems([], ["F-2"], anyway=True)) == 1


# The checklist


def test_an_item_says_what_must_not_be_lost_and_who_needs_it():
    assert rules.item_problems(ItemEntry(name_fi="Sopimus", functions=("F-1",))) == []
    secret = ItemEntry(name_fi="", confidentiality=Confidentiality.CONFIDENTIAL)
    assert fields(rules.item_problems(secret)) == ["name_fi", "functions", "secrecy_basis"]


@pytest.mark.parametrize("state", TransferState)
def test_what_became_of_an_item_is_shown_by_something(state):
    is_open = state in (TransferState.NOT_ASSESSED, TransferState.AT_RISK)

    assert (rules.state_problems(ItemStateEntry(state=state)) == []) is is_open
    assert rules.state_problems(ItemStateEntry(state=state, evidence="MK 1/2027")) == []


def test_an_open_item_gets_one_measure_with_an_owner_and_a_day():
    whole, empty = ItemMeasureEntry(name_fi="Varapaikka", owner_role="Päällikkö", due=DAY), ItemMeasureEntry(name_fi="")

    assert rules.measure_problems(whole, TransferState.LOST, has_measure=False) == []
    assert fields(rules.measure_problems(empty, TransferState.LOST, has_measure=False)) == [
        "name_fi",
        "owner_role",
        "due",
    ]
    assert len(rules.measure_problems(whole, TransferState.LOST, has_measure=True)) == 1
    assert len(rules.measure_problems(whole, TransferState.MOVED, has_measure=False)) == 1


def test_what_was_lost_stays_open_until_a_measure_is_verified():
    assert rules.is_open(TransferState.LOST, is_verified=False)
    assert not rules.is_open(TransferState.LOST, is_verified=True)
    assert rules.is_open(TransferState.AT_RISK, is_verified=True)
    assert not rules.is_open(TransferState.MOVED, is_verified=False)


# What moves


@pytest.mark.parametrize(
    ("record", "whole", "wanted"),
    [
        (piece(Moving.PLAN, MEALS), False, Fate.MOVES),
        (piece(Moving.PLAN, MEALS, KITCHEN), False, Fate.SPLIT),
        (piece(Moving.PLAN, KITCHEN), False, Fate.APART),
        (piece(Moving.PLAN), False, Fate.APART),
        (piece(Moving.PLAN), True, Fate.MOVES),
        (piece(Moving.AGREEMENT, MEALS, party_id=9), False, Fate.BETWEEN),
        (piece(Moving.AGREEMENT, MEALS, party_id=5), False, Fate.MOVES),
        (piece(Moving.AGREEMENT, KITCHEN, party_id=9), False, Fate.APART),
    ],
)
def test_a_record_follows_the_functions_that_it_is_about(record, whole, wanted):
    assert fate(record, facts(whole=whole)) is wanted


def test_records_are_sorted_and_counted_by_what_becomes_of_them():
    pieces = [piece(Moving.PLAN, MEALS), piece(Moving.RISK, MEALS, KITCHEN), piece(Moving.PLAN, KITCHEN)]

    found = sort(facts(pieces=pieces))

    assert (len(found.moves), len(found.split), len(found.between)) == (1, 1, 0)
    assert counted(found.moves)[Moving.PLAN] == 1
    assert counted(found.moves)[Moving.RISK] == 0


def test_a_dependency_moves_whole_or_crosses():
    found = facts(lines=[line(MEALS, CARE), line(MEALS, KITCHEN), line(KITCHEN, CARE), line(KITCHEN, KITCHEN)])

    assert len(inner(found)) == 1
    assert len(crossing(found)) == 2


@pytest.mark.parametrize(
    ("kind", "now", "after"),
    [
        (OrganisationKind.WELLBEING_COUNTY, Organiser.CITY, Organiser.WELLBEING_COUNTY),
        (OrganisationKind.STATE, Organiser.CITY, Organiser.STATE),
        (OrganisationKind.SECTOR, Organiser.STATE, Organiser.CITY),
        (OrganisationKind.COMPANY, Organiser.CITY, Organiser.CITY),
        (OrganisationKind.WELLBEING_COUNTY, Organiser.SHARED, Organiser.SHARED),
        (OrganisationKind.WELLBEING_COUNTY, None, None),
    ],
)
def test_who_organises_follows_the_kind_of_the_receiver(kind, now, after):
    assert organiser_after(kind, now) is after


def test_a_name_that_is_missing_in_a_language_is_the_finnish_one():
    risk = SimpleNamespace(title_fi="Tulipalo", title_sv="Brand", title_en=None)

    assert names_of(risk, "title") == {"fi": "Tulipalo", "sv": "Brand", "en": "Tulipalo"}


# What would be lost


def test_what_both_sides_need_stays_and_is_told():
    pieces = [piece(kind, MEALS, KITCHEN) for kind in (Moving.AGREEMENT, Moving.PLAN, Moving.INTERFACE, Moving.RISK)]
    pieces += [piece(Moving.MEASURE, MEALS, KITCHEN), piece(Moving.EXERCISE, MEALS, KITCHEN)]

    assert reasons(facts(pieces=pieces)) == [
        Reason.AGREEMENT_SPLIT,
        Reason.PLAN_SPLIT,
        Reason.INTERFACE_SPLIT,
        Reason.RISK_SPLIT,
    ]


def test_what_was_between_the_giver_and_the_receiver_changes_its_meaning():
    pieces = [piece(kind, MEALS, party_id=9) for kind in (Moving.AGREEMENT, Moving.INTERFACE)]

    assert reasons(facts(pieces=pieces)) == [Reason.AGREEMENT_BETWEEN, Reason.INTERFACE_BETWEEN]


def test_an_agreement_that_moves_asks_the_other_party_and_a_plan_its_director():
    pieces = [piece(Moving.AGREEMENT, MEALS, party_id=5), piece(Moving.PLAN, MEALS, is_approved=True)]

    assert reasons(facts(pieces=pieces)) == [Reason.AGREEMENT_CONSENT, Reason.PLAN_DIRECTOR]
    assert reasons(facts(pieces=pieces, receiver=SECTOR)) == [Reason.AGREEMENT_CONSENT]


@pytest.mark.parametrize(
    ("crossed", "receiver", "told"),
    [
        ({}, COUNTY, True),
        ({"interface_id": 4}, COUNTY, False),
        ({"is_commodity": True}, COUNTY, False),
        ({"other_is_own": False}, COUNTY, False),
        ({}, SECTOR, False),
    ],
)
def test_a_dependency_across_the_new_boundary_wants_an_interface(crossed, receiver, told):
    found = reasons(facts(lines=[line(MEALS, KITCHEN, **crossed)], receiver=receiver))

    assert (Reason.UNCOVERED in found) is told


def test_dependencies_on_the_same_function_are_one_line_which_is_as_secret_as_they_are():
    lines = [line(MEALS, KITCHEN), line(CARE, KITCHEN, secrecy="24 § 1 mom. 8")]

    (found,) = losses(facts(lines=lines))

    assert found.functions == {MEALS, CARE}
    assert found.secrecy == "24 § 1 mom. 8"


def test_confirmed_dependencies_are_confirmed_anew_unless_they_become_the_receivers_own():
    lines = [line(MEALS, KITCHEN, is_confirmed=True, interface_id=4)]
    own = [line(MEALS, KITCHEN, is_confirmed=True, interface_id=4, other_owner_id=9)]

    assert reasons(facts(lines=lines)) == [Reason.CONFIRMATIONS]
    assert reasons(facts(lines=own)) == []


def test_the_receiver_names_duty_holders_and_completes_what_arrives_bare():
    assert reasons(facts(movers=[mover()])) == [Reason.HOLDERS]
    assert reasons(facts(movers=[mover()], receiver=SECTOR)) == [Reason.UNASSESSED]
    assert reasons(facts(movers=[mover(is_assessed=True)], receiver=SECTOR)) == []


def test_a_resource_that_both_sides_use_is_told():
    (found,) = losses(facts(shared=[Shared(name="Varavoimakone", functions=frozenset({MEALS}))]))

    assert found.reason is Reason.RESOURCE_SHARED
    assert found.origin == "resource_shared:varavoimakone"


def test_a_line_of_the_preview_names_itself_in_every_language():
    (found,) = losses(facts(pieces=[piece(Moving.PLAN, MEALS, KITCHEN)]))

    with speaking("sv"):
        assert "X-01 Måltider" in found.text
    names = found.names()
    assert "X-01 Ateriat" in names["name_fi"]
    assert len(set(names.values())) == 3


def test_every_reason_has_a_kind_and_an_advice():
    assert KINDS.keys() == ADVICE.keys() == set(Reason)
    assert all(reason.kind and reason.advice for reason in Reason)
