"""The trail: who changed what, before and after, in the same transaction, sealed by a chain of HMACs.

An entry's seal covers its fields, the hash of its payload and the seal before it. The payload (which
may hold personal data) stands in a table of its own, so that it can be erased and the chain still
holds. `PREPARE_AUDIT_KEY` seals; without it nobody can rewrite the chain (trust.md 3.3).
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, event, insert, inspect, select, update
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column

from prepare import access, actor, anchors, clock, sealing
from prepare.actor import Actor
from prepare.db import Base, Bytewise, InGraph, Key, Moment, db
from prepare.sealing import FIRST_SEAL

#: Made once: a long trail is verified twice as fast as with an encoder made for each entry.
_LISTED = json.JSONEncoder(ensure_ascii=False)
_CONTENT = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
#: Under this name a session remembers the last entry that it wrote, until it is committed.
NOT_YET_ANCHORED = "not yet anchored"


class Audited:
    """Marks a record whose every change goes into the trail; it is retired, never deleted.

    `derived` names columns that follow from others and say nothing by themselves.
    """

    derived: ClassVar[frozenset[str]] = frozenset()


class AuditPayload(Base):
    """What an entry's change was, field by field: before and after. Erasable; the chain holds its hash."""

    __tablename__ = "audit_payload"

    id: Mapped[Key]
    changes: Mapped[dict[str, Any] | None] = mapped_column(JSON)  #: None once erased
    erased_by: Mapped[str | None] = mapped_column(String(200))  #: the decision that erased it


class AuditEntry(Base):
    """One change or event: who, when, what, to which record."""

    __tablename__ = "audit_entry"
    #: Each ends with the order of the chain, so that the newest of a person or a record are found without sorting.
    __table_args__ = (
        Index("ix_audit_entry_at", "at", "id"),
        Index("ix_audit_entry_user", "user_id", "id"),
        Index("ix_audit_entry_name", "user_name", "id"),
        Index("ix_audit_entry_action", "action", "id"),
        Index("ix_audit_entry_subject", "subject", "id"),
        Index("ix_audit_entry_ref", "subject_ref", "id"),
        Index("ix_audit_entry_code", "subject_code", "id"),
        Index("ix_audit_entry_owner", "owner_path", "id"),
    )

    id: Mapped[Key]  #: the order of the chain
    at: Mapped[Moment]
    user_id: Mapped[int | None]
    user_name: Mapped[str] = mapped_column(String(200))  #: as it was then; the system is "prepare"
    session_hash: Mapped[str | None] = mapped_column(String(64))
    address: Mapped[str | None] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40))  #: table of the record
    subject_ref: Mapped[str | None] = mapped_column(String(36))
    subject_code: Mapped[str] = mapped_column(Bytewise)
    subject_version: Mapped[int | None]
    owner_path: Mapped[str] = mapped_column(Bytewise)  #: owner of the record, for the reader's scope
    confidentiality: Mapped[str] = mapped_column(String(32))
    payload_id: Mapped[int] = mapped_column(ForeignKey("audit_payload.id"))
    payload_hash: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The last link of the chain; locked while an entry is appended, so that the order has no gaps."""

    __tablename__ = "audit_head"

    id: Mapped[Key]
    entries: Mapped[int]
    seal: Mapped[str] = mapped_column(String(64))


class Revision(Base):
    """A counter that rises when anything of its kind changes: `graph` for everything a cascade reads."""

    __tablename__ = "revision"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int]


#: Nobody holds the head or a revision as an object; else each change would look through all that the session holds.
AS_IT_IS = {"synchronize_session": False}
#: Fields that the seal covers, in this order.
SEALED = (
    "id",
    "at",
    "user_id",
    "user_name",
    "session_hash",
    "address",
    "action",
    "subject",
    "subject_ref",
    "subject_code",
    "subject_version",
    "owner_path",
    "confidentiality",
    "payload_id",
    "payload_hash",
    "previous",
)
#: Columns that say nothing to a reader of the trail.
UNTOLD = frozenset(
    {"id", "ref", "version", "search_text", "sort_name", "path", "password_hash", "token_hash", "inputs", "figures"}
)


def plain(value: Any) -> Any:
    """A stored value as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return ",".join(str(plain(one)) for one in value)
    return str(value) if isinstance(value, UUID) else value


def changes_of(record: Any) -> dict[str, list[Any]]:
    """The fields of a record that a flush has just changed: name → [before, after]."""
    state = inspect(record)
    changed: dict[str, list[Any]] = {}
    untold = UNTOLD | getattr(record, "derived", frozenset())
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if history.has_changes() and column.key not in untold:
            before = plain(history.deleted[0]) if history.deleted else None
            after = plain(history.added[0]) if history.added else None
            if before != after:
                changed[column.key] = [before, after]
    return changed


def note(subject: Any, changes: dict[str, Any]) -> None:
    """Write an event that changes no record (a sign-in, a hand-over) under the action in hand."""
    db.session.flush()
    append(db.session(), [(subject, changes)])


def append(session: Session, told: list[tuple[Any, dict[str, Any]]]) -> None:
    """Append one sealed entry per (record, changes); the head stays locked until the transaction ends.

    Raises RuntimeError when no action is in hand: no change is silent.
    """
    action = access.in_hand.get()
    if action is None:
        raise RuntimeError(f"changed outside the register: {[subject for subject, _ in told]!r}")
    head = session.execute(select(AuditHead.entries, AuditHead.seal).with_for_update()).one_or_none()
    number, seal = head if head else (0, FIRST_SEAL)
    entries, payloads = [], []
    for subject, changes in told:
        number += 1
        payloads.append({"id": number, "changes": changes, "erased_by": None})
        entry = _entry(number, action, subject, sealing.fingerprint(content_text(changes)), seal)
        seal = entry["seal"] = sealed(entry)
        entries.append(entry)
    session.execute(insert(AuditPayload), payloads)
    session.execute(insert(AuditEntry), entries)
    if head:
        session.execute(update(AuditHead).values(entries=number, seal=seal).execution_options(**AS_IT_IS))
    else:
        session.execute(insert(AuditHead), [{"id": 1, "entries": number, "seal": seal}])
    session.info[NOT_YET_ANCHORED] = (number, seal)


def _entry(number: int, action: str, subject: Any, payload_hash: str, previous: str) -> dict[str, Any]:
    who = actor.current()
    ref = getattr(subject, "ref", None)
    return {
        "id": number,
        "at": clock.now(),
        "user_id": who.user_id,
        "user_name": who.name,
        "session_hash": who.session_hash,
        "address": who.address,
        "action": str(action.value) if isinstance(action, Enum) else action,
        "subject": getattr(type(subject), "__tablename__", str(subject)),
        "subject_ref": str(ref) if ref else None,
        "subject_code": str(getattr(subject, "code", ""))[:200],
        "subject_version": getattr(subject, "version", None),
        "owner_path": _told_in(subject, who),
        "confidentiality": str(plain(getattr(subject, "confidentiality", "internal"))),
        "payload_id": number,
        "payload_hash": payload_hash,
        "previous": previous,
    }


def _told_in(subject: Any, who: Actor) -> str:
    """Path whose readers are told of it: the owner's; of what no city owns, as accounts, the city it has to do with.

    An installation may carry many cities, and none of them is told whom another one employs.
    """
    path = getattr(subject, "trail_path", getattr(subject, "owner_path", None))
    is_about_people = hasattr(subject, "trail_path") or path is None
    return who.home if path is None or (path == "/" and is_about_people) else str(path)


def sealed(entry: dict[str, Any]) -> str:
    """The seal of an entry's fields."""
    return sealing.seal(sealed_text([entry[name] for name in SEALED]))


def sealed_text(values: Sequence[Any]) -> str:
    """What a seal covers: the values of SEALED in their order, the moment in UTC."""
    number, at, *rest = values
    moment = at.astimezone(UTC).isoformat() if at.tzinfo else f"{at.isoformat()}+00:00"
    return _LISTED.encode([number, moment, *rest])


def content_text(changes: Any) -> str:
    """What a payload's hash covers."""
    return _CONTENT.encode(changes)


@event.listens_for(Session, "after_commit")
def keep_anchored(session: Session) -> None:
    """Note outside the database how far the trail has come, once that is certain."""
    if head := session.info.pop(NOT_YET_ANCHORED, None):
        entries, seal = head
        anchors.keep_up(anchors.Anchor(entries, seal, clock.now()))


@event.listens_for(Session, "after_rollback")
def forget_what_was_undone(session: Session) -> None:
    """What was undone is not anchored."""
    session.info.pop(NOT_YET_ANCHORED, None)


@event.listens_for(Audited, "attribute_instrument", propagate=True)
def remember_before(_record: type, _name: str, attribute: Any) -> None:
    """Read a field before it is changed: otherwise the trail would not know what stood there, or not see a change."""
    attribute.impl.active_history = True


@event.listens_for(Session, "before_flush")
def refuse_deletion(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Audited records are retired, never deleted."""
    if lost := [record for record in session.deleted if isinstance(record, Audited)]:
        raise RuntimeError(f"audited records are retired, never deleted: {lost!r}")


@event.listens_for(Session, "after_flush")
def write_trail(session: Session, _context: UOWTransaction) -> None:
    """Write who changed what, in the transaction that changed it.

    A new record that names another one by its number alone must know that one here: the entry takes its owner and its
    class from there, and without them would be told to everybody.
    """
    for record in session.new:
        session.enable_relationship_loading(record)
    changed = [(record, changes_of(record)) for record in [*session.new, *session.dirty]]
    if told := [(record, changes) for record, changes in changed if isinstance(record, Audited) and changes]:
        append(session, sorted(told, key=lambda pair: (type(pair[0]).__name__, pair[0].id)))
    if any(isinstance(record, InGraph) and changes for record, changes in changed):
        raise_graph_revision(session)


def raise_graph_revision(session: Session) -> None:
    """Mark every cascade computed so far as out of date."""
    rows = update(Revision).where(Revision.kind == "graph").values(number=Revision.number + 1)
    raised = session.execute(rows.execution_options(**AS_IT_IS))
    if not raised.rowcount:  # type: ignore[attr-defined]
        session.execute(insert(Revision), [{"kind": "graph", "number": 1}])


@event.listens_for(Session, "do_orm_execute")
def refuse_bulk_change(state: ORMExecuteState) -> None:
    """Bulk statements pass the flush by, so audited tables take them only while data is sown."""
    changes = state.is_update or state.is_delete or state.is_insert
    audited = bool(state.bind_mapper and issubclass(state.bind_mapper.class_, Audited))
    if changes and audited and access.in_hand.get() is not access.Action.SOW:
        raise RuntimeError("an audited table takes no bulk statement")
