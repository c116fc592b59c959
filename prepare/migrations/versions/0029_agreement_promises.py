"""Keep what an agreement promises in a disruption, and how it was ended."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recovery_h", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("capacity", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("noticed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("end_reason", sa.Text(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_agreement_promise_not_negative"), "recovery_h >= 0")
        batch_op.create_check_constraint(
            batch_op.f("ck_agreement_promise_is_stated"), "recovery_h IS NULL OR recovery_time_stated"
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_agreement_promise_is_stated"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_agreement_promise_not_negative"), type_="check")
        batch_op.drop_column("end_reason")
        batch_op.drop_column("ended_on")
        batch_op.drop_column("noticed_on")
        batch_op.drop_column("capacity")
        batch_op.drop_column("recovery_h")
