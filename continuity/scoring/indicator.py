"""An indicator with the rows from which it is computed, each of them a record that can be opened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from continuity.scoring.vocabulary import Code, Kind
from prepare.vocabulary import Confidentiality


@dataclass(frozen=True, slots=True)
class Item:
    """A record that counts: what it is, what it is called, and who may read it."""

    kind: Kind
    code: str
    ref: str = ""  #: of the record whose page tells about it
    name_fi: str = ""
    name_sv: str | None = None
    name_en: str | None = None
    id: int = 0  #: of a function, by which its name may be known
    path: str = ""  #: of its owner
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    is_binding: bool = False  #: whether everything below its owner reads it too


class Effect(StrEnum):
    """What becomes of a row when what is to be done has been done."""

    COUNTS = "counts"
    LEAVES = "leaves"  #: it is no longer asked about
    NONE = "none"  #: it stays as it is: what was late stays late


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done about a row, and on which record."""

    item: Item
    do: str  #: an N_() sentence
    effect: Effect = Effect.COUNTS


class Mark(StrEnum):
    """Why a row bears on a cap (see `scores`)."""

    HOLE = "hole"  #: a hole that no average may hide, for as long as the row does not count in full
    VITAL = "vital"  #: a vital function without a recent exercise
    RECENT = "recent"  #: a vital function that was exercised recently enough not to cap its sector


@dataclass(frozen=True, slots=True)
class Row:
    """One record in an indicator.

    `share` is how much of it is in order, from 0 to 1; what is unknown counts as not in order and is told apart.
    `why` is an N_() sentence that `values` fill with days, figures, items, or tuples of N_() messages.
    """

    item: Item
    weight: float
    share: float
    why: str
    values: Mapping[str, Any] = field(default_factory=dict)
    unknown: float = 0.0  #: how much of it nobody knows, from 0 to 1
    step: Step | None = None
    mark: Mark | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts in full."""
        return self.share >= 1


@dataclass(frozen=True)
class Indicator:
    """One indicator of a sector or of the city."""

    code: Code | None  #: None = survivability (O1), which stands outside the score
    rows: tuple[Row, ...] = ()

    @property
    def numerator(self) -> float:
        """Weights of what is in order."""
        return sum(row.weight * row.share for row in self.rows)

    @property
    def denominator(self) -> float:
        """Weights of everything that is asked about."""
        return sum(row.weight for row in self.rows)

    @property
    def unknown(self) -> float:
        """Weights of what nobody knows: part of the denominator, not of the numerator."""
        return sum(row.weight * row.unknown for row in self.rows)

    @property
    def value(self) -> float | None:
        """From 0 to 100; None when there is nothing to ask about."""
        return ratio(self.numerator, self.denominator)

    @property
    def known(self) -> float:
        """Which share of what it asks about is known, from 0 to 1; nothing is known of nothing."""
        return 1 - self.unknown / self.denominator if self.denominator else 0.0


def ratio(numerator: float, denominator: float) -> float | None:
    """A percentage; None of nothing."""
    return 100 * numerator / denominator if denominator else None


def together(code: Code, parts: Iterable[Indicator]) -> Indicator:
    """One indicator of several sectors: a record that several of them share is counted once, as the first has it."""
    found: dict[tuple[Kind, str], Row] = {}
    for part in parts:
        for row in part.rows:
            found.setdefault((row.item.kind, row.item.code), row)
    return Indicator(code, tuple(found.values()))


def heaviest_first(rows: Sequence[Row]) -> list[Row]:
    """What is not in order first, the heaviest of it first; then what is in order."""
    return sorted(rows, key=lambda row: (row.counts, -row.weight * (1 - row.share), -row.weight, row.item.code))
