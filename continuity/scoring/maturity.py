"""At which level of maturity a sector is, dimension by dimension, and what the next level asks for (domain.md 4).

Each level has its conditions and asks for those of all lower levels too. A condition that concerns one dimension holds
back that one only; a level without a condition of a dimension's own asks it for all of the level's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from continuity.scoring.scores import SectorScore, points
from continuity.scoring.vocabulary import Code
from prepare.texts import N_, _
from prepare.vocabulary import Dimension


class Level(IntEnum):
    """The levels, from the lowest."""

    NOT_STARTED = 0
    LISTED = 1
    DOCUMENTED = 2
    TESTED = 3
    VERIFIED = 4

    @property
    def label(self) -> str:
        """The level in words."""
        return _(LABELS[self])


LABELS = {
    Level.NOT_STARTED: N_("Not begun"),
    Level.LISTED: N_("Named and listed"),
    Level.DOCUMENTED: N_("Documented"),
    Level.TESTED: N_("Tested and agreed"),
    Level.VERIFIED: N_("Improving and verified"),
}


@dataclass(frozen=True)
class Known:
    """What the conditions look at: the score now, and what the last two snapshots said, the newer one first.

    The snapshots give a value per dimension; under None that of the whole sector.
    """

    sector: SectorScore
    snapshots: tuple[Mapping[Dimension | None, float | None], ...] = ()

    def at_least(self, code: Code, limit: int) -> bool:
        """Whether an indicator, as it is shown, reaches the limit; one with nothing to ask about does not."""
        shown = points(self.sector.indicators[code].value)
        return shown is not None and shown >= limit

    def has_not_fallen(self, dimension: Dimension | None) -> bool:
        """Whether two snapshots have been taken and the score is not lower now, or in the newer, than before."""
        now = self.sector.dimensions[dimension].score if dimension else self.sector.score
        course = [points(value) for value in (now, *(one.get(dimension) for one in self.snapshots[:2]))]
        known = [value for value in course if value is not None]
        return len(known) == len(course) == 3 and known[0] >= known[1] >= known[2]


@dataclass(frozen=True)
class Condition:
    """What a level asks for, in words, and whether it is met; `dimension` is None when it concerns all."""

    level: Level
    text: str
    holds: Callable[[Known, Dimension | None], bool]
    dimension: Dimension | None = None


CONDITIONS = (
    Condition(Level.LISTED, N_("Functions are registered."), lambda known, _d: known.sector.functions > 0),
    Condition(
        Level.LISTED,
        N_("Contact, deputy and director are named (I15)."),
        lambda known, _d: known.at_least(Code.HOLDERS, 100),
    ),
    Condition(
        Level.DOCUMENTED,
        N_("Completeness of functions is at least 80 (I01)."),
        lambda known, _d: known.at_least(Code.COMPLETE, 80),
        Dimension.KNOW,
    ),
    Condition(
        Level.DOCUMENTED,
        N_("Plan coverage is at least 80 (I03)."),
        lambda known, _d: known.at_least(Code.PLANNED, 80),
        Dimension.PLAN,
    ),
    Condition(
        Level.TESTED,
        N_("Functions exercised are at least 70 (I05)."),
        lambda known, _d: known.at_least(Code.EXERCISED, 70),
        Dimension.EXER,
    ),
    Condition(
        Level.TESTED,
        N_("Interfaces in order are at least 70 (I09)."),
        lambda known, _d: known.at_least(Code.INTERFACES, 70),
        Dimension.COOP,
    ),
    Condition(
        Level.TESTED,
        N_("Measures on time are at least 80 (I12)."),
        lambda known, _d: known.at_least(Code.MEASURES, 80),
        Dimension.IMPR,
    ),
    Condition(
        Level.VERIFIED,
        N_("The recovery capability of half of the K1 functions is known from an exercise or a real event."),
        lambda known, _d: (known.sector.exercised_share or 0.0) >= 0.5,
        Dimension.EXER,
    ),
    Condition(
        Level.VERIFIED,
        N_("Single points of failure treated are at least 80 (I07)."),
        lambda known, _d: known.at_least(Code.LOSSES, 80),
        Dimension.IMPR,
    ),
    Condition(
        Level.VERIFIED,
        N_("Two snapshots have been taken, and the score has not fallen since the earlier one."),
        lambda known, dimension: known.has_not_fallen(dimension),
    ),
)


@dataclass(frozen=True)
class Maturity:
    """A level that has been reached, and what the next one lacks (N_() sentences)."""

    level: Level
    lacking: tuple[str, ...]

    @property
    def next_level(self) -> Level | None:
        """The level above; None at the top."""
        return Level(self.level + 1) if self.level < Level.VERIFIED else None


def maturity(known: Known, dimension: Dimension | None = None) -> Maturity:
    """The level of one dimension, or of the whole sector, which is that of its lowest dimension."""
    reached = Level.NOT_STARTED
    for level in tuple(Level)[1:]:
        lacking = tuple(one.text for one in conditions(level, dimension) if not one.holds(known, dimension))
        if lacking:
            return Maturity(reached, lacking)
        reached = level
    return Maturity(reached, ())


def conditions(level: Level, dimension: Dimension | None) -> list[Condition]:
    """What a level asks of a dimension; of the whole sector (None) everything."""
    every = [one for one in CONDITIONS if one.level is level]
    own = [one for one in every if one.dimension is dimension]
    others = [one for one in every if one.dimension is not dimension and one.dimension]
    common = [one for one in every if one.dimension is None]
    if dimension is None:
        return every
    return [*common, *(own or others)]
