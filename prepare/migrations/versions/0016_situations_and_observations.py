"""Keep situations with their pictures, and observations."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "situation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("situation_class", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("phenomenon", sa.Text(), nullable=True),
        sa.Column("scenario_id", sa.Integer(), nullable=True),
        sa.Column("participants", sa.Text(), nullable=True),
        sa.Column("presented_to", sa.Text(), nullable=False),
        sa.Column("presented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lessons", sa.Text(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_situation_organisation_id")),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenario.id"], name=op.f("fk_situation_scenario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_situation")),
        sa.UniqueConstraint("code", name=op.f("uq_situation_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_situation_ref")),
    )
    with op.batch_alter_table("situation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_situation_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_situation_scenario_id"), ["scenario_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_situation_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("situation_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("no_action_reason", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_observation_measure_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_observation_organisation_id")),
        sa.ForeignKeyConstraint(["situation_id"], ["situation.id"], name=op.f("fk_observation_situation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("code", name=op.f("uq_observation_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_observation_ref")),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observation_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_observation_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_observation_situation_id"), ["situation_id"], unique=False)

    op.create_table(
        "picture_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("situation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reliability", sa.String(length=32), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_picture_entry_author_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["picture_entry.id"], name=op.f("fk_picture_entry_corrects_id")),
        sa.ForeignKeyConstraint(["situation_id"], ["situation.id"], name=op.f("fk_picture_entry_situation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_entry")),
        sa.UniqueConstraint("situation_id", "number", name=op.f("uq_picture_entry_situation_id_number")),
    )
    with op.batch_alter_table("picture_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_entry_situation_id"), ["situation_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("picture_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_entry_situation_id"))

    op.drop_table("picture_entry")
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_observation_situation_id"))
        batch_op.drop_index(batch_op.f("ix_observation_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_observation_measure_id"))

    op.drop_table("observation")
    with op.batch_alter_table("situation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_situation_sort_name"))
        batch_op.drop_index(batch_op.f("ix_situation_scenario_id"))
        batch_op.drop_index(batch_op.f("ix_situation_organisation_id"))

    op.drop_table("situation")
