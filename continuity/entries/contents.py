"""What people enter into a version of a plan: a section's text, strategies, cards, level tasks and documents."""

from dataclasses import dataclass, fields
from typing import Any

from continuity.vocabulary.contents import LostResource, PreparednessLevel


@dataclass(frozen=True, kw_only=True)
class SectionEntry:
    """The text of one section, and whether its writers say that nothing is missing."""

    text: str | None = None
    finished: bool = False


@dataclass(frozen=True, kw_only=True)
class StrategyEntry:
    """How the functions carry on without something; resources stand by what the trail calls them."""

    lost_resource: LostResource | None = None
    text: str | None = None
    covers_h: float | None = None
    resources: tuple[str, ...] = ()
    reference: str | None = None


@dataclass(frozen=True, kw_only=True)
class CardTaskEntry:
    """One step of a card: who does what, within how many minutes from the alarm."""

    what: str
    who: str | None = None
    within_min: int | None = None


@dataclass(frozen=True, kw_only=True)
class CardEntry:
    """An action card with its steps in order; the function stands by its code."""

    title: str | None = None
    lost_resource: LostResource | None = None
    function: str | None = None
    role: str | None = None
    tasks: tuple[CardTaskEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LevelTaskEntry:
    """What is done when preparedness is raised to a level."""

    level: PreparednessLevel | None = None
    task: str | None = None
    role: str | None = None
    trigger: str | None = None
    within_h: float | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentEntry:
    """A document that belongs to the plan, by the place where it is kept."""

    title: str | None = None
    kept_at: str | None = None
    case_number: str | None = None


STRATEGY_COLUMNS = tuple(field.name for field in fields(StrategyEntry) if field.name != "resources")
CARD_COLUMNS = ("title", "lost_resource", "role")
LEVEL_COLUMNS = tuple(field.name for field in fields(LevelTaskEntry))
DOCUMENT_COLUMNS = tuple(field.name for field in fields(DocumentEntry))


def of_section(record: Any) -> SectionEntry:
    """The entry that a section's row holds; an empty one where there is no row."""
    return SectionEntry(text=record.text or None, finished=record.finished) if record else SectionEntry()


def of_strategy(record: Any) -> StrategyEntry:
    """The entry that a strategy's record holds."""
    return StrategyEntry(**_columns(record, STRATEGY_COLUMNS), resources=tuple(one.code for one in record.resources))


def of_card(record: Any) -> CardEntry:
    """The entry that a card's record holds."""
    function = record.function.code if record.function else None
    return CardEntry(**_columns(record, CARD_COLUMNS), function=function, tasks=tuple(map(of_task, record.tasks)))


def of_task(record: Any) -> CardTaskEntry:
    """The entry that a step's row holds."""
    return CardTaskEntry(what=record.what, who=record.who, within_min=record.within_min)


def of_level_task(record: Any) -> LevelTaskEntry:
    """The entry that a level task's record holds."""
    return LevelTaskEntry(**_columns(record, LEVEL_COLUMNS))


def of_document(record: Any) -> DocumentEntry:
    """The entry that a document's record holds."""
    return DocumentEntry(**_columns(record, DOCUMENT_COLUMNS))


def _columns(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
