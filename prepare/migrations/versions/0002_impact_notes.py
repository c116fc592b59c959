"""Notes on the impacts wait with them for confirmation."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.add_column("function_revision", sa.Column("impact_notes", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Change it back."""
    op.drop_column("function_revision", "impact_notes")
