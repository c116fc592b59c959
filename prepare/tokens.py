"""What a token of a reporting tool may be: for how long, and for what."""

from datetime import date, timedelta

from prepare.entries import TokenEntry
from prepare.errors import RuleBroken
from prepare.texts import N_

#: For so many days a token is good at most.
LONGEST_DAYS = 366


def latest(on: date) -> date:
    """The last day on which a token that is made on a day may open anything."""
    return on + timedelta(days=LONGEST_DAYS)


def problems(entry: TokenEntry, on: date) -> list[RuleBroken]:
    """Every rule that a token breaks that is to be made on the day `on`."""
    found = []
    if not (entry.purpose or "").strip():
        found.append(RuleBroken(N_("Say which tool reads with it, and what for."), field="purpose"))
    if not entry.registers:
        found.append(RuleBroken(N_("Choose at least one register."), field="registers"))
    if entry.expires_on is None or entry.expires_on < on:
        found.append(RuleBroken(N_("Choose a day that has not passed."), field="expires_on"))
    elif entry.expires_on > latest(on):
        found.append(RuleBroken(N_("A token lasts for a year at most. Choose an earlier day."), field="expires_on"))
    return found


def opens(ended: bool, expires_on: date, on: date) -> bool:
    """Whether a token opens anything on a day: it has not been ended, and its last day has not passed."""
    return not ended and on <= expires_on
