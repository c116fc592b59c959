"""What a scenario's cascade does by the functions' own impact analyses, held against what a risk was assessed at.

The impact analysis says how grave an outage of each length is (ISO/TS 22317); the cascade says how long each function
is out. Together they give the impact that the records themselves expect, on the steps of the impact analysis.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prepare.criticality import BANDS, STEP_MESSAGES, Impacts, band_of
from prepare.vocabulary import ImpactCategory
from risks.matrix import moved

#: An assessment that lies so many steps above what the cascade gives is told too: it may tie up resources.
MUCH_ABOVE = 2


@dataclass(frozen=True)
class Consequence:
    """The gravest impact of a scenario on some functions; None while no function that is out has an impact analysis."""

    step: int | None  #: 1-5, as in the impact analysis
    function: int | None = None  #: id of the function that it falls on
    category: ImpactCategory | None = None
    hours: float | None = None  #: how long that function is out
    out: int = 0  #: functions that are out
    unknown: int = 0  #: of them, those without an impact analysis: the true impact may be graver


def consequence(outages: Mapping[int, float], impacts: Mapping[int, Impacts]) -> Consequence:
    """The gravest impact of these outages: id of a function → hours that it is out at a stretch, and its grid.

    Of equally grave ones the longest outage is told, then the lowest id.
    """
    found: list[tuple[int, float, int, ImpactCategory]] = []
    unknown = 0
    for function, hours in outages.items():
        steps = list(_steps(impacts.get(function, {}), hours))
        unknown += not steps
        found += [(step, hours, -function, category) for step, category in steps]
    if not found:
        return Consequence(None, out=len(outages), unknown=unknown)
    step, hours, function, category = max(found, key=lambda one: one[:3])
    return Consequence(step, -function, category, hours, len(outages), unknown)


def _steps(impacts: Impacts, hours: float) -> Iterable[tuple[int, ImpactCategory]]:
    place = BANDS.index(band_of(hours))
    for category, steps in impacts.items():
        if len(steps) > place and steps[place] in STEP_MESSAGES:
            yield steps[place], category


def on_scale(step: int, impacts: int) -> int:
    """A step of the impact analysis on a risk scale with so many steps of impact."""
    return moved(step, len(STEP_MESSAGES), impacts) or 1


def differs(assessed: int | None, computed: int | None) -> bool:
    """Whether an assessed impact and the one that the cascade gives, on the same scale, want a second look.

    They do when the cascade is graver, or when the assessment is graver by two steps or more.
    """
    if assessed is None or computed is None:
        return False
    return computed > assessed or assessed - computed >= MUCH_ABOVE
