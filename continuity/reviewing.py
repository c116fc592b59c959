"""What a situation review must satisfy, how two are compared, and how its bars are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from continuity.entries.reviews import NeededDecisionEntry, SituationReviewEntry
from continuity.vocabulary.reviews import ReviewState
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality

#: The three sentences, which a review that is given holds.
SENTENCES = ("now_text", "change_text", "need_text")
WIDTH = 100.0  #: of a bar, in per cent


def problems(entry: SituationReviewEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that a review's entry breaks on the day `on`."""
    found = []
    if entry.as_of is None:
        found.append(RuleBroken(N_("Say of which day the review is."), field="as_of"))
    elif entry.as_of > on:
        found.append(RuleBroken(N_("The day of the review cannot lie ahead."), field="as_of"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def refuse_given(state: ReviewState) -> None:
    """Raise RuleBroken for a review that has been given: it stays as its readers had it."""
    if state is ReviewState.GIVEN:
        raise RuleBroken(N_("The review has been given. It stays as its readers had it: make a new one."))


def giving_problems(entry: SituationReviewEntry) -> list[RuleBroken]:
    """A review is given with its three sentences: figures alone tell nobody what to decide."""
    if all(getattr(entry, name) for name in SENTENCES):
        return []
    return [RuleBroken(N_("Write the three sentences first: how it is, what has changed, what is needed."))]


def decision_problems(entry: NeededDecisionEntry) -> list[RuleBroken]:
    """Every rule that a needed decision breaks: what, by when, and what follows if it is not made."""
    found = []
    if not entry.what:
        found.append(RuleBroken(N_("Say what is to be decided."), field="what"))
    if entry.due is None:
        found.append(RuleBroken(N_("Say by which day it is to be decided."), field="due"))
    if entry.cost_eur is not None and entry.cost_eur < 0:
        found.append(RuleBroken(N_("The value cannot be negative."), field="cost_eur"))
    if not entry.consequence:
        found.append(RuleBroken(N_("Say what follows if it is not decided."), field="consequence"))
    return found


def change(now: int | None, before: int | None) -> int | None:
    """By how much a figure has grown since the review before; None when one of them is unknown."""
    return None if now is None or before is None else now - before


@dataclass(frozen=True)
class Bar:
    """One part of a bar: its word, how many, and where it lies, in per cent of the whole."""

    word: str
    count: int
    x: float
    width: float


def bars(counts: Mapping[str, int], order: Sequence[str]) -> list[Bar]:
    """The parts of a bar in this order, side by side; a word without any has none."""
    total, at, found = sum(counts.get(word, 0) for word in order), 0.0, []
    for word in order:
        if count := counts.get(word, 0):
            width = round(WIDTH * count / total, 2)
            found.append(Bar(word, count, round(at, 2), width))
            at += width
    return found
