"""Keep phenomena with their figures, signals, residents' input and good practices."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "good_practice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("contact_role", sa.String(length=200), nullable=True),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("threat", sa.String(length=20), nullable=True),
        sa.Column("shareable", sa.Boolean(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_good_practice_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_good_practice")),
        sa.UniqueConstraint("code", name=op.f("uq_good_practice_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_good_practice_ref")),
    )
    with op.batch_alter_table("good_practice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_good_practice_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_good_practice_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "phenomenon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("trend", sa.String(length=32), nullable=True),
        sa.Column("trend_since", sa.Date(), nullable=True),
        sa.Column("owner_role", sa.String(length=200), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("next_review", sa.Date(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_phenomenon_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phenomenon")),
        sa.UniqueConstraint("code", name=op.f("uq_phenomenon_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_phenomenon_ref")),
    )
    with op.batch_alter_table("phenomenon", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phenomenon_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_phenomenon_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "resident_input",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("theme", sa.String(length=32), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(length=200), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("used_in", sa.String(length=20), nullable=True),
        sa.Column("used_how", sa.Text(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("participants >= 0", name=op.f("ck_resident_input_participants_not_negative")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_resident_input_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_input")),
        sa.UniqueConstraint("code", name=op.f("uq_resident_input_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_resident_input_ref")),
    )
    with op.batch_alter_table("resident_input", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resident_input_held_on"), ["held_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_resident_input_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_resident_input_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("phenomenon_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["phenomenon_id"], ["phenomenon.id"], name=op.f("fk_indicator_phenomenon_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("code", name=op.f("uq_indicator_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_indicator_ref")),
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_phenomenon_id"), ["phenomenon_id"], unique=False)

    op.create_table(
        "phenomenon_measure",
        sa.Column("phenomenon_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_phenomenon_measure_measure_id")),
        sa.ForeignKeyConstraint(["phenomenon_id"], ["phenomenon.id"], name=op.f("fk_phenomenon_measure_phenomenon_id")),
        sa.PrimaryKeyConstraint("phenomenon_id", "measure_id", name=op.f("pk_phenomenon_measure")),
    )
    with op.batch_alter_table("phenomenon_measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phenomenon_measure_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "practice_adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_practice_adoption_organisation_id")
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["good_practice.id"], name=op.f("fk_practice_adoption_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_adoption")),
        sa.UniqueConstraint("code", name=op.f("uq_practice_adoption_code")),
    )
    with op.batch_alter_table("practice_adoption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_adoption_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_practice_adoption_practice_id"), ["practice_id"], unique=False)

    op.create_table(
        "signal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_role", sa.String(length=200), nullable=True),
        sa.Column("reliability", sa.String(length=32), nullable=True),
        sa.Column("phenomenon_id", sa.Integer(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_signal_organisation_id")),
        sa.ForeignKeyConstraint(["phenomenon_id"], ["phenomenon.id"], name=op.f("fk_signal_phenomenon_id")),
        sa.ForeignKeyConstraint(["source_id"], ["organisation.id"], name=op.f("fk_signal_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
        sa.UniqueConstraint("code", name=op.f("uq_signal_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_signal_ref")),
    )
    with op.batch_alter_table("signal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signal_observed_on"), ["observed_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_signal_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signal_phenomenon_id"), ["phenomenon_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signal_sort_name"), ["sort_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_signal_source_id"), ["source_id"], unique=False)

    op.create_table(
        "phenomenon_risk",
        sa.Column("phenomenon_id", sa.Integer(), nullable=False),
        sa.Column("risk_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["phenomenon_id"], ["phenomenon.id"], name=op.f("fk_phenomenon_risk_phenomenon_id")),
        sa.ForeignKeyConstraint(["risk_id"], ["risk.id"], name=op.f("fk_phenomenon_risk_risk_id")),
        sa.PrimaryKeyConstraint("phenomenon_id", "risk_id", name=op.f("pk_phenomenon_risk")),
    )
    with op.batch_alter_table("phenomenon_risk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phenomenon_risk_risk_id"), ["risk_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("phenomenon_risk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phenomenon_risk_risk_id"))

    op.drop_table("phenomenon_risk")
    with op.batch_alter_table("signal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signal_source_id"))
        batch_op.drop_index(batch_op.f("ix_signal_sort_name"))
        batch_op.drop_index(batch_op.f("ix_signal_phenomenon_id"))
        batch_op.drop_index(batch_op.f("ix_signal_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_signal_observed_on"))

    op.drop_table("signal")
    with op.batch_alter_table("practice_adoption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practice_adoption_practice_id"))
        batch_op.drop_index(batch_op.f("ix_practice_adoption_organisation_id"))

    op.drop_table("practice_adoption")
    with op.batch_alter_table("phenomenon_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phenomenon_measure_measure_id"))

    op.drop_table("phenomenon_measure")
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_phenomenon_id"))

    op.drop_table("indicator")
    with op.batch_alter_table("resident_input", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resident_input_sort_name"))
        batch_op.drop_index(batch_op.f("ix_resident_input_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_resident_input_held_on"))

    op.drop_table("resident_input")
    with op.batch_alter_table("phenomenon", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phenomenon_sort_name"))
        batch_op.drop_index(batch_op.f("ix_phenomenon_organisation_id"))

    op.drop_table("phenomenon")
    with op.batch_alter_table("good_practice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_good_practice_sort_name"))
        batch_op.drop_index(batch_op.f("ix_good_practice_organisation_id"))

    op.drop_table("good_practice")
