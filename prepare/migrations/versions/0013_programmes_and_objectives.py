"""Keep national programmes, objectives of council terms, and programmes across sectors."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "national_programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("issued_by", sa.String(length=200), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("out_of_use", sa.Boolean(), nullable=False),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_national_programme_valid_from_to")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_national_programme_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_national_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_national_programme_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_national_programme_ref")),
    )
    with op.batch_alter_table("national_programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_national_programme_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_national_programme_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("term_from", sa.Integer(), nullable=True),
        sa.Column("term_to", sa.Integer(), nullable=True),
        sa.Column("theme", sa.String(length=32), nullable=True),
        sa.Column("indicator", sa.String(length=200), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=True),
        sa.Column("baseline", sa.Double(), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("latest", sa.Double(), nullable=True),
        sa.Column("latest_on", sa.Date(), nullable=True),
        sa.Column("document_ref", sa.String(length=200), nullable=True),
        sa.Column("out_of_use", sa.Boolean(), nullable=False),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("term_from <= term_to", name=op.f("ck_objective_term_from_to")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_objective_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sa.UniqueConstraint("code", name=op.f("uq_objective_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_objective_ref")),
    )
    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objective_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objective_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("target_groups", sa.Text(), nullable=False),
        sa.Column("owner_role", sa.String(length=200), nullable=True),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("effect", sa.String(length=32), nullable=True),
        sa.Column("budget_ref", sa.String(length=200), nullable=True),
        sa.Column("document_ref", sa.String(length=200), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("period_from <= period_to", name=op.f("ck_programme_period_from_to")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_programme_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_programme_ref")),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_programme_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "national_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("national_programme_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["national_programme_id"], ["national_programme.id"], name=op.f("fk_national_line_national_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_national_line")),
        sa.UniqueConstraint("national_programme_id", "mark", name=op.f("uq_national_line_national_programme_id_mark")),
    )
    with op.batch_alter_table("national_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_national_line_national_programme_id"), ["national_programme_id"], unique=False
        )

    op.create_table(
        "programme_organisation",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_programme_organisation_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_organisation_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "organisation_id", name=op.f("pk_programme_organisation")),
    )
    with op.batch_alter_table("programme_organisation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_organisation_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("programme_organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_organisation_organisation_id"))

    op.drop_table("programme_organisation")
    with op.batch_alter_table("national_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_national_line_national_programme_id"))

    op.drop_table("national_line")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_sort_name"))
        batch_op.drop_index(batch_op.f("ix_programme_organisation_id"))

    op.drop_table("programme")
    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objective_sort_name"))
        batch_op.drop_index(batch_op.f("ix_objective_organisation_id"))

    op.drop_table("objective")
    with op.batch_alter_table("national_programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_national_programme_sort_name"))
        batch_op.drop_index(batch_op.f("ix_national_programme_organisation_id"))

    op.drop_table("national_programme")
