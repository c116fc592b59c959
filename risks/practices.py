"""What good practices must satisfy, and which of them others may have (S001)."""

from datetime import date

from prepare.errors import RuleBroken
from prepare.registration import Gap
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks import checks
from risks.entries.practices import PracticeEntry, UseEntry

#: field → what is missing, why it matters
MANDATORY: tuple[tuple[str, str, str], ...] = (
    ("context", N_("Starting point"), N_("Others compare it with their own.")),
    ("done", N_("What was done"), N_("Without it nobody can do the same.")),
    ("result", N_("Result"), N_("It tells whether the practice is worth the work.")),
    ("conditions", N_("Conditions"), N_("They tell where it works and what it asks for.")),
    ("contact_role", N_("Contact (role)"), N_("Whoever takes it into use has questions.")),
    ("themes", N_("Themes"), N_("By them others find it.")),
)


def problems(entry: PracticeEntry) -> list[RuleBroken]:
    """Every rule that the entry breaks; what is shared with other municipalities is public."""
    found = checks.name(entry) + checks.secrecy(entry)
    if entry.shareable and entry.confidentiality is not Confidentiality.PUBLIC:
        message = N_("Only what is public is shared with other municipalities.")
        found.append(RuleBroken(message, field="confidentiality"))
    return found


def gaps(entry: PracticeEntry) -> list[Gap]:
    """What a practice still lacks, in the order of the form."""
    return [Gap(name, what, why) for name, what, why in MANDATORY if getattr(entry, name) in (None, "", ())]


def use_problems(entry: UseEntry, *, on: date) -> list[RuleBroken]:
    """A practice is taken into use on a day, which does not lie ahead."""
    if entry.adopted_on is None:
        return [RuleBroken(N_("This is needed."), field="adopted_on")]
    return [RuleBroken(N_("The day cannot lie ahead."), field="adopted_on")] if entry.adopted_on > on else []
