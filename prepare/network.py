"""Municipalities in one installation: who is a member of the network, and what of a catalogue may cross."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from prepare.errors import RuleBroken
from prepare.guiding import TEXTS, TITLES, Changed, Comparison
from prepare.texts import N_
from prepare.vocabulary import Confidentiality

R = TypeVar("R")
#: What a requirement and a chapter say to others: no sectors, since those are the owner's own, and no class.
OF_REQUIREMENT = (*TEXTS, "dimension", "classes", "automatic", "basis", "cycle_months")
OF_CHAPTER = (*TITLES, *TEXTS)


def member_over(path: str, members: Iterable[R]) -> R | None:
    """The nearest of these members of the network (each with .path) at or above the path."""
    over = [one for one in members if path.startswith(one.path)]  # type: ignore[attr-defined]
    return max(over, key=lambda one: len(one.path), default=None)  # type: ignore[attr-defined]


def crosses(part: Any) -> bool:
    """Whether a chapter or requirement may go to other municipalities: public, and still part of its version."""
    return part.confidentiality is Confidentiality.PUBLIC and not part.out_of_use


def is_offered(version: Any) -> bool:
    """Whether other municipalities may have what is public in a version."""
    return version.issued_on is not None and version.offered_on is not None


def refuse_offer(version: Any) -> None:
    """Raise RuleBroken when a version cannot be offered: a draft, or one of which nothing is public."""
    if version.issued_on is None:
        raise RuleBroken(N_("Only an issued version can be offered to others."))
    if not any(crosses(one) for one in version.requirements):
        raise RuleBroken(N_("No requirement of this version is public, so there is nothing to offer."))


def refuse_taking(version: Any, *, own: bool) -> None:
    """Raise RuleBroken when a municipality cannot begin a version from this one; `own` is whether it is its own."""
    if own:
        raise RuleBroken(N_("This is your own guidance: begin a new version of it instead."))
    if not is_offered(version):
        raise RuleBroken(N_("The catalogue is no longer offered."))


def new_mark(mark: str, used: set[str], *, prefix: str) -> str:
    """A requirement's code in another municipality: its own where that is free, else the next free one."""
    if mark not in used:
        return mark
    numbers = [int(one.removeprefix(prefix)) for one in used if one.removeprefix(prefix).isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1:02}"


def difference(ours: Sequence[R], theirs: Sequence[Any], *, requirements: bool) -> Comparison[Any]:
    """How what was taken from a catalogue differs from what it says now.

    `ours` are all requirements (or chapters) of one's own version, of which those that were taken are compared;
    `theirs` what the catalogue offers. Added is what it has and we have not, removed what it has no longer.
    """
    taken, key = ("taken_mark", "mark") if requirements else ("taken_key", "key")
    names = OF_REQUIREMENT if requirements else OF_CHAPTER
    before = {getattr(one, taken): one for one in ours if getattr(one, taken) is not None}
    after = {getattr(one, key): one for one in theirs}
    both = [Changed[Any](before[one], after[one]) for one in after if one in before]
    altered = [any(getattr(one.before, n) != getattr(one.after, n) for n in names) for one in both]
    return Comparison(
        tuple(one for mark, one in after.items() if mark not in before),
        tuple(one for mark, one in before.items() if mark not in after),
        tuple(one for one, other in zip(both, altered, strict=True) if other),
        tuple(one for one, other in zip(both, altered, strict=True) if not other),
    )
