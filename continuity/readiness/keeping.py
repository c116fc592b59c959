"""What was reckoned from the whole register, kept for as long as nothing changes.

Nothing that counts changes without an entry in the trail, so the number of entries tells whether it still holds.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, select

from prepare.audit import AuditHead
from prepare.db import IMMEDIATE, db

T = TypeVar("T")
Key = tuple[int, Hashable]


class Kept(Generic[T]):
    """The last `most` things of one kind that were reckoned, of each database."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: WeakKeyDictionary[Pool, OrderedDict[Key, T]] = WeakKeyDictionary()
        self._lock = Lock()

    def reckoned(self, what: Hashable, reckon: Callable[[], T]) -> T:
        """What is kept under `what`, else reckoned anew; inside a change it is reckoned and not kept."""
        key = _key(what)
        found = self._at(key)
        if found is None:
            found = reckon()
            if not db.session.connection().get_execution_options().get(IMMEDIATE):
                self._keep(key, found)
        return found

    def at_hand(self, what: Hashable) -> T | None:
        """What is kept under `what`, if it still holds."""
        return self._at(_key(what))

    def _at(self, key: Key) -> T | None:
        with self._lock:
            found = self._found.setdefault(db.engine.pool, OrderedDict())
            if key in found:
                found.move_to_end(key)
            return found.get(key)

    def _keep(self, key: Key, one: T) -> None:
        with self._lock:
            found = self._found.setdefault(db.engine.pool, OrderedDict())
            found[key] = one
            while len(found) > self._most:
                found.popitem(last=False)


def _key(what: Hashable) -> Key:
    return db.session.scalar(select(AuditHead.entries)) or 0, what
