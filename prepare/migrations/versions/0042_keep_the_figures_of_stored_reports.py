"""Keep the figures of stored reports."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    with op.batch_alter_table("stored_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("figures", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("stored_report", schema=None) as batch_op:
        batch_op.drop_column("figures")
