"""Keep agreements, what a transfer must not lose, and findings that are put aside."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("notice_months", sa.Integer(), nullable=True),
        sa.Column("auto_renew", sa.Boolean(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("preparedness_clause", sa.String(length=32), nullable=True),
        sa.Column("recovery_time_stated", sa.Boolean(), nullable=True),
        sa.Column("audit_right", sa.String(length=32), nullable=True),
        sa.Column("emergency_priority", sa.String(length=32), nullable=True),
        sa.Column("subcontracting_controlled", sa.String(length=32), nullable=True),
        sa.Column("owner_role", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("notice_months >= 0", name=op.f("ck_agreement_notice_not_negative")),
        sa.CheckConstraint("party_id <> organisation_id", name=op.f("ck_agreement_two_sides")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_agreement_agreement_from_to")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_agreement_organisation_id")),
        sa.ForeignKeyConstraint(["party_id"], ["organisation.id"], name=op.f("fk_agreement_party_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["agreement.id"], name=op.f("fk_agreement_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("code", name=op.f("uq_agreement_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_agreement_ref")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_party_id"), ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "finding_snooze",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("subject_ref", sa.String(length=36), nullable=False),
        sa.Column("subject_code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("snoozed_on", sa.Date(), nullable=False),
        sa.Column("snoozed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snoozed_by", sa.String(length=200), nullable=False),
        sa.Column("woken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("snoozed_on <= until", name=op.f("ck_finding_snooze_snooze_from_to")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_finding_snooze_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_snooze")),
        sa.UniqueConstraint("ref", name=op.f("uq_finding_snooze_ref")),
    )
    with op.batch_alter_table("finding_snooze", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_snooze_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            "one_snooze_in_force",
            ["rule", "subject", "subject_ref"],
            unique=True,
            sqlite_where=sa.text("woken_at IS NULL"),
            postgresql_where=sa.text("woken_at IS NULL"),
        )

    op.create_table(
        "agreement_function",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_function_agreement_id")),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_agreement_function_function_id")),
        sa.PrimaryKeyConstraint("agreement_id", "function_id", name=op.f("pk_agreement_function")),
    )
    with op.batch_alter_table("agreement_function", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_function_function_id"), ["function_id"], unique=False)

    op.create_table(
        "interface_agreement",
        sa.Column("interface_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_interface_agreement_agreement_id")),
        sa.ForeignKeyConstraint(["interface_id"], ["interface.id"], name=op.f("fk_interface_agreement_interface_id")),
        sa.PrimaryKeyConstraint("interface_id", "agreement_id", name=op.f("pk_interface_agreement")),
    )
    with op.batch_alter_table("interface_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interface_agreement_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "transfer_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("effective", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("interface_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_transfer_item_two_sides")),
        sa.ForeignKeyConstraint(["from_id"], ["organisation.id"], name=op.f("fk_transfer_item_from_id")),
        sa.ForeignKeyConstraint(["interface_id"], ["interface.id"], name=op.f("fk_transfer_item_interface_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_transfer_item_measure_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_transfer_item_organisation_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["organisation.id"], name=op.f("fk_transfer_item_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_item")),
        sa.UniqueConstraint("code", name=op.f("uq_transfer_item_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_transfer_item_ref")),
    )
    with op.batch_alter_table("transfer_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_item_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_item_interface_id"), ["interface_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_item_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_item_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_item_sort_name"), ["sort_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_item_to_id"), ["to_id"], unique=False)

    op.create_table(
        "transfer_function",
        sa.Column("transfer_item_id", sa.Integer(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_transfer_function_function_id")),
        sa.ForeignKeyConstraint(
            ["transfer_item_id"], ["transfer_item.id"], name=op.f("fk_transfer_function_transfer_item_id")
        ),
        sa.PrimaryKeyConstraint("transfer_item_id", "function_id", name=op.f("pk_transfer_function")),
    )
    with op.batch_alter_table("transfer_function", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_function_function_id"), ["function_id"], unique=False)

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("police_interface_reason", sa.Text(), nullable=True))


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_column("police_interface_reason")

    with op.batch_alter_table("transfer_function", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_function_function_id"))

    op.drop_table("transfer_function")
    with op.batch_alter_table("transfer_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_item_to_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_item_sort_name"))
        batch_op.drop_index(batch_op.f("ix_transfer_item_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_item_measure_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_item_interface_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_item_from_id"))

    op.drop_table("transfer_item")
    with op.batch_alter_table("interface_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interface_agreement_agreement_id"))

    op.drop_table("interface_agreement")
    with op.batch_alter_table("agreement_function", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_function_function_id"))

    op.drop_table("agreement_function")
    with op.batch_alter_table("finding_snooze", schema=None) as batch_op:
        batch_op.drop_index(
            "one_snooze_in_force",
            sqlite_where=sa.text("woken_at IS NULL"),
            postgresql_where=sa.text("woken_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_finding_snooze_organisation_id"))

    op.drop_table("finding_snooze")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_sort_name"))
        batch_op.drop_index(batch_op.f("ix_agreement_party_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_organisation_id"))

    op.drop_table("agreement")
