"""What strategies, action cards, level tasks and documents must satisfy, and the order of a card's steps (E13)."""

from collections.abc import Sequence

from continuity.entries.contents import (
    CardEntry,
    CardTaskEntry,
    DocumentEntry,
    LevelTaskEntry,
    StrategyEntry,
)
from prepare.errors import RuleBroken
from prepare.texts import N_

Part = StrategyEntry | CardEntry | LevelTaskEntry | DocumentEntry
#: A card is for the first hours; what comes later belongs to the plan.
LONGEST_MIN = 24 * 60


def problems(entry: Part) -> list[RuleBroken]:
    """Every rule that the entry breaks."""
    if isinstance(entry, StrategyEntry):
        return _strategy_problems(entry)
    if isinstance(entry, CardEntry):
        return _card_problems(entry)
    if isinstance(entry, LevelTaskEntry):
        return _level_problems(entry)
    needed = {"title": N_("Name the document."), "kept_at": N_("Say where the document is kept.")}
    return [_broken(name, text) for name, text in needed.items() if _is_empty(getattr(entry, name))]


def in_order(rows: Sequence[tuple[int | None, CardTaskEntry]]) -> tuple[CardTaskEntry, ...]:
    """The steps by the places that a person gave them; without a place a step stays after the one before it."""
    places: list[tuple[float, int]] = []
    for at, (place, _task) in enumerate(rows):
        before = places[-1][0] if places else 0.0
        places.append((float(place) if place is not None else before, at))
    return tuple(rows[at][1] for _place, at in sorted(places))


def _strategy_problems(entry: StrategyEntry) -> list[RuleBroken]:
    found = []
    if entry.lost_resource is None:
        found.append(_broken("lost_resource", N_("Say what is lost.")))
    if _is_empty(entry.text):
        found.append(_broken("text", N_("Say how the work goes on without it.")))
    if entry.covers_h is not None and entry.covers_h < 0:
        found.append(_broken("covers_h", N_("The value cannot be negative.")))
    return found


def _card_problems(entry: CardEntry) -> list[RuleBroken]:
    found = []
    if _is_empty(entry.title):
        found.append(_broken("title", N_("Give the card a title.")))
    for task in entry.tasks:
        if task.within_min is not None and not 0 <= task.within_min <= LONGEST_MIN:
            found.append(_broken("tasks", N_("A step is done within 0 to 1,440 minutes of the alarm.")))
            break
    return found


def _level_problems(entry: LevelTaskEntry) -> list[RuleBroken]:
    found = []
    if entry.level is None:
        found.append(_broken("level", N_("Say at which level it is done.")))
    if _is_empty(entry.task):
        found.append(_broken("task", N_("Say what is done.")))
    if entry.within_h is not None and entry.within_h < 0:
        found.append(_broken("within_h", N_("The value cannot be negative.")))
    return found


def _is_empty(text: str | None) -> bool:
    return not (text or "").strip()


def _broken(field: str, message: str) -> RuleBroken:
    return RuleBroken(message, field=field)
