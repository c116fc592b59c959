"""Keep the duty contacts, tasks and flows of an interface as records of their own."""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

OLD = ("duty_contacts", "city_duty_contact", "party_duty_contact", "responsibilities", "information_flows")
INTERFACES = sa.table("interface", *map(sa.column, ("id", *OLD)))
CONTACTS = sa.table(
    "contact_point",
    *map(sa.column, ("interface_id", "place", "side", "role_title", "availability", "confidentiality")),
    *map(sa.column, ("retired", "version")),
    sa.column("ref", sa.Uuid()),
)
TASKS = sa.table(
    "interface_task",
    *map(sa.column, ("interface_id", "place", "task", "retired", "version")),
    sa.column("ref", sa.Uuid()),
)
FLOWS = sa.table(
    "information_flow",
    *map(sa.column, ("interface_id", "place", "what", "retired", "version")),
    sa.column("ref", sa.Uuid()),
)
#: Side → the old column that named its duty contact.
SIDES = {"city": "city_duty_contact", "partner": "party_duty_contact"}
#: What a contact is called of which nothing was said but that there is one.
SOMEBODY = "Päivystävä yhteyshenkilö"


def upgrade() -> None:
    """Change the schema; what the columns said of contacts, duties and flows becomes rows."""
    op.create_table(
        "contact_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("interface_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=32), nullable=False),
        sa.Column("role_title", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("availability", sa.String(length=32), nullable=True),
        sa.Column("channel_fallback", sa.String(length=200), nullable=True),
        sa.Column("tested_on", sa.Date(), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["interface_id"], ["interface.id"], name=op.f("fk_contact_point_interface_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        sa.UniqueConstraint("interface_id", "place", name=op.f("uq_contact_point_interface_id_place")),
        sa.UniqueConstraint("ref", name=op.f("uq_contact_point_ref")),
    )
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_point_interface_id"), ["interface_id"], unique=False)

    op.create_table(
        "information_flow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("interface_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("direction", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=200), nullable=True),
        sa.Column("trigger", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=32), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["interface_id"], ["interface.id"], name=op.f("fk_information_flow_interface_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_flow")),
        sa.UniqueConstraint("interface_id", "place", name=op.f("uq_information_flow_interface_id_place")),
        sa.UniqueConstraint("ref", name=op.f("uq_information_flow_ref")),
    )
    with op.batch_alter_table("information_flow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_information_flow_interface_id"), ["interface_id"], unique=False)

    op.create_table(
        "interface_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("interface_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("city_normal", sa.String(length=32), nullable=True),
        sa.Column("party_normal", sa.String(length=32), nullable=True),
        sa.Column("city_disruption", sa.String(length=32), nullable=True),
        sa.Column("party_disruption", sa.String(length=32), nullable=True),
        sa.Column("city_emergency", sa.String(length=32), nullable=True),
        sa.Column("party_emergency", sa.String(length=32), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["interface_id"], ["interface.id"], name=op.f("fk_interface_task_interface_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interface_task")),
        sa.UniqueConstraint("interface_id", "place", name=op.f("uq_interface_task_interface_id_place")),
        sa.UniqueConstraint("ref", name=op.f("uq_interface_task_ref")),
    )
    with op.batch_alter_table("interface_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interface_task_interface_id"), ["interface_id"], unique=False)

    op.add_column("interface", sa.Column("state_reason", sa.Text(), nullable=True))
    op.add_column("interface", sa.Column("organiser", sa.String(length=32), nullable=True))
    op.add_column("interface", sa.Column("reviewed_on", sa.Date(), nullable=True))
    _fill_rows()
    for name in OLD:
        op.drop_column("interface", name)


def _fill_rows() -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(INTERFACES)).mappings().all():
        new = {"interface_id": row["id"], "retired": False, "version": 1}
        named = [(side, row[column] or (SOMEBODY if row["duty_contacts"] else None)) for side, column in SIDES.items()]
        for place, (side, role) in enumerate([one for one in named if one[1]], start=1):
            always = {"availability": "24-7" if row["duty_contacts"] else None, "confidentiality": "confidential"}
            _put(CONTACTS, {**new, **always, "place": place, "side": side, "role_title": role})
        if row["responsibilities"]:
            _put(TASKS, {**new, "place": 1, "task": row["responsibilities"]})
        if row["information_flows"]:
            _put(FLOWS, {**new, "place": 1, "what": row["information_flows"]})


def _put(table: Any, values: dict[str, Any]) -> None:
    op.get_bind().execute(table.insert().values(ref=uuid4(), **values))


def downgrade() -> None:
    """Change it back; of the rows only what the columns can hold remains."""
    op.add_column("interface", sa.Column("duty_contacts", sa.Boolean(), nullable=True))
    op.add_column("interface", sa.Column("city_duty_contact", sa.String(length=200), nullable=True))
    op.add_column("interface", sa.Column("party_duty_contact", sa.String(length=200), nullable=True))
    op.add_column("interface", sa.Column("responsibilities", sa.Text(), nullable=True))
    op.add_column("interface", sa.Column("information_flows", sa.Text(), nullable=True))
    _fill_columns()
    for name in ("reviewed_on", "organiser", "state_reason"):
        op.drop_column("interface", name)
    for name in ("interface_task", "information_flow", "contact_point"):
        op.drop_table(name)


def _fill_columns() -> None:
    connection = op.get_bind()
    for side, column in SIDES.items():
        rows = sa.select(CONTACTS.c.interface_id, CONTACTS.c.role_title).where(CONTACTS.c.side == side)
        _join(column, connection.execute(rows.where(CONTACTS.c.retired == sa.false()).order_by(CONTACTS.c.place)), 200)
    both = INTERFACES.c.city_duty_contact.is_not(None) & INTERFACES.c.party_duty_contact.is_not(None)
    connection.execute(INTERFACES.update().where(both).values(duty_contacts=sa.true()))
    for table, text, column in ((TASKS, "task", "responsibilities"), (FLOWS, "what", "information_flows")):
        rows = sa.select(table.c.interface_id, table.c[text]).where(table.c.retired == sa.false())
        _join(column, connection.execute(rows.order_by(table.c.place)), None)


def _join(column: str, rows: Any, longest: int | None) -> None:
    texts: dict[int, list[str]] = {}
    for interface, text in rows:
        texts.setdefault(interface, []).append(text)
    for interface, some in texts.items():
        joined = "; ".join(some)[:longest]
        op.get_bind().execute(INTERFACES.update().where(INTERFACES.c.id == interface).values({column: joined}))
