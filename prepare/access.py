"""What may be done, and by whom: one action = one permission = one tag in the trail (domain.md 2.1)."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from prepare import actor as acting
from prepare.actions import READING, Action
from prepare.actor import Actor
from prepare.errors import NotPermitted
from prepare.powers import (
    Rule,
    admin,
    answers_for_consumer,
    answers_for_supplier,
    anybody,
    central,
    contact,
    director,
    follows_city,
    follows_readiness,
    follows_trail,
    keeps_function,
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

__all__ = ["READING", "RULES", "Action", "act", "in_hand", "may"]

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")


RULES: dict[Action, tuple[Rule, ...]] = {
    Action.ADD_AGREEMENT: (contact, central),
    Action.BEGIN_AGREEMENT: (contact, central),
    Action.EDIT_AGREEMENT: (contact, central),
    Action.END_AGREEMENT: (contact, central),
    Action.RENEW_AGREEMENT: (contact, central),
    Action.REVIEW_AGREEMENT: (contact, central),
    Action.VIEW_AGREEMENT: (reads,),
    Action.VIEW_ANALYSIS: (reader,),
    Action.ADD_BODY: (central,),
    Action.EDIT_BODY: (central,),
    Action.VIEW_BODY: (reads,),
    Action.ADD_CHAPTER: (central,),
    Action.EDIT_CHAPTER: (central,),
    Action.ADD_CODE: (keeps_lists,),
    Action.EDIT_CODE: (keeps_lists,),
    Action.RENEW_CODE: (keeps_lists,),
    Action.RETIRE_CODE: (keeps_lists,),
    Action.VIEW_CODE: (reads,),
    Action.ASK_CONFIRMATION: (answers_for_consumer, answers_for_supplier, central),
    Action.DELIVER_CONFIRMATION: (answers_for_supplier,),
    Action.NEED_CONFIRMATION: (answers_for_consumer,),
    Action.VIEW_CONFIRMATION: (reads_interfaces,),
    Action.ADD_DECISION: (central,),
    Action.EDIT_DECISION: (central,),
    Action.MEASURE_DECISION: (central,),
    Action.ADD_EXERCISE: (contact, central),
    Action.ADVANCE_EXERCISE: (contact, central),
    Action.CANCEL_EXERCISE: (contact, central),
    Action.EDIT_EXERCISE: (contact, central),
    Action.EVALUATE_EXERCISE: (contact, central),
    Action.HOLD_EXERCISE: (contact, central),
    Action.VIEW_EXERCISE: (reads,),
    Action.SNOOZE_FINDING: (contact, central),
    Action.VIEW_FINDING: (reads,),
    Action.WAKE_FINDING: (contact, central),
    Action.ADD_FUNCTION: (contact, keeps_partners),
    Action.ASSESS_IMPACTS: (contact,),
    Action.CONFIRM_FUNCTION: (central,),
    Action.DISCARD_REVISION: (contact, keeps_partners),
    Action.EDIT_FUNCTION: (contact, keeps_partners),
    Action.RETIRE_FUNCTION: (contact, keeps_partners),
    Action.RETURN_FUNCTION: (central,),
    Action.SUBMIT_FUNCTION: (contact, keeps_partners),
    Action.VIEW_FUNCTION: (reads,),
    Action.ADD_GUIDANCE: (central,),
    Action.ANSWER_GUIDANCE: (contact,),
    Action.EDIT_GUIDANCE: (central,),
    Action.EXPORT_GUIDANCE: (contact, central),
    Action.ISSUE_GUIDANCE: (central,),
    Action.VIEW_GUIDANCE: (reads,),
    Action.VIEW_INTERFACE: (reads_interfaces,),
    Action.ACCEPT_INVITATION: (oneself,),
    Action.ADD_KUJA: (central,),
    Action.BEGIN_KUJA: (central,),
    Action.EDIT_KUJA: (central,),
    Action.MAP_KUJA: (central,),
    Action.VIEW_KUJA: (follows_city,),
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
    Action.KEEP_MEASUREMENT: (contact, central),
    Action.TAKE_MEASUREMENT: (keeps_function,),
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
    Action.ADD_INDICATOR: (contact, central),
    Action.EDIT_INDICATOR: (contact, central),
    Action.ADD_INJECT: (contact, central),
    Action.EDIT_INJECT: (contact, central),
    Action.EXPORT_INJECTS: (reads,),
    Action.MAKE_INJECTS: (contact, central),
    Action.RETIRE_INJECT: (contact, central),
    Action.ADD_INPUT: (contact, central),
    Action.EDIT_INPUT: (contact, central),
    Action.ADD_PHENOMENON: (contact, central),
    Action.EDIT_PHENOMENON: (contact, central),
    Action.ADD_PRACTICE: (contact, central),
    Action.ADOPT_PRACTICE: (takes_part,),
    Action.EDIT_PRACTICE: (contact, central),
    Action.ADD_SIGNAL: (contact, central),
    Action.EDIT_SIGNAL: (contact, central),
    Action.ADD_NETWORK: (central,),
    Action.ANSWER_NETWORK: (central,),
    Action.ASK_NETWORK: (takes_part,),
    Action.EDIT_NETWORK: (central,),
    Action.VIEW_NETWORK: (reads,),
    Action.ADD_OBJECTIVE: (central,),
    Action.EDIT_OBJECTIVE: (central,),
    Action.ADD_OBSERVATION: (contact, central),
    Action.EDIT_OBSERVATION: (contact, central),
    Action.ADD_ORGANISATION: (keeps_tree, keeps_partners),
    Action.CLOSE_ORGANISATION: (keeps_tree, keeps_partners),
    Action.EDIT_ORGANISATION: (keeps_tree, keeps_partners),
    Action.MOVE_ORGANISATION: (keeps_tree,),
    Action.REOPEN_ORGANISATION: (keeps_tree, keeps_partners),
    Action.STAFF_ORGANISATION: (names_holders,),
    Action.VIEW_ORGANISATION: (reads,),
    Action.EXPORT_PICTURE: (reads,),
    Action.ADD_PLAN: (contact,),
    Action.ANSWER_PLAN: (contact,),
    Action.APPROVE_PLAN: (director,),
    Action.COMMENT_PLAN: (director, central),
    Action.BEGIN_PLAN: (contact,),
    Action.EDIT_PLAN: (contact,),
    Action.EXPORT_PLAN: (reads,),
    Action.PASS_PLAN: (central,),
    Action.RETURN_PLAN: (director, central),
    Action.REVIEW_PLAN: (central,),
    Action.SETTLE_PLAN: (director, central),
    Action.SUBMIT_PLAN: (contact,),
    Action.VIEW_PLAN: (reads,),
    Action.WITHDRAW_PLAN: (contact,),
    Action.WRITE_PLAN: (contact,),
    Action.ADD_PLANPART: (contact,),
    Action.EDIT_PLANPART: (contact,),
    Action.RETIRE_PLANPART: (contact,),
    Action.ADD_PRIORITY: (central,),
    Action.EDIT_PRIORITY: (central,),
    Action.ADD_PROGRAMME: (contact, central),
    Action.EDIT_PROGRAMME: (contact, central),
    Action.SNAPSHOT_READINESS: (central,),
    Action.VIEW_READINESS: (follows_readiness,),
    Action.SEND_REMINDER: (nobody,),
    Action.ADD_REQUIREMENT: (central,),
    Action.EDIT_REQUIREMENT: (central,),
    Action.ADD_RESOURCE: (contact, keeps_partners),
    Action.EDIT_RESOURCE: (contact, keeps_partners),
    Action.RETIRE_RESOURCE: (contact, keeps_partners),
    Action.ADD_REVIEW: (central,),
    Action.EDIT_REVIEW: (central,),
    Action.GIVE_REVIEW: (central,),
    Action.VIEW_REVIEW: (reads,),
    Action.ACCEPT_RISK: (director, leadership),
    Action.ADD_RISK: (contact,),
    Action.ADVANCE_RISK: (contact,),
    Action.ASSESS_RISK: (contact,),
    Action.CLOSE_RISK: (contact,),
    Action.LINK_RISK: (contact,),
    Action.REOPEN_RISK: (contact, leadership),
    Action.REVIEW_RISK: (contact,),
    Action.SCALE_RISK: (keeps_tree,),
    Action.VIEW_RISK: (reads,),
    Action.STORE_RUN: (central,),
    Action.VIEW_RUN: (reads,),
    Action.VIEW_SAFETY: (reads,),
    Action.ADD_SAFETYPLAN: (central,),
    Action.ADOPT_SAFETYPLAN: (central,),
    Action.EDIT_SAFETYPLAN: (central,),
    Action.END_SAFETYPLAN: (central,),
    Action.ADD_SCENARIO: (central,),
    Action.EDIT_SCENARIO: (central,),
    Action.RETIRE_SCENARIO: (central,),
    Action.TRACE_SCENARIO: (reads,),
    Action.VIEW_SCENARIO: (reads,),
    Action.BEGIN_SESSION: (anybody,),
    Action.END_SESSION: (oneself,),
    Action.REFUSE_SESSION: (anybody,),
    Action.REVOKE_SESSION: (admin,),
    Action.ADVANCE_SITUATION: (central,),
    Action.AGREE_SITUATION: (central,),
    Action.CLOSE_SITUATION: (central,),
    Action.EDIT_SITUATION: (central,),
    Action.LOG_SITUATION: (takes_part,),
    Action.OPEN_SITUATION: (central,),
    Action.PRESENT_SITUATION: (central,),
    Action.VIEW_SITUATION: (reads,),
    Action.VIEW_SNAPSHOT: (reads,),
    Action.SOW: (nobody,),
    Action.VIEW_START: (signed_in,),
    Action.ANCHOR_TRAIL: (watches_trail,),
    Action.EXPORT_TRAIL: (watches_trail,),
    Action.VERIFY_TRAIL: (watches_trail,),
    Action.VIEW_TRAIL: (follows_trail,),
    Action.VIEW_TRANSFER: (reads,),
    Action.ADD_USER: (keeps_tree,),
    Action.DISABLE_USER: (admin,),
    Action.EDIT_USER: (admin,),
    Action.ENABLE_USER: (admin,),
    Action.GRANT_ROLE: (keeps_tree,),
    Action.INVITE_USER: (admin,),
    Action.SPEAK_USER_LANGUAGE: (oneself,),
    Action.LEAVE_USER: (oneself,),
    Action.CHANGE_USER_PASSWORD: (oneself,),
    Action.REMIND_USER: (oneself,),
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
