"""Keep readiness."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "kuja_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label_fi", sa.String(length=200), nullable=True),
        sa.Column("label_sv", sa.String(length=200), nullable=True),
        sa.Column("label_en", sa.String(length=200), nullable=True),
        sa.Column("dimensions", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 5", name=op.f("ck_kuja_part_one_of_five")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_kuja_part_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kuja_part")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_kuja_part_organisation_id_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_kuja_part_ref")),
    )
    with op.batch_alter_table("kuja_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kuja_part_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "kuja_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("tool", sa.String(length=32), nullable=False),
        sa.Column("tool_version", sa.String(length=200), nullable=False),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("assessed_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_kuja_result_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kuja_result")),
        sa.UniqueConstraint("code", name=op.f("uq_kuja_result_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_kuja_result_ref")),
    )
    with op.batch_alter_table("kuja_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kuja_result_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "readiness_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("guidance", sa.String(length=20), nullable=True),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("figures_sha256", sa.String(length=64), nullable=False),
        sa.Column("data_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_readiness_snapshot_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_snapshot")),
        sa.UniqueConstraint("code", name=op.f("uq_readiness_snapshot_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_readiness_snapshot_ref")),
    )
    with op.batch_alter_table("readiness_snapshot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_readiness_snapshot_as_of"), ["as_of"], unique=False)
        batch_op.create_index(batch_op.f("ix_readiness_snapshot_organisation_id"), ["organisation_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("readiness_snapshot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_readiness_snapshot_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_readiness_snapshot_as_of"))

    op.drop_table("readiness_snapshot")
    with op.batch_alter_table("kuja_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kuja_result_organisation_id"))

    op.drop_table("kuja_result")
    with op.batch_alter_table("kuja_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kuja_part_organisation_id"))

    op.drop_table("kuja_part")
