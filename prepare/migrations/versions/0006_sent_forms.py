"""Remember where a saved form led, and keep what was typed after a session had ended."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "form_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("led_to", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_form_post_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_post")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_form_post_user_id_key")),
    )
    op.create_index(op.f("ix_form_post_at"), "form_post", ["at"])
    op.create_table(
        "kept_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_kept_text_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_text")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_kept_text_user_id_key")),
    )
    op.create_index(op.f("ix_kept_text_at"), "kept_text", ["at"])


def downgrade() -> None:
    """Change it back."""
    op.drop_table("kept_text")
    op.drop_table("form_post")
