"""What is told of the roles' rights is what the gate decides."""

import pytest

from prepare import rights
from prepare.access import RULES, Action
from prepare.powers import anybody, nobody
from prepare.rights import Mark
from prepare.vocabulary import Role
from tests.ways import ALL, PEOPLE


@pytest.mark.parametrize(
    ("role", "action", "mark"),
    [
        (Role.SECTOR_CONTACT, Action.ADD_FUNCTION, Mark.ALL),
        (Role.SECTOR_CONTACT, Action.APPROVE_PLAN, Mark.NO),
        (Role.SECTOR_DIRECTOR, Action.STAFF_ORGANISATION, Mark.ALL),
        (Role.CENTRAL, Action.EDIT_ORGANISATION, Mark.PARTNERS),
        (Role.CENTRAL, Action.CONFIRM_FUNCTION, Mark.ALL),
        (Role.LEADERSHIP, Action.VIEW_RISK, Mark.ALL),
        (Role.PARTNER, Action.VIEW_FUNCTION, Mark.SHARED),
        (Role.PARTNER, Action.VIEW_INTERFACE, Mark.SHARED),
        (Role.PARTNER, Action.VIEW_RISK, Mark.NO),
        (Role.AUDITOR, Action.VIEW_TRAIL, Mark.ALL),
        (Role.AUDITOR, Action.EDIT_USER, Mark.NO),
        (Role.ADMIN, Action.MOVE_ORGANISATION, Mark.ALL),
        (Role.AUDITOR, Action.CHANGE_USER_PASSWORD, Mark.OWN),
    ],
)
def test_a_mark_says_how_far_a_role_may(role, action, mark):
    assert rights.mark(role, action) is mark


def test_the_table_changes_with_the_rules(monkeypatch):
    monkeypatch.setitem(RULES, Action.ADD_RISK, (anybody,))
    assert {rights.mark(role, Action.ADD_RISK) for role in Role} == {Mark.ALL}

    monkeypatch.setitem(RULES, Action.ADD_RISK, (nobody,))
    assert {rights.mark(role, Action.ADD_RISK) for role in Role} == {Mark.NO}


def test_every_action_of_a_role_stands_in_the_table_once(town):
    told = [action for group in rights.table() for action, _marks in group.rows]

    assert sorted(told) == sorted(
        set(Action) - rights.BEFORE_ROLES - {Action.RUN_SCHEDULE, Action.SEND_REMINDER, Action.SOW}
    )


@pytest.mark.parametrize("letter", ALL)
def test_whoever_is_signed_in_reads_the_page_in_words_and_not_by_colour(town, sign_in, letter):
    page = sign_in(PEOPLE[letter]).get("/rights").text

    assert page.count("What is shared") >= 3
    for role in Role:
        assert role.label in page
