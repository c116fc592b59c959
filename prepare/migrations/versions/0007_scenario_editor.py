"""Let scenarios be edited: a hit is retired, never deleted, and a confidential scenario says on what ground."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.add_column("scenario", sa.Column("secrecy_basis", sa.String(length=200), nullable=True))
    op.add_column("scenario_hit", sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Change it back."""
    op.drop_column("scenario_hit", "retired")
    op.drop_column("scenario", "secrecy_basis")
