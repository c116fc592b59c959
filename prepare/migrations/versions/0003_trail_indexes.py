"""Let the trail be searched by person, action, kind, record and owner, however long it grows.

Codes and owners are compared byte by byte, so that a search for their beginning uses an index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OLD = {"at": "at", "user_id": "user_id", "action": "action", "subject_ref": "subject_ref"}
NEW = {
    "at": "at",
    "user": "user_id",
    "name": "user_name",
    "action": "action",
    "subject": "subject",
    "ref": "subject_ref",
    "code": "subject_code",
    "owner": "owner_path",
}


def upgrade() -> None:
    """Change the schema."""
    for name in OLD:
        op.drop_index(f"ix_audit_entry_{name}", "audit_entry")
    _compare("C")
    for name, column in NEW.items():
        op.create_index(f"ix_audit_entry_{name}", "audit_entry", [column, "id"])


def downgrade() -> None:
    """Take the change back."""
    for name in NEW:
        op.drop_index(f"ix_audit_entry_{name}", "audit_entry")
    _compare(None)
    for name, column in OLD.items():
        op.create_index(f"ix_audit_entry_{name}", "audit_entry", [column])


def _compare(collation: str | None) -> None:
    """How PostgreSQL compares codes and owners; SQLite compares every text byte by byte."""
    if op.get_bind().dialect.name == "postgresql":
        for column in ("subject_code", "owner_path"):
            # Without a collation of its own a column goes back to that of the database.
            op.alter_column("audit_entry", column, type_=sa.String(200, collation=collation or "default"))
