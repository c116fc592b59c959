"""KUJA, the municipal association's model of continuity management: its parts beside ours, and its results by hand.

Verified are the five parts and the name of the first; the rest a city labels from its own workbook. Nothing of ours is
ever turned into KUJA's points, nor the other way round (domain.md 4).
"""

from dataclasses import dataclass
from datetime import date

from continuity.entries.readiness import KujaPartEntry, KujaResultEntry
from continuity.vocabulary.readiness import KujaTool
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Dimension

PARTS = (1, 2, 3, 4, 5)
#: In the quick test more points than these mean clear deficiencies: a high score is bad.
MOST_POINTS = 14


@dataclass(frozen=True)
class Suggestion:
    """How a city may begin: a part and the sides of readiness that tell about the same things."""

    number: int
    dimensions: tuple[Dimension, ...]
    label_fi: str | None = None
    label_sv: str | None = None
    label_en: str | None = None


SUGGESTED = (
    Suggestion(
        1,
        (Dimension.LEAD,),
        "Jatkuvuudenhallinnan johtaminen",
        "Ledning av kontinuitetshanteringen",
        "Leading continuity management",
    ),
    Suggestion(2, (Dimension.KNOW,)),
    Suggestion(3, (Dimension.PLAN, Dimension.COOP)),
    Suggestion(4, (Dimension.EXER,)),
    Suggestion(5, (Dimension.IMPR,)),
)


def has_deficiencies(tool: KujaTool, points: float | None) -> bool:
    """Whether a quick test's points mean clear deficiencies; the assessment model's say nothing by themselves."""
    return tool is KujaTool.QUICK_TEST and points is not None and points > MOST_POINTS


def part_problems(entry: KujaPartEntry) -> list[RuleBroken]:
    """Every rule that a part's entry breaks."""
    if any((entry.label_sv, entry.label_en)) and not entry.label_fi:
        return [RuleBroken(N_("Give the label in Finnish too."), field="label_fi")]
    return []


def result_problems(entry: KujaResultEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that a result's entry breaks on the day `on`."""
    found = []
    if entry.assessed_on is None:
        found.append(RuleBroken(N_("Say on which day it was assessed."), field="assessed_on"))
    elif entry.assessed_on > on:
        found.append(RuleBroken(N_("The day cannot lie ahead."), field="assessed_on"))
    if not entry.tool_version:
        found.append(RuleBroken(N_("Say which version of the tool it was."), field="tool_version"))
    if not entry.assessed_by:
        found.append(RuleBroken(N_("Say who assessed: a role or a group."), field="assessed_by"))
    if entry.part is not None and entry.part not in PARTS:
        found.append(RuleBroken(N_("KUJA has five parts: give a number from 1 to 5."), field="part"))
    if entry.points is None and not entry.result:
        found.append(RuleBroken(N_("Give the points, or the result in words."), field="result"))
    if entry.points is not None and entry.points < 0:
        found.append(RuleBroken(N_("The value cannot be negative."), field="points"))
    return found
