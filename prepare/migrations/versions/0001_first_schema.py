"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit_payload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=True),
        sa.Column("erased_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_payload")),
    )
    op.create_table(
        "code_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["code_item.id"], name=op.f("fk_code_item_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_item")),
        sa.UniqueConstraint("kind", "code", "edition", name=op.f("uq_code_item_kind_code_edition")),
    )
    op.create_table(
        "revision",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_revision")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_failure_account_at", ["account", "at"], unique=False)
        batch_op.create_index("ix_sign_in_failure_address_at", ["address", "at"], unique=False)

    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("ref", name=op.f("uq_user_ref")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("session_hash", sa.String(length=64), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_ref", sa.String(length=36), nullable=True),
        sa.Column("subject_code", sa.String(length=200), nullable=False),
        sa.Column("subject_version", sa.Integer(), nullable=True),
        sa.Column("owner_path", sa.String(length=200), nullable=False),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("payload_id", sa.Integer(), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["payload_id"], ["audit_payload.id"], name=op.f("fk_audit_entry_payload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_subject_ref"), ["subject_ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_user_id"), ["user_id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("contact_role", sa.String(length=200), nullable=True),
        sa.Column("director_role", sa.String(length=200), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("relation_basis", sa.String(length=32), nullable=True),
        sa.Column("business_id", sa.String(length=20), nullable=True),
        sa.Column("cer_designated", sa.Boolean(), nullable=True),
        sa.Column("nis2_scope", sa.Boolean(), nullable=True),
        sa.Column("is_coordinator", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("contact_id <> deputy_id", name=op.f("ck_organisation_contact_is_not_deputy")),
        sa.ForeignKeyConstraint(["contact_id"], ["user.id"], name=op.f("fk_organisation_contact_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["user.id"], name=op.f("fk_organisation_deputy_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_organisation_ref")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_path"), ["path"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_sign_in_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("ref", name=op.f("uq_sign_in_ref")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_user_id"), ["user_id"], unique=False)

    op.create_table(
        "function",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("description_fi", sa.Text(), nullable=True),
        sa.Column("description_sv", sa.Text(), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("organiser", sa.String(length=32), nullable=True),
        sa.Column("production", sa.String(length=32), nullable=True),
        sa.Column("owner_role", sa.String(length=200), nullable=True),
        sa.Column("deputy_role", sa.String(length=200), nullable=True),
        sa.Column("statutory_basis", sa.Text(), nullable=True),
        sa.Column("vital_function", sa.String(length=20), nullable=True),
        sa.Column("customers", sa.Text(), nullable=True),
        sa.Column("vulnerable_groups", sa.Boolean(), nullable=True),
        sa.Column("area_scope", sa.String(length=200), nullable=True),
        sa.Column("criticality", sa.String(length=32), nullable=True),
        sa.Column("criticality_reason", sa.Text(), nullable=True),
        sa.Column("rto_h", sa.Double(), nullable=True),
        sa.Column("mtpd_h", sa.Double(), nullable=True),
        sa.Column("rpo_h", sa.Double(), nullable=True),
        sa.Column("mbco_pct", sa.Double(), nullable=True),
        sa.Column("mbco_text", sa.Text(), nullable=True),
        sa.Column("recovery_capability_h", sa.Double(), nullable=True),
        sa.Column("capability_basis", sa.String(length=32), nullable=True),
        sa.Column("capability_on", sa.Date(), nullable=True),
        sa.Column("restart_h", sa.Double(), nullable=True),
        sa.Column("min_staff", sa.Integer(), nullable=True),
        sa.Column("key_skills", sa.Text(), nullable=True),
        sa.Column("peak_periods", sa.Text(), nullable=True),
        sa.Column("no_dependencies", sa.Boolean(), nullable=False),
        sa.Column("commodity", sa.Boolean(), nullable=False),
        sa.Column("committed_recovery_h", sa.Double(), nullable=True),
        sa.Column("commitment_basis", sa.String(length=32), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=200), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("next_review", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("mbco_pct BETWEEN 0 AND 100", name=op.f("ck_function_mbco_is_percentage")),
        sa.CheckConstraint("recovery_capability_h >= 0", name=op.f("ck_function_capability_not_negative")),
        sa.CheckConstraint("restart_h >= 0", name=op.f("ck_function_restart_not_negative")),
        sa.CheckConstraint("rpo_h >= 0", name=op.f("ck_function_rpo_not_negative")),
        sa.CheckConstraint("rto_h >= 0 AND mtpd_h > 0 AND rto_h <= mtpd_h", name=op.f("ck_function_rto_within_mtpd")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_function_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_function")),
        sa.UniqueConstraint("code", name=op.f("uq_function_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_function_ref")),
    )
    with op.batch_alter_table("function", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_function_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_function_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "interface",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("description_fi", sa.Text(), nullable=True),
        sa.Column("description_sv", sa.Text(), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("criticality", sa.String(length=32), nullable=False),
        sa.Column("city_owner_role", sa.String(length=200), nullable=True),
        sa.Column("party_owner_role", sa.String(length=200), nullable=True),
        sa.Column("duty_contacts", sa.Boolean(), nullable=True),
        sa.Column("city_duty_contact", sa.String(length=200), nullable=True),
        sa.Column("party_duty_contact", sa.String(length=200), nullable=True),
        sa.Column("alerting_practice", sa.Text(), nullable=True),
        sa.Column("alerting_documented", sa.Boolean(), nullable=True),
        sa.Column("alerting_tested_on", sa.Date(), nullable=True),
        sa.Column("responsibilities", sa.Text(), nullable=True),
        sa.Column("information_flows", sa.Text(), nullable=True),
        sa.Column("agreement", sa.String(length=200), nullable=True),
        sa.Column("joint_plan", sa.String(length=200), nullable=True),
        sa.Column("exercised_on", sa.Date(), nullable=True),
        sa.Column("transferred", sa.Boolean(), nullable=False),
        sa.Column("transferred_on", sa.Date(), nullable=True),
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
        sa.CheckConstraint("party_id <> organisation_id", name=op.f("ck_interface_two_sides")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_interface_organisation_id")),
        sa.ForeignKeyConstraint(["party_id"], ["organisation.id"], name=op.f("fk_interface_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interface")),
        sa.UniqueConstraint("code", name=op.f("uq_interface_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_interface_ref")),
    )
    with op.batch_alter_table("interface", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interface_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interface_party_id"), ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interface_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_plan_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("code", name=op.f("uq_plan_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_plan_ref")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_role_grant_organisation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_role_grant_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "user_id", "role", "organisation_id", name=op.f("uq_role_grant_user_id_role_organisation_id")
        ),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("description_fi", sa.Text(), nullable=True),
        sa.Column("description_sv", sa.Text(), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("threat", sa.String(length=20), nullable=True),
        sa.Column("duration_h", sa.Double(), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("season", sa.String(length=200), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("duration_h > 0", name=op.f("ck_scenario_duration_positive")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_scenario_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sa.UniqueConstraint("code", name=op.f("uq_scenario_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_scenario_ref")),
    )
    with op.batch_alter_table("scenario", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scenario_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_share_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint(
            "organisation_id", "what", "record_id", name=op.f("uq_share_organisation_id_what_record_id")
        ),
    )
    op.create_table(
        "bia_impact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("t1", sa.Integer(), nullable=False),
        sa.Column("t2", sa.Integer(), nullable=False),
        sa.Column("t3", sa.Integer(), nullable=False),
        sa.Column("t4", sa.Integer(), nullable=False),
        sa.Column("t5", sa.Integer(), nullable=False),
        sa.Column("t6", sa.Integer(), nullable=False),
        sa.Column("t7", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_bia_impact_function_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bia_impact")),
        sa.UniqueConstraint("function_id", "category", name=op.f("uq_bia_impact_function_id_category")),
    )
    op.create_table(
        "function_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("impacts", sa.JSON(), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_function_revision_author_id")),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_function_revision_function_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_function_revision")),
        sa.UniqueConstraint("ref", name=op.f("uq_function_revision_ref")),
    )
    with op.batch_alter_table("function_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_function_revision_function_id"), ["function_id"], unique=False)

    op.create_table(
        "interface_sector",
        sa.Column("interface_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["interface_id"], ["interface.id"], name=op.f("fk_interface_sector_interface_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_interface_sector_organisation_id")
        ),
        sa.PrimaryKeyConstraint("interface_id", "organisation_id", name=op.f("pk_interface_sector")),
    )
    with op.batch_alter_table("interface_sector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interface_sector_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("consumer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("strength", sa.String(length=32), nullable=False),
        sa.Column("min_required", sa.Integer(), nullable=False),
        sa.Column("wished", sa.Integer(), nullable=True),
        sa.Column("tolerance_h", sa.Double(), nullable=False),
        sa.Column("tolerance_basis", sa.String(length=32), nullable=True),
        sa.Column("workaround", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("min_required >= 1", name=op.f("ck_need_at_least_one")),
        sa.CheckConstraint("tolerance_h >= 0", name=op.f("ck_need_tolerance_not_negative")),
        sa.CheckConstraint("wished >= min_required", name=op.f("ck_need_wished_not_below_required")),
        sa.ForeignKeyConstraint(["consumer_id"], ["function.id"], name=op.f("fk_need_consumer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("ref", name=op.f("uq_need_ref")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_consumer_id"), ["consumer_id"], unique=False)
        batch_op.create_index(
            "one_name_in_force",
            ["consumer_id", "name"],
            unique=True,
            sqlite_where=sa.text("NOT retired"),
            postgresql_where=sa.text("NOT retired"),
        )

    op.create_table(
        "plan_function",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_plan_function_function_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_function_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "function_id", name=op.f("pk_plan_function")),
    )
    with op.batch_alter_table("plan_function", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_function_function_id"), ["function_id"], unique=False)

    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_central_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("next_review", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("document_ref", sa.String(length=200), nullable=True),
        sa.Column("last_exercised_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("approved_on <= next_review", name=op.f("ck_plan_version_approval_before_review")),
        sa.CheckConstraint("approver_id <> author_id", name=op.f("ck_plan_version_approver_is_not_author")),
        sa.ForeignKeyConstraint(["approver_id"], ["user.id"], name=op.f("fk_plan_version_approver_id")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_plan_version_author_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_plan_version_ref")),
    )
    with op.batch_alter_table("plan_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_version_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            "one_approved_version",
            ["plan_id"],
            unique=True,
            sqlite_where=sa.text("state = 'approved'"),
            postgresql_where=sa.text("state = 'approved'"),
        )
        batch_op.create_index(
            "one_pending_version",
            ["plan_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('draft', 'submitted', 'in_review', 'returned')"),
            postgresql_where=sa.text("state IN ('draft', 'submitted', 'in_review', 'returned')"),
        )

    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("normal_qty", sa.Double(), nullable=True),
        sa.Column("minimum_qty", sa.Double(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("needed_from_band", sa.String(length=2), nullable=True),
        sa.Column("stock_lasts_h", sa.Double(), nullable=True),
        sa.Column("alternative", sa.Text(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_resource_function_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("ref", name=op.f("uq_resource_ref")),
    )
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_function_id"), ["function_id"], unique=False)

    op.create_table(
        "risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("title_fi", sa.String(length=200), nullable=False),
        sa.Column("title_sv", sa.String(length=200), nullable=True),
        sa.Column("title_en", sa.String(length=200), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("consequence", sa.Text(), nullable=True),
        sa.Column("threat", sa.String(length=20), nullable=True),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("scenario_id", sa.Integer(), nullable=True),
        sa.Column("owner_role", sa.String(length=200), nullable=True),
        sa.Column("likelihood", sa.Integer(), nullable=True),
        sa.Column("impact", sa.Integer(), nullable=True),
        sa.Column("trend", sa.String(length=32), nullable=True),
        sa.Column("confidence", sa.String(length=32), nullable=True),
        sa.Column("existing_controls", sa.Text(), nullable=True),
        sa.Column("treatment", sa.String(length=32), nullable=True),
        sa.Column("residual_likelihood", sa.Integer(), nullable=True),
        sa.Column("residual_impact", sa.Integer(), nullable=True),
        sa.Column("accepted_by", sa.String(length=200), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("accepted_reason", sa.Text(), nullable=True),
        sa.Column("accepted_until", sa.Date(), nullable=True),
        sa.Column("assessed_on", sa.Date(), nullable=True),
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
        sa.CheckConstraint("accepted_on <= accepted_until", name=op.f("ck_risk_acceptance_from_to")),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name=op.f("ck_risk_impact_step")),
        sa.CheckConstraint("likelihood BETWEEN 1 AND 5", name=op.f("ck_risk_likelihood_step")),
        sa.CheckConstraint("residual_impact BETWEEN 1 AND 5", name=op.f("ck_risk_residual_impact_step")),
        sa.CheckConstraint("residual_likelihood BETWEEN 1 AND 5", name=op.f("ck_risk_residual_likelihood_step")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_risk_organisation_id")),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenario.id"], name=op.f("fk_risk_scenario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk")),
        sa.UniqueConstraint("code", name=op.f("uq_risk_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_risk_ref")),
    )
    with op.batch_alter_table("risk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_risk_scenario_id"), ["scenario_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_risk_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "scenario_hit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.Column("start_h", sa.Double(), nullable=False),
        sa.Column("duration_h", sa.Double(), nullable=False),
        sa.Column("effect", sa.String(length=32), nullable=False),
        sa.Column("capacity_pct", sa.Double(), nullable=False),
        sa.CheckConstraint("capacity_pct BETWEEN 0 AND 100", name=op.f("ck_scenario_hit_capacity_is_percentage")),
        sa.CheckConstraint("duration_h > 0", name=op.f("ck_scenario_hit_duration_positive")),
        sa.CheckConstraint("start_h >= 0", name=op.f("ck_scenario_hit_start_not_negative")),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_scenario_hit_function_id")),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenario.id"], name=op.f("fk_scenario_hit_scenario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_hit")),
        sa.UniqueConstraint(
            "scenario_id", "function_id", "start_h", name=op.f("uq_scenario_hit_scenario_id_function_id_start_h")
        ),
    )
    with op.batch_alter_table("scenario_hit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scenario_hit_function_id"), ["function_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scenario_hit_scenario_id"), ["scenario_id"], unique=False)

    op.create_table(
        "dependency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("workaround", sa.Text(), nullable=True),
        sa.Column("extra_tolerance_h", sa.Double(), nullable=False),
        sa.Column("interface_id", sa.Integer(), nullable=True),
        sa.Column("standing", sa.String(length=32), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("extra_tolerance_h >= 0", name=op.f("ck_dependency_extra_tolerance_not_negative")),
        sa.ForeignKeyConstraint(["interface_id"], ["interface.id"], name=op.f("fk_dependency_interface_id")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_dependency_need_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["function.id"], name=op.f("fk_dependency_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependency")),
        sa.UniqueConstraint("code", name=op.f("uq_dependency_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_dependency_ref")),
    )
    with op.batch_alter_table("dependency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dependency_interface_id"), ["interface_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dependency_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dependency_supplier_id"), ["supplier_id"], unique=False)
        batch_op.create_index(
            "one_supplier_in_force",
            ["need_id", "supplier_id"],
            unique=True,
            sqlite_where=sa.text("NOT retired"),
            postgresql_where=sa.text("NOT retired"),
        )

    op.create_table(
        "plan_author",
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_version_id"], ["plan_version.id"], name=op.f("fk_plan_author_plan_version_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_plan_author_user_id")),
        sa.PrimaryKeyConstraint("plan_version_id", "user_id", name=op.f("pk_plan_author")),
    )
    op.create_table(
        "plan_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_version_id"], ["plan_version.id"], name=op.f("fk_plan_section_plan_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_section")),
        sa.UniqueConstraint("plan_version_id", "section", name=op.f("uq_plan_section_plan_version_id_section")),
    )
    with op.batch_alter_table("plan_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_section_plan_version_id"), ["plan_version_id"], unique=False)

    op.create_table(
        "risk_function",
        sa.Column("risk_id", sa.Integer(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_risk_function_function_id")),
        sa.ForeignKeyConstraint(["risk_id"], ["risk.id"], name=op.f("fk_risk_function_risk_id")),
        sa.PrimaryKeyConstraint("risk_id", "function_id", name=op.f("pk_risk_function")),
    )
    with op.batch_alter_table("risk_function", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_function_function_id"), ["function_id"], unique=False)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("risk_function", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_function_function_id"))

    op.drop_table("risk_function")
    with op.batch_alter_table("plan_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_section_plan_version_id"))

    op.drop_table("plan_section")
    op.drop_table("plan_author")
    with op.batch_alter_table("dependency", schema=None) as batch_op:
        batch_op.drop_index(
            "one_supplier_in_force", sqlite_where=sa.text("NOT retired"), postgresql_where=sa.text("NOT retired")
        )
        batch_op.drop_index(batch_op.f("ix_dependency_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_dependency_need_id"))
        batch_op.drop_index(batch_op.f("ix_dependency_interface_id"))

    op.drop_table("dependency")
    with op.batch_alter_table("scenario_hit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scenario_hit_scenario_id"))
        batch_op.drop_index(batch_op.f("ix_scenario_hit_function_id"))

    op.drop_table("scenario_hit")
    with op.batch_alter_table("risk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_sort_name"))
        batch_op.drop_index(batch_op.f("ix_risk_scenario_id"))
        batch_op.drop_index(batch_op.f("ix_risk_organisation_id"))

    op.drop_table("risk")
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_function_id"))

    op.drop_table("resource")
    with op.batch_alter_table("plan_version", schema=None) as batch_op:
        batch_op.drop_index(
            "one_pending_version",
            sqlite_where=sa.text("state IN ('draft', 'submitted', 'in_review', 'returned')"),
            postgresql_where=sa.text("state IN ('draft', 'submitted', 'in_review', 'returned')"),
        )
        batch_op.drop_index(
            "one_approved_version",
            sqlite_where=sa.text("state = 'approved'"),
            postgresql_where=sa.text("state = 'approved'"),
        )
        batch_op.drop_index(batch_op.f("ix_plan_version_plan_id"))

    op.drop_table("plan_version")
    with op.batch_alter_table("plan_function", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_function_function_id"))

    op.drop_table("plan_function")
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index(
            "one_name_in_force", sqlite_where=sa.text("NOT retired"), postgresql_where=sa.text("NOT retired")
        )
        batch_op.drop_index(batch_op.f("ix_need_consumer_id"))

    op.drop_table("need")
    with op.batch_alter_table("interface_sector", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interface_sector_organisation_id"))

    op.drop_table("interface_sector")
    with op.batch_alter_table("function_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_function_revision_function_id"))

    op.drop_table("function_revision")
    op.drop_table("bia_impact")
    op.drop_table("share")
    with op.batch_alter_table("scenario", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scenario_organisation_id"))

    op.drop_table("scenario")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_organisation_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_sort_name"))
        batch_op.drop_index(batch_op.f("ix_plan_organisation_id"))

    op.drop_table("plan")
    with op.batch_alter_table("interface", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interface_sort_name"))
        batch_op.drop_index(batch_op.f("ix_interface_party_id"))
        batch_op.drop_index(batch_op.f("ix_interface_organisation_id"))

    op.drop_table("interface")
    with op.batch_alter_table("function", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_function_sort_name"))
        batch_op.drop_index(batch_op.f("ix_function_organisation_id"))

    op.drop_table("function")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_user_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_path"))
        batch_op.drop_index(batch_op.f("ix_organisation_parent_id"))

    op.drop_table("organisation")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_user_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_subject_ref"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_action"))

    op.drop_table("audit_entry")
    op.drop_table("user")
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_failure_address_at")
        batch_op.drop_index("ix_sign_in_failure_account_at")

    op.drop_table("sign_in_failure")
    op.drop_table("revision")
    op.drop_table("code_item")
    op.drop_table("audit_payload")
    op.drop_table("audit_head")
