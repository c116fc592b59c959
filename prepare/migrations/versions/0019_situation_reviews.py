"""Keep situation reviews with the figures that they told."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "situation_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("now_text", sa.Text(), nullable=True),
        sa.Column("change_text", sa.Text(), nullable=True),
        sa.Column("need_text", sa.Text(), nullable=True),
        sa.Column("proposals", sa.Text(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("figures_sha256", sa.String(length=64), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_situation_review_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_situation_review")),
        sa.UniqueConstraint("code", name=op.f("uq_situation_review_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_situation_review_ref")),
    )
    with op.batch_alter_table("situation_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_situation_review_as_of"), ["as_of"], unique=False)
        batch_op.create_index(batch_op.f("ix_situation_review_organisation_id"), ["organisation_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("situation_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_situation_review_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_situation_review_as_of"))

    op.drop_table("situation_review")
