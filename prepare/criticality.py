"""Criticality: time bands, classes and what the times and impacts of a function must satisfy.

Source: domain.md 2.2 (bands, classes) and 2.5 (E1-E3). All durations are hours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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

Impacts = Mapping[ImpactCategory, Sequence[int]]


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


def time_problems(rto_h: float | None, mtpd_h: float | None) -> list[RuleBroken]:
    """E1: the recovery time objective does not exceed the maximum tolerable period of disruption."""
    if rto_h is None or mtpd_h is None or rto_h <= mtpd_h:
        return []
    message = N_("The recovery time objective (RTO) %(rto)s is longer than the MTPD %(mtpd)s. Shorten the RTO.")
    return [RuleBroken(message, field="rto_h", rto=hours(rto_h), mtpd=hours(mtpd_h))]


def impact_problems(impacts: Impacts) -> list[RuleBroken]:
    """E2: in every category the steps lie from 1 to 5 and do not fall as the outage lasts."""
    problems = []
    for category, steps in impacts.items():
        if len(steps) != len(BANDS) or any(step not in STEP_MESSAGES for step in steps):
            problems.append(RuleBroken(N_("Give a step from 1 to 5 for every time band."), field=category.value))
        elif fallen := next((BANDS[i] for i in range(1, len(BANDS)) if steps[i] < steps[i - 1]), None):
            message = N_("The impact cannot become smaller as the outage lasts: check the band %(band)s.")
            problems.append(RuleBroken(message, field=category.value, band=fallen.label))
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
    if mtpd_h is not None and band_of(mtpd_h) != band:
        message = N_("The impacts become intolerable in the band %(band)s, so the MTPD must lie in it (now %(mtpd)s).")
        return [RuleBroken(message, field="mtpd_h", band=band.label, mtpd=hours(mtpd_h))]
    return []
