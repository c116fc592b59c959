"""What a risk scale must satisfy, and how risks move from one scale to another (domain.md 2.2)."""

from dataclasses import replace

from prepare.errors import RuleBroken
from prepare.texts import N_
from risks.entries.scales import ScaleEntry
from risks.matrix import FEWEST, MOST, Level, Scale, Step, moved

#: Levels that begin at a least score, in their order, with the field that says where.
BEGINNINGS = ("moderate", "significant", "critical")


def problems(entry: ScaleEntry) -> list[RuleBroken]:
    """Every rule that the scale breaks; a broken rule of the n-th step names its field as "impacts-n-name_fi"."""
    found = []
    for axis in ("likelihoods", "impacts"):
        steps = getattr(entry, axis)
        if not FEWEST <= len(steps) <= MOST:
            message = N_("Name from %(fewest)s to %(most)s steps.")
            found.append(RuleBroken(message, field=axis, fewest=FEWEST, most=MOST))
        found += [
            RuleBroken(N_("Give the step a name."), field=f"{axis}-{place}-name_fi")
            for place, step in enumerate(steps)
            if not (step.name_fi or "").strip()
        ]
    return found + _frequency_problems(entry.likelihoods) + _level_problems(entry)


def _frequency_problems(steps: tuple[Step, ...]) -> list[RuleBroken]:
    """A higher step of likelihood comes more often; years are told from the rarest to the commonest."""
    found = []
    for place, step in enumerate(steps):
        if step.rarest_years and step.commonest_years and step.commonest_years >= step.rarest_years:
            message = N_("The rarest is once in more years than the commonest.")
            found.append(RuleBroken(message, field=f"likelihoods-{place}-commonest_years"))
        below = steps[place - 1].commonest_years if place else None
        if below and step.rarest_years and step.rarest_years > below:
            message = N_("A higher step comes more often than the one before it: begin at once in %(years)s years.")
            found.append(RuleBroken(message, field=f"likelihoods-{place}-rarest_years", years=f"{below:g}"))
    return found


def _level_problems(entry: ScaleEntry) -> list[RuleBroken]:
    """The levels begin one after another, within the scores that the scale has; the guard at one of its steps."""
    found = [
        RuleBroken(N_("Say from which score on."), field=name) for name in BEGINNINGS if getattr(entry, name) is None
    ]
    highest = len(entry.likelihoods) * len(entry.impacts)
    for lower, name in zip((None, *BEGINNINGS), BEGINNINGS, strict=False):
        least, before = getattr(entry, name), getattr(entry, lower) if lower else 1
        if least is None or before is None:
            continue
        if not 2 <= least <= highest:
            message = N_("Scores run from 1 to %(highest)s: begin the level at 2 or more.")
            found.append(RuleBroken(message, field=name, highest=highest))
        elif least < before:
            found.append(RuleBroken(N_("A graver level cannot begin below a lesser one."), field=name))
    if entry.guard_from is not None and not 1 <= entry.guard_from <= len(entry.likelihoods):
        message = N_("Choose a step of likelihood from 1 to %(most)s, or leave it empty.")
        found.append(RuleBroken(message, field="guard_from", most=len(entry.likelihoods)))
    return found


def scale_of(entry: ScaleEntry) -> Scale:
    """The scale of an entry that breaks no rule."""
    return Scale(
        likelihoods=tuple(replace(step, message="") for step in entry.likelihoods),
        impacts=tuple(replace(step, message="") for step in entry.impacts),
        moderate=entry.moderate or 0,
        significant=entry.significant or 0,
        critical=entry.critical or 0,
        guard_from=entry.guard_from,
    )


def carried(cell: tuple[int, int], old: Scale, new: Scale) -> tuple[int, int]:
    """A cell (likelihood, impact) of the old scale on the new one."""
    likelihood = moved(cell[0], len(old.likelihoods), len(new.likelihoods))
    impact = moved(cell[1], len(old.impacts), len(new.impacts))
    return likelihood or 1, impact or 1


def shifts(counts: dict[tuple[int, int], int], old: Scale, new: Scale) -> dict[tuple[Level, Level], int]:
    """How many risks go from which level to which: `counts` are the risks in each cell of the old scale."""
    found: dict[tuple[Level, Level], int] = {}
    for cell, count in counts.items():
        ends = old.level(*cell), new.level(*carried(cell, old, new))
        found[ends] = found.get(ends, 0) + count
    return found
