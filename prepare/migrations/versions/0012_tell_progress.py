"""Tell in words where a measure stands."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.add_column("measure", sa.Column("progress_text", sa.Text(), nullable=True))


def downgrade() -> None:
    """Change it back."""
    op.drop_column("measure", "progress_text")
