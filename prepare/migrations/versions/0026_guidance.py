"""Keep the preparedness guidance, its requirements and the answers."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "guidance_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("predecessor_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(issued_on IS NULL) = (valid_from IS NULL)", name=op.f("ck_guidance_version_issued_with_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_guidance_version_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["guidance_version.id"], name=op.f("fk_guidance_version_predecessor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_version")),
        sa.UniqueConstraint("code", name=op.f("uq_guidance_version_code")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_guidance_version_organisation_id_number")),
        sa.UniqueConstraint(
            "organisation_id", "valid_from", name=op.f("uq_guidance_version_organisation_id_valid_from")
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_guidance_version_ref")),
    )
    with op.batch_alter_table("guidance_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guidance_version_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_guidance_version_predecessor_id"), ["predecessor_id"], unique=False)

    op.create_table(
        "guidance_chapter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("guidance_version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("title_fi", sa.String(length=200), nullable=False),
        sa.Column("title_sv", sa.String(length=200), nullable=True),
        sa.Column("title_en", sa.String(length=200), nullable=True),
        sa.Column("text_fi", sa.Text(), nullable=True),
        sa.Column("text_sv", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column("out_of_use", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guidance_version_id"], ["guidance_version.id"], name=op.f("fk_guidance_chapter_guidance_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_chapter")),
        sa.UniqueConstraint("guidance_version_id", "key", name=op.f("uq_guidance_chapter_guidance_version_id_key")),
        sa.UniqueConstraint("ref", name=op.f("uq_guidance_chapter_ref")),
    )
    with op.batch_alter_table("guidance_chapter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_guidance_chapter_guidance_version_id"), ["guidance_version_id"], unique=False
        )

    op.create_table(
        "requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("guidance_version_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("dimension", sa.String(length=32), nullable=False),
        sa.Column("text_fi", sa.Text(), nullable=False),
        sa.Column("text_sv", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("classes", sa.Text(), nullable=False),
        sa.Column("sectors", sa.Text(), nullable=False),
        sa.Column("automatic", sa.String(length=32), nullable=True),
        sa.Column("basis", sa.String(length=200), nullable=True),
        sa.Column("cycle_months", sa.Integer(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column("out_of_use", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("cycle_months >= 1", name=op.f("ck_requirement_cycle_of_months")),
        sa.ForeignKeyConstraint(
            ["guidance_version_id"], ["guidance_version.id"], name=op.f("fk_requirement_guidance_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
        sa.UniqueConstraint("guidance_version_id", "mark", name=op.f("uq_requirement_guidance_version_id_mark")),
        sa.UniqueConstraint("ref", name=op.f("uq_requirement_ref")),
    )
    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requirement_guidance_version_id"), ["guidance_version_id"], unique=False)

    op.create_table(
        "requirement_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        sa.Column("counted_result", sa.String(length=32), nullable=True),
        sa.Column("counted_good", sa.Integer(), nullable=True),
        sa.Column("counted_of", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("counted_good <= counted_of", name=op.f("ck_requirement_answer_good_among_all")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user.id"], name=op.f("fk_requirement_answer_answered_by_id")),
        sa.ForeignKeyConstraint(
            ["carried_from_id"], ["guidance_version.id"], name=op.f("fk_requirement_answer_carried_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_requirement_answer_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_requirement_answer_requirement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_answer")),
        sa.UniqueConstraint(
            "organisation_id", "requirement_id", name=op.f("uq_requirement_answer_organisation_id_requirement_id")
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_requirement_answer_ref")),
    )
    with op.batch_alter_table("requirement_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requirement_answer_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_requirement_answer_requirement_id"), ["requirement_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("requirement_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_requirement_answer_requirement_id"))
        batch_op.drop_index(batch_op.f("ix_requirement_answer_organisation_id"))

    op.drop_table("requirement_answer")
    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_requirement_guidance_version_id"))

    op.drop_table("requirement")
    with op.batch_alter_table("guidance_chapter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guidance_chapter_guidance_version_id"))

    op.drop_table("guidance_chapter")
    with op.batch_alter_table("guidance_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guidance_version_predecessor_id"))
        batch_op.drop_index(batch_op.f("ix_guidance_version_organisation_id"))

    op.drop_table("guidance_version")
