"""Ask for decisions in situation reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "needed_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("decider", sa.String(length=200), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("cost_eur", sa.Double(), nullable=True),
        sa.Column("consequence", sa.Text(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("cost_eur >= 0", name=op.f("ck_needed_decision_cost_not_negative")),
        sa.ForeignKeyConstraint(["review_id"], ["situation_review.id"], name=op.f("fk_needed_decision_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needed_decision")),
        sa.UniqueConstraint("code", name=op.f("uq_needed_decision_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_needed_decision_ref")),
    )
    with op.batch_alter_table("needed_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_needed_decision_review_id"), ["review_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("needed_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_needed_decision_review_id"))

    op.drop_table("needed_decision")
