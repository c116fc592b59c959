"""Every action: a rule, a label in three languages, one register function, and nobody who may by mistake."""

import ast
import re
from types import SimpleNamespace

import pytest

from dependencies.models.interfaces import Interface
from prepare.access import READING, RULES, Action, may
from prepare.actor import NOBODY, SYSTEM, Actor
from prepare.powers import anybody, nobody
from prepare.texts import LANGUAGES, PACKAGES, speaking
from tests import town as the_town
from tests.conftest import ROOT
from tests.ways import ALL, PEOPLE, READERS

#: Action → who may do it to a record of the education sector, to one of the county (a partner), and anywhere at all.
#: One letter per person of tests/ways.py; `-` is somebody who has not signed in.
MAY = {
    Action.VIEW_ANALYSIS: ("cdulra", "ulra", READERS),
    Action.ADD_BODY: ("u", "u", "u"),
    Action.EDIT_BODY: ("u", "u", "u"),
    Action.VIEW_BODY: ("cdulra", "ulra", READERS),
    Action.ADD_CHAPTER: ("u", "u", "u"),
    Action.EDIT_CHAPTER: ("u", "u", "u"),
    Action.ADD_CLAIM: ("cd", "u", "cdwu"),
    Action.AGREE_CLAIM: ("w", "u", "cdwu"),  # the owner of the reserve answers: here the waterworks, and the county
    Action.EDIT_CLAIM: ("cd", "u", "cdwu"),
    Action.REFUSE_CLAIM: ("w", "u", "cdwu"),
    Action.RETIRE_CLAIM: ("cd", "u", "cdwu"),
    Action.ADD_CODE: ("ua", "ua", "ua"),  # the lists belong to the whole installation
    Action.EDIT_CODE: ("ua", "ua", "ua"),
    Action.RENEW_CODE: ("ua", "ua", "ua"),
    Action.RETIRE_CODE: ("ua", "ua", "ua"),
    Action.VIEW_CODE: ("cdulra", "ulra", READERS),
    Action.ADD_DECISION: ("u", "u", "u"),
    Action.EDIT_DECISION: ("u", "u", "u"),
    Action.MEASURE_DECISION: ("u", "u", "u"),
    Action.ASK_CONFIRMATION: ("cdwu", "cduy", "cdwuyp"),  # of a dependency on the waterworks, and on the county
    Action.DELIVER_CONFIRMATION: ("w", "uy", "cdwuyp"),
    Action.NEED_CONFIRMATION: ("cd", "cd", "cdwuyp"),
    Action.VIEW_CONFIRMATION: ("cdulra", "ulra", READERS + "yp"),
    Action.ADD_EXERCISE: ("cdu", "u", "cdwu"),
    Action.ADVANCE_EXERCISE: ("cdu", "u", "cdwu"),
    Action.CANCEL_EXERCISE: ("cdu", "u", "cdwu"),
    Action.EDIT_EXERCISE: ("cdu", "u", "cdwu"),
    Action.EVALUATE_EXERCISE: ("cdu", "u", "cdwu"),
    Action.HOLD_EXERCISE: ("cdu", "u", "cdwu"),
    Action.VIEW_EXERCISE: ("cdulra", "ulra", READERS),
    Action.EXPORT_FORM: ("cdu", "u", "cdwu"),
    Action.TAKE_FORM: ("cd", "", "cdw"),
    Action.ADD_FUNCTION: ("cd", "u", "cdwu"),
    Action.ASSESS_IMPACTS: ("cd", "", "cdw"),
    Action.CONFIRM_FUNCTION: ("u", "u", "u"),
    Action.DISCARD_REVISION: ("cd", "u", "cdwu"),
    Action.EDIT_FUNCTION: ("cd", "u", "cdwu"),
    Action.RETIRE_FUNCTION: ("cd", "u", "cdwu"),
    Action.RETURN_FUNCTION: ("u", "u", "u"),
    Action.SUBMIT_FUNCTION: ("cd", "u", "cdwu"),
    Action.VIEW_FUNCTION: ("cdulra", "ulra", READERS),
    Action.ADD_GUIDANCE: ("u", "u", "u"),
    Action.ADOPT_GUIDANCE: ("u", "u", "u"),
    Action.OFFER_GUIDANCE: ("u", "u", "u"),
    Action.WITHDRAW_GUIDANCE: ("u", "u", "u"),
    Action.ANSWER_GUIDANCE: ("cd", "", "cdw"),
    Action.EDIT_GUIDANCE: ("u", "u", "u"),
    Action.EXPORT_GUIDANCE: ("cdu", "u", "cdwu"),
    Action.ADD_AGREEMENT: ("cdu", "u", "cdwu"),
    Action.BEGIN_AGREEMENT: ("cdu", "u", "cdwu"),
    Action.EDIT_AGREEMENT: ("cdu", "u", "cdwu"),
    Action.END_AGREEMENT: ("cdu", "u", "cdwu"),
    Action.EXPORT_AGREEMENTS: ("cdulra", "ulra", READERS),
    Action.RENEW_AGREEMENT: ("cdu", "u", "cdwu"),
    Action.REVIEW_AGREEMENT: ("cdu", "u", "cdwu"),
    Action.VIEW_AGREEMENT: ("cdulra", "ulra", READERS),
    Action.FETCH_FILE: ("", "", ALL),  # whoever had it made; whoever holds a role for which it was made
    Action.KEEP_FILE: (ALL, ALL, ALL),
    Action.SNOOZE_FINDING: ("cdu", "u", "cdwu"),
    Action.VIEW_FINDING: ("cdulra", "ulra", READERS),
    Action.WAKE_FINDING: ("cdu", "u", "cdwu"),
    Action.ADD_TRANSFER: ("u", "u", "u"),
    Action.CANCEL_TRANSFER: ("u", "u", "u"),
    Action.CHECK_TRANSFER: ("u", "u", "u"),
    Action.EDIT_TRANSFER: ("u", "u", "u"),
    Action.MOVE_TRANSFER: ("u", "u", "u"),
    Action.PREPARE_TRANSFER: ("u", "u", "u"),
    Action.UNDO_TRANSFER: ("u", "u", "u"),
    Action.VIEW_TRANSFER: ("cdulra", "ulra", READERS),
    Action.ADD_TRANSFERITEM: ("cdu", "u", "cdwu"),
    Action.ADVANCE_TRANSFERITEM: ("cdu", "u", "cdwu"),
    Action.EDIT_TRANSFERITEM: ("cdu", "u", "cdwu"),
    Action.MEND_TRANSFERITEM: ("cdu", "u", "cdwu"),
    Action.ISSUE_GUIDANCE: ("u", "u", "u"),
    Action.VIEW_GUIDANCE: ("cdulra", "ulra", READERS),
    Action.ADD_INTERFACE: ("cdu", "u", "cdwu"),
    Action.ADVANCE_INTERFACE: ("cdu", "u", "cdwu"),
    Action.AGREE_INTERFACE: ("u", "u", "u"),
    Action.DISSOLVE_INTERFACE: ("u", "u", "u"),
    Action.EDIT_INTERFACE: ("cdu", "u", "cdwu"),
    Action.REOPEN_INTERFACE: ("u", "u", "u"),
    Action.REVIEW_INTERFACE: ("cdu", "u", "cdwu"),
    Action.ADD_INTERFACEPART: ("cdu", "u", "cdwu"),
    Action.EDIT_INTERFACEPART: ("cdu", "u", "cdwu"),
    Action.RETIRE_INTERFACEPART: ("cdu", "u", "cdwu"),
    Action.EXPLAIN_ORGANISATION: ("cdu", "u", "cdwu"),
    Action.VIEW_INTERFACE: ("cdulra", "ulra", READERS + "yp"),
    Action.ACCEPT_INVITATION: ("c", "y", ALL),
    Action.ADD_JOB: (ALL, ALL, ALL),  # what the job does has a rule of its own
    Action.BUILD_PACKAGE: ("cdul", "uly", "cdwulyp"),
    Action.EXPORT_PACKAGE: ("", "", "cdwulyp"),  # whoever holds the role for which it was built
    Action.CANCEL_JOB: ("u", "u", ALL),  # whoever asked, and the unit
    Action.VIEW_JOB: ("u", "u", ALL),
    Action.ADD_KUJA: ("u", "u", "u"),
    Action.BEGIN_KUJA: ("u", "u", "u"),
    Action.EDIT_KUJA: ("u", "u", "u"),
    Action.MAP_KUJA: ("u", "u", "u"),
    Action.VIEW_KUJA: ("ulr", "ulr", "ulr"),
    Action.COMPARE_READINESS: ("ulr", "ulr", "ulr"),
    Action.EXPORT_READINESS: ("ul", "ul", "ul"),
    Action.EXPORT_LEADERSHIP: ("ul", "ul", "ul"),
    Action.JOIN_READINESS: ("ul", "ul", "ul"),
    Action.LEAVE_READINESS: ("ul", "ul", "ul"),
    Action.SNAPSHOT_READINESS: ("u", "u", "u"),
    Action.VIEW_READINESS: ("cdulr", "", "cdwulr"),
    Action.EXPORT_REGISTER: ("cdulra", "ulra", READERS),
    Action.MAKE_LINK: ("cdu", "u", "cdwu"),
    Action.USE_LINK: ("-", "", ""),  # whoever holds the link, and no other link
    Action.WITHDRAW_LINK: ("cdu", "u", "cdwu"),
    Action.IMPORT_LIST: ("cdu", "u", "cdwu"),
    Action.MAP_LIST: ("cdu", "u", "cdwu"),
    Action.ACCEPT_LOSS: ("l", "l", "l"),
    Action.DECIDE_LOSS: ("u", "u", "u"),
    Action.ADD_MEASURE: ("cdu", "u", "cdwu"),
    Action.ADVANCE_MEASURE: ("cdu", "u", "cdwu"),
    Action.CANCEL_MEASURE: ("cdu", "u", "cdwu"),
    Action.EDIT_MEASURE: ("cdu", "u", "cdwu"),
    Action.FINISH_MEASURE: ("cdu", "u", "cdwu"),
    Action.REOPEN_MEASURE: ("cdu", "u", "cdwu"),
    Action.START_MEASURE: ("cdu", "u", "cdwu"),
    Action.VERIFY_MEASURE: ("du", "u", "du"),
    Action.VIEW_MEASURE: ("cdulra", "ulra", READERS),
    Action.KEEP_MEASUREMENT: ("cdu", "u", "cdwu"),
    Action.TAKE_MEASUREMENT: ("cd", "u", "cdwu"),  # whoever keeps the function that was measured
    Action.ADD_MEETING: ("u", "u", "u"),
    Action.EDIT_MEETING: ("u", "u", "u"),
    Action.RECORD_MEETING: ("u", "u", "u"),
    Action.ADD_NATIONAL_PROGRAMME: ("u", "u", "u"),
    Action.EDIT_NATIONAL_PROGRAMME: ("u", "u", "u"),
    Action.ADD_NEED: ("cd", "u", "cdwu"),
    Action.EDIT_NEED: ("cd", "u", "cdwu"),
    Action.RETIRE_NEED: ("cd", "u", "cdwu"),
    Action.ADD_OBJECTIVE: ("u", "u", "u"),
    Action.EDIT_OBJECTIVE: ("u", "u", "u"),
    Action.ADD_INDICATOR: ("cdu", "u", "cdwu"),
    Action.EDIT_INDICATOR: ("cdu", "u", "cdwu"),
    Action.ADD_INJECT: ("cdu", "u", "cdwu"),
    Action.EDIT_INJECT: ("cdu", "u", "cdwu"),
    Action.EXPORT_INJECTS: ("cdulra", "ulra", READERS),
    Action.MAKE_INJECTS: ("cdu", "u", "cdwu"),
    Action.RETIRE_INJECT: ("cdu", "u", "cdwu"),
    Action.ADD_INPUT: ("cdu", "u", "cdwu"),
    Action.EDIT_INPUT: ("cdu", "u", "cdwu"),
    Action.ADD_PHENOMENON: ("cdu", "u", "cdwu"),
    Action.EDIT_PHENOMENON: ("cdu", "u", "cdwu"),
    Action.ADD_PRACTICE: ("cdu", "u", "cdwu"),
    Action.ADOPT_PRACTICE: ("cdu", "u", "cdwu"),
    Action.EDIT_PRACTICE: ("cdu", "u", "cdwu"),
    Action.ADD_SIGNAL: ("cdu", "u", "cdwu"),
    Action.EDIT_SIGNAL: ("cdu", "u", "cdwu"),
    Action.ADD_NETWORK: ("u", "u", "u"),
    Action.ANSWER_NETWORK: ("u", "u", "u"),
    Action.ASK_NETWORK: ("cdu", "u", "cdwu"),  # whoever keeps registers may ask for a network that he or she reads
    Action.EDIT_NETWORK: ("u", "u", "u"),
    Action.VIEW_NETWORK: ("cdulra", "ulra", READERS),
    Action.ADD_OBJECTIVE: ("u", "u", "u"),
    Action.EDIT_OBJECTIVE: ("u", "u", "u"),
    Action.ADD_OBSERVATION: ("cdu", "u", "cdwu"),
    Action.EDIT_OBSERVATION: ("cdu", "u", "cdwu"),
    Action.ADD_ORGANISATION: ("a", "ua", "ua"),
    Action.CLOSE_ORGANISATION: ("a", "ua", "ua"),
    Action.EDIT_ORGANISATION: ("a", "ua", "ua"),
    Action.MOVE_ORGANISATION: ("a", "a", "a"),
    Action.REOPEN_ORGANISATION: ("a", "ua", "ua"),
    Action.STAFF_ORGANISATION: ("dua", "ua", "dua"),
    Action.VIEW_ORGANISATION: ("cdulra", "ulra", READERS),
    Action.EXPORT_PICTURE: ("cdulra", "ulra", READERS),
    Action.ADD_PLAN: ("cd", "", "cdw"),
    Action.ANSWER_PLAN: ("cd", "", "cdw"),
    Action.APPROVE_PLAN: ("d", "", "d"),
    Action.COMMENT_PLAN: ("du", "u", "du"),
    Action.BEGIN_PLAN: ("cd", "", "cdw"),
    Action.EDIT_PLAN: ("cd", "", "cdw"),
    Action.EXPORT_PLAN: ("cdulra", "ulra", READERS),
    Action.PASS_PLAN: ("u", "u", "u"),
    Action.RETURN_PLAN: ("du", "u", "du"),
    Action.REVIEW_PLAN: ("u", "u", "u"),
    Action.SETTLE_PLAN: ("du", "u", "du"),
    Action.SUBMIT_PLAN: ("cd", "", "cdw"),
    Action.VIEW_PLAN: ("cdulra", "ulra", READERS),
    Action.WITHDRAW_PLAN: ("cd", "", "cdw"),
    Action.WRITE_PLAN: ("cd", "", "cdw"),
    Action.ADD_PLANPART: ("cd", "", "cdw"),
    Action.EDIT_PLANPART: ("cd", "", "cdw"),
    Action.RETIRE_PLANPART: ("cd", "", "cdw"),
    Action.ADD_ASK: ("u", "u", "u"),
    Action.EDIT_ASK: ("u", "u", "u"),
    Action.RETIRE_ASK: ("u", "u", "u"),
    Action.ADD_PRIORITY: ("u", "u", "u"),
    Action.EDIT_PRIORITY: ("u", "u", "u"),
    Action.ADD_PROGRAMME: ("cdu", "u", "cdwu"),
    Action.EDIT_PROGRAMME: ("cdu", "u", "cdwu"),
    Action.SEND_REMINDER: ("", "", ""),  # the installation itself sends them
    Action.STORE_REPORT: ("cdul", "ul", "cdwul"),
    Action.VIEW_REPORT: ("cdulra", "ulra", READERS),
    Action.ADD_SCHEDULE: ("u", "u", "u"),
    Action.EDIT_SCHEDULE: ("u", "u", "u"),
    Action.RUN_SCHEDULE: ("", "", ""),  # the installation itself runs them
    Action.VIEW_SCHEDULE: ("u", "u", "u"),
    Action.ADD_REQUIREMENT: ("u", "u", "u"),
    Action.EDIT_REQUIREMENT: ("u", "u", "u"),
    Action.ADD_RESERVE: ("cdu", "u", "cdwu"),
    Action.EDIT_RESERVE: ("cdu", "u", "cdwu"),
    Action.VIEW_RESERVE: ("cdulra", "ulra", READERS),
    Action.ADD_RESOURCE: ("cd", "u", "cdwu"),
    Action.EDIT_RESOURCE: ("cd", "u", "cdwu"),
    Action.RETIRE_RESOURCE: ("cd", "u", "cdwu"),
    Action.ADD_REVIEW: ("u", "u", "u"),
    Action.EDIT_REVIEW: ("u", "u", "u"),
    Action.GIVE_REVIEW: ("u", "u", "u"),
    Action.VIEW_REVIEW: ("cdulra", "ulra", READERS),
    Action.ACCEPT_RISK: ("dl", "l", "dl"),
    Action.ADD_RISK: ("cd", "", "cdw"),
    Action.ADVANCE_RISK: ("cd", "", "cdw"),
    Action.ASSESS_RISK: ("cd", "", "cdw"),
    Action.CLOSE_RISK: ("cd", "", "cdw"),
    Action.LINK_RISK: ("cd", "", "cdw"),
    Action.REOPEN_RISK: ("cdl", "l", "cdwl"),
    Action.REVIEW_RISK: ("cd", "", "cdw"),
    Action.SCALE_RISK: ("a", "a", "a"),
    Action.VIEW_RISK: ("cdulra", "ulra", READERS),
    Action.STORE_RUN: ("u", "u", "u"),
    Action.VIEW_RUN: ("cdulra", "ulra", READERS),
    Action.VIEW_SAFETY: ("cdulra", "ulra", READERS),
    Action.ADD_SAFETYPLAN: ("u", "u", "u"),
    Action.ADOPT_SAFETYPLAN: ("u", "u", "u"),
    Action.EDIT_SAFETYPLAN: ("u", "u", "u"),
    Action.END_SAFETYPLAN: ("u", "u", "u"),
    Action.ADD_SCENARIO: ("u", "u", "u"),
    Action.ADOPT_SCENARIO: ("u", "u", "u"),
    Action.OFFER_SCENARIO: ("u", "u", "u"),
    Action.RENEW_SCENARIO: ("u", "u", "u"),
    Action.WITHDRAW_SCENARIO: ("u", "u", "u"),
    Action.EDIT_SCENARIO: ("u", "u", "u"),
    Action.RETIRE_SCENARIO: ("u", "u", "u"),
    Action.TRACE_SCENARIO: ("cdulra", "ulra", READERS),
    Action.VIEW_SCENARIO: ("cdulra", "ulra", READERS),
    Action.BEGIN_SESSION: (ALL + "-", ALL + "-", ALL + "-"),
    Action.END_SESSION: ("c", "y", ALL),  # one's own: here the contact's, and the county's
    Action.REFUSE_SESSION: (ALL + "-", ALL + "-", ALL + "-"),
    Action.REVOKE_SESSION: ("a", "a", "a"),
    Action.ADD_SHARE: ("cdu", "u", "cdwu"),
    Action.END_SHARE: ("cdu", "u", "cdwu"),
    Action.VIEW_SHARE: ("cdulra", "ulray", READERS + "yp"),  # the partner sees what is shared with itself
    Action.ADVANCE_SITUATION: ("u", "u", "u"),
    Action.AGREE_SITUATION: ("u", "u", "u"),
    Action.CLOSE_SITUATION: ("u", "u", "u"),
    Action.EDIT_SITUATION: ("u", "u", "u"),
    Action.LOG_SITUATION: ("cdu", "u", "cdwu"),
    Action.OPEN_SITUATION: ("u", "u", "u"),
    Action.PRESENT_SITUATION: ("u", "u", "u"),
    Action.VIEW_SITUATION: ("cdulra", "ulra", READERS),
    Action.VIEW_SNAPSHOT: ("cdulra", "ulra", READERS),
    Action.SOW: ("", "", ""),
    Action.VIEW_START: (ALL, ALL, ALL),
    Action.MAKE_TOKEN: ("cdulra", "ulra", READERS),
    Action.USE_TOKEN: ("c", "y", ALL),  # the person whose token it is
    Action.VIEW_TOKEN: ("cdulra", "ulra", READERS),
    Action.WITHDRAW_TOKEN: ("ca", "ya", ALL),
    Action.ANCHOR_TRAIL: ("ura", "ura", "ura"),  # one trail for the whole installation
    Action.EXPORT_TRAIL: ("ura", "ura", "ura"),
    Action.VERIFY_TRAIL: ("ura", "ura", "ura"),
    Action.VIEW_TRAIL: ("cdulra", "ulra", "ura"),
    Action.ADD_USER: ("a", "a", "a"),
    Action.DISABLE_USER: ("a", "a", "a"),
    Action.EDIT_USER: ("a", "a", "a"),
    Action.ENABLE_USER: ("a", "a", "a"),
    Action.GRANT_ROLE: ("a", "a", "a"),
    Action.INVITE_USER: ("a", "a", "a"),
    Action.SPEAK_USER_LANGUAGE: ("c", "y", ALL),
    Action.LEAVE_USER: ("c", "y", ALL),
    Action.CHANGE_USER_PASSWORD: ("c", "y", ALL),
    Action.REMIND_USER: ("c", "y", ALL),
    Action.VIEW_USER: ("ra", "ra", "ra"),
    Action.WITHDRAW_ROLE: ("a", "a", "a"),
}
#: What a person does with what is his or her own.
ONESELF = {
    Action.ACCEPT_INVITATION,
    Action.CHANGE_USER_PASSWORD,
    Action.END_SESSION,
    Action.LEAVE_USER,
    Action.REMIND_USER,
    Action.SPEAK_USER_LANGUAGE,
    Action.USE_TOKEN,
    Action.WITHDRAW_TOKEN,
}
#: Stored under the record, named for its part.
ABOUT_A_PART = {Action.ASSESS_IMPACTS, Action.DISCARD_REVISION, Action.GRANT_ROLE, Action.WITHDRAW_ROLE}
#: Actions that no single function carries out: data is loaded by many.
BY_MANY = {Action.SOW}


@pytest.fixture
def who_may(town):
    """Gives the letters of those who may: for a record of the sector, of the partner, and anywhere."""
    actors = {letter: town.actor_of(name) if name else NOBODY for letter, name in PEOPLE.items()}
    own, water, county = town.function("F-EDU-03"), town.function("F-WAT-02"), town.function("X-CTY-01")
    shown = town.record(Interface, "I-01").id

    def ask(action):
        subjects = (own, county, None)
        if action in (Action.ASK_CONFIRMATION, Action.DELIVER_CONFIRMATION, Action.NEED_CONFIRMATION):
            subjects = (_dependency(own, water), _dependency(own, county, over=shown), None)
        if action in (Action.AGREE_CLAIM, Action.REFUSE_CLAIM):
            subjects = (_claim(own, water), _claim(own, county), None)
        if action is Action.TAKE_MEASUREMENT:
            subjects = (SimpleNamespace(function=own), SimpleNamespace(function=county), None)
        if action is Action.PREPARE_TRANSFER:  # the receiver's unit prepares
            subjects = (SimpleNamespace(receiver=own), SimpleNamespace(receiver=county), None)
        if action in ONESELF:
            subjects = (town.user("edu.contact"), town.user("county"), None)
        if action is Action.USE_LINK:
            holder = {"-": Actor(link=1)}
            subjects = (SimpleNamespace(id=1), SimpleNamespace(id=2), None)
            return tuple({letter for letter, who in (actors | holder).items() if may(who, action, s)} for s in subjects)
        return tuple({letter for letter, actor in actors.items() if may(actor, action, s)} for s in subjects)

    return ask


def _dependency(consumer, supplier, over=None):
    """A dependency that runs over an interface that is shown to the county, or over none."""
    need, owner = SimpleNamespace(consumer=consumer), consumer.owner_path
    return SimpleNamespace(owner_path=owner, owner_is_own=True, supplier=supplier, need=need, interface_id=over)


def _claim(function, reserve):
    return SimpleNamespace(owner_path=function.owner_path, owner_is_own=True, reserve=reserve)


def wanted(action):
    """The letters that the table gives, as sets."""
    return tuple(set(letters) for letters in MAY[action])


def test_actions_stand_in_alphabetical_order():
    assert [action.value for action in Action] == sorted(action.value for action in Action)


def test_every_action_is_stored_as_a_noun_and_a_verb():
    for action in set(Action) - {Action.SOW}:
        assert re.fullmatch("[a-z]+:[a-z]+", action.value)
        assert action.value.partition(":")[0].upper() in action.name or action in ABOUT_A_PART


def test_every_action_has_a_rule_and_no_rule_is_left_over():
    assert RULES.keys() == set(Action)
    assert all(RULES.values())


def test_the_table_knows_every_action():
    assert MAY.keys() == set(Action)


@pytest.mark.parametrize("action", Action)
def test_every_action_is_open_to_those_whom_the_table_names_and_to_nobody_else(who_may, action):
    assert who_may(action) == wanted(action)


@pytest.mark.parametrize("mutant", [anybody, nobody], ids=["opened", "closed"])
def test_the_table_notices_each_rule_that_is_opened_or_closed(who_may, monkeypatch, mutant):
    unnoticed = set()
    for action in Action:
        with monkeypatch.context() as patch:
            patch.setitem(RULES, action, (mutant,))
            if who_may(action) == wanted(action):
                unnoticed.add(action)

    same = {action for action in Action if RULES[action] == (mutant,)}
    assert unnoticed == same


def test_the_table_notices_each_part_of_a_rule_that_is_left_out(who_may, monkeypatch):
    tried, unnoticed = 0, []
    for action, rules in RULES.items():
        for rule in rules:
            with monkeypatch.context() as patch:
                patch.setitem(RULES, action, tuple(other for other in rules if other is not rule))
                tried += 1
                if who_may(action) == wanted(action):
                    unnoticed.append((action, rule))

    assert tried >= len(Action)
    assert unnoticed == [(Action.RUN_SCHEDULE, nobody), (Action.SEND_REMINDER, nobody), (Action.SOW, nobody)]


@pytest.mark.parametrize("action", Action)
def test_the_system_itself_asks_no_rule(action):
    assert may(SYSTEM, action)


def test_every_action_has_a_label_in_three_languages():
    for action in Action:
        labels = []
        for language in LANGUAGES:
            with speaking(language):
                labels.append(action.label)
        assert all(label and label != action.value for label in labels), action
        assert len(set(labels)) == len(LANGUAGES), labels


def acts():
    """Every register function that carries an action: (action's name, module, function)."""
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    for decorator in node.decorator_list:
                        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "act":
                            found.append((decorator.args[0].attr, str(path.relative_to(ROOT)), node.name))
    return found


def test_every_action_that_changes_something_is_one_register_function():
    names = [name for name, _path, _function in acts()]

    assert sorted(names) == sorted(action.name for action in set(Action) - READING - BY_MANY)


def test_register_functions_live_in_registers():
    for _name, path, function in acts():
        assert "/register" in path, f"{path}: {function}"


def test_every_public_function_of_a_register_that_writes_carries_an_action():
    """What a register exports either carries an action or flushes nothing."""
    guarded = {(path, function) for _name, path, function in acts()}
    for path in {path for path, _function in guarded}:
        for node in ast.parse((ROOT / path).read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and (path, node.name) not in guarded:
                called = {getattr(c.func, "attr", "") for c in ast.walk(node) if isinstance(c, ast.Call)}
                assert not called & {"flush", "add", "add_all", "note"}, f"{path}: {node.name}"


def test_every_page_that_changes_something_is_opened_by_the_action_that_it_does(app):
    """A page's gate asks the same question as the register function behind it; views never skip the gate."""
    changing = {getattr(view, "gate", None).action for view in app.view_functions.values() if hasattr(view, "gate")}

    by_command_or_session = {
        Action.ACCEPT_INVITATION,
        Action.ANCHOR_TRAIL,
        Action.BEGIN_SESSION,
        Action.REFUSE_SESSION,
        Action.RUN_SCHEDULE,
        Action.SEND_REMINDER,
        Action.SOW,
        Action.USE_LINK,  # a public page whose visitor acts by the link
        Action.USE_TOKEN,  # a program acts by the token
        Action.MAP_LIST,  # kept along with the list that is taken in
    }
    with_another = {Action.REFUSE_CLAIM}  # one page agrees or refuses
    with_another |= {Action.ADD_JOB, Action.KEEP_FILE, Action.STORE_REPORT}  # where a workbook is asked for
    assert set(Action) - changing == by_command_or_session | with_another


def test_the_people_of_the_table_are_those_of_the_town():
    assert {name for name in PEOPLE.values() if name} == set(the_town.PEOPLE)
