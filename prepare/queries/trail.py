"""Readings of the trail."""

from sqlalchemy import Select, or_, select

from prepare.actor import Scope
from prepare.audit import AuditEntry, AuditPayload
from prepare.vocabulary import Confidentiality


def trail(scope: Scope, *, subject_ref: str = "", action: str = "", q: str = "") -> Select[tuple[AuditEntry, AuditPayload]]:
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
    if q:
        rows = rows.where(
            or_(AuditEntry.subject_code.icontains(q, autoescape=True), AuditEntry.user_name.icontains(q, autoescape=True))
        )
    return rows.order_by(AuditEntry.id.desc())
