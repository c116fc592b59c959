"""How often a year: the frequencies that stand behind the steps of the likelihood scale (domain.md 2.2)."""

import math
from collections.abc import Mapping

from risks.matrix import Scale, Step

#: An open end of the scale is taken to reach so many times further: from 1/100 a year down to 1/1000.
OPEN_END = 10
Band = tuple[float, float]


def bands(scale: Scale) -> dict[int, Band]:
    """Times a year that each step of likelihood means, lowest and highest; a step that does not say is left out."""
    found = {number: _band(step) for number, step in enumerate(scale.likelihoods, start=1)}
    return {number: band for number, band in found.items() if band}


def _band(step: Step) -> Band | None:
    if step.rarest_years is None and step.commonest_years is None:
        return None
    low = 1 / step.rarest_years if step.rarest_years else None
    high = 1 / step.commonest_years if step.commonest_years else None
    if low is None:
        return (high or 0) / OPEN_END, high or 0
    return low, high if high is not None else low * OPEN_END


def within(band: Band, share: float) -> float:
    """The frequency at this share (0 to 1) of a band, on a scale on which each factor is as wide as another."""
    low, high = band
    return float(low * (high / low) ** share)


def in_a_year(frequency: float) -> float:
    """The probability that what comes so many times a year on average comes at least once within a year."""
    return -math.expm1(-frequency)


def step_of(probability: float, frequencies: Mapping[int, Band]) -> int | None:
    """The step of likelihood whose band holds what comes within a year with this probability.

    None where the scale says of no step how often it means.
    """
    held = (step for step, (_low, high) in frequencies.items() if probability < in_a_year(high))
    return next(held, max(frequencies, default=None))
