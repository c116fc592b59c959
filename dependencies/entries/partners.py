"""What is said when a confirmation link is made, and what somebody signs by one, as values."""

from dataclasses import dataclass

from dependencies.entries.confirmations import StatedDelivery, StatedNeed
from prepare.errors import RuleBroken
from prepare.texts import LANGUAGES, N_

#: For how many days a link opens unless somebody says otherwise, and at most.
USUAL_DAYS, MOST_DAYS = 14, 60


@dataclass(frozen=True, kw_only=True)
class LinkEntry:
    """A link that is to be made: for which role, in which language, for how many days."""

    recipient: str | None = None
    language: str | None = None
    days: int | None = USUAL_DAYS


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody answers to one line by a link: what its organisation delivers, or what it needs.

    `said` is the statement, `seen` what was on the page (`register.confirmations.seen_now`).
    """

    dependency_id: int
    said: StatedDelivery | StatedNeed
    seen: str


def link_problems(entry: LinkEntry) -> list[RuleBroken]:
    """Every rule that the entry of a link breaks."""
    found = []
    if not (entry.recipient or "").strip():
        found.append(RuleBroken(N_("Say for which role of the partner the link is."), field="recipient"))
    if entry.language not in LANGUAGES:
        found.append(RuleBroken(N_("The language must be fi, sv or en."), field="language"))
    if entry.days is None or not 1 <= entry.days <= MOST_DAYS:
        found.append(RuleBroken(N_("A link opens for 1 to %(most)s days."), field="days", most=MOST_DAYS))
    return found
