"""What phenomena, their figures and signals must satisfy, and what a phenomenon still lacks (S002)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from prepare.errors import RuleBroken
from prepare.registration import Gap
from prepare.texts import N_
from risks import checks
from risks.entries.phenomena import IndicatorEntry, PhenomenonEntry, SignalEntry
from risks.vocabulary.phenomena import PhenomenonState

#: field → what is missing, why it matters
MANDATORY: tuple[tuple[str, str, str], ...] = (
    ("description", N_("Description"), N_("Others must recognise the same phenomenon.")),
    ("themes", N_("Themes"), N_("They lead to the plan and the networks that work on it.")),
    ("trend", N_("Trend"), N_("Leadership decides by where it is going.")),
    ("owner_role", N_("Followed by"), N_("Without somebody who follows it the picture grows old.")),
    ("evidence", N_("Evidence"), N_("An impression is not yet a common picture.")),
    ("next_review", N_("Next review"), N_("An assessment grows old.")),
)


def problems(entry: PhenomenonEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that a phenomenon's entry breaks on the day `on`."""
    found = checks.name(entry) + checks.secrecy(entry) + _not_ahead(entry.trend_since, "trend_since", on)
    if entry.trend_since and entry.trend is None:
        found.append(RuleBroken(N_("Say where it is going, or leave the day empty."), field="trend"))
    if entry.state is PhenomenonState.CLOSED and not checks.given(entry.state_reason):
        found.append(RuleBroken(N_("Say why it is no longer followed."), field="state_reason"))
    return found


def indicator_problems(entry: IndicatorEntry, *, on: date) -> list[RuleBroken]:
    """A figure says what it counts, how much, in which unit and when; nothing is counted in the future."""
    found = checks.name(entry, "name") + _not_ahead(entry.measured_on, "measured_on", on)
    given = {"value": entry.value, "unit": entry.unit, "measured_on": entry.measured_on}
    found += [RuleBroken(N_("This is needed."), field=name) for name, value in given.items() if value in (None, "")]
    return found


def signal_problems(entry: SignalEntry, *, on: date) -> list[RuleBroken]:
    """A signal says what was noticed, when, and from whom it came: an organisation or a role."""
    found = checks.name(entry, "name") + checks.secrecy(entry) + _not_ahead(entry.observed_on, "observed_on", on)
    if entry.observed_on is None:
        found.append(RuleBroken(N_("This is needed."), field="observed_on"))
    if entry.source is None and not checks.given(entry.source_role):
        found.append(RuleBroken(N_("Say from whom it came: an organisation or a role."), field="source_role"))
    return found


def _not_ahead(day: date | None, field: str, on: date) -> list[RuleBroken]:
    return [RuleBroken(N_("The day cannot lie ahead."), field=field)] if day and day > on else []


def gaps(entry: PhenomenonEntry) -> list[Gap]:
    """What a phenomenon that is followed still lacks, in the order of the form."""
    if entry.state is PhenomenonState.CLOSED:
        return []
    return [Gap(name, what, why) for name, what, why in MANDATORY if getattr(entry, name) in (None, "", ())]


def series(figures: Iterable[Any]) -> dict[tuple[str, str], list[Any]]:
    """Figures of the same name and unit together, by day: (name, unit) → figures."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for figure in sorted(figures, key=lambda one: (one.measured_on, one.code)):
        found[figure.name, figure.unit].append(figure)
    return dict(found)
