"""The risk scale as an administrator enters it."""

from dataclasses import dataclass, replace

from prepare.texts import LANGUAGES, speaking
from risks.matrix import Scale, Step


@dataclass(frozen=True, kw_only=True)
class ScaleEntry:
    """The steps of both axes in their order, and the least scores of the levels."""

    likelihoods: tuple[Step, ...] = ()
    impacts: tuple[Step, ...] = ()
    moderate: int | None = None
    significant: int | None = None
    critical: int | None = None
    guard_from: int | None = None


def of_scale(scale: Scale) -> ScaleEntry:
    """The entry that a scale holds; a step of the product's own scale has its name in every language."""
    return ScaleEntry(
        likelihoods=tuple(_named(step) for step in scale.likelihoods),
        impacts=tuple(_named(step) for step in scale.impacts),
        moderate=scale.moderate,
        significant=scale.significant,
        critical=scale.critical,
        guard_from=scale.guard_from,
    )


def _named(step: Step) -> Step:
    if not step.message:
        return step
    names = {}
    for code in LANGUAGES:
        with speaking(code):
            names[code] = step.label
    return replace(step, message="", name_fi=names["fi"], name_sv=names["sv"], name_en=names["en"])
