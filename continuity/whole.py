"""A version of a plan as it is read: everything that it holds, in words of the language in use.

The page, the print and the file are drawn from the same value, so they cannot disagree.
"""

from dataclasses import dataclass

from continuity.frozen import Figure
from prepare.vocabulary import Confidentiality

#: The marking required by law stands in both national languages whatever the language of the plan is.
SECRECY_MARKING = "SALASSA PIDETTÄVÄ / SEKRETESSBELAGD"


@dataclass(frozen=True)
class Chapter:
    """A section: its number, its key, its title and what is written; empty when nothing is."""

    place: int
    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Part:
    """Chapters that stand under one heading; without a title they stand by themselves."""

    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class StrategyLine:
    """How to carry on without something, and how long that lasts."""

    lost: str
    text: str
    lasts: str
    rests_on: str


@dataclass(frozen=True)
class CardStep:
    """One step of an action card: what, who, and within how long."""

    what: str
    who: str
    within: str


@dataclass(frozen=True)
class Card:
    """An action card: what is done first, and by whom."""

    title: str
    lost: str
    function: str
    role: str
    steps: tuple[CardStep, ...]


@dataclass(frozen=True)
class LevelLine:
    """What is done when preparedness is raised to a level."""

    level: str
    task: str
    role: str
    trigger: str
    within: str


@dataclass(frozen=True)
class DocumentLine:
    """A document that belongs to the plan, and where it is kept."""

    title: str
    kept_at: str
    case_number: str


@dataclass(frozen=True)
class Signature:
    """Who answers for what: written, reviewed, approved; empty texts where it has not been done."""

    act: str
    name: str
    role: str
    day: str


@dataclass(frozen=True)
class Contents:
    """What a version holds beside its texts."""

    strategies: tuple[StrategyLine, ...] = ()
    cards: tuple[Card, ...] = ()
    level_tasks: tuple[LevelLine, ...] = ()
    documents: tuple[DocumentLine, ...] = ()


@dataclass(frozen=True)
class Whole:
    """One version of a plan."""

    code: str
    name: str
    kind: str
    organisation: str
    city: str
    number: str
    state: str
    is_in_force: bool
    confidentiality: Confidentiality
    secrecy_basis: str
    validity: str  #: since when and until when it holds; empty before it is approved
    document_ref: str
    parts: tuple[Part, ...]
    contents: Contents
    functions: tuple[Figure, ...]  #: as they stood at the approval; before it as they stand now
    functions_as_of: str  #: of which day, in words
    hidden_functions: int
    signatures: tuple[Signature, ...]

    @property
    def marking(self) -> str:
        """What stands at the top of every page: the class, with the legal basis when it is secret."""
        if self.confidentiality is Confidentiality.CONFIDENTIAL:
            return " – ".join(filter(None, (SECRECY_MARKING, self.secrecy_basis)))
        return self.confidentiality.label.upper()

    @property
    def heading(self) -> str:
        """The plan and its version in one line."""
        return f"{self.code} {self.name}"

    @property
    def chapters(self) -> list[Chapter]:
        """Every section in its order of reading."""
        return [chapter for part in self.parts for chapter in part.chapters]
