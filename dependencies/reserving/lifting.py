"""Reserves that functions name in words: the same alternative named by several of them may be one reserve."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dependencies.reserving.vocabulary import ReserveKind, ReserveUnit
from prepare.texts import search_key
from prepare.vocabulary import ResourceKind

#: What kind of reserve stands in for a resource of a kind.
KINDS = {
    ResourceKind.STAFF: ReserveKind.PEOPLE,
    ResourceKind.PREMISES: ReserveKind.PREMISES,
    ResourceKind.EQUIPMENT: ReserveKind.EQUIPMENT,
    ResourceKind.VEHICLE: ReserveKind.VEHICLE,
}
UNITS = {
    ReserveKind.PEOPLE: ReserveUnit.PERSONS,
    ReserveKind.PREMISES: ReserveUnit.PLACES,
    ReserveKind.FUEL: ReserveUnit.LITRES,
}
FEWEST = 2  #: functions that have to name it


@dataclass(frozen=True)
class Named:
    """That a function names an alternative in words."""

    function: str  #: its code
    kind: ResourceKind
    words: str


@dataclass(frozen=True)
class Candidate:
    """An alternative that several functions name in the same words."""

    words: str  #: as the first of them wrote it
    key: str
    kind: ReserveKind
    functions: tuple[str, ...]  #: codes

    @property
    def unit(self) -> ReserveUnit:
        """The unit in which such a thing is most often counted."""
        return UNITS.get(self.kind, ReserveUnit.PIECES)


def key(words: str | None) -> str:
    """What makes two texts the same: their words without case, accents, order and marks between them."""
    return " ".join(sorted(set("".join(one if one.isalnum() else " " for one in search_key(words or "")).split())))


def candidates(named: Iterable[Named], known: Collection[str | None] = ()) -> list[Candidate]:
    """Alternatives that at least two functions name, those that most of them name first.

    `known` are the words of which reserves have been made already.
    """
    groups: dict[str, list[Named]] = {}
    for one in named:
        groups.setdefault(key(one.words), []).append(one)
    made = {key(words) for words in known}
    found = [
        Candidate(some[0].words, same, KINDS.get(some[0].kind, ReserveKind.OTHER), _functions(some))
        for same, some in groups.items()
        if same and same not in made and len(_functions(some)) >= FEWEST
    ]
    return sorted(found, key=lambda one: (-len(one.functions), one.key))


def _functions(some: Iterable[Named]) -> tuple[str, ...]:
    return tuple(sorted({one.function for one in some}))
