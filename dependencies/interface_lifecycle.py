"""An interface's life (domain.md 2.4): identified → draft → agreed → exercised → under review → agreed; dissolved.

That it has been exercised lapses when the last joint exercise is older than the interval of its class: this is told
by the day, never stored.
"""

from collections.abc import Sequence
from datetime import date

from dependencies.completeness import Held, is_exercised
from dependencies.interface_vocabulary import Step
from dependencies.vocabulary import InterfaceState
from prepare.errors import RuleBroken
from prepare.registration import VITAL
from prepare.texts import N_, _
from prepare.vocabulary import Criticality

#: Those in force: what was agreed holds, exercised or not.
IN_FORCE = frozenset({InterfaceState.AGREED, InterfaceState.EXERCISED})
#: Step → the states from which it is taken.
FROM = {
    Step.DRAFT: frozenset({InterfaceState.IDENTIFIED}),
    Step.AGREE: frozenset({InterfaceState.DRAFT, InterfaceState.UNDER_REVIEW}),
    Step.BEGIN_REVIEW: IN_FORCE,
    Step.REVIEW: IN_FORCE | {InterfaceState.UNDER_REVIEW},
    Step.DISSOLVE: frozenset(InterfaceState) - {InterfaceState.DISSOLVED},
    Step.REOPEN: frozenset({InterfaceState.DISSOLVED}),
}
#: The farthest that the next review may lie ahead, in years.
FARTHEST_YEARS = 5


def standing(
    state: InterfaceState, criticality: Criticality | None, exercised_on: date | None, on: date
) -> InterfaceState:
    """How an interface stands on the day `on`: one in force is exercised or merely agreed, as its last exercise says.

    One of the lowest class has no interval: it is exercised once it ever was.
    """
    if state not in IN_FORCE:
        return state
    counts = exercised_on is not None and is_exercised(criticality, exercised_on, on)
    return InterfaceState.EXERCISED if counts else InterfaceState.AGREED


def steps(state: InterfaceState) -> tuple[Step, ...]:
    """The steps that can be taken from a state."""
    return tuple(step for step in Step if state in FROM[step])


def step_problems(step: Step, state: InterfaceState) -> list[RuleBroken]:
    """Why the step cannot be taken from this state."""
    if state in FROM[step]:
        return []
    return [RuleBroken(N_("The interface has moved on meanwhile. Look at it again."))]


def lacks(held: Held, *, has_description: bool) -> list[str]:
    """What both sides still have to settle before the interface counts as agreed, in words.

    Owners on both sides and what the interface is for are asked of all; duty contacts of the classes K1 and K2,
    a written alerting practice of K1.
    """
    asked = {
        N_("a description of what runs over it"): has_description,
        N_("an owner on each side"): held.owners,
        N_("a duty contact on each side"): held.contacts or held.criticality not in VITAL,
        N_("an alerting practice that is written down"): (
            held.alerting_documented or held.criticality is not Criticality.K1
        ),
    }
    return [_(message) for message, there in asked.items() if not there]


def review_problems(next_review: date | None, on: date) -> list[RuleBroken]:
    """The next review has a day that lies ahead, though not too far."""
    if next_review is None:
        return [RuleBroken(N_("Say when it is looked through again."), field="next_review")]
    if next_review <= on:
        return [RuleBroken(N_("Choose a day that lies ahead."), field="next_review")]
    if next_review.year > on.year + FARTHEST_YEARS:
        message = N_("An interface is looked through at least every %(years)s years.")
        return [RuleBroken(message, field="next_review", years=FARTHEST_YEARS)]
    return []


def agreeing_problems(
    state: InterfaceState, missing: Sequence[str], *, next_review: date | None, on: date
) -> list[RuleBroken]:
    """Why the interface cannot be called agreed; `missing` is what it `lacks`."""
    found = step_problems(Step.AGREE, state)
    if missing:
        message = N_("Before it is agreed it needs: %(missing)s.")
        found.append(RuleBroken(message, missing=", ".join(missing)))
    return found + review_problems(next_review, on)


def dissolving_problems(state: InterfaceState, reason: str | None) -> list[RuleBroken]:
    """Why the interface cannot be dissolved: it is already, or nobody says why."""
    found = step_problems(Step.DISSOLVE, state)
    if not (reason or "").strip():
        found.append(
            RuleBroken(N_("Say why it is dissolved, and what carries the chain from now on."), field="state_reason")
        )
    return found
