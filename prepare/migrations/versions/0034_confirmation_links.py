"""Keep one-time links by which partners answer without an account."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "confirmation_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("interface_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.String(length=200), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["interface_id"], ["interface.id"], name=op.f("fk_confirmation_link_interface_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_link")),
        sa.UniqueConstraint("ref", name=op.f("uq_confirmation_link_ref")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_confirmation_link_token_hash")),
    )
    with op.batch_alter_table("confirmation_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_confirmation_link_interface_id"), ["interface_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("confirmation_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_confirmation_link_interface_id"))
    op.drop_table("confirmation_link")
