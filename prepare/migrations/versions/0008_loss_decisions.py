"""Keep what has been decided about single points of failure."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "loss_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.Column("handling", sa.String(length=32), nullable=False),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("owner_role", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("decided_on <= holds_until", name=op.f("ck_loss_decision_decision_from_to")),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_loss_decision_function_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss_decision")),
        sa.UniqueConstraint("ref", name=op.f("uq_loss_decision_ref")),
        sa.UniqueConstraint("function_id", name=op.f("uq_loss_decision_function_id")),
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_table("loss_decision")
