"""Absence: who is away, and who stands in (E12). Standing in moves tasks and mail, never rights."""

from dataclasses import dataclass
from datetime import date

from prepare.errors import RuleBroken
from prepare.texts import N_

LONGEST_DAYS = 366


@dataclass(frozen=True)
class Absence:
    """The days, first and last, on which a person is away."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the person is away on this day."""
        return self.first <= day <= self.last


def of_person(first: date | None, last: date | None) -> Absence | None:
    """The absence that an account holds; None when there is none."""
    return Absence(first, last) if first and last else None


def is_away(first: date | None, last: date | None, *, on: date) -> bool:
    """Whether somebody with these first and last days is away on this day."""
    absence = of_person(first, last)
    return absence is not None and absence.covers(on)


def problems(first: date | None, last: date | None, *, on: date) -> list[RuleBroken]:
    """Why an absence cannot be told in this way; neither day means that one is there again."""
    if first is None and last is None:
        return []
    if first is None or last is None:
        missing = "away_from" if first is None else "away_until"
        return [RuleBroken(N_("Give the first and the last day, or neither of them."), field=missing)]
    if last < first:
        return [RuleBroken(N_("The last day comes before the first."), field="away_until")]
    if last < on:
        return [RuleBroken(N_("These days have passed already."), field="away_until")]
    if (last - first).days > LONGEST_DAYS:
        return [RuleBroken(N_("For longer than a year name another contact instead."), field="away_until")]
    return []
