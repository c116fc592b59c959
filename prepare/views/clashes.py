"""Saving although somebody else saved meanwhile: put together what can be, ask the person about the rest."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from prepare.db import transaction
from prepare.errors import StaleEntry
from prepare.forms.differences import Change, changes
from prepare.merging import Merge, fingerprint, merge

E = TypeVar("E")


def readable(value: Any) -> Any:
    """A value that a comparison can show."""
    return ", ".join(str(one) for one in value) if isinstance(value, tuple) else value


class Clash(Exception, Generic[E]):
    """Two people changed the same field in different ways: the entry as put together, and what clashes in words.

    `seen` is the fingerprint of what is saved now; each of `changes` tells what was saved and what was written.
    """

    def __init__(self, merged: Merge[E], held: E, told: Callable[[Any], Any]) -> None:
        super().__init__(merged.clashes)
        self.entry = merged.entry
        self.seen = fingerprint(held)
        pairs = [(name, told(getattr(held, name)), told(getattr(merged.entry, name))) for name in merged.clashes]
        self.changes: list[Change] = changes(pairs)


def save_merged(
    save: Callable[[E, str], object],
    held: Callable[[], E],
    entry: Callable[[], E],
    seen: str,
    *,
    told: Callable[[Any], Any] = readable,
) -> bool:
    """Save an entry in a transaction of its own; gives whether something of somebody else's was put together with it.

    `save` takes the entry and the fingerprint of what it was made from, `held` gives what is saved now, `entry`
    what the person wrote (made anew when the record has changed), `told` a value in words.
    Raises Clash when both changed the same field.
    """
    try:
        with transaction():
            save(entry(), seen)
    except StaleEntry:
        now = held()
        merged = merge(seen, entry(), now)
        if merged.clashes:
            raise Clash(merged, now, told) from None
        with transaction():
            save(merged.entry, fingerprint(now))
        return True
    return False
