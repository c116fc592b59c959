"""On which days a schedule is due; after a time in which nothing ran it is caught up once, not many times."""

from dataclasses import dataclass
from datetime import date, timedelta

from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality, Labelled

LAST_DAY = 28  #: every month has it
WEEK = 7
#: The days of the week from Monday on, as a weekly schedule names its own.
WEEKDAYS = (
    N_("on Mondays"),
    N_("on Tuesdays"),
    N_("on Wednesdays"),
    N_("on Thursdays"),
    N_("on Fridays"),
    N_("on Saturdays"),
    N_("on Sundays"),
)
QUARTERS = frozenset({1, 4, 7, 10})


class Rhythm(Labelled):
    """How often something is made."""

    DAILY = "daily", N_("Every day")
    WEEKLY = "weekly", N_("Every week")
    MONTHLY = "monthly", N_("Every month")
    QUARTERLY = "quarterly", N_("Every quarter")


@dataclass(frozen=True, kw_only=True)
class ScheduleEntry:
    """A schedule as somebody describes it; field names are those of the form and of the table."""

    name: str
    kind: str  #: of job, as "guidance:round"
    languages: tuple[str, ...]
    variant: Confidentiality
    rhythm: Rhythm
    day: int | None
    purpose: str | None
    recipients: str | None = None
    is_on: bool = True


@dataclass(frozen=True, kw_only=True)
class RoundEntry:
    """A round of workbooks as somebody asks for it: below which organisation, in which languages, and what for."""

    organisation: str  #: code
    languages: tuple[str, ...]
    variant: Confidentiality
    purpose: str | None
    recipients: str | None = None


def round_problems(entry: RoundEntry) -> list[RuleBroken]:
    """Every rule that the wish for a round breaks."""
    found = []
    if not entry.languages:
        found.append(RuleBroken(N_("Choose at least one language."), field="languages"))
    if not (entry.purpose or "").strip():
        found.append(RuleBroken(N_("Say what the reports are for."), field="purpose"))
    return found


def problems(entry: ScheduleEntry) -> list[RuleBroken]:
    """Every rule that a schedule breaks."""
    found = []
    if not entry.languages:
        found.append(RuleBroken(N_("Choose at least one language."), field="languages"))
    if entry.rhythm is Rhythm.WEEKLY and not 1 <= (entry.day or 0) <= WEEK:
        found.append(RuleBroken(N_("Give a day from 1 to 7: 1 is Monday, 7 is Sunday."), field="day"))
    if entry.rhythm in (Rhythm.MONTHLY, Rhythm.QUARTERLY) and not 1 <= (entry.day or 0) <= LAST_DAY:
        found.append(RuleBroken(N_("Give a day from 1 to 28; every month has these."), field="day"))
    if not (entry.purpose or "").strip():
        found.append(RuleBroken(N_("Say what the reports are for."), field="purpose"))
    return found


def is_day(rhythm: Rhythm, day: int, on: date) -> bool:
    """Whether a schedule of this rhythm is due on the day `on`."""
    if rhythm is Rhythm.DAILY:
        return True
    if rhythm is Rhythm.WEEKLY:
        return on.isoweekday() == day
    return on.day == day and (rhythm is Rhythm.MONTHLY or on.month in QUARTERS)


def due(rhythm: Rhythm, day: int, *, since: date, run_on: date | None, on: date) -> date | None:
    """The newest day up to `on` on which a schedule is due and has not run; None when nothing is to be done.

    However many such days there were, there is one run: it tells what is so now.
    """
    first = since if run_on is None else max(since, run_on + timedelta(days=1))
    one = on
    while one >= first:
        if is_day(rhythm, day, one):
            return one
        one -= timedelta(days=1)
        if (on - one).days > 92:  # longer than any rhythm
            return None
    return None


def following(rhythm: Rhythm, day: int, *, after: date) -> date:
    """The first day after this one on which a schedule is due."""
    one = after + timedelta(days=1)
    while not is_day(rhythm, day, one):
        one += timedelta(days=1)
    return one
