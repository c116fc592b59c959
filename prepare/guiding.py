"""The life of the preparedness guidance and of the answers to it (domain.md 2.3, 2.4)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from prepare.checks import CheckResult
from prepare.entries import AnswerEntry, ChapterEntry, GuidanceVersionEntry, IssueEntry, RequirementEntry
from prepare.errors import RuleBroken
from prepare.months import months_after
from prepare.texts import LANGUAGES, N_, named
from prepare.vocabulary import AnswerStatus, Confidentiality, Criticality, GuidanceState

R = TypeVar("R")
#: How good an answer and a result are; "does not concern us" and "cannot be counted" have no place among them.
STEPS = {"not_met": 0, "partly": 1, "met": 2}


def states(versions: Iterable[Any], *, on: date) -> dict[int, GuidanceState]:
    """The state of each version of one city on the day `on`, by id.

    Each has `id`, `issued_on` and `valid_from`. Of those issued the one that began last is in force, so there is
    never more than one.
    """
    every = list(versions)
    begun = [one for one in every if one.issued_on and one.valid_from <= on]
    latest = max(begun, key=lambda one: one.valid_from, default=None)
    found = {one.id: GuidanceState.ISSUED if one.issued_on else GuidanceState.DRAFT for one in every}
    found |= {one.id: GuidanceState.SUPERSEDED for one in begun}
    return found | ({latest.id: GuidanceState.IN_FORCE} if latest else {})


def refuse_issued(version: Any) -> None:
    """Raise RuleBroken when the version was issued: it stays as it was given out."""
    if version.issued_on:
        raise RuleBroken(N_("An issued version cannot be changed. Begin a new one."))


def version_problems(entry: GuidanceVersionEntry, *, taken: Collection[str]) -> list[RuleBroken]:
    """What is wrong with a version; `taken` are the numbers of the city's other ones."""
    if entry.number in taken:
        return [RuleBroken(N_("The city has a version of this number already."), field="number")]
    return []


def chapter_problems(entry: ChapterEntry) -> list[RuleBroken]:
    """What is wrong with a chapter."""
    found = _secrecy_problems(entry)
    if entry.rank is not None and not 1 <= entry.rank <= 999:
        found.append(RuleBroken(N_("Give a place from 1 to 999."), field="rank"))
    return found


def requirement_problems(entry: RequirementEntry) -> list[RuleBroken]:
    """What is wrong with a requirement."""
    found = _secrecy_problems(entry)
    if entry.cycle_months is not None and not 1 <= entry.cycle_months <= 120:
        found.append(RuleBroken(N_("Give a cycle from 1 to 120 months."), field="cycle_months"))
    return found


def _secrecy_problems(entry: ChapterEntry | RequirementEntry) -> list[RuleBroken]:
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        return [RuleBroken(message, field="secrecy_basis")]
    return []


def issue_problems(entry: IssueEntry, *, requirements: int, begins: Collection[date], on: date) -> list[RuleBroken]:
    """Why a draft cannot be issued; `begins` are the days from which the city's other versions are valid."""
    if requirements == 0:
        return [RuleBroken(N_("Give the version at least one requirement first."))]
    if entry.valid_from is None:
        return [RuleBroken(N_("Say from which day the version is valid."), field="valid_from")]
    if entry.valid_from < on:
        return [RuleBroken(N_("A version cannot begin in the past."), field="valid_from")]
    if any(day >= entry.valid_from for day in begins):
        return [RuleBroken(N_("Another version begins on that day or later."), field="valid_from")]
    return []


def answer_problems(entry: AnswerEntry) -> list[RuleBroken]:
    """What is wrong with an answer: whoever sets a requirement aside says why."""
    if entry.status is None:
        return [RuleBroken(N_("Choose how the requirement is met."), field="status")]
    if entry.status is AnswerStatus.NA and not entry.comment:
        return [RuleBroken(N_("Say why the requirement does not concern you."), field="comment")]
    return []


def applies(requirement: Any, *, code: str, owned: Collection[Criticality | None]) -> bool:
    """Whether a requirement concerns the organisation of this code, which keeps functions of the classes `owned`."""
    return concerns(requirement.classes, requirement.sectors, code=code, owned=owned)


def concerns(
    classes: Collection[Criticality], sectors: Collection[str], *, code: str, owned: Collection[Criticality | None]
) -> bool:
    """Whether what is for these classes and sectors concerns the organisation of this code.

    Classes and sectors each narrow; where neither is named it concerns everybody.
    """
    in_class = not classes or any(one in owned for one in classes)
    return in_class and (not sectors or code in sectors)


def due(answered_on: date, cycle_months: int | None) -> date | None:
    """When an answer is to be looked at again; None where the requirement has no cycle."""
    return None if cycle_months is None else months_after(answered_on, cycle_months)


def is_overdue(answered_on: date, cycle_months: int | None, *, on: date) -> bool:
    """Whether an answer should have been looked at again before the day `on`."""
    again = due(answered_on, cycle_months)
    return again is not None and again < on


def differs(status: AnswerStatus | None, result: CheckResult | None) -> bool:
    """Whether an answer says something else than the register; what cannot be counted contradicts nobody."""
    if status is None or result in (None, CheckResult.UNKNOWN):
        return False
    return status.value != result.value


def flatters(status: AnswerStatus, result: CheckResult) -> bool:
    """Whether an answer that differs is better than what the register shows."""
    return STEPS.get(status.value, 2) > STEPS[result.value]


@dataclass(frozen=True)
class Changed(Generic[R]):
    """A thing that both versions have: as it was and as it is."""

    before: R
    after: R


@dataclass(frozen=True)
class Comparison(Generic[R]):
    """Two versions side by side: what is new, what is gone, what is said in other words, and what stayed."""

    added: tuple[R, ...]
    removed: tuple[R, ...]
    changed: tuple[Changed[R], ...]
    same: tuple[Changed[R], ...]


#: What is compared of requirements and chapters, beside their texts.
SAID = ("dimension", "classes", "sectors", "automatic", "basis", "cycle_months", "confidentiality")
TEXTS = tuple(f"text_{code}" for code in LANGUAGES)
TITLES = tuple(f"title_{code}" for code in LANGUAGES)


def requirements_compared(before: Sequence[R], after: Sequence[R]) -> Comparison[R]:
    """The requirements of two versions, told apart by their codes."""
    return _compared(before, after, "mark", (*TEXTS, *SAID))


def chapters_compared(before: Sequence[R], after: Sequence[R]) -> Comparison[R]:
    """The chapters of two versions; a chapter is known by what it was copied from, which its key tells."""
    return _compared(before, after, "key", (*TITLES, *TEXTS, "confidentiality"))


def _compared(before: Sequence[R], after: Sequence[R], key: str, names: Sequence[str]) -> Comparison[R]:
    old = {getattr(one, key): one for one in before}
    new = {getattr(one, key): one for one in after}
    both = [Changed(old[one], new[one]) for one in new if one in old]
    altered = {id(one) for one in both if any(getattr(one.before, n) != getattr(one.after, n) for n in names)}
    return Comparison(
        tuple(one for mark, one in new.items() if mark not in old),
        tuple(one for mark, one in old.items() if mark not in new),
        tuple(one for one in both if id(one) in altered),
        tuple(one for one in both if id(one) not in altered),
    )


def asks_anew(before: Any, after: Any) -> bool:
    """Whether a requirement changed so that its old answer no longer stands.

    It does when a text that both versions have reads otherwise, or when it concerns others. A translation that was
    added, another basis, cycle or check leave the answer as it is.
    """
    reworded = any((a := getattr(before, name)) and (b := getattr(after, name)) and a != b for name in TEXTS)
    return reworded or before.classes != after.classes or before.sectors != after.sectors


def title(requirement: Any) -> str:
    """A requirement as people speak of it: its code and its text in the language in use."""
    return f"{requirement.mark} {named(requirement, 'text')}"
