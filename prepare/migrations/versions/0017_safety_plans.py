"""Keep safety plans, their priorities and the measures under these."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "safety_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("predecessor_id", sa.Integer(), nullable=True),
        sa.Column("purpose_fi", sa.Text(), nullable=True),
        sa.Column("purpose_sv", sa.Text(), nullable=True),
        sa.Column("purpose_en", sa.Text(), nullable=True),
        sa.Column("owner_role", sa.String(length=200), nullable=True),
        sa.Column("support_role", sa.String(length=200), nullable=True),
        sa.Column("other_participants", sa.Text(), nullable=True),
        sa.Column("prepared_by", sa.String(length=200), nullable=True),
        sa.Column("approved_by", sa.String(length=200), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("document_ref", sa.String(length=200), nullable=True),
        sa.Column("wellbeing_ref", sa.String(length=200), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("period_from <= period_to", name=op.f("ck_safety_plan_period_from_to")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_safety_plan_organisation_id")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["safety_plan.id"], name=op.f("fk_safety_plan_predecessor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_plan")),
        sa.UniqueConstraint("code", name=op.f("uq_safety_plan_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_safety_plan_ref")),
    )
    with op.batch_alter_table("safety_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safety_plan_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safety_plan_predecessor_id"), ["predecessor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safety_plan_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "safety_plan_participant",
        sa.Column("safety_plan_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_safety_plan_participant_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["safety_plan_id"], ["safety_plan.id"], name=op.f("fk_safety_plan_participant_safety_plan_id")
        ),
        sa.PrimaryKeyConstraint("safety_plan_id", "organisation_id", name=op.f("pk_safety_plan_participant")),
    )
    with op.batch_alter_table("safety_plan_participant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_safety_plan_participant_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "safety_priority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("safety_plan_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("theme", sa.String(length=32), nullable=True),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("target_groups", sa.Text(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("national_line_id", sa.Integer(), nullable=True),
        sa.Column("other_participants", sa.Text(), nullable=True),
        sa.Column("out_of_use", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["national_line_id"], ["national_line.id"], name=op.f("fk_safety_priority_national_line_id")
        ),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_safety_priority_objective_id")),
        sa.ForeignKeyConstraint(["safety_plan_id"], ["safety_plan.id"], name=op.f("fk_safety_priority_safety_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_priority")),
        sa.UniqueConstraint("ref", name=op.f("uq_safety_priority_ref")),
        sa.UniqueConstraint("safety_plan_id", "rank", name=op.f("uq_safety_priority_safety_plan_id_rank")),
    )
    with op.batch_alter_table("safety_priority", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safety_priority_national_line_id"), ["national_line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safety_priority_objective_id"), ["objective_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safety_priority_safety_plan_id"), ["safety_plan_id"], unique=False)

    op.create_table(
        "safety_priority_measure",
        sa.Column("safety_priority_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_safety_priority_measure_measure_id")),
        sa.ForeignKeyConstraint(
            ["safety_priority_id"], ["safety_priority.id"], name=op.f("fk_safety_priority_measure_safety_priority_id")
        ),
        sa.PrimaryKeyConstraint("safety_priority_id", "measure_id", name=op.f("pk_safety_priority_measure")),
    )
    with op.batch_alter_table("safety_priority_measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safety_priority_measure_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "safety_priority_participant",
        sa.Column("safety_priority_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_safety_priority_participant_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["safety_priority_id"],
            ["safety_priority.id"],
            name=op.f("fk_safety_priority_participant_safety_priority_id"),
        ),
        sa.PrimaryKeyConstraint("safety_priority_id", "organisation_id", name=op.f("pk_safety_priority_participant")),
    )
    with op.batch_alter_table("safety_priority_participant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_safety_priority_participant_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("safety_priority_participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safety_priority_participant_organisation_id"))

    op.drop_table("safety_priority_participant")
    with op.batch_alter_table("safety_priority_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safety_priority_measure_measure_id"))

    op.drop_table("safety_priority_measure")
    with op.batch_alter_table("safety_priority", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safety_priority_safety_plan_id"))
        batch_op.drop_index(batch_op.f("ix_safety_priority_objective_id"))
        batch_op.drop_index(batch_op.f("ix_safety_priority_national_line_id"))

    op.drop_table("safety_priority")
    with op.batch_alter_table("safety_plan_participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safety_plan_participant_organisation_id"))

    op.drop_table("safety_plan_participant")
    with op.batch_alter_table("safety_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safety_plan_sort_name"))
        batch_op.drop_index(batch_op.f("ix_safety_plan_predecessor_id"))
        batch_op.drop_index(batch_op.f("ix_safety_plan_organisation_id"))

    op.drop_table("safety_plan")
