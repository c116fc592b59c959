"""Keep how lists are read."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "list_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=40), nullable=False),
        sa.Column("headings_hash", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_list_mapping_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_mapping")),
        sa.UniqueConstraint(
            "organisation_id",
            "register",
            "headings_hash",
            name=op.f("uq_list_mapping_organisation_id_register_headings_hash"),
        ),
    )
    op.create_table(
        "list_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_list_upload_organisation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_list_upload_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_upload")),
        sa.UniqueConstraint("user_id", name=op.f("uq_list_upload_user_id")),
    )
    with op.batch_alter_table("list_upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_upload_at"), ["at"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("list_upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_upload_at"))

    op.drop_table("list_upload")
    op.drop_table("list_mapping")
