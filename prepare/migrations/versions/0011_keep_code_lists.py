"""Let code lists be kept on pages: each code has an address and a version."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CODES = sa.table(
    "code_item",
    sa.column("id", sa.Integer),
    sa.column("ref", sa.Uuid),
    sa.column("parent_id", sa.Integer),
    sa.column("version", sa.Integer),
)
COLUMNS = ("id", "kind", "code", "edition", "rank", "name_fi", "name_sv", "name_en", "parent_id", "valid_to")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _made_anew(columns: Sequence[sa.Column[Any]], constraints: Sequence[sa.UniqueConstraint]) -> None:
    """SQLite adds no constraint to a table: make it anew. Areas that lie within one another let go meanwhile.

    Alembic's own way names the constraints in another order each time, which would look like another schema.
    """
    connection = op.get_bind()
    within = connection.execute(sa.select(CODES.c.id, CODES.c.parent_id).where(CODES.c.parent_id.is_not(None))).all()
    connection.execute(CODES.update().values(parent_id=None))
    op.create_table(
        "code_item_anew",
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
        *columns,
        sa.ForeignKeyConstraint(["parent_id"], ["code_item.id"], name=op.f("fk_code_item_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_item")),
        sa.UniqueConstraint("kind", "code", "edition", name=op.f("uq_code_item_kind_code_edition")),
        *constraints,
    )
    names = [*COLUMNS, *(column.name for column in columns)]
    old, new = (sa.table(name, *map(sa.column, names)) for name in ("code_item", "code_item_anew"))
    connection.execute(new.insert().from_select(names, sa.select(*(old.c[name] for name in names))))
    op.drop_table("code_item")
    op.rename_table("code_item_anew", "code_item")
    for number, parent in within:
        connection.execute(CODES.update().where(CODES.c.id == number).values(parent_id=parent))


def upgrade() -> None:
    """Change the schema; the codes that are there are given addresses."""
    op.add_column("code_item", sa.Column("ref", sa.Uuid(), nullable=True))
    op.add_column("code_item", sa.Column("version", sa.Integer(), nullable=True))
    connection = op.get_bind()
    for number in connection.scalars(sa.select(CODES.c.id)).all():
        connection.execute(CODES.update().where(CODES.c.id == number).values(ref=uuid4(), version=1))
    unique = sa.UniqueConstraint("ref", name=op.f("uq_code_item_ref"))
    if _is_sqlite():
        columns = sa.Column("ref", sa.Uuid(), nullable=False), sa.Column("version", sa.Integer(), nullable=False)
        _made_anew(columns, [unique])
    else:
        op.alter_column("code_item", "ref", nullable=False)
        op.alter_column("code_item", "version", nullable=False)
        op.create_unique_constraint(op.f("uq_code_item_ref"), "code_item", ["ref"])


def downgrade() -> None:
    """Change it back."""
    if _is_sqlite():
        _made_anew((), ())
    else:
        op.drop_constraint(op.f("uq_code_item_ref"), "code_item", type_="unique")
        op.drop_column("code_item", "version")
        op.drop_column("code_item", "ref")
