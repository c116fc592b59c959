"""Two people edited one record: what only one of them changed is put together, the rest are clashes."""

from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

from prepare.errors import StaleEntry
from prepare.texts import N_

E = TypeVar("E")


@dataclass(frozen=True)
class Seen(Generic[E]):
    """What a person has before them who edits a record: its entry, and the stored words of where it stands.

    It holds nothing that the person may not read, since the form carries it.
    """

    entry: E
    standing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Merge(Generic[E]):
    """Two entries put together: the result, and by name what both, only I and only the other changed."""

    entry: E
    clashes: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


def merge(base: E | None, mine: E, theirs: E) -> Merge[E]:
    """Put my entry and the saved one together; `base` is what we both began with, None when that is not known.

    A field that only I changed is mine, one that only the other changed is theirs, and one that both changed
    in different ways is a clash and stays mine. Without a base every difference is a clash.
    """
    entry: Any = mine
    found: dict[str, list[str]] = {"clashes": [], "mine": [], "theirs": []}
    for name in (field.name for field in fields(mine)):  # type: ignore[arg-type]
        my, their = getattr(mine, name), getattr(theirs, name)
        if my == their:
            continue
        if base is None or getattr(base, name) not in (my, their):
            found["clashes"].append(name)
        elif getattr(base, name) == my:
            found["theirs"].append(name)
            entry = replace(entry, **{name: their})
        else:
            found["mine"].append(name)
    return Merge(entry, **{which: tuple(names) for which, names in found.items()})


def refuse_stale(seen: Seen[E] | None, now: Seen[E]) -> None:
    """Raise StaleEntry unless the record is still what the person saw; None is a person who saw nothing known."""
    if seen != now:
        raise StaleEntry(N_("Somebody else saved this record while you were editing it."))
