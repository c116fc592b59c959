"""The risk matrix: likelihood and impact, each in steps, give one of four levels; the scale is the city's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from prepare.errors import RuleBroken
from prepare.texts import N_, _, name_of, named

#: How many steps a scale may have on each axis.
FEWEST, MOST = 2, 7
#: What every step of every scale lies within, as the database holds it.
STEPS = range(1, MOST + 1)


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


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of likelihood or impact: its name, and what it means in this city.

    `message` names a step of the scale that comes with the product, which speaks every language. A step of likelihood
    says how often: once in at most `rarest_years`, at least `commonest_years` years; None leaves that end open.
    """

    name_fi: str = ""
    name_sv: str | None = None
    name_en: str | None = None
    meaning_fi: str | None = None
    meaning_sv: str | None = None
    meaning_en: str | None = None
    rarest_years: float | None = None
    commonest_years: float | None = None
    message: str = ""

    @property
    def label(self) -> str:
        """The step in words, in the current language."""
        return _(self.message) if self.message else name_of(self)

    @property
    def meaning(self) -> str:
        """What the step means, in the current language; empty when nobody has said."""
        return named(self, "meaning")

    @property
    def frequency(self) -> str:
        """How often a year, as "1/30–1/10 a"; empty when nobody has said."""
        if self.rarest_years is None and self.commonest_years is None:
            return ""
        if self.rarest_years is None:
            return f"< {_per_year(self.commonest_years or 1)} a"
        if self.commonest_years is None:
            return f"≥ {_per_year(self.rarest_years)} a"
        return f"{_per_year(self.rarest_years)}–{_per_year(self.commonest_years)} a"

    @property
    def told(self) -> str:
        """The step in words with its frequency, as "Possible (1/30–1/10 a)"."""
        return f"{self.label} ({self.frequency})" if self.frequency else self.label


def _per_year(years: float) -> str:
    """Once in so many years as a frequency: "1/30", and "4" for four times a year."""
    return f"1/{years:g}" if years > 1 else f"{round(1 / years, 2):g}"


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The steps of both axes, and where the levels begin.

    `moderate`, `significant` and `critical` are the least scores (likelihood × impact) of those levels. From the
    likelihood `guard_from` on, the gravest impact is never below SIGNIFICANT, since continuity work is about rare
    and grave events; None: no such guard.
    """

    likelihoods: tuple[Step, ...]
    impacts: tuple[Step, ...]
    moderate: int
    significant: int
    critical: int
    guard_from: int | None

    @property
    def likelihood_steps(self) -> range:
        """The steps of likelihood, from 1."""
        return range(1, len(self.likelihoods) + 1)

    @property
    def impact_steps(self) -> range:
        """The steps of impact, from 1."""
        return range(1, len(self.impacts) + 1)

    @property
    def highest(self) -> int:
        """The highest score."""
        return len(self.likelihoods) * len(self.impacts)

    def level(self, likelihood: int, impact: int) -> Level:
        """Place an assessment on the matrix.

        The score is the product of both steps, cut where the levels begin; the guard holds the gravest impact up.
        Raises RuleBroken if a step lies outside the scale. Source: domain.md 2.2.
        """
        for field, step, steps in (
            ("likelihood", likelihood, self.likelihood_steps),
            ("impact", impact, self.impact_steps),
        ):
            if step not in steps:
                raise RuleBroken(N_("A step runs from 1 to %(most)s."), field=field, most=steps[-1])
        score = likelihood * impact
        by_score = Level(1 + (score >= self.moderate) + (score >= self.significant) + (score >= self.critical))
        guarded = self.guard_from is not None and impact == len(self.impacts) and likelihood >= self.guard_from
        return max(by_score, Level.SIGNIFICANT) if guarded else by_score

    def level_of(self, likelihood: int | None, impact: int | None) -> Level | None:
        """The level, or None while a step is not known."""
        return None if likelihood is None or impact is None else self.level(likelihood, impact)

    def likelihood_label(self, step: int) -> str:
        """A step of likelihood in words with its frequency per year."""
        return _at(self.likelihoods, step).told

    def impact_label(self, step: int) -> str:
        """A step of impact in words."""
        return _at(self.impacts, step).label

    def cells(self) -> Iterator[tuple[int, int, Level]]:
        """Every (likelihood, impact) with its level."""
        for likelihood in self.likelihood_steps:
            for impact in self.impact_steps:
                yield likelihood, impact, self.level(likelihood, impact)

    def ranges(self) -> dict[Level, tuple[int, int]]:
        """The lowest and the highest score of each level, apart from the guard; a level without scores is left out."""
        starts = [1, self.moderate, self.significant, self.critical, self.highest + 1]
        return {
            level: (starts[level - 1], starts[level] - 1) for level in Level if starts[level - 1] <= starts[level] - 1
        }


def _at(steps: Sequence[Step], step: int) -> Step:
    """A step by its number; of a scale that has grown shorter meanwhile the last."""
    return steps[min(step, len(steps)) - 1]


#: The scale of domain.md 2.2, until the city sets its own.
DEFAULT = Scale(
    likelihoods=(
        Step(message=N_("Very unlikely"), commonest_years=100),
        Step(message=N_("Unlikely"), rarest_years=100, commonest_years=30),
        Step(message=N_("Possible"), rarest_years=30, commonest_years=10),
        Step(message=N_("Likely"), rarest_years=10, commonest_years=1),
        Step(message=N_("Very likely"), rarest_years=1),
    ),
    impacts=(
        Step(message=N_("Negligible")),
        Step(message=N_("Minor")),
        Step(message=N_("Moderate")),
        Step(message=N_("Serious (intolerable)")),
        Step(message=N_("Very serious")),
    ),
    moderate=5,
    significant=10,
    critical=15,
    guard_from=2,
)


def score_of(likelihood: int | None, impact: int | None) -> int | None:
    """The score, likelihood times impact, or None while a step is not known."""
    return None if likelihood is None or impact is None else likelihood * impact


def moved(step: int | None, old: int, new: int) -> int | None:
    """A step of a scale with `old` steps on one with `new`: the ends stay the ends, halves are rounded up."""
    if step is None:
        return None
    return 1 + int((step - 1) * (new - 1) / (old - 1) + 0.5)
