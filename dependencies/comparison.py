"""Two traced disruptions side by side: what comes out otherwise, for better or for worse."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dependencies.outcome import Outcome, in_hours
from dependencies.reduction import SeenOutcome, SeenTrace, Shown
from dependencies.vocabulary import State, Verdict
from prepare.texts import N_, _
from prepare.vocabulary import Criticality, Labelled

DAY = 24 * 60


class Way(Labelled):
    """How the second outcome of a function stands against the first."""

    BETTER = "better", N_("Better")
    WORSE = "worse", N_("Worse")
    DIFFERENT = "different", N_("Different")


@dataclass(frozen=True)
class Figure:
    """One headline figure of both: a count, or hours; less is better."""

    name: str
    message: str
    first: float
    second: float

    @property
    def label(self) -> str:
        """What the figure counts, in the current language."""
        return _(self.message)

    @property
    def difference(self) -> float:
        """How much more the second has; negative when it has less."""
        return round(self.second - self.first, 4)


@dataclass(frozen=True)
class Row:
    """A function whose outcome differs; None means that it is not affected."""

    function: Shown
    first: SeenOutcome | None
    second: SeenOutcome | None

    @property
    def outcome(self) -> Outcome:
        """The second outcome, or the first when the second does not affect the function."""
        return (self.second or self.first).outcome  # type: ignore[union-attr]

    @property
    def way(self) -> Way:
        """Whether the second is better or worse."""
        before, after = (gravity(seen.outcome if seen else None) for seen in (self.first, self.second))
        return Way.DIFFERENT if before == after else Way.WORSE if after > before else Way.BETTER


@dataclass(frozen=True)
class Comparison:
    """What differs between two traces that one reader sees, the gravest first, and what does not."""

    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]
    same: tuple[SeenOutcome, ...]

    def count(self, way: Way) -> int:
        """How many functions come out this way."""
        return sum(row.way is way for row in self.rows)


def compared(first: SeenTrace, second: SeenTrace) -> Comparison:
    """The two traces held against each other, function by function, as far as the reader sees them."""
    one = {seen.outcome.function.id: seen for seen in first.outcomes}
    other = {seen.outcome.function.id: seen for seen in second.outcomes}
    known, rows, same = one | other, [], []
    for id_ in sorted(known):
        before, after = one.get(id_), other.get(id_)
        if before and after and told(before.outcome) == told(after.outcome):
            same.append(after)
        else:
            rows.append(Row(known[id_].function, before, after))
    return Comparison(figures(first, second), tuple(sorted(rows, key=_gravest)), tuple(same))


def _gravest(row: Row) -> tuple[int, int, str]:
    """Worse before better, and vital functions first."""
    function, classes = row.outcome.function, list(Criticality)
    place = classes.index(function.criticality) if function.criticality else len(classes)
    return (Way.WORSE, Way.BETTER, Way.DIFFERENT).index(row.way), place, function.code


def told(outcome: Outcome) -> tuple[Any, ...]:
    """Everything of an outcome that is compared; the way on which it came about is not."""
    times = (outcome.up_at_min, outcome.guaranteed_up_at_min, outcome.mtpd_at_min)
    return outcome.state, outcome.intervals, outcome.degraded, outcome.verdict, *times


def gravity(outcome: Outcome | None) -> tuple[int, int, int, int, int]:
    """How grave an outcome is, to be held against another of the same function.

    First whether it is down or degraded, then its verdict, then how long it is out, then how late it returns without
    help by hand, and last how early it begins.
    """
    if outcome is None:
        return 0, 0, 0, 0, 0
    state = 2 if outcome.state is State.DOWN else 1
    verdict = {Verdict.MTPD_EXCEEDED: 2, Verdict.RTO_EXCEEDED: 1}.get(outcome.verdict, 0)
    late = outcome.guaranteed_up_at_min
    return state, verdict, _lasts(outcome), LATEST if late is None else late, -outcome.down_at_min


LATEST = 10**9


def _lasts(outcome: Outcome) -> int:
    return sum(end - start for start, end in outcome.intervals)


#: Name of a headline figure → what it is called, and how it is counted.
COUNTED: dict[str, tuple[str, Callable[[SeenTrace], float]]] = {
    "down": (N_("Functions go down"), lambda seen: len(seen.down())),
    "rto_exceeded": (
        N_("Exceed their RTO"),
        lambda seen: len(seen.down(Verdict.RTO_EXCEEDED)) + len(seen.down(Verdict.MTPD_EXCEEDED)),
    ),
    "mtpd_exceeded": (N_("Exceed their MTPD"), lambda seen: len(seen.down(Verdict.MTPD_EXCEEDED))),
    "k1_within_24h": (
        N_("K1 within 24 h"),
        lambda seen: sum(
            one.outcome.function.criticality is Criticality.K1 and one.outcome.down_at_min <= DAY for one in seen.down()
        ),
    ),
    "degraded": (N_("Degraded"), lambda seen: len(seen.degraded())),
    "partners_down": (N_("Partners' services"), lambda seen: len(seen.down(own=False))),
    "hours_down": (
        N_("Hours of outage together"),
        lambda seen: in_hours(sum(_lasts(one.outcome) for one in seen.down())) or 0.0,
    ),
}


def figures(first: SeenTrace, second: SeenTrace) -> tuple[Figure, ...]:
    """The headline figures of both."""
    return tuple(Figure(name, message, count(first), count(second)) for name, (message, count) in COUNTED.items())
