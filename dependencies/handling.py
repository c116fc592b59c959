"""What a decision about a single point of failure must say, and for how long it holds (domain.md 2.6 b, E9)."""

from datetime import date

from dependencies.entries.needs import AcceptanceEntry, HandlingEntry
from dependencies.vocabulary import Handling
from prepare.errors import RuleBroken
from prepare.texts import N_

PAST = N_("Give a day that is not past.")


def problems(entry: HandlingEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that the unit's decision breaks on the day `on`.

    A measure says what is done, who answers for it and by when; a boundary node says why it is one.
    """
    if entry.handling is None:
        return [RuleBroken(N_("Choose one."), field="handling")]
    if entry.handling is Handling.ACCEPTED:
        return [RuleBroken(N_("Only the city leadership accepts it."), field="handling")]
    found = []
    if entry.handling is Handling.TREATED:
        wanted = {
            "measure": N_("Say what is done about it."),
            "owner_role": N_("Say who answers for it."),
            "holds_until": N_("Say by which day it is in force."),
        }
        found = [RuleBroken(message, field=name) for name, message in wanted.items() if not getattr(entry, name)]
    if entry.handling is Handling.BOUNDARY and not entry.reason:
        found.append(RuleBroken(N_("Say why the city cannot double it."), field="reason"))
    if entry.holds_until and entry.holds_until < on:
        found.append(RuleBroken(PAST, field="holds_until"))
    return found


def acceptance_problems(entry: AcceptanceEntry, *, on: date) -> list[RuleBroken]:
    """E9: an acceptance says why and until when; who and on which day the register adds."""
    found = []
    if not entry.reason:
        found.append(RuleBroken(N_("Say why it can be lived with."), field="reason"))
    if entry.holds_until is None:
        found.append(RuleBroken(N_("Say until when; after that day it must be decided on anew."), field="holds_until"))
    elif entry.holds_until < on:
        found.append(RuleBroken(PAST, field="holds_until"))
    return found


def in_force(handling: Handling, holds_until: date | None, *, on: date) -> Handling:
    """What holds on the day `on`: a decision whose last day has passed has lapsed, and nothing is decided again."""
    return Handling.UNTREATED if holds_until is not None and holds_until < on else handling
