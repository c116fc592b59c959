"""What bodies, meetings and decisions must satisfy to be saved (domain.md 2.3, 2.5: E7, E12)."""

from datetime import date

from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.entries.bodies import BodyEntry, DecisionEntry, MeetingEntry, MinutesEntry
from risks.vocabulary.bodies import DecisionState, MeetingState

#: Meetings farther ahead are slips of the pen.
FARTHEST_YEARS = 10
LONGEST_NAME = 200  #: of a measure


def body_problems(entry: BodyEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that a body's entry breaks on the day `on`."""
    found = []
    if not (entry.name_fi or "").strip():
        found.append(RuleBroken(N_("Give the body a name."), field="name_fi"))
    if entry.cadence_months is not None and not 1 <= entry.cadence_months <= 120:
        found.append(RuleBroken(N_("Give the interval in months, from 1 to 120."), field="cadence_months"))
    if entry.cadence_months is None and not entry.on_demand:
        message = N_("Say how often the body meets, or that it meets when it is called.")
        found.append(RuleBroken(message, field="cadence_months"))
    if entry.appointed_on and entry.appointed_on > on:
        found.append(RuleBroken(N_("The day of appointment cannot lie ahead."), field="appointed_on"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def meeting_problems(entry: MeetingEntry, *, on: date) -> list[RuleBroken]:
    """A meeting that is called has a day, and one that people plan by."""
    if entry.meets_on is None:
        return [RuleBroken(N_("Say on which day the meeting is."), field="meets_on")]
    if entry.meets_on.year > on.year + FARTHEST_YEARS:
        message = N_("A meeting is called at most %(years)s years ahead.")
        return [RuleBroken(message, field="meets_on", years=FARTHEST_YEARS)]
    return []


def minutes_problems(entry: MinutesEntry, *, meets_on: date, on: date) -> list[RuleBroken]:
    """E12: what lies ahead has not been held and has not been missed; who was present is told of a held meeting."""
    found = []
    if entry.state in (MeetingState.HELD, MeetingState.MISSED) and meets_on > on:
        message = N_("The meeting lies ahead. Change its day first, or cancel it.")
        found.append(RuleBroken(message, field="state"))
    if entry.state is MeetingState.PLANNED and (entry.minutes or entry.participants):
        found.append(RuleBroken(N_("A meeting with participants or minutes has been held."), field="state"))
    return found


def decision_problems(entry: DecisionEntry, *, meeting: MeetingState) -> list[RuleBroken]:
    """Only a meeting that was held decides, and what it decides is told in words."""
    found = []
    if not (entry.text or "").strip():
        found.append(RuleBroken(N_("Say what was decided."), field="text"))
    if meeting is not MeetingState.HELD:
        found.append(RuleBroken(N_("Only a meeting that has been held makes decisions. Record the meeting first.")))
    return found


def measure_problems(state: DecisionState, *, has_measure: bool) -> list[RuleBroken]:
    """An open decision leads to a measure once."""
    if has_measure:
        return [RuleBroken(N_("The decision has led to a measure already."))]
    if state is not DecisionState.OPEN:
        return [RuleBroken(N_("Only an open decision leads to a measure."))]
    return []


def name_from(text: str) -> str:
    """A name for the measure that a text asks for: its first line, cut where a name ends."""
    first = text.strip().splitlines()[0]
    return first if len(first) <= LONGEST_NAME else f"{first[: LONGEST_NAME - 1]}…"


def is_overdue(state: DecisionState, due: date | None, *, on: date) -> bool:
    """Whether an open decision should have been carried out by now."""
    return state is DecisionState.OPEN and due is not None and due < on
