"""A risk's life: what may follow on what, who may accept it, and when it is looked at again (domain.md 2.1, 2.4, E9).

identified → assessed → treating → monitored → closed; an assessed risk may be accepted, dated, and any may be
reopened.
"""

from datetime import date
from typing import Protocol

from prepare.errors import RuleBroken
from prepare.months import months_after
from prepare.texts import N_
from prepare.vocabulary import Role
from risks.entries.risks import ReviewEntry, RiskAcceptanceEntry
from risks.matrix import Level
from risks.vocabulary.risks import RiskState, Treatment

#: Months until a risk of each level is looked at again: what may change fast is looked at often.
REVIEW_MONTHS = {Level.CRITICAL: 3, Level.SIGNIFICANT: 6, Level.MODERATE: 12, Level.LOW: 24}
#: An acceptance of a risk holds for at most so many years: then it is decided anew.
LONGEST_ACCEPTANCE_YEARS = 3
#: State → the states to which the owner moves it along.
ALONG = {
    RiskState.ASSESSED: (RiskState.TREATING,),
    RiskState.TREATING: (RiskState.MONITORED, RiskState.ASSESSED),
    RiskState.MONITORED: (RiskState.TREATING,),
}


class Weighed(Protocol):
    """What the life of a risk depends on."""

    state: RiskState
    level: Level | None
    treatment: Treatment | None
    accepted_until: date | None
    assessed_on: date | None
    reviewed_on: date | None


def along_problems(risk: Weighed, to: RiskState) -> list[RuleBroken]:
    """Why the risk cannot be moved along to this state."""
    if to not in ALONG.get(risk.state, ()):
        return [RuleBroken(N_("The risk has moved on meanwhile. Look at it again."))]
    if to is RiskState.TREATING and risk.treatment in (None, Treatment.ACCEPT):
        return [RuleBroken(N_("Say first how the risk is treated: avoid, reduce or share."))]
    return []


def next_steps(risk: Weighed) -> tuple[RiskState, ...]:
    """The states to which the risk can be moved along now."""
    return tuple(to for to in ALONG.get(risk.state, ()) if not along_problems(risk, to))


def waits_for_acceptance(risk: Weighed, *, on: date) -> bool:
    """Whether its owner proposes to accept it and nobody has decided, or the decision no longer holds."""
    if risk.state is RiskState.CLOSED or risk.level is None:
        return False
    if risk.state is RiskState.ACCEPTED:
        return has_lapsed(risk, on=on)
    return risk.treatment is Treatment.ACCEPT


def acceptance_problems(risk: Weighed, entry: RiskAcceptanceEntry, *, on: date) -> list[RuleBroken]:
    """E9 and E12: a decision says who, why and until when, about an assessed risk, and not for ever."""
    if risk.state is RiskState.CLOSED or risk.level is None:
        return [RuleBroken(N_("Only an assessed, open risk is accepted."))]
    found = [
        RuleBroken(message, field=name)
        for name, message in (
            ("accepted_by", N_("Say who decided: a role or a body.")),
            ("accepted_reason", N_("Say why the risk is accepted as it is.")),
            ("accepted_until", N_("Say until when: an acceptance without an end is forgotten.")),
        )
        if not getattr(entry, name)
    ]
    until = entry.accepted_until
    if until and until < on:
        found.append(RuleBroken(N_("The last day cannot lie in the past."), field="accepted_until"))
    if until and until > months_after(on, 12 * LONGEST_ACCEPTANCE_YEARS):
        message = N_("A risk is accepted for at most %(years)s years at a time.")
        found.append(RuleBroken(message, field="accepted_until", years=LONGEST_ACCEPTANCE_YEARS))
    return found


def acceptors(level: Level | None) -> tuple[Role, ...]:
    """Who may accept a risk of this level: the sector's director or the city leadership, CRITICAL the latter alone."""
    return (Role.LEADERSHIP,) if level is Level.CRITICAL else (Role.SECTOR_DIRECTOR, Role.LEADERSHIP)


def has_lapsed(risk: Weighed, *, on: date) -> bool:
    """Whether an acceptance no longer holds: its last day has passed, or it never had one."""
    return risk.state is RiskState.ACCEPTED and (risk.accepted_until is None or risk.accepted_until < on)


def review_problems(risk: Weighed, entry: ReviewEntry, *, on: date) -> list[RuleBroken]:
    """A review is of an assessed, open risk, and names the day of the next one, which lies ahead."""
    if risk.state is RiskState.CLOSED or risk.level is None:
        return [RuleBroken(N_("Assess the risk first: there is nothing yet to review."))]
    if entry.next_review is None:
        return [RuleBroken(N_("Say when it is looked at again."), field="next_review")]
    if entry.next_review <= on:
        return [RuleBroken(N_("The next review lies ahead."), field="next_review")]
    return []


def proposed_review(level: Level | None, *, on: date) -> date | None:
    """The day on which a risk of this level is best looked at again, or None while it has no level."""
    return None if level is None else months_after(on, REVIEW_MONTHS[level])
