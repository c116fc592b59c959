"""When a finding may be put aside, and when it comes back."""

from datetime import date
from typing import Protocol

from continuity.entries.snoozes import SnoozeEntry
from continuity.findings.finding import Severity
from prepare.errors import RuleBroken
from prepare.months import months_after
from prepare.texts import N_

MOST_MONTHS = 12


class Snoozed(Protocol):
    """What is asked of a finding that was put aside."""

    @property
    def until(self) -> date:
        """The last day."""

    @property
    def severity(self) -> Severity:
        """How much it weighed then."""


def holds(snooze: Snoozed, severity: Severity, *, on: date) -> bool:
    """Whether a finding of this severity is still aside: until its day, and unless it has grown graver."""
    return snooze.until >= on and severity.rank >= snooze.severity.rank


def problems(entry: SnoozeEntry, severity: Severity, *, may_grave: bool, on: date) -> list[RuleBroken]:
    """Every rule that putting aside breaks: a reason, a day at most a year ahead; a grave one only by who answers."""
    found = []
    if severity is Severity.GRAVE and not may_grave:
        found.append(RuleBroken(N_("A grave finding is put aside by the director or the preparedness unit only.")))
    if not entry.reason:
        found.append(RuleBroken(N_("Say why it can wait."), field="reason"))
    if entry.until is None or entry.until <= on:
        found.append(RuleBroken(N_("Say until when: a day after today."), field="until"))
    elif entry.until > months_after(on, MOST_MONTHS):
        found.append(RuleBroken(N_("A finding is put aside for a year at most."), field="until"))
    return found
