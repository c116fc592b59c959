"""share between municipalities."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "readiness_participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("joined_by", sa.String(length=200), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("left_on >= joined_on", name=op.f("ck_readiness_participation_left_after_joining")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_readiness_participation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_participation")),
        sa.UniqueConstraint("code", name=op.f("uq_readiness_participation_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_readiness_participation_ref")),
    )
    with op.batch_alter_table("readiness_participation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_readiness_participation_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "once_at_a_time",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("left_on IS NULL"),
            postgresql_where=sa.text("left_on IS NULL"),
        )

    op.create_table(
        "scenario_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("source_name", sa.String(length=200), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenario.id"], name=op.f("fk_scenario_copy_scenario_id")),
        sa.ForeignKeyConstraint(["source_id"], ["scenario.id"], name=op.f("fk_scenario_copy_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_copy")),
        sa.UniqueConstraint("scenario_id", name=op.f("uq_scenario_copy_scenario_id")),
    )
    with op.batch_alter_table("scenario_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scenario_copy_source_id"), ["source_id"], unique=False)

    op.create_table(
        "scenario_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenario.id"], name=op.f("fk_scenario_offer_scenario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_offer")),
        sa.UniqueConstraint("scenario_id", name=op.f("uq_scenario_offer_scenario_id")),
    )
    with op.batch_alter_table("guidance_chapter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_key", sa.Integer(), nullable=True))

    with op.batch_alter_table("guidance_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("offered_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("catalogue_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_guidance_version_catalogue_id"), ["catalogue_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_guidance_version_catalogue_id"), "guidance_version", ["catalogue_id"], ["id"]
        )

    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_mark", sa.String(length=20), nullable=True))


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.drop_column("taken_mark")

    with op.batch_alter_table("guidance_version", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_guidance_version_catalogue_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_guidance_version_catalogue_id"))
        batch_op.drop_column("catalogue_id")
        batch_op.drop_column("offered_on")

    with op.batch_alter_table("guidance_chapter", schema=None) as batch_op:
        batch_op.drop_column("taken_key")

    op.drop_table("scenario_offer")
    with op.batch_alter_table("scenario_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scenario_copy_source_id"))

    op.drop_table("scenario_copy")
    with op.batch_alter_table("readiness_participation", schema=None) as batch_op:
        batch_op.drop_index(
            "once_at_a_time", sqlite_where=sa.text("left_on IS NULL"), postgresql_where=sa.text("left_on IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_readiness_participation_organisation_id"))

    op.drop_table("readiness_participation")
