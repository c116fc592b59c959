"""What may be done, and by whom: one action = one permission = one tag in the trail (domain.md 2.1)."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from prepare import actor as acting
from prepare.actor import Actor
from prepare.errors import NotPermitted
from prepare.powers import (
    Rule,
    admin,
    answers_for_supplier,
    anybody,
    central,
    contact,
    director,
    follows_trail,
    keeps_lists,
    keeps_partners,
    keeps_tree,
    leadership,
    names_holders,
    nobody,
    oneself,
    reader,
    reads,
    reads_interfaces,
    reviews_accounts,
    signed_in,
    takes_part,
    watches_trail,
)
from prepare.texts import N_
from prepare.vocabulary import Labelled

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")


class Action(Labelled):
    """Everything that can be done, in alphabetical order of the stored word."""

    VIEW_ANALYSIS = "analysis:view", N_("Analysis viewed")
    ADD_BODY = "body:add", N_("Body founded")
    EDIT_BODY = "body:edit", N_("Body edited")
    VIEW_BODY = "body:view", N_("Body viewed")
    ADD_CODE = "code:add", N_("Code added")
    EDIT_CODE = "code:edit", N_("Code edited")
    RENEW_CODE = "code:renew", N_("New edition of a code list taken into use")
    RETIRE_CODE = "code:retire", N_("Code taken out of use")
    VIEW_CODE = "code:view", N_("Code lists viewed")
    ADD_DECISION = "decision:add", N_("Decision recorded")
    EDIT_DECISION = "decision:edit", N_("Decision edited")
    MEASURE_DECISION = "decision:measure", N_("Measure made of a decision")
    CONFIRM_DEPENDENCY = "dependency:confirm", N_("Dependency confirmed by the supplier")
    DISPUTE_DEPENDENCY = "dependency:dispute", N_("Dependency disputed by the supplier")
    ADD_FUNCTION = "function:add", N_("Function added")
    ASSESS_IMPACTS = "function:assess", N_("Impacts over time assessed")
    CONFIRM_FUNCTION = "function:confirm", N_("Function confirmed")
    DISCARD_REVISION = "function:discard", N_("Draft change discarded")
    EDIT_FUNCTION = "function:edit", N_("Function edited")
    RETIRE_FUNCTION = "function:retire", N_("Function retired")
    RETURN_FUNCTION = "function:return", N_("Function returned for completion")
    SUBMIT_FUNCTION = "function:submit", N_("Function submitted for confirmation")
    VIEW_FUNCTION = "function:view", N_("Function viewed")
    EXPORT_GUIDANCE = "guidance:export", N_("Preparedness guidance workbook handed over")
    VIEW_INTERFACE = "interface:view", N_("Interface viewed")
    ACCEPT_INVITATION = "invitation:accept", N_("Sign-in link used")
    ACCEPT_LOSS = "loss:accept", N_("Single point of failure accepted")
    DECIDE_LOSS = "loss:decide", N_("Single point of failure decided on")
    ADD_MEASURE = "measure:add", N_("Measure added")
    ADVANCE_MEASURE = "measure:advance", N_("Progress of a measure reported")
    CANCEL_MEASURE = "measure:cancel", N_("Measure cancelled")
    EDIT_MEASURE = "measure:edit", N_("Measure edited")
    FINISH_MEASURE = "measure:finish", N_("Measure reported done")
    REOPEN_MEASURE = "measure:reopen", N_("Measure reopened")
    START_MEASURE = "measure:start", N_("Measure begun")
    VERIFY_MEASURE = "measure:verify", N_("Measure verified")
    VIEW_MEASURE = "measure:view", N_("Measure viewed")
    ADD_MEETING = "meeting:add", N_("Meeting called")
    EDIT_MEETING = "meeting:edit", N_("Meeting changed")
    RECORD_MEETING = "meeting:record", N_("Meeting recorded")
    ADD_NATIONAL_PROGRAMME = "national:add", N_("National programme added")
    EDIT_NATIONAL_PROGRAMME = "national:edit", N_("National programme edited")
    ADD_NEED = "need:add", N_("Need added")
    EDIT_NEED = "need:edit", N_("Need edited")
    RETIRE_NEED = "need:retire", N_("Need removed")
    ADD_NETWORK = "network:add", N_("Network added")
    ANSWER_NETWORK = "network:answer", N_("Network's request answered")
    ASK_NETWORK = "network:ask", N_("Support asked for a network")
    EDIT_NETWORK = "network:edit", N_("Network edited")
    VIEW_NETWORK = "network:view", N_("Networks viewed")
    ADD_OBJECTIVE = "objective:add", N_("Objective added")
    EDIT_OBJECTIVE = "objective:edit", N_("Objective edited")
    ADD_ORGANISATION = "organisation:add", N_("Organisation added")
    CLOSE_ORGANISATION = "organisation:close", N_("Organisation closed")
    EDIT_ORGANISATION = "organisation:edit", N_("Organisation edited")
    MOVE_ORGANISATION = "organisation:move", N_("Organisation moved")
    REOPEN_ORGANISATION = "organisation:reopen", N_("Organisation taken back into use")
    STAFF_ORGANISATION = "organisation:staff", N_("Duty holders named")
    VIEW_ORGANISATION = "organisation:view", N_("Organisation viewed")
    EXPORT_PICTURE = "picture:export", N_("Picture handed over")
    ADD_PLAN = "plan:add", N_("Plan added")
    APPROVE_PLAN = "plan:approve", N_("Plan approved")
    EDIT_PLAN = "plan:edit", N_("Plan edited")
    RETURN_PLAN = "plan:return", N_("Plan returned for completion")
    SUBMIT_PLAN = "plan:submit", N_("Plan submitted for approval")
    VIEW_PLAN = "plan:view", N_("Plan viewed")
    ADD_PROGRAMME = "programme:add", N_("Programme added")
    EDIT_PROGRAMME = "programme:edit", N_("Programme edited")
    ADD_RESOURCE = "resource:add", N_("Resource added")
    EDIT_RESOURCE = "resource:edit", N_("Resource edited")
    RETIRE_RESOURCE = "resource:retire", N_("Resource removed")
    ADD_RISK = "risk:add", N_("Risk added")
    ASSESS_RISK = "risk:assess", N_("Risk assessed")
    VIEW_RISK = "risk:view", N_("Risk viewed")
    STORE_RUN = "run:store", N_("Run of a scenario stored")
    VIEW_RUN = "run:view", N_("Stored run viewed")
    VIEW_SAFETY = "safety:view", N_("Local safety planning viewed")
    ADD_SCENARIO = "scenario:add", N_("Scenario added")
    EDIT_SCENARIO = "scenario:edit", N_("Scenario edited")
    RETIRE_SCENARIO = "scenario:retire", N_("Scenario retired")
    TRACE_SCENARIO = "scenario:trace", N_("Disruption traced")
    VIEW_SCENARIO = "scenario:view", N_("Scenario viewed")
    BEGIN_SESSION = "session:begin", N_("Signed in")
    END_SESSION = "session:end", N_("Signed out")
    REFUSE_SESSION = "session:refuse", N_("Sign-in refused")
    REVOKE_SESSION = "session:revoke", N_("Session ended by an administrator")
    SOW = "sow", N_("Data loaded")
    VIEW_START = "start:view", N_("Start page viewed")
    ANCHOR_TRAIL = "trail:anchor", N_("Trail anchored")
    EXPORT_TRAIL = "trail:export", N_("Trail handed over")
    VERIFY_TRAIL = "trail:verify", N_("Trail verified")
    VIEW_TRAIL = "trail:view", N_("Trail viewed")
    ADD_USER = "user:add", N_("User added")
    DISABLE_USER = "user:disable", N_("User disabled")
    EDIT_USER = "user:edit", N_("User edited")
    ENABLE_USER = "user:enable", N_("User enabled again")
    GRANT_ROLE = "user:grant", N_("Role granted")
    INVITE_USER = "user:invite", N_("Sign-in link made")
    SPEAK_USER_LANGUAGE = "user:language", N_("Own language chosen")
    CHANGE_USER_PASSWORD = "user:password", N_("Password changed")
    VIEW_USER = "user:view", N_("User viewed")
    WITHDRAW_ROLE = "user:withdraw", N_("Role ended")


#: Actions that only open something; every other action is one register function.
READING = frozenset({action for action in Action if action.value.endswith(":view")} | {Action.TRACE_SCENARIO})

RULES: dict[Action, tuple[Rule, ...]] = {
    Action.VIEW_ANALYSIS: (reader,),
    Action.ADD_BODY: (central,),
    Action.EDIT_BODY: (central,),
    Action.VIEW_BODY: (reads,),
    Action.ADD_CODE: (keeps_lists,),
    Action.EDIT_CODE: (keeps_lists,),
    Action.RENEW_CODE: (keeps_lists,),
    Action.RETIRE_CODE: (keeps_lists,),
    Action.VIEW_CODE: (reads,),
    Action.ADD_DECISION: (central,),
    Action.EDIT_DECISION: (central,),
    Action.MEASURE_DECISION: (central,),
    Action.CONFIRM_DEPENDENCY: (answers_for_supplier,),
    Action.DISPUTE_DEPENDENCY: (answers_for_supplier,),
    Action.ADD_FUNCTION: (contact, keeps_partners),
    Action.ASSESS_IMPACTS: (contact,),
    Action.CONFIRM_FUNCTION: (central,),
    Action.DISCARD_REVISION: (contact, keeps_partners),
    Action.EDIT_FUNCTION: (contact, keeps_partners),
    Action.RETIRE_FUNCTION: (contact, keeps_partners),
    Action.RETURN_FUNCTION: (central,),
    Action.SUBMIT_FUNCTION: (contact, keeps_partners),
    Action.VIEW_FUNCTION: (reads,),
    Action.EXPORT_GUIDANCE: (contact, central),
    Action.VIEW_INTERFACE: (reads_interfaces,),
    Action.ACCEPT_INVITATION: (oneself,),
    Action.ACCEPT_LOSS: (leadership,),
    Action.DECIDE_LOSS: (central,),
    Action.ADD_MEASURE: (contact, central),
    Action.ADVANCE_MEASURE: (contact, central),
    Action.CANCEL_MEASURE: (contact, central),
    Action.EDIT_MEASURE: (contact, central),
    Action.FINISH_MEASURE: (contact, central),
    Action.REOPEN_MEASURE: (contact, central),
    Action.START_MEASURE: (contact, central),
    Action.VERIFY_MEASURE: (director, central),
    Action.VIEW_MEASURE: (reads,),
    Action.ADD_MEETING: (central,),
    Action.EDIT_MEETING: (central,),
    Action.RECORD_MEETING: (central,),
    Action.ADD_NATIONAL_PROGRAMME: (central,),
    Action.EDIT_NATIONAL_PROGRAMME: (central,),
    Action.ADD_NEED: (contact, keeps_partners),
    Action.EDIT_NEED: (contact, keeps_partners),
    Action.RETIRE_NEED: (contact, keeps_partners),
    Action.ADD_OBJECTIVE: (central,),
    Action.EDIT_OBJECTIVE: (central,),
    Action.ADD_NETWORK: (central,),
    Action.ANSWER_NETWORK: (central,),
    Action.ASK_NETWORK: (takes_part,),
    Action.EDIT_NETWORK: (central,),
    Action.VIEW_NETWORK: (reads,),
    Action.ADD_ORGANISATION: (keeps_tree, keeps_partners),
    Action.CLOSE_ORGANISATION: (keeps_tree, keeps_partners),
    Action.EDIT_ORGANISATION: (keeps_tree, keeps_partners),
    Action.MOVE_ORGANISATION: (keeps_tree,),
    Action.REOPEN_ORGANISATION: (keeps_tree, keeps_partners),
    Action.STAFF_ORGANISATION: (names_holders,),
    Action.VIEW_ORGANISATION: (reads,),
    Action.EXPORT_PICTURE: (reads,),
    Action.ADD_PLAN: (contact,),
    Action.APPROVE_PLAN: (director,),
    Action.EDIT_PLAN: (contact,),
    Action.RETURN_PLAN: (director, central),
    Action.SUBMIT_PLAN: (contact,),
    Action.VIEW_PLAN: (reads,),
    Action.ADD_PROGRAMME: (contact, central),
    Action.EDIT_PROGRAMME: (contact, central),
    Action.ADD_RESOURCE: (contact, keeps_partners),
    Action.EDIT_RESOURCE: (contact, keeps_partners),
    Action.RETIRE_RESOURCE: (contact, keeps_partners),
    Action.ADD_RISK: (contact,),
    Action.ASSESS_RISK: (contact,),
    Action.VIEW_RISK: (reads,),
    Action.STORE_RUN: (central,),
    Action.VIEW_RUN: (reads,),
    Action.VIEW_SAFETY: (reads,),
    Action.ADD_SCENARIO: (central,),
    Action.EDIT_SCENARIO: (central,),
    Action.RETIRE_SCENARIO: (central,),
    Action.TRACE_SCENARIO: (reads,),
    Action.VIEW_SCENARIO: (reads,),
    Action.BEGIN_SESSION: (anybody,),
    Action.END_SESSION: (oneself,),
    Action.REFUSE_SESSION: (anybody,),
    Action.REVOKE_SESSION: (admin,),
    Action.SOW: (nobody,),
    Action.VIEW_START: (signed_in,),
    Action.ANCHOR_TRAIL: (watches_trail,),
    Action.EXPORT_TRAIL: (watches_trail,),
    Action.VERIFY_TRAIL: (watches_trail,),
    Action.VIEW_TRAIL: (follows_trail,),
    Action.ADD_USER: (keeps_tree,),
    Action.DISABLE_USER: (admin,),
    Action.EDIT_USER: (admin,),
    Action.ENABLE_USER: (admin,),
    Action.GRANT_ROLE: (keeps_tree,),
    Action.INVITE_USER: (admin,),
    Action.SPEAK_USER_LANGUAGE: (oneself,),
    Action.CHANGE_USER_PASSWORD: (oneself,),
    Action.VIEW_USER: (reviews_accounts,),
    Action.WITHDRAW_ROLE: (keeps_tree,),
}


def may(actor: Actor, action: Action, subject: Any = None) -> bool:
    """Whether the actor may do this to the subject; without a subject, whether anywhere at all."""
    return actor.is_system or any(rule(actor, subject) for rule in RULES[action])


in_hand: ContextVar[Action | None] = ContextVar("action in hand", default=None)


def act(
    action: Action,
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """Guard and tag a register function; its first argument is the subject.

    Raises NotPermitted unless the acting user may do this to the subject. While the function runs, the
    action is in hand, so that the trail names it.
    """

    def decorate(function: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        @wraps(function)
        def guarded(subject: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not may(acting.current(), action, subject):
                raise NotPermitted(N_("You may not do this."))
            token = in_hand.set(action)
            try:
                return function(subject, *args, **kwargs)
            finally:
                in_hand.reset(token)

        guarded.action = action  # type: ignore[attr-defined]
        return guarded

    return decorate
