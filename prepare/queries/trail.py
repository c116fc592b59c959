"""Readings of the trail."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select

from prepare.actor import Scope
from prepare.audit import AuditEntry, AuditPayload
from prepare.models.functions import Function
from prepare.texts import search_key
from prepare.vocabulary import Confidentiality


def trail(scope: Scope, *, subject_ref: str = "", action: str = "", q: str = "") -> Select[AuditEntry, AuditPayload]:
    """Entries about records in the scope with their payloads, newest first.

    `subject_ref` asks for one record, `action` for one kind of change, `q` for a person or a code.
    """
    ways = []
    for root in scope.roots:
        inside = or_(AuditEntry.owner_path.startswith(root.path, autoescape=True), AuditEntry.owner_path == "/")
        open_enough = [c.value for c in Confidentiality if c.rank <= root.highest.rank]
        ways.append(inside & AuditEntry.confidentiality.in_(open_enough))
    rows = select(AuditEntry, AuditPayload).join(AuditPayload, AuditPayload.id == AuditEntry.payload_id)
    rows = rows.where(or_(False, *ways))
    if subject_ref:
        rows = rows.where(AuditEntry.subject_ref == subject_ref)
    if action:
        rows = rows.where(AuditEntry.action == action)
    if folded := search_key(q):
        columns = (AuditEntry.subject_code, AuditEntry.user_name)
        rows = rows.where(or_(*(column.icontains(folded, autoescape=True) for column in columns)))
    return rows.order_by(AuditEntry.id.desc())


def latest(scope: Scope, records: Sequence[Any]) -> Select[AuditEntry]:
    """The newest entry about any of these records; those without a reference of their own go by their code."""
    ways = []
    for record in records:
        if hasattr(record, "ref"):
            ways.append(AuditEntry.subject_ref == str(record.ref))
        else:
            ways.append((AuditEntry.subject == record.__tablename__) & (AuditEntry.subject_code == record.code))
    rows = trail(scope).where(or_(False, *ways)).limit(1)
    return rows.with_only_columns(AuditEntry, maintain_column_froms=True)


def counted(rows: Select[AuditEntry, AuditPayload]) -> Select[int]:
    """How many entries there are."""
    return rows.with_only_columns(func.count(AuditEntry.id), maintain_column_froms=True).order_by(None)


def about(scope: Scope, function: Function) -> Select[AuditEntry, AuditPayload]:
    """Entries about a function, its revisions and its impacts, newest first."""
    own = AuditEntry.subject_ref == str(function.ref)
    parts = AuditEntry.subject.in_(("function_revision", "bia_impact", "resource"))
    named = or_(AuditEntry.subject_code == function.code, AuditEntry.subject_code.startswith(f"{function.code} "))
    return trail(scope).where(or_(own, parts & named))
