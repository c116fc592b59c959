"""How far the writing of a plan has come: the state of each section, and what says something already."""

from collections.abc import Collection, Mapping, Sequence

from continuity.vocabulary.plans import Section
from prepare.texts import N_
from prepare.vocabulary import Labelled


class SectionState(Labelled):
    """How far a section has come."""

    EMPTY = "empty", N_("Empty")
    BEGUN = "begun", N_("Begun")
    WRITTEN = "written", N_("Finished")


def state(text: str | None, *, finished: bool, has_rows: bool = False) -> SectionState:
    """How far a section has come; `has_rows` says that cards, strategies or tasks stand under it.

    What is called finished and holds nothing is still empty.
    """
    if not (text or "").strip() and not has_rows:
        return SectionState.EMPTY
    return SectionState.WRITTEN if finished else SectionState.BEGUN


def word_count(text: str | None) -> int:
    """How many words a text has."""
    return len((text or "").split())


def filled(
    texts: Mapping[Section, str], *, cards: bool = False, strategies: bool = False, level_tasks: bool = False
) -> frozenset[Section]:
    """The sections that say something: by a text, or by what stands under them as rows."""
    rows = {Section.FIRST_HOUR: cards, Section.STRATEGIES: strategies, Section.LEVEL_TASKS: level_tasks}
    written = {section for section, text in texts.items() if text.strip()}
    return frozenset(written | {section for section, some in rows.items() if some})


def neighbours(section: Section, order: Sequence[Section]) -> tuple[Section | None, Section | None]:
    """The sections before and after one in this order; None at the ends."""
    at = order.index(section)
    return (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None)


def finished_share(states: Collection[SectionState]) -> int:
    """How many of a hundred sections are finished; rounded down, so that 100 means all."""
    done = sum(one is SectionState.WRITTEN for one in states)
    return 100 * done // len(states) if states else 0
