"""Two people edited one record: what only one of them changed is put together, the rest are clashes.

A form carries the fingerprint of what it showed. Nothing else is needed to tell who changed what.
"""

import hashlib
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any, Generic, TypeVar

E = TypeVar("E")


@dataclass(frozen=True)
class Merge(Generic[E]):
    """Two entries put together: the result, the fields that both changed, and those that only the other changed."""

    entry: E
    clashes: tuple[str, ...]
    taken: tuple[str, ...]


def fingerprint(entry: Any) -> str:
    """A short text that tells, field by field, whether an entry is still as it was."""
    return ".".join(_print(getattr(entry, field.name)) for field in fields(entry))


def _print(value: Any) -> str:
    text = str(value.value if isinstance(value, Enum) else value)
    return "" if value is None else hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def merge(seen: str, mine: E, theirs: E) -> Merge[E]:
    """Put my entry and the saved one together; `seen` is the fingerprint of what I began with.

    A field that only I changed is mine, one that only the other changed is theirs, and one that both changed
    in different ways is a clash and stays mine. A fingerprint that does not fit makes every difference a clash.
    """
    names = [field.name for field in fields(mine)]  # type: ignore[arg-type]
    parts = seen.split(".")
    known = dict(zip(names, parts, strict=True)) if len(parts) == len(names) else {}
    entry, clashes, taken = mine, [], []
    for name in names:
        my, their = getattr(mine, name), getattr(theirs, name)
        if my == their or _print(their) == known.get(name):
            continue
        if _print(my) == known.get(name):
            entry = replace(entry, **{name: their})  # type: ignore[type-var]
            taken.append(name)
        else:
            clashes.append(name)
    return Merge(entry, tuple(clashes), tuple(taken))
