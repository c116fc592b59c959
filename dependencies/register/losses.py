"""Deciding what is done about a single point of failure."""

from dataclasses import fields, replace
from datetime import date

from dependencies import handling, queries
from dependencies.entries.needs import (
    AcceptanceEntry,
    HandlingEntry,
)
from dependencies.models.losses import LossDecision
from dependencies.vocabulary import Handling
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function


@act(Action.DECIDE_LOSS)
def decide_loss(function: Function, entry: HandlingEntry, *, seen: Seen[HandlingEntry] | None, on: date) -> None:
    """The unit says what is done about the loss of a function, or that the city cannot double it.

    Raises StaleEntry if somebody decided since, and RuleBroken with every rule that the entry breaks.
    """
    refuse_stale(seen, handling_now(function))
    refuse_if(handling.problems(entry, on=on))
    _decide(function, entry, on)


@act(Action.ACCEPT_LOSS)
def accept_loss(function: Function, entry: AcceptanceEntry, *, seen: Seen[AcceptanceEntry] | None, on: date) -> None:
    """The city leadership accepts that the loss of a function is as grave as it is, until a day.

    Whoever keeps the register does not accept for it. Raises StaleEntry if somebody decided since, and RuleBroken
    with every rule that the entry breaks.
    """
    refuse_stale(seen, acceptance_now(function))
    refuse_if(handling.acceptance_problems(entry, on=on))
    _decide(function, replace(_handling(function), handling=Handling.ACCEPTED, **vars(entry)), on)


def handling_now(function: Function) -> Seen[HandlingEntry]:
    """What a person sees who decides about the loss of a function now."""
    return Seen(_handling(function))


def acceptance_now(function: Function) -> Seen[AcceptanceEntry]:
    """What a person sees who accepts the loss of a function now; what has been decided otherwise stands beside it."""
    held = _handling(function)
    if held.handling is not Handling.ACCEPTED:
        return Seen(AcceptanceEntry(), (held.handling.value,) if held.handling else ())
    return Seen(AcceptanceEntry(reason=held.reason, holds_until=held.holds_until), (Handling.ACCEPTED.value,))


def _handling(function: Function) -> HandlingEntry:
    held = _decision(function)
    names = [field.name for field in fields(HandlingEntry)]
    return HandlingEntry(**{name: getattr(held, name) for name in names}) if held else HandlingEntry()


def _decision(function: Function) -> LossDecision | None:
    return db.session.scalars(queries.loss_decision(actor.current().scope, function)).one_or_none()


def _decide(function: Function, entry: HandlingEntry, on: date) -> None:
    held = _decision(function) or LossDecision(function=function)
    for name, value in vars(entry).items():
        setattr(held, name, value)
    held.decided_on, held.decided_by = on, actor.current().name
    db.session.add(held)
    db.session.flush()
