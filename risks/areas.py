"""The tree of areas: which lies within which, how deep it stands, and what lies on both of two areas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Code of an area → the codes of itself and everything that it lies in, from itself up.
Above = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Place:
    """An area as the list has it: its code, and the code of the area that it lies in (None: the city itself)."""

    code: str
    parent: str | None = None


@dataclass(frozen=True)
class Node:
    """An area in the tree: how deep it stands (1 = right below the city), and the codes of everything within it."""

    code: str
    depth: int
    within: tuple[str, ...]  #: itself and everything below it


def above(places: Iterable[Place]) -> Above:
    """For each area itself and all that it lies in; a circle, which no list should have, is cut."""
    parents = {place.code: place.parent for place in places}
    found: dict[str, tuple[str, ...]] = {}
    for code in parents:
        line: list[str] = []
        at: str | None = code
        while at is not None and at in parents and at not in line:
            line.append(at)
            at = parents[at]
        found[code] = tuple(line)
    return found


def tree(places: Iterable[Place]) -> list[Node]:
    """The areas as a tree is read, each followed by what lies in it, in the order of the list."""
    listed = list(places)
    lines = above(listed)
    below: dict[str | None, list[str]] = {}
    for place in listed:
        below.setdefault(place.parent if place.parent in lines else None, []).append(place.code)
    found: list[Node] = []

    def walk(parent: str | None) -> None:
        for code in below.get(parent, ()):
            found.append(Node(code, len(lines[code]), tuple(one for one in lines if code in lines[one])))
            walk(code)

    walk(None)
    return found


def shared(one: Iterable[str], other: Iterable[str], lines: Above) -> tuple[str, ...]:
    """The areas that lie on both sides, each told by the smaller one where one lies within the other.

    Nothing given means the whole city; two whole cities share all of it, which is told by no single area.
    """
    found = []
    for mine in one:
        for theirs in other:
            if theirs in lines.get(mine, (mine,)):
                found.append(mine)
            elif mine in lines.get(theirs, (theirs,)):
                found.append(theirs)
    return tuple(dict.fromkeys(found))


#: What is counted of an area, in the order in which it is told.
COUNTED = ("networks", "phenomena", "signals", "measures", "inputs", "people")


@dataclass(frozen=True)
class Held:
    """What is kept of single areas: for each network and phenomenon its areas, of the rest numbers by area."""

    networks: tuple[tuple[str, ...], ...] = ()
    phenomena: tuple[tuple[str, ...], ...] = ()
    signals: Mapping[str, int] = field(default_factory=dict)
    measures: Mapping[str, int] = field(default_factory=dict)
    inputs: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)


def tally(node: Node, held: Held) -> dict[str, int]:
    """How much is kept of an area and everything in it; what belongs to several areas in it counts once.

    What is of the whole city belongs to no single area.
    """
    inside = set(node.within)
    counts = {
        name: sum(bool(inside & set(areas)) for areas in getattr(held, name)) for name in ("networks", "phenomena")
    }
    for name in COUNTED[2:]:
        numbers: Mapping[str, int] = getattr(held, name)
        counts[name] = sum(number for code, number in numbers.items() if code in inside)
    return counts


def shares(values: Iterable[float | None], width: float = 100.0) -> list[float]:
    """How wide the bar of each value is beside the others, the widest `width`; nothing for 0 and for unknown."""
    listed = [value or 0.0 for value in values]
    most = max(listed, default=0.0)
    return [round(width * value / most, 1) if most > 0 else 0.0 for value in listed]
