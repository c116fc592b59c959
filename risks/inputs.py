"""What residents' input must satisfy, and how a question that is asked again and again is put together (S003)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from prepare.errors import RuleBroken
from prepare.texts import N_
from risks import checks
from risks.entries.inputs import InputEntry
from risks.vocabulary.inputs import InputSource

#: How far a place can lie from the equator and from Greenwich, in degrees.
LATITUDES, LONGITUDES = (-90.0, 90.0), (-180.0, 180.0)
#: (question, unit) → area (None: the whole city) → (day, value), by day
Asked = dict[tuple[str, str], dict[str | None, list[tuple[date, float]]]]


def problems(entry: InputEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that the entry breaks on the day `on`."""
    found = checks.name(entry, "name") + checks.secrecy(entry) + _figure_problems(entry) + _place_problems(entry)
    for name in ("source", "held_on"):
        if getattr(entry, name) is None:
            found.append(RuleBroken(N_("This is needed."), field=name))
    if entry.held_on and entry.held_on > on:
        found.append(RuleBroken(N_("The day cannot lie ahead."), field="held_on"))
    if entry.participants is not None and entry.participants < 0:
        found.append(RuleBroken(N_("Give a number that is not negative."), field="participants"))
    if entry.used_in and not checks.given(entry.used_how):
        found.append(RuleBroken(N_("Say how it was used."), field="used_how"))
    return found


def _figure_problems(entry: InputEntry) -> list[RuleBroken]:
    """A figure answers a question and has a unit."""
    if entry.value is None:
        return []
    missing = [name for name in ("question", "unit") if not checks.given(getattr(entry, name))]
    return [RuleBroken(N_("A figure needs its question and its unit."), field=name) for name in missing]


def _place_problems(entry: InputEntry) -> list[RuleBroken]:
    """A place has both coordinates, and lies on the earth."""
    if (entry.latitude is None) != (entry.longitude is None):
        missing = "latitude" if entry.latitude is None else "longitude"
        return [RuleBroken(N_("Give both coordinates, or neither."), field=missing)]
    found = []
    for name, (low, high) in (("latitude", LATITUDES), ("longitude", LONGITUDES)):
        degrees = getattr(entry, name)
        if degrees is not None and not low <= degrees <= high:
            message = N_("Give degrees from %(low)s to %(high)s.")
            found.append(RuleBroken(message, field=name, low=f"{low:.0f}", high=f"{high:.0f}"))
    return found


def asked(rows: Iterable[tuple[str, str, str | None, date, float, InputSource]]) -> Asked:
    """Answers in figures to questions that were asked more than once: question, unit, area, day, value, source.

    Only surveys are put together: a hearing is no measurement. A question that was asked once is left out.
    """
    found: Asked = defaultdict(lambda: defaultdict(list))
    for question, unit, area, day, value, source in rows:
        if source is InputSource.SURVEY:
            found[question, unit][area].append((day, value))
    for areas in found.values():
        for answers in areas.values():
            answers.sort()
    return {key: dict(areas) for key, areas in found.items() if max(map(len, areas.values())) > 1}
