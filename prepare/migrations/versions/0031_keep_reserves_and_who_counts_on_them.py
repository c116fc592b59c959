"""Keep reserves and who counts on them."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "reserve",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("use", sa.String(length=32), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("quantity", sa.Double(), nullable=True),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("location", sa.String(length=200), nullable=True),
        sa.Column("ready_h", sa.Double(), nullable=True),
        sa.Column("lasts_h", sa.Double(), nullable=True),
        sa.Column("contact_role", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("named_as", sa.String(length=200), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("next_review", sa.Date(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("lasts_h > 0", name=op.f("ck_reserve_lasts_some_time")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_reserve_quantity_not_negative")),
        sa.CheckConstraint("ready_h >= 0", name=op.f("ck_reserve_ready_not_negative")),
        sa.ForeignKeyConstraint(["city_id"], ["organisation.id"], name=op.f("fk_reserve_city_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_reserve_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve")),
        sa.UniqueConstraint("code", name=op.f("uq_reserve_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_reserve_ref")),
    )
    with op.batch_alter_table("reserve", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reserve_city_id"), ["city_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reserve_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reserve_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "reserve_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.Column("reserve_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Double(), nullable=True),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("per_hour", sa.Boolean(), nullable=False),
        sa.Column("trigger", sa.String(length=32), nullable=False),
        sa.Column("lost", sa.String(length=32), nullable=True),
        sa.Column("supplier_id", sa.Integer(), nullable=True),
        sa.Column("from_h", sa.Double(), nullable=False),
        sa.Column("for_h", sa.Double(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("for_h > 0", name=op.f("ck_reserve_claim_for_some_time")),
        sa.CheckConstraint("from_h >= 0", name=op.f("ck_reserve_claim_from_not_negative")),
        sa.CheckConstraint("priority >= 1", name=op.f("ck_reserve_claim_priority_from_one")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_reserve_claim_quantity_not_negative")),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_reserve_claim_function_id")),
        sa.ForeignKeyConstraint(["reserve_id"], ["reserve.id"], name=op.f("fk_reserve_claim_reserve_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["function.id"], name=op.f("fk_reserve_claim_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve_claim")),
        sa.UniqueConstraint("code", name=op.f("uq_reserve_claim_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_reserve_claim_ref")),
    )
    with op.batch_alter_table("reserve_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reserve_claim_function_id"), ["function_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reserve_claim_reserve_id"), ["reserve_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reserve_claim_supplier_id"), ["supplier_id"], unique=False)

    with op.batch_alter_table("strategy", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reserve_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_strategy_reserve_id"), ["reserve_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_strategy_reserve_id"), "reserve", ["reserve_id"], ["id"])


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("strategy", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_strategy_reserve_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_strategy_reserve_id"))
        batch_op.drop_column("reserve_id")

    with op.batch_alter_table("reserve_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reserve_claim_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_reserve_claim_reserve_id"))
        batch_op.drop_index(batch_op.f("ix_reserve_claim_function_id"))

    op.drop_table("reserve_claim")
    with op.batch_alter_table("reserve", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reserve_sort_name"))
        batch_op.drop_index(batch_op.f("ix_reserve_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_reserve_city_id"))

    op.drop_table("reserve")
