"""Move responsibility for organising: a transfer for the items of the same two sides and the same day."""

from datetime import date
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("name_fi", sa.String(length=200), nullable=False),
        sa.Column("name_sv", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("effective", sa.Date(), nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decision_ref", sa.String(length=200), nullable=True),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("past", sa.Boolean(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_by", sa.String(length=200), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("secrecy_basis", sa.String(length=200), nullable=True),
        sa.Column(
            "sort_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("receiver_id <> organisation_id", name=op.f("ck_transfer_two_sides")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_transfer_organisation_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["organisation.id"], name=op.f("fk_transfer_receiver_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("code", name=op.f("uq_transfer_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_transfer_ref")),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_receiver_id"), ["receiver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "moving_function",
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["function_id"], ["function.id"], name=op.f("fk_moving_function_function_id")),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfer.id"], name=op.f("fk_moving_function_transfer_id")),
        sa.PrimaryKeyConstraint("transfer_id", "function_id", name=op.f("pk_moving_function")),
    )
    with op.batch_alter_table("moving_function", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moving_function_function_id"), ["function_id"], unique=False)

    op.create_table(
        "transfer_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("record_code", sa.String(length=20), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["from_id"], ["organisation.id"], name=op.f("fk_transfer_move_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["organisation.id"], name=op.f("fk_transfer_move_to_id")),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_move_transfer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_move")),
    )
    with op.batch_alter_table("transfer_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_move_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_move_to_id"), ["to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_move_transfer_id"), ["transfer_id"], unique=False)

    with op.batch_alter_table("transfer_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("transfer_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("origin", sa.String(length=80), nullable=True))

    _gather_items()
    with op.batch_alter_table("transfer_item", schema=None) as batch_op:
        batch_op.alter_column("transfer_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_index(batch_op.f("ix_transfer_item_transfer_id"), ["transfer_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_transfer_item_transfer_id_origin"), ["transfer_id", "origin"])
        batch_op.create_foreign_key(batch_op.f("fk_transfer_item_transfer_id"), "transfer", ["transfer_id"], ["id"])
        batch_op.drop_column("effective")


def _gather_items() -> None:
    """Give the items of the same two sides and the same day a transfer: what kept them so far was a list."""
    items, transfers, connection = _items(), _transfers(), op.get_bind()
    sides = (items.c.from_id, items.c.to_id, items.c.effective)
    for number, (giver, receiver, day) in enumerate(connection.execute(sa.select(*sides).distinct()).all(), start=1):
        took_place = day is None or day <= date.today()  # noqa: DTZ011 - a day, not a moment
        name = f"Järjestämisvastuun siirto {day.year}" if day else "Järjestämisvastuun siirto"
        values = {"id": number, "ref": uuid4(), "code": f"TF-{number:02}", "organisation_id": giver}
        values |= {"receiver_id": receiver, "state": "moved" if took_place else "planned", "effective": day}
        values |= {"name_fi": name, "whole": False, "past": took_place, "confidentiality": "internal", "version": 1}
        values |= {"sort_name": name.lower(), "search_text": f"tf-{number:02} {name.lower()}"}
        connection.execute(sa.insert(transfers).values(**values))
        same_day = items.c.effective == day if day else items.c.effective.is_(None)
        between = (items.c.from_id == giver) & (items.c.to_id == receiver) & same_day
        connection.execute(sa.update(items).where(between).values(transfer_id=number))
    if connection.dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('transfer', 'id'), max(id)) FROM transfer HAVING max(id) > 0")


def _give_days_back() -> None:
    """Let each item tell the day of its transfer again."""
    items, transfers = _items(), _transfers()
    day = sa.select(transfers.c.effective).where(transfers.c.id == items.c.transfer_id).scalar_subquery()
    op.get_bind().execute(sa.update(items).values(effective=day))


def _items() -> sa.TableClause:
    keys = [sa.column(name, sa.Integer) for name in ("from_id", "to_id", "transfer_id")]
    return sa.table("transfer_item", *keys, sa.column("effective", sa.Date))


def _transfers() -> sa.TableClause:
    keys = [sa.column(name, sa.Integer) for name in ("id", "organisation_id", "receiver_id", "version")]
    words = ("code", "state", "name_fi", "confidentiality", "sort_name", "search_text")
    texts = [sa.column(name, sa.String) for name in words]
    flags = [sa.column(name, sa.Boolean) for name in ("whole", "past")]
    return sa.table("transfer", *keys, *texts, *flags, sa.column("ref", sa.Uuid), sa.column("effective", sa.Date))


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("transfer_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("effective", sa.DATE(), nullable=True))

    _give_days_back()
    with op.batch_alter_table("transfer_item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_transfer_item_transfer_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_transfer_item_transfer_id_origin"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_transfer_item_transfer_id"))
        batch_op.drop_column("origin")
        batch_op.drop_column("transfer_id")

    with op.batch_alter_table("transfer_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_move_transfer_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_move_to_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_move_from_id"))

    op.drop_table("transfer_move")
    with op.batch_alter_table("moving_function", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moving_function_function_id"))

    op.drop_table("moving_function")
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_sort_name"))
        batch_op.drop_index(batch_op.f("ix_transfer_receiver_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_organisation_id"))

    op.drop_table("transfer")
