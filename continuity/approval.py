"""What a plan must satisfy to be saved, submitted and approved (domain.md 2.4, 2.5: E7, E8, E10, E12)."""

import re
from collections.abc import Collection
from datetime import date

from continuity.entries.plans import ApprovalEntry, PlanEntry
from continuity.vocabulary.plans import PlanKind, PlanState, Section
from prepare.errors import RuleBroken
from prepare.registration import Gap
from prepare.texts import N_
from prepare.vocabulary import Confidentiality

#: Sections that somebody needs in the first hour; without them a submitted plan helps nobody.
NEEDED = (
    (Section.ACTIVATION, N_("Nobody takes the plan into use if it does not say when.")),
    (Section.FIRST_HOUR, N_("In the first hour there is no time to look for what to do.")),
)


def problems(entry: PlanEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that the entry breaks on the day `on`."""
    found = []
    if not entry.name_fi or not entry.name_fi.strip():
        found.append(RuleBroken(N_("Give the plan a name."), field="name_fi"))
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4}){0,3}", entry.number or ""):
        found.append(RuleBroken(N_("Give the version a number, as 1.0 or 2.1."), field="number"))
    if entry.last_exercised_on and entry.last_exercised_on > on:
        found.append(RuleBroken(N_("The day of the exercise cannot lie ahead."), field="last_exercised_on"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def gaps(entry: PlanEntry, filled: Collection[Section]) -> list[Gap]:
    """What the version lacks before it can be submitted, in the order of the plan; `filled` sections say something.

    A section may stand in a document of its own: then its place is told instead.
    """
    found = []
    if not entry.functions and entry.kind is not PlanKind.GENERAL:
        found.append(Gap("functions", N_("Functions"), N_("A plan secures something: say which functions.")))
    for section, why in NEEDED:
        if section not in filled and not entry.document_ref:
            found.append(Gap(f"section_{section.value}", section.message, why))
    return found


def approval_problems(
    entry: PlanEntry, approval: ApprovalEntry, *, approver: int | None, authors: frozenset[int], on: date
) -> list[RuleBroken]:
    """Why a version cannot be approved on the day `on` by this person (E8, E10, E12).

    `approver` and `authors` are ids of people; whoever wrote anything in the version is an author.
    """
    found = []
    if approver is None or approver in authors:
        found.append(RuleBroken(N_("A plan is never approved by somebody who wrote in it.")))
    if not entry.functions and entry.kind is not PlanKind.GENERAL:
        found.append(RuleBroken(N_("The plan must cover at least one function before it is approved.")))
    if approval.next_review is None:
        found.append(RuleBroken(N_("Say when the plan is to be reviewed next."), field="next_review"))
    elif approval.next_review <= on:
        found.append(RuleBroken(N_("The next review must lie ahead."), field="next_review"))
    if approval.valid_until and approval.valid_until < on:
        found.append(RuleBroken(N_("The plan cannot end before it begins."), field="valid_until"))
    return found


def year_after(day: date) -> date:
    """The same day a year later; 29 February gives the 28th."""
    return date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def next_number(number: str) -> str:
    """The number that follows: the last part rises by one, "2.1" gives "2.2"."""
    head, dot, last = number.rpartition(".")
    return f"{head}{dot}{int(last) + 1}" if last.isdecimal() else f"{number}.1"


def free_number(number: str, taken: Collection[str]) -> str:
    """The first number after `number` that no version has."""
    following = next_number(number)
    return free_number(following, taken) if following in taken else following


def is_overdue(state: PlanState, next_review: date | None, *, on: date) -> bool:
    """Whether an approved version should have been reviewed by now."""
    return state is PlanState.APPROVED and next_review is not None and next_review < on


def has_expired(state: PlanState, valid_until: date | None, *, on: date) -> bool:
    """Whether an approved version's time has run out."""
    return state is PlanState.APPROVED and valid_until is not None and valid_until < on
