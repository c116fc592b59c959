"""What national programmes, objectives and programmes across sectors must satisfy (S003 #48, #56, #67; E7, E12)."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from prepare.errors import RuleBroken
from prepare.registration import Gap
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.entries.safety import NationalProgrammeEntry, ObjectiveEntry, ProgrammeEntry

FIRST_YEAR, LAST_YEAR = 1990, 2100

#: field → what is missing, why it matters
OBJECTIVE_NEEDS: tuple[tuple[str, str, str], ...] = (
    ("term_from", N_("Council term"), N_("An objective belongs to the council that set it.")),
    ("theme", N_("Theme"), N_("By it the objective meets the priorities that serve it.")),
    ("indicator", N_("Indicator"), N_("Without it nobody can say whether the objective has been reached.")),
    ("target", N_("Target"), N_("Without it nobody can say whether the objective has been reached.")),
    ("latest", N_("Latest figure"), N_("It tells how far there is to go.")),
    ("document_ref", N_("Decision or document"), N_("The council's own wording decides.")),
)
PROGRAMME_NEEDS: tuple[tuple[str, str, str], ...] = (
    ("themes", N_("Themes"), N_("By theme, area and target group double work is found.")),
    ("target_groups", N_("Target groups"), N_("By theme, area and target group double work is found.")),
    ("organisations", N_("Responsible organisations"), N_("Somebody must be there to be brought together.")),
    ("owner_role", N_("Owner (role)"), N_("Without an owner nobody can be asked.")),
    ("period_from", N_("Begins"), N_("Only programmes of the same time overlap.")),
    ("effect", N_("Effect on safety"), N_("Also what affects safety on the way is heeded.")),
    ("budget_ref", N_("Budget"), N_("Objectives that are in no budget are seldom reached.")),
)


def name_problems(entry: Any) -> list[RuleBroken]:
    """A record has a name in the city's own language."""
    given = entry.name_fi and entry.name_fi.strip()
    return [] if given else [RuleBroken(N_("Give a name in Finnish."), field="name_fi")]


def period_problems(begins: date | None, ends: date | None, field: str) -> list[RuleBroken]:
    """E12: a period ends on the day that it begins, or later; either end may be open."""
    if begins and ends and ends < begins:
        return [RuleBroken(N_("The last day cannot be before the first."), field=field)]
    return []


def secrecy_problems(entry: Any) -> list[RuleBroken]:
    """E7: what is confidential names its legal basis."""
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        return [RuleBroken(message, field="secrecy_basis")]
    return []


def national_problems(entry: NationalProgrammeEntry) -> list[RuleBroken]:
    """Every rule that a national programme breaks; a line's rule names its row, as "lines-2-mark"."""
    found = name_problems(entry) + period_problems(entry.valid_from, entry.valid_to, "valid_to")
    marks = Counter(line.mark for line in entry.lines if line.mark)
    for place, line in enumerate(entry.lines):
        where = f"lines-{place}-mark"
        if not line.mark:
            found.append(RuleBroken(N_("Give the line its number, as 3.2."), field=where))
        elif marks[line.mark] > 1:
            found.append(RuleBroken(N_("Two lines have the number %(mark)s."), field=where, mark=line.mark))
        if not (line.name_fi or "").strip():
            found.append(RuleBroken(N_("Say in Finnish what the line proposes."), field=f"lines-{place}-name_fi"))
    return found


def objective_problems(entry: ObjectiveEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that an objective breaks on the day `on`."""
    found = name_problems(entry)
    for name in ("term_from", "term_to"):
        year = getattr(entry, name)
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            found.append(RuleBroken(N_("Give a year, as 2029."), field=name))
    if not found and entry.term_from and entry.term_to and entry.term_to < entry.term_from:
        found.append(RuleBroken(N_("The last year cannot be before the first."), field="term_to"))
    figures = [getattr(entry, name) for name in ("baseline", "target", "latest")]
    if not entry.unit and any(figure is not None for figure in figures):
        found.append(RuleBroken(N_("Say in what the figures are measured, as % or per 1,000 residents."), field="unit"))
    if entry.latest_on and entry.latest_on > on:
        found.append(RuleBroken(N_("The day of the latest figure cannot lie ahead."), field="latest_on"))
    return found


def programme_problems(entry: ProgrammeEntry) -> list[RuleBroken]:
    """Every rule that a programme breaks."""
    dated = period_problems(entry.period_from, entry.period_to, "period_to")
    return name_problems(entry) + dated + secrecy_problems(entry)


def gaps(entry: Any, needs: Iterable[tuple[str, str, str]]) -> list[Gap]:
    """What an entry still lacks of these fields, each with why it matters."""
    return [Gap(name, what, why) for name, what, why in needs if getattr(entry, name) in (None, "", ())]


def goes_wrong(baseline: float | None, latest: float | None, target: float | None) -> bool:
    """Whether the latest figure has moved from the baseline away from the target."""
    if baseline is None or latest is None or target is None:
        return False
    return (latest - baseline) * (target - baseline) < 0


def way_gone(baseline: float | None, latest: float | None, target: float | None) -> int | None:
    """How much of the way from the baseline to the target has been gone, 0 to 100 per cent.

    Less is better where the target lies below the baseline. None while a figure is unknown, or where there is no way
    to go; a figure that has moved the wrong way counts as nothing gone.
    """
    if baseline is None or latest is None or target is None or baseline == target:
        return None
    return round(100 * min(1.0, max(0.0, (latest - baseline) / (target - baseline))))
