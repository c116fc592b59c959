"""What may be done, and by whom: one action = one permission = one tag in the trail (domain.md 2.1)."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from prepare import actor as acting
from prepare.actions import READING, Action
from prepare.actor import Actor
from prepare.errors import NotPermitted
from prepare.rules import RULES
from prepare.texts import N_

__all__ = ["READING", "RULES", "Action", "act", "in_hand", "may"]

S = TypeVar("S")
P = ParamSpec("P")
R = TypeVar("R")


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
