"""How often a year: the frequencies that stand behind the steps of the likelihood scale (domain.md 2.2)."""

import math

#: Times a year that each step of likelihood means. The scale leaves its ends open: the lowest step is taken to reach
#: down to once in a thousand years, the highest up to ten times a year.
BANDS = {
    1: (1 / 1000, 1 / 100),
    2: (1 / 100, 1 / 30),
    3: (1 / 30, 1 / 10),
    4: (1 / 10, 1.0),
    5: (1.0, 10.0),
}


def within(step: int, share: float) -> float:
    """The frequency at this share (0 to 1) of a step's band, on a scale on which each factor is as wide as another."""
    low, high = BANDS[step]
    return float(low * (high / low) ** share)


def in_a_year(frequency: float) -> float:
    """The probability that what comes so many times a year on average comes at least once within a year."""
    return -math.expm1(-frequency)


def step_of(probability: float) -> int:
    """The step of the likelihood scale whose band holds what comes within a year with this probability."""
    return next((step for step, (_low, high) in BANDS.items() if probability < in_a_year(high)), max(BANDS))
