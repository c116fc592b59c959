"""Keep safety and wellbeing networks with their members, measures and requests."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "network",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("target_groups", sa.Text(), nullable=False),
        sa.Column("coordinator_role", sa.String(length=200), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_network_not_merged_into_itself")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["network.id"], name=op.f("fk_network_merged_into_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_network_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
        sa.UniqueConstraint("code", name=op.f("uq_network_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_network_ref")),
    )
    with op.batch_alter_table("network", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_network_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_network_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "network_measure",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_network_measure_measure_id")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_measure_network_id")),
        sa.PrimaryKeyConstraint("network_id", "measure_id", name=op.f("pk_network_measure")),
    )
    with op.batch_alter_table("network_measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_measure_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "network_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=200), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "organisation_id IS NOT NULL OR role IS NOT NULL", name=op.f("ck_network_member_organisation_or_role")
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_member_network_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_network_member_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_member")),
    )
    with op.batch_alter_table("network_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_member_network_id"), ["network_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_network_member_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "network_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_request_network_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_request")),
        sa.UniqueConstraint("code", name=op.f("uq_network_request_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_network_request_ref")),
    )
    with op.batch_alter_table("network_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_request_network_id"), ["network_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("network_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_request_network_id"))

    op.drop_table("network_request")
    with op.batch_alter_table("network_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_member_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_network_member_network_id"))

    op.drop_table("network_member")
    with op.batch_alter_table("network_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_measure_measure_id"))

    op.drop_table("network_measure")
    with op.batch_alter_table("network", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_sort_name"))
        batch_op.drop_index(batch_op.f("ix_network_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_network_merged_into_id"))

    op.drop_table("network")
