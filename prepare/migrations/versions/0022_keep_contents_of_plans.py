"""Keep what plans hold beside their texts, and what people are typing."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_draft_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("user_id", "address", name=op.f("uq_draft_user_id_address")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_at"), ["at"], unique=False)

    op.create_table(
        "action_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("lost_resource", sa.String(length=32), nullable=True),
        sa.Column("function_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=200), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_action_card_function_id")),
        sa.ForeignKeyConstraint(["plan_version_id"], ["plan_version.id"], name=op.f("fk_action_card_plan_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_card")),
        sa.UniqueConstraint("ref", name=op.f("uq_action_card_ref")),
    )
    with op.batch_alter_table("action_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_card_function_id"), ["function_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_card_plan_version_id"), ["plan_version_id"], unique=False)

    op.create_table(
        "level_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=True),
        sa.Column("trigger", sa.Text(), nullable=True),
        sa.Column("within_h", sa.Double(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("within_h >= 0", name=op.f("ck_level_task_within_not_negative")),
        sa.ForeignKeyConstraint(["plan_version_id"], ["plan_version.id"], name=op.f("fk_level_task_plan_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_task")),
        sa.UniqueConstraint("ref", name=op.f("uq_level_task_ref")),
    )
    with op.batch_alter_table("level_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_level_task_plan_version_id"), ["plan_version_id"], unique=False)

    op.create_table(
        "plan_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kept_at", sa.String(length=200), nullable=False),
        sa.Column("case_number", sa.String(length=200), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_version_id"], ["plan_version.id"], name=op.f("fk_plan_document_plan_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_document")),
        sa.UniqueConstraint("ref", name=op.f("uq_plan_document_ref")),
    )
    with op.batch_alter_table("plan_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_document_plan_version_id"), ["plan_version_id"], unique=False)

    op.create_table(
        "strategy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("lost_resource", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("covers_h", sa.Double(), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("covers_h >= 0", name=op.f("ck_strategy_covers_not_negative")),
        sa.ForeignKeyConstraint(["plan_version_id"], ["plan_version.id"], name=op.f("fk_strategy_plan_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy")),
        sa.UniqueConstraint("ref", name=op.f("uq_strategy_ref")),
    )
    with op.batch_alter_table("strategy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_strategy_plan_version_id"), ["plan_version_id"], unique=False)

    op.create_table(
        "card_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=True),
        sa.Column("within_min", sa.Integer(), nullable=True),
        sa.CheckConstraint("within_min >= 0", name=op.f("ck_card_task_within_not_negative")),
        sa.ForeignKeyConstraint(["card_id"], ["action_card.id"], name=op.f("fk_card_task_card_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_task")),
    )
    with op.batch_alter_table("card_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_task_card_id"), ["card_id"], unique=False)

    op.create_table(
        "strategy_resource",
        sa.Column("strategy_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_strategy_resource_resource_id")),
        sa.ForeignKeyConstraint(["strategy_id"], ["strategy.id"], name=op.f("fk_strategy_resource_strategy_id")),
        sa.PrimaryKeyConstraint("strategy_id", "resource_id", name=op.f("pk_strategy_resource")),
    )
    with op.batch_alter_table("strategy_resource", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_strategy_resource_resource_id"), ["resource_id"], unique=False)

    with op.batch_alter_table("plan_section", schema=None) as batch_op:
        batch_op.add_column(sa.Column("finished", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("author_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_plan_section_author_id"), "user", ["author_id"], ["id"])
    with op.batch_alter_table("plan_section", schema=None) as batch_op:
        batch_op.alter_column("finished", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("plan_section", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_plan_section_author_id"), type_="foreignkey")
        batch_op.drop_column("edited_at")
        batch_op.drop_column("author_id")
        batch_op.drop_column("finished")

    with op.batch_alter_table("strategy_resource", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strategy_resource_resource_id"))

    op.drop_table("strategy_resource")
    with op.batch_alter_table("card_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_task_card_id"))

    op.drop_table("card_task")
    with op.batch_alter_table("strategy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strategy_plan_version_id"))

    op.drop_table("strategy")
    with op.batch_alter_table("plan_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_document_plan_version_id"))

    op.drop_table("plan_document")
    with op.batch_alter_table("level_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_level_task_plan_version_id"))

    op.drop_table("level_task")
    with op.batch_alter_table("action_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_card_plan_version_id"))
        batch_op.drop_index(batch_op.f("ix_action_card_function_id"))

    op.drop_table("action_card")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_at"))
        batch_op.drop_index(batch_op.f("ix_draft_address"))

    op.drop_table("draft")
