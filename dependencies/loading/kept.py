"""The graph as arrays, kept in memory and in a snapshot from one revision of the records to the next."""

from collections import OrderedDict
from dataclasses import dataclass, fields
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, select

from dependencies import snapshots
from dependencies.bulk import Engine
from dependencies.engines import engine
from dependencies.loading.arrays import Arrays, arrays
from dependencies.packed import Packed
from prepare.audit import AuditEntry
from prepare.db import IMMEDIATE, db

KEPT = 2  #: graphs that are kept in memory
COLUMNS = tuple(field.name for field in fields(Packed) if field.name != "revision")


@dataclass(frozen=True)
class Bulk:
    """A graph for bulk work; functions are known by place, and their ids stand in `packed.ids`."""

    arrays: Arrays

    @property
    def packed(self) -> Packed:
        """The graph as arrays."""
        return self.arrays.packed

    @cached_property
    def engine(self) -> Engine:
        """What does bulk work on it."""
        return engine(self.packed)


_kept: WeakKeyDictionary[Pool, OrderedDict[int, Bulk]] = WeakKeyDictionary()
_loading = Lock()


def bulk(revision: int) -> Bulk:
    """The records at this revision, which is the newest; nothing is asked of them when they are kept.

    Inside a transaction that writes they are read anew and not kept: it may still be undone.
    """
    if db.session.connection().get_execution_options().get(IMMEDIATE):
        return Bulk(arrays(revision))
    kept = _kept.setdefault(db.engine.pool, OrderedDict())
    if revision not in kept:
        with _loading:  # a second reader waits for the first rather than load the same again
            if revision not in kept:
                kept[revision] = Bulk(_opened(revision) or _loaded(revision))
                while len(kept) > KEPT:
                    kept.popitem(last=False)
    return kept[revision]


def _opened(revision: int) -> Arrays | None:
    """The snapshot of this revision, if it is of this history of the records and not of one put back since."""
    found = snapshots.opened(revision)
    if found is None or not _is_of_this_history(found[0]) or {*COLUMNS, "degrading", "degraded"} != set(found[1]):
        return None
    columns = found[1]
    packed = Packed(revision, **{name: columns[name] for name in COLUMNS})
    return Arrays(packed, columns["degrading"], columns["degraded"])


def _loaded(revision: int) -> Arrays:
    found = arrays(revision)
    columns = {name: getattr(found.packed, name) for name in COLUMNS}
    if mark := _mark():
        snapshots.keep(revision, mark, {**columns, "degrading": found.degrading, "degraded": found.degraded})
    return found


def _mark() -> str:
    """Number and seal of the newest entry of the trail: no other history of the records has the same."""
    newest = db.session.execute(select(AuditEntry.id, AuditEntry.seal).order_by(AuditEntry.id.desc()).limit(1)).first()
    return f"{newest.id} {newest.seal}" if newest else ""


def _is_of_this_history(mark: str) -> bool:
    number, _, seal = mark.partition(" ")
    return db.session.scalar(select(AuditEntry.seal).where(AuditEntry.id == int(number))) == seal
