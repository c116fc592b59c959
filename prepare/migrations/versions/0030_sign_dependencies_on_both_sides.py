"""Sign dependencies on both sides.

What suppliers have answered so far becomes what they signed: whoever confirmed said that it restores the service in
its recovery time, and whoever disputed that it does not deliver what is counted on.
"""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("dependency_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("delivers", sa.Boolean(), nullable=True),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("capacity_pct", sa.Double(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("told_by", sa.String(length=200), nullable=True),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("tolerance_h", sa.Double(), nullable=False),
        sa.Column("strength", sa.String(length=32), nullable=False),
        sa.Column("min_required", sa.Integer(), nullable=False),
        sa.Column("flow", sa.String(length=32), nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.CheckConstraint("capacity_pct BETWEEN 0 AND 100", name=op.f("ck_statement_capacity_is_percentage")),
        sa.CheckConstraint("hours >= 0", name=op.f("ck_statement_hours_not_negative")),
        sa.ForeignKeyConstraint(["dependency_id"], ["dependency.id"], name=op.f("fk_statement_dependency_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_statement_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("ref", name=op.f("uq_statement_ref")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_dependency_id"), ["dependency_id"], unique=False)
        batch_op.create_index(
            "one_latest_statement",
            ["dependency_id", "kind"],
            unique=True,
            sqlite_where=sa.text("NOT replaced"),
            postgresql_where=sa.text("NOT replaced"),
        )
    _sign_answers()


ANSWERS = """
SELECT d.id AS dependency_id, d.standing, d.answer AS words, d.answered_by AS role, d.answered_on AS stated_on,
  d.kind AS flow, n.tolerance_h + d.extra_tolerance_h AS tolerance_h, n.strength, n.min_required,
  f.organisation_id, COALESCE(f.recovery_capability_h, f.committed_recovery_h, f.rto_h) AS hours
FROM dependency d JOIN need n ON n.id = d.need_id JOIN function f ON f.id = d.supplier_id
WHERE d.standing IN ('confirmed', 'disputed') AND d.answered_on IS NOT NULL ORDER BY d.id
"""


def _sign_answers() -> None:
    """Let each answer be a statement of the supplier's side."""
    columns: tuple[sa.ColumnClause[Any], ...] = (
        sa.column("ref", sa.Uuid()),
        sa.column("dependency_id", sa.Integer()),
        sa.column("kind", sa.String()),
        sa.column("delivers", sa.Boolean()),
        sa.column("hours", sa.Double()),
        sa.column("words", sa.Text()),
        sa.column("role", sa.String()),
        sa.column("organisation_id", sa.Integer()),
        sa.column("stated_on", sa.Date()),
        sa.column("tolerance_h", sa.Double()),
        sa.column("strength", sa.String()),
        sa.column("min_required", sa.Integer()),
        sa.column("flow", sa.String()),
        sa.column("replaced", sa.Boolean()),
    )
    answers = sa.text(ANSWERS).columns(stated_on=sa.Date())
    rows = [_signed(dict(row)) for row in op.get_bind().execute(answers).mappings()]
    if rows:
        op.bulk_insert(sa.table("statement", *columns), rows)


def _signed(row: dict[str, object]) -> dict[str, object]:
    delivers = row.pop("standing") == "confirmed"
    hours = row["hours"] if delivers else None
    said = {"kind": "delivery", "delivers": delivers, "hours": hours, "role": row["role"] or "-"}
    return row | said | {"ref": uuid4(), "replaced": False}


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_index(
            "one_latest_statement", sqlite_where=sa.text("NOT replaced"), postgresql_where=sa.text("NOT replaced")
        )
        batch_op.drop_index(batch_op.f("ix_statement_dependency_id"))

    op.drop_table("statement")
