"""Keep crisis packages."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "crisis_package",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("trail_entries", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["kept_file.id"], name=op.f("fk_crisis_package_file_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_crisis_package_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_package")),
        sa.UniqueConstraint("ref", name=op.f("uq_crisis_package_ref")),
    )
    with op.batch_alter_table("crisis_package", schema=None) as batch_op:
        batch_op.create_index("ix_crisis_package_audience", ["organisation_id", "role", "language", "id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("crisis_package", schema=None) as batch_op:
        batch_op.drop_index("ix_crisis_package_audience")

    op.drop_table("crisis_package")
