"""Paths of organisations are compared byte by byte, so that everything below one is a range of the index."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _collate(name: str | None) -> None:
    """SQLite compares bytes anyhow; PostgreSQL goes by the database's locale unless it is told otherwise."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("organisation", "path", type_=sa.String(200, collation=name), existing_nullable=False)


def upgrade() -> None:
    """Change the schema."""
    _collate("C")


def downgrade() -> None:
    """Change it back."""
    _collate("default")
