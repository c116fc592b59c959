"""The city's risk matrix: likelihood and impact, each 1 to 5, give one of four levels."""

from enum import IntEnum

from prepare.errors import RuleBroken
from prepare.texts import N_, _

STEPS = range(1, 6)

LIKELIHOODS = {
    1: (N_("Very unlikely"), "< 1/100 a"),
    2: (N_("Unlikely"), "1/100–1/30 a"),
    3: (N_("Possible"), "1/30–1/10 a"),
    4: (N_("Likely"), "1/10–1 a"),
    5: (N_("Very likely"), "≥ 1 a"),
}
IMPACTS = {
    1: N_("Negligible"),
    2: N_("Minor"),
    3: N_("Moderate"),
    4: N_("Serious (intolerable)"),
    5: N_("Very serious"),
}


class Level(IntEnum):
    """How grave a risk is, from 1 to 4."""

    LOW = 1
    MODERATE = 2
    SIGNIFICANT = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        """The level in words, in the current language."""
        return _(_LEVELS[self])

    @property
    def word(self) -> str:
        """The level as it is written in addresses and files: "significant"."""
        return self.name.lower()


_LEVELS = {
    Level.LOW: N_("Low"),
    Level.MODERATE: N_("Moderate"),
    Level.SIGNIFICANT: N_("Significant"),
    Level.CRITICAL: N_("Critical"),
}


def level(likelihood: int, impact: int) -> Level:
    """Place an assessment on the risk matrix.

    Both steps run from 1 to 5. The score is their product, 1 to 25, cut at 5, 10 and 15;
    impact 5 with likelihood 2 or more is never below SIGNIFICANT, since continuity work
    is about rare and grave events.

    Raises RuleBroken if a step lies outside 1 to 5. Source: domain.md 2.2.
    """
    for field, step in {"likelihood": likelihood, "impact": impact}.items():
        if step not in STEPS:
            raise RuleBroken(N_("A step runs from 1 to 5."), field=field)
    score = likelihood * impact
    by_score = Level(1 + (score >= 5) + (score >= 10) + (score >= 15))
    return max(by_score, Level.SIGNIFICANT) if impact == 5 and likelihood >= 2 else by_score


def level_of(likelihood: int | None, impact: int | None) -> Level | None:
    """The level, or None while a step is not known."""
    return None if likelihood is None or impact is None else level(likelihood, impact)


def score_of(likelihood: int | None, impact: int | None) -> int | None:
    """The score from 1 to 25, or None while a step is not known."""
    return None if likelihood is None or impact is None else likelihood * impact


def likelihood_label(step: int) -> str:
    """The step in words with its frequency per year, as "Possible (1/30–1/10 a)"."""
    words, frequency = LIKELIHOODS[step]
    return f"{_(words)} ({frequency})"


def impact_label(step: int) -> str:
    """The step in words."""
    return _(IMPACTS[step])


def cells_of(*levels: Level) -> frozenset[tuple[int, int]]:
    """Every (likelihood, impact) that gives one of the levels; a query filters by them."""
    return frozenset((one, other) for one in STEPS for other in STEPS if level(one, other) in levels)
