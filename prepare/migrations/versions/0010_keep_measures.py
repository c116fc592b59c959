"""Keep measures, and which risks each of them treats."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("source", sa.String(length=32), nullable=True),
        sa.Column("source_code", sa.String(length=20), nullable=True),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("owner_role", sa.String(length=200), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("progress_pct", sa.Integer(), nullable=False),
        sa.Column("cost_eur", sa.Double(), nullable=True),
        sa.Column("budget_ref", sa.String(length=200), nullable=True),
        sa.Column("action_plan_ref", sa.String(length=200), nullable=True),
        sa.Column("effect_text", sa.Text(), nullable=True),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("overdue_reason", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("cost_eur >= 0", name=op.f("ck_measure_cost_not_negative")),
        sa.CheckConstraint("progress_pct BETWEEN 0 AND 100", name=op.f("ck_measure_progress_is_percentage")),
        sa.ForeignKeyConstraint(["done_by_id"], ["user.id"], name=op.f("fk_measure_done_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_measure_organisation_id")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["user.id"], name=op.f("fk_measure_verified_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("code", name=op.f("uq_measure_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_measure_ref")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_sort_name"), ["sort_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_source_code"), ["source_code"], unique=False)

    op.create_table(
        "risk_measure",
        sa.Column("risk_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_risk_measure_measure_id")),
        sa.ForeignKeyConstraint(["risk_id"], ["risk.id"], name=op.f("fk_risk_measure_risk_id")),
        sa.PrimaryKeyConstraint("risk_id", "measure_id", name=op.f("pk_risk_measure")),
    )
    with op.batch_alter_table("risk_measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_measure_measure_id"), ["measure_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("risk_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_measure_measure_id"))

    op.drop_table("risk_measure")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_source_code"))
        batch_op.drop_index(batch_op.f("ix_measure_sort_name"))
        batch_op.drop_index(batch_op.f("ix_measure_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_measure_due"))

    op.drop_table("measure")
