"""Let the city set its own risk scale, keep what every risk was held to be, and four places of it on the matrix."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STEPS = ("likelihood", "impact", "residual_likelihood", "residual_impact")
NEW_STEPS = ("inherent_likelihood", "inherent_impact", "target_likelihood", "target_impact")
#: The level by the scale that held until now: score cut at 5, 10 and 15; impact 5 guarded from likelihood 2 on.
WEIGHED = """
UPDATE risk SET {level} = CASE WHEN {before}likelihood * {before}impact >= 15 THEN 4
     WHEN {before}likelihood * {before}impact >= 10 OR ({before}impact = 5 AND {before}likelihood >= 2) THEN 3
     WHEN {before}likelihood * {before}impact >= 5 THEN 2
     WHEN {before}likelihood * {before}impact >= 1 THEN 1 END
"""
HISTORY = """
INSERT INTO risk_assessment (risk_id, assessed_on, assessed_by, occasion, likelihood, impact, level,
  residual_likelihood, residual_impact, residual_level, likelihoods, impacts, trend)
SELECT id, assessed_on, 'prepare', 'assessed', likelihood, impact, level,
  residual_likelihood, residual_impact, residual_level, 5, 5, trend
FROM risk WHERE assessed_on IS NOT NULL AND likelihood IS NOT NULL
"""


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "risk_scale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("moderate", sa.Integer(), nullable=False),
        sa.Column("significant", sa.Integer(), nullable=False),
        sa.Column("critical", sa.Integer(), nullable=False),
        sa.Column("guard_from", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "moderate <= significant AND significant <= critical", name=op.f("ck_risk_scale_levels_rise")
        ),
        sa.CheckConstraint("moderate >= 1", name=op.f("ck_risk_scale_levels_begin")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_risk_scale_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_scale")),
        sa.UniqueConstraint("ref", name=op.f("uq_risk_scale_ref")),
    )
    with op.batch_alter_table("risk_scale", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_scale_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "risk_scale_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scale_id", sa.Integer(), nullable=False),
        sa.Column("axis", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("meaning_fi", sa.Text(), nullable=True),
        sa.Column("meaning_sv", sa.Text(), nullable=True),
        sa.Column("meaning_en", sa.Text(), nullable=True),
        sa.Column("rarest_years", sa.Double(), nullable=True),
        sa.Column("commonest_years", sa.Double(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 7", name=op.f("ck_risk_scale_step_number_of_step")),
        sa.CheckConstraint("rarest_years > 0 AND commonest_years > 0", name=op.f("ck_risk_scale_step_years_positive")),
        sa.ForeignKeyConstraint(["scale_id"], ["risk_scale.id"], name=op.f("fk_risk_scale_step_scale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_scale_step")),
        sa.UniqueConstraint("scale_id", "axis", "number", name=op.f("uq_risk_scale_step_scale_id_axis_number")),
    )
    op.create_table(
        "risk_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("risk_id", sa.Integer(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessed_by", sa.String(length=200), nullable=False),
        sa.Column("occasion", sa.String(length=32), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=True),
        sa.Column("impact", sa.Integer(), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("residual_likelihood", sa.Integer(), nullable=True),
        sa.Column("residual_impact", sa.Integer(), nullable=True),
        sa.Column("residual_level", sa.SmallInteger(), nullable=True),
        sa.Column("likelihoods", sa.Integer(), nullable=False),
        sa.Column("impacts", sa.Integer(), nullable=False),
        sa.Column("trend", sa.String(length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["risk_id"], ["risk.id"], name=op.f("fk_risk_assessment_risk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_assessment")),
    )
    with op.batch_alter_table("risk_assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_assessment_risk_id"), ["risk_id"], unique=False)

    with op.batch_alter_table("risk", schema=None) as batch_op:
        batch_op.add_column(sa.Column("inherent_likelihood", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("inherent_impact", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("level", sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column("grounds", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("residual_level", sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column("target_likelihood", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("target_impact", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("state_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("reviewed_on", sa.Date(), nullable=True))
        for name in STEPS:
            batch_op.drop_constraint(op.f(f"ck_risk_{name}_step"), type_="check")
        for name in (*STEPS, *NEW_STEPS):
            batch_op.create_check_constraint(op.f(f"ck_risk_{name}_step"), f"{name} BETWEEN 1 AND 7")
    op.create_table(
        "risk_interface",
        sa.Column("risk_id", sa.Integer(), nullable=False),
        sa.Column("interface_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["interface_id"], ["interface.id"], name=op.f("fk_risk_interface_interface_id")),
        sa.ForeignKeyConstraint(["risk_id"], ["risk.id"], name=op.f("fk_risk_interface_risk_id")),
        sa.PrimaryKeyConstraint("risk_id", "interface_id", name=op.f("pk_risk_interface")),
    )
    op.create_index(op.f("ix_risk_interface_interface_id"), "risk_interface", ["interface_id"])
    op.execute(WEIGHED.format(level="level", before=""))
    op.execute(WEIGHED.format(level="residual_level", before="residual_"))
    op.execute("UPDATE risk SET reviewed_on = assessed_on")
    op.execute(HISTORY)


def downgrade() -> None:
    """Change it back; a step that the old scale did not have becomes its last."""
    op.drop_table("risk_interface")
    risk = sa.table("risk", *(sa.column(name) for name in STEPS))
    for name in STEPS:
        op.execute(risk.update().where(risk.c[name] > 5).values({name: 5}))
    with op.batch_alter_table("risk", schema=None) as batch_op:
        for name in (*STEPS, *NEW_STEPS):
            batch_op.drop_constraint(op.f(f"ck_risk_{name}_step"), type_="check")
        for name in STEPS:
            batch_op.create_check_constraint(op.f(f"ck_risk_{name}_step"), f"{name} BETWEEN 1 AND 5")
        batch_op.drop_column("reviewed_on")
        batch_op.drop_column("state_reason")
        batch_op.drop_column("target_impact")
        batch_op.drop_column("target_likelihood")
        batch_op.drop_column("residual_level")
        batch_op.drop_column("grounds")
        batch_op.drop_column("level")
        batch_op.drop_column("inherent_impact")
        batch_op.drop_column("inherent_likelihood")

    with op.batch_alter_table("risk_assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_assessment_risk_id"))

    op.drop_table("risk_assessment")
    op.drop_table("risk_scale_step")
    with op.batch_alter_table("risk_scale", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_scale_organisation_id"))

    op.drop_table("risk_scale")
