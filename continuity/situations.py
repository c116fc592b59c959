"""What a situation must satisfy, how it goes from open to learned, and what is left to learn (domain.md 2.3, 2.4)."""

from collections.abc import Iterable
from datetime import datetime

from continuity.entries.situations import (
    AgreementEntry,
    ClosingEntry,
    LogEntry,
    ObservationEntry,
    PresentationEntry,
    SituationEntry,
)
from continuity.vocabulary.situations import LIVE, ObservationKind, SituationState
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality

AHEAD = N_("This time lies ahead.")
#: What a step of the button leads to.
NEXT = {SituationState.OPEN: SituationState.PICTURE_SHARED, SituationState.CLOSED: SituationState.LEARNED}


def problems(entry: SituationEntry, *, now: datetime) -> list[RuleBroken]:
    """Every rule that a situation's entry breaks at this moment."""
    found = []
    if not (entry.title or "").strip():
        found.append(RuleBroken(N_("Give the situation a title."), field="title"))
    if entry.began_at is None:
        found.append(RuleBroken(N_("Say when it began: the hours are counted from there."), field="began_at"))
    elif entry.began_at > now:
        found.append(RuleBroken(AHEAD, field="began_at"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def log_problems(entry: LogEntry, state: SituationState, *, now: datetime) -> list[RuleBroken]:
    """An entry of the picture says something, of now or before, as long as the situation lasts."""
    found = closed_problems(state)
    if not (entry.text or "").strip():
        found.append(RuleBroken(N_("Say what is known."), field="text"))
    if entry.at and entry.at > now:
        found.append(RuleBroken(AHEAD, field="at"))
    return found


def closed_problems(state: SituationState) -> list[RuleBroken]:
    """Nothing is added to a situation that has been closed."""
    return [] if state in LIVE else [RuleBroken(N_("The situation has been closed."))]


def agreement_problems(entry: AgreementEntry, state: SituationState) -> list[RuleBroken]:
    """What is agreed on says what is done."""
    found = closed_problems(state)
    if not (entry.text or "").strip():
        found.append(RuleBroken(N_("Say what is done."), field="text"))
    return found


def presentation_problems(entry: PresentationEntry, state: SituationState, *, now: datetime) -> list[RuleBroken]:
    """A situation is presented to somebody, and has been when that is recorded."""
    found = closed_problems(state)
    if not entry.presented_to:
        found.append(RuleBroken(N_("Say to whom it was presented."), field="presented_to"))
    if entry.presented_at and entry.presented_at > now:
        found.append(RuleBroken(AHEAD, field="presented_at"))
    return found


def closing_problems(
    entry: ClosingEntry, state: SituationState, *, began_at: datetime, now: datetime
) -> list[RuleBroken]:
    """E12: a situation ends after it began, and not ahead of us."""
    found = closed_problems(state)
    if entry.closed_at and entry.closed_at > now:
        found.append(RuleBroken(AHEAD, field="closed_at"))
    if entry.closed_at and entry.closed_at < began_at:
        found.append(RuleBroken(N_("It cannot end before it began."), field="closed_at"))
    return found


def observation_problems(entry: ObservationEntry) -> list[RuleBroken]:
    """An observation says what was observed; nothing is left undone and done at once."""
    found = []
    if not (entry.text or "").strip():
        found.append(RuleBroken(N_("Say what was observed."), field="text"))
    if entry.measure and entry.no_action_reason:
        message = N_("A measure and a reason for doing nothing exclude each other.")
        found.append(RuleBroken(message, field="no_action_reason"))
    return found


def is_settled(entry: ObservationEntry) -> bool:
    """Whether nothing more is asked of an observation: a strength, or a gap with a measure or a reason."""
    return entry.kind is ObservationKind.STRENGTH or bool(entry.measure or entry.no_action_reason)


def advance(state: SituationState, observations: Iterable[ObservationEntry]) -> SituationState:
    """The state after the next step of the button.

    Raises RuleBroken when no step leads on from here, and when a closed situation has taught nothing or leaves a gap
    without a measure or a reason.
    """
    if state not in NEXT:
        raise RuleBroken(N_("From “%(state)s” no step leads on this way."), state=state.label)
    learnt = list(observations)
    if state is SituationState.CLOSED and not learnt:
        raise RuleBroken(N_("Record first what was observed, at least what worked."))
    if state is SituationState.CLOSED and not all(is_settled(one) for one in learnt):
        raise RuleBroken(N_("Every gap needs a measure, or the reason why nothing is done."))
    return NEXT[state]


def reached(state: SituationState, step: SituationState) -> SituationState:
    """The state once this step has been taken: a later one stays."""
    order = list(SituationState)
    return max(state, step, key=order.index)
