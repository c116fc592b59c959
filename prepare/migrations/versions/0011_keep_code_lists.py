"""Let code lists be kept on pages: each code has an address and a version."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CODES = sa.table(
    "code_item", sa.column("id", sa.Integer), sa.column("ref", sa.Uuid), sa.column("parent_id", sa.Integer)
)


@contextmanager
def _apart() -> Iterator[None]:
    """SQLite makes the table anew; areas that lie within one another would hold the old one, so they let go."""
    connection = op.get_bind()
    within = connection.execute(sa.select(CODES.c.id, CODES.c.parent_id).where(CODES.c.parent_id.is_not(None))).all()
    connection.execute(CODES.update().values(parent_id=None))
    yield
    for number, parent in within:
        connection.execute(CODES.update().where(CODES.c.id == number).values(parent_id=parent))


def upgrade() -> None:
    """Change the schema; the codes that are there are given addresses."""
    with _apart():
        with op.batch_alter_table("code_item", schema=None) as batch_op:
            batch_op.add_column(sa.Column("ref", sa.Uuid(), nullable=True))
            batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))

        connection = op.get_bind()
        for number in connection.scalars(sa.select(CODES.c.id)).all():
            connection.execute(CODES.update().where(CODES.c.id == number).values(ref=uuid4()))

        with op.batch_alter_table("code_item", schema=None) as batch_op:
            batch_op.alter_column("ref", existing_type=sa.Uuid(), nullable=False)
            batch_op.alter_column("version", existing_type=sa.Integer(), server_default=None)
            batch_op.create_unique_constraint(batch_op.f("uq_code_item_ref"), ["ref"])


def downgrade() -> None:
    """Change it back."""
    with _apart(), op.batch_alter_table("code_item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_code_item_ref"), type_="unique")
        batch_op.drop_column("version")
        batch_op.drop_column("ref")
