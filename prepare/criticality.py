"""Criticality: time bands, classes and what the times and impacts of a function must satisfy.

Source: domain.md 2.2 (bands, classes), 2.5 (E1-E3) and 2.7 (a grid to begin with). All durations are hours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from prepare.errors import RuleBroken
from prepare.texts import N_, _, hours
from prepare.vocabulary import Criticality, ImpactCategory


@dataclass(frozen=True)
class Band:
    """A time band: longer than `lo` hours and at most `hi` (None: no end)."""

    code: str
    lo: float
    hi: float | None
    message: str

    @property
    def label(self) -> str:
        """The band in words, as "4-24 h"."""
        return _(self.message)


BANDS = (
    Band("T1", 0, 1, N_("0–1 h")),
    Band("T2", 1, 4, N_("1–4 h")),
    Band("T3", 4, 24, N_("4–24 h")),
    Band("T4", 24, 72, N_("1–3 d")),
    Band("T5", 72, 168, N_("3–7 d")),
    Band("T6", 168, 720, N_("7–30 d")),
    Band("T7", 720, None, N_("over 30 d")),
)
INTOLERABLE = 4  #: an impact of this step or more cannot be endured
GRAVEST = 5  #: the highest step
#: The longest MTPD of each class; a class without a limit takes the rest.
LONGEST_MTPD_H = {Criticality.K1: 24, Criticality.K2: 72, Criticality.K3: 168}
REVIEW_MONTHS = {Criticality.K1: 12, Criticality.K2: 12, Criticality.K3: 24, Criticality.K4: 36}

STEP_MESSAGES = {
    1: N_("Negligible"),
    2: N_("Minor"),
    3: N_("Moderate"),
    4: N_("Serious (intolerable)"),
    5: N_("Very serious"),
}

#: Category → the step of each band; 0 while none has been chosen.
Impacts = Mapping[ImpactCategory, Sequence[int]]
#: Category → what its steps rest on, in words.
Notes = Mapping[ImpactCategory, str]


def band_of(duration_h: float) -> Band:
    """The band in which an outage of so many hours lies; 24 h is in T3, 72 h in T4."""
    return next(band for band in BANDS if band.hi is None or duration_h <= band.hi)


def suggested(mtpd_h: float | None) -> Criticality | None:
    """The class that a maximum tolerable period of disruption suggests; None while it is unknown."""
    if mtpd_h is None:
        return None
    return next((c for c, longest in LONGEST_MTPD_H.items() if mtpd_h <= longest), Criticality.K4)


def intolerable_band(impacts: Impacts) -> Band | None:
    """The first band in which some category reaches the intolerable step; None if none does."""
    for place, band in enumerate(BANDS):
        if any(steps[place] >= INTOLERABLE for steps in impacts.values()):
            return band
    return None


def intolerable_first(impacts: Impacts) -> list[ImpactCategory]:
    """The categories that are intolerable in the first band in which some category is."""
    band = intolerable_band(impacts)
    place = BANDS.index(band) if band else len(BANDS)
    return [category for category, steps in impacts.items() if any(step >= INTOLERABLE for step in steps[: place + 1])]


def suggested_by(impacts: Impacts) -> Criticality | None:
    """The class that the grid suggests: that of the longest MTPD in its first intolerable band; None without a grid."""
    if not impacts:
        return None
    band = intolerable_band(impacts)
    return suggested(band.hi) or Criticality.K4 if band else Criticality.K4


def proposal(worst: ImpactCategory, mtpd_h: float) -> dict[ImpactCategory, tuple[int, ...]]:
    """A grid to begin with, which a person must check: it follows from the worst category and the MTPD alone.

    In the worst category the harm is intolerable in the band of the MTPD, one step less in each band before
    it (at least 1) and the gravest after it. Every other category lies one step below the worst, at least at 1.
    """
    place = BANDS.index(band_of(mtpd_h))
    steps = [min(GRAVEST, max(1, INTOLERABLE + band - place)) for band in range(len(BANDS))]
    milder = tuple(max(1, step - 1) for step in steps)
    return {category: tuple(steps) if category is worst else milder for category in ImpactCategory}


def cell(category: ImpactCategory, band: Band) -> str:
    """What forms and broken rules call a cell of the grid: LIFE-T3."""
    return f"{category.value}-{band.code}"


def time_problems(rto_h: float | None, mtpd_h: float | None) -> list[RuleBroken]:
    """E1: the recovery time objective does not exceed the maximum tolerable period of disruption."""
    if rto_h is None or mtpd_h is None or rto_h <= mtpd_h:
        return []
    message = N_("The recovery time objective (RTO) %(rto)s is longer than the MTPD %(mtpd)s. Shorten the RTO.")
    return [RuleBroken(message, field="rto_h", rto=hours(rto_h), mtpd=hours(mtpd_h))]


def impact_problems(impacts: Impacts) -> list[RuleBroken]:
    """E2: in every category the steps lie from 1 to 5 and do not fall as the outage lasts.

    Each problem names the cell that it is about.
    """
    problems = []
    for category, steps in impacts.items():
        places = (place for place, step in enumerate(steps) if step not in STEP_MESSAGES)
        place = next(places, None if len(steps) == len(BANDS) else len(steps))
        if place is not None:
            message = N_("%(category)s: give a step from 1 to 5 for every time band; %(band)s has none.")
            band = BANDS[min(place, len(BANDS) - 1)]
            problems.append(RuleBroken(message, field=cell(category, band), category=category.label, band=band.label))
    return problems + falls(impacts)


def falls(impacts: Impacts) -> list[RuleBroken]:
    """The first cell of each category in which the harm becomes smaller as the outage lasts; empty cells are passed."""
    problems = []
    for category, steps in impacts.items():
        given = [(band, step) for band, step in zip(BANDS, steps, strict=False) if step in STEP_MESSAGES]
        fallen = next(((before, now) for before, now in pairwise(given) if now[1] < before[1]), None)
        if fallen:
            (earlier, more), (band, less) = fallen
            message = N_(
                "%(category)s: the impact falls from %(more)s (%(earlier)s) to %(less)s (%(band)s), but the harm "
                "cannot become smaller as the outage lasts. Raise the later step or lower the earlier one."
            )
            told = {"category": category.label, "earlier": earlier.label, "band": band.label}
            problems.append(RuleBroken(message, field=cell(category, band), more=more, less=less, **told))
    return problems


def mtpd_problems(impacts: Impacts, mtpd_h: float | None, criticality: Criticality | None) -> list[RuleBroken]:
    """E3: the MTPD lies in the first band that is intolerable; if none is, the class is K4."""
    if not impacts:
        return []
    band = intolerable_band(impacts)
    if band is None:
        if criticality in (None, Criticality.K4):
            return []
        message = N_("No impact becomes intolerable, so the class can only be K4. Check the impacts or the class.")
        return [RuleBroken(message, field="criticality")]
    if mtpd_h is None or band_of(mtpd_h) == band:
        return []
    worst = intolerable_first(impacts)
    told = {
        "categories": ", ".join(category.label for category in worst),
        "band": band.label,
        "mtpd": hours(mtpd_h),
        "asked": band_of(mtpd_h).label,
    }
    if band_of(mtpd_h).lo > band.lo:
        message = N_(
            "%(categories)s: intolerable (4) already in the band %(band)s, but the MTPD %(mtpd)s lies later. "
            "Lower the step to 3 or shorten the MTPD."
        )
        return [RuleBroken(message, field=cell(worst[0], band), **told)]
    message = N_(
        "%(categories)s: intolerable (4) only in the band %(band)s, but the MTPD %(mtpd)s lies earlier. "
        "Raise the worst category to 4 in the band %(asked)s or lengthen the MTPD."
    )
    return [RuleBroken(message, field=cell(worst[0], band_of(mtpd_h)), **told)]
