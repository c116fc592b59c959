"""Keep exercises with their injects and measured times, and what was observed in them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "exercise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scenario_id", sa.Integer(), nullable=True),
        sa.Column("objectives", sa.Text(), nullable=True),
        sa.Column("lead_role", sa.String(length=200), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("report_ref", sa.String(length=200), nullable=True),
        sa.Column("injects_made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("injects_revision", sa.Integer(), nullable=True),
        sa.Column("injects_scenario", sa.String(length=20), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("headcount >= 0", name=op.f("ck_exercise_headcount_not_negative")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_exercise_organisation_id")),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenario.id"], name=op.f("fk_exercise_scenario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise")),
        sa.UniqueConstraint("code", name=op.f("uq_exercise_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_exercise_ref")),
    )
    with op.batch_alter_table("exercise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exercise_planned_on"), ["planned_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_exercise_scenario_id"), ["scenario_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exercise_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "exercise_function",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_exercise_function_exercise_id")),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_exercise_function_function_id")),
        sa.PrimaryKeyConstraint("exercise_id", "function_id", name=op.f("pk_exercise_function")),
    )
    with op.batch_alter_table("exercise_function", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_function_function_id"), ["function_id"], unique=False)

    op.create_table(
        "exercise_inject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at_h", sa.Double(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("happens", sa.Text(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=True),
        sa.Column("noticed_by", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=200), nullable=True),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column("touched", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("at_h >= 0", name=op.f("ck_exercise_inject_hour_not_negative")),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_exercise_inject_exercise_id")),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_exercise_inject_function_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_inject")),
        sa.UniqueConstraint("exercise_id", "number", name=op.f("uq_exercise_inject_exercise_id_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_exercise_inject_ref")),
    )
    with op.batch_alter_table("exercise_inject", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_inject_exercise_id"), ["exercise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exercise_inject_function_id"), ["function_id"], unique=False)

    op.create_table(
        "exercise_interface",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("interface_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_exercise_interface_exercise_id")),
        sa.ForeignKeyConstraint(["interface_id"], ["interface.id"], name=op.f("fk_exercise_interface_interface_id")),
        sa.PrimaryKeyConstraint("exercise_id", "interface_id", name=op.f("pk_exercise_interface")),
    )
    with op.batch_alter_table("exercise_interface", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_interface_interface_id"), ["interface_id"], unique=False)

    op.create_table(
        "exercise_measurement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.Column("achieved_recovery_h", sa.Double(), nullable=False),
        sa.Column("how_measured", sa.Text(), nullable=True),
        sa.Column("taken_over_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("achieved_recovery_h >= 0", name=op.f("ck_exercise_measurement_hours_not_negative")),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_exercise_measurement_exercise_id")),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_exercise_measurement_function_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_measurement")),
        sa.UniqueConstraint("exercise_id", "function_id", name=op.f("uq_exercise_measurement_exercise_id_function_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_exercise_measurement_ref")),
    )
    with op.batch_alter_table("exercise_measurement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_measurement_exercise_id"), ["exercise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exercise_measurement_function_id"), ["function_id"], unique=False)

    op.create_table(
        "exercise_organisation",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_exercise_organisation_exercise_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_exercise_organisation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("exercise_id", "organisation_id", name=op.f("pk_exercise_organisation")),
    )
    with op.batch_alter_table("exercise_organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_organisation_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "exercise_plan",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_exercise_plan_exercise_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_exercise_plan_plan_id")),
        sa.PrimaryKeyConstraint("exercise_id", "plan_id", name=op.f("pk_exercise_plan")),
    )
    with op.batch_alter_table("exercise_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_plan_plan_id"), ["plan_id"], unique=False)

    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("exercise_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_observation_exercise_id"), ["exercise_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_observation_exercise_id"), "exercise", ["exercise_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_observation_situation_or_exercise"), "situation_id IS NULL OR exercise_id IS NULL"
        )


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_observation_situation_or_exercise"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_observation_exercise_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_observation_exercise_id"))
        batch_op.drop_column("exercise_id")

    with op.batch_alter_table("exercise_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_plan_plan_id"))

    op.drop_table("exercise_plan")
    with op.batch_alter_table("exercise_organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_organisation_organisation_id"))

    op.drop_table("exercise_organisation")
    with op.batch_alter_table("exercise_measurement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_measurement_function_id"))
        batch_op.drop_index(batch_op.f("ix_exercise_measurement_exercise_id"))

    op.drop_table("exercise_measurement")
    with op.batch_alter_table("exercise_interface", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_interface_interface_id"))

    op.drop_table("exercise_interface")
    with op.batch_alter_table("exercise_inject", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_inject_function_id"))
        batch_op.drop_index(batch_op.f("ix_exercise_inject_exercise_id"))

    op.drop_table("exercise_inject")
    with op.batch_alter_table("exercise_function", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_function_function_id"))

    op.drop_table("exercise_function")
    with op.batch_alter_table("exercise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exercise_sort_name"))
        batch_op.drop_index(batch_op.f("ix_exercise_scenario_id"))
        batch_op.drop_index(batch_op.f("ix_exercise_planned_on"))
        batch_op.drop_index(batch_op.f("ix_exercise_organisation_id"))

    op.drop_table("exercise")
