"""How ready a municipality is beside others, told so that none of the others can be recognised.

Whoever takes part sees for each dimension where the middle half of all lies, and where it stands itself.

- Nothing is told of fewer than LEAST scores. That is five besides one's own: whoever takes their own away is left
  with five, and two who join forces with four.
- No figure is a single municipality's: each is the mean of the two or three that stand in the middle of all, of the
  lower half or of the upper half, rounded to whole fives. The lowest and the highest are never told.
- Where all are nearly alike nothing is told, since the figures would tell each one's.
- The figures are those of the last month that has ended and never change within a month, so that nobody sees what
  one snapshot or one who joins does to them. When one who was counted leaves, nothing is told until the next month.
- Municipalities are not divided by size: a class would hold too few of them, and the smallest would be recognised.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from continuity.scoring.scores import ENOUGH
from prepare.months import months_after
from prepare.texts import N_
from prepare.vocabulary import Labelled

LEAST = 6  #: scores of which something is told: five besides one's own
STEP = 5  #: to whole fives of points
ALIKE = 5.0  #: points between the lowest and the highest; less would tell what each one has
OLDEST_MONTHS = 12  #: a snapshot from before that says nothing of today


class Hidden(Labelled):
    """Why nothing is told of a dimension."""

    FEW = "few", N_("Fewer than six municipalities have a known score.")
    ALIKE = "alike", N_("All are so nearly alike that the figures would tell what each one has.")
    LEFT = "left", N_("A municipality has left this month. The next comparison comes when the month has ended.")


class Place(Labelled):
    """Where a score stands among those of all."""

    LOW = "low", N_("In the lower quarter")
    BELOW = "below", N_("Below the middle")
    ABOVE = "above", N_("At the middle or above it")
    HIGH = "high", N_("In the upper quarter")


@dataclass(frozen=True)
class Spread:
    """Where the middle half of all scores lies, in whole fives of points."""

    low: int  #: the middle of the lower half
    middle: int
    high: int  #: the middle of the upper half


def spread(scores: Iterable[float | None]) -> Spread | Hidden:
    """The spread of the scores that are known, or why it is not told."""
    known = sorted(one for one in scores if one is not None)
    if len(known) < LEAST:
        return Hidden.FEW
    if known[-1] - known[0] < ALIKE:
        return Hidden.ALIKE
    half = len(known) // 2
    return Spread(*(rounded(central(some)) for some in (known[:half], known, known[-half:])))


def central(known: Sequence[float]) -> float:
    """The mean of the two (of an even number) or three (of an odd one) scores in the middle of some in order."""
    middle = len(known) // 2
    first, last = (middle - 1, middle + 1) if len(known) % 2 == 0 else (middle - 1, middle + 2)
    some = known[first:last]
    return sum(some) / len(some)


def rounded(value: float) -> int:
    """Points in whole fives, halves upwards."""
    return STEP * int(value / STEP + 0.5)


def place(own: float | None, among: Spread) -> Place | None:
    """Where one's own score stands; None when it is unknown."""
    if own is None:
        return None
    if own < among.low:
        return Place.LOW
    if own < among.middle:
        return Place.BELOW
    return Place.ABOVE if own <= among.high else Place.HIGH


def known(score: float | None, coverage: float | None) -> float | None:
    """A score of which enough is known to be compared; else it is unknown, and stays so."""
    return score if coverage is not None and coverage >= ENOUGH else None


def closed(on: date) -> date:
    """The last day of the last month that has ended on the day `on`."""
    return on.replace(day=1) - timedelta(days=1)


def next_round(on: date) -> date:
    """The day from which the figures of the month of the day `on` are told."""
    return months_after(on.replace(day=1), 1)


def oldest(end: date) -> date:
    """The first day whose snapshots are compared in the round that ends on the day `end`."""
    return months_after(end, -OLDEST_MONTHS)


def breaks(joined_on: date, left_on: date | None, *, end: date) -> bool:
    """Whether a municipality that was counted in the round has left since, so that nothing is told until the next."""
    return joined_on <= end and left_on is not None and left_on > end


WIDTH, HEIGHT, MARGIN = 300, 36, 12


@dataclass(frozen=True)
class Strip:
    """A spread as it is drawn from 0 to 100: the box, its middle, and one's own mark, each so far from the left."""

    left: float
    width: float
    middle: float
    own: float | None


def strip(among: Spread, own: float | None) -> Strip:
    """Where the parts of the picture of a dimension stand."""
    left = across(among.low)
    mark = None if own is None else across(own)
    return Strip(left, round(across(among.high) - left, 1), across(among.middle), mark)


def across(points: float) -> float:
    """How far from the left of a picture so many points stand."""
    return round(MARGIN + points / 100 * (WIDTH - 2 * MARGIN), 1)
