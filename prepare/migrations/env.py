"""How Alembic reaches the models and the database of the running application."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from alembic import context
from sqlalchemy import Connection, Enum

import continuity.models.comments
import continuity.models.comparison
import continuity.models.contents
import continuity.models.exercises
import continuity.models.plans
import continuity.models.readiness
import continuity.models.reviews
import continuity.models.situations
import continuity.models.snoozes
import continuity.models.transfers
import dependencies.models.losses
import dependencies.models.needs
import dependencies.models.reserves
import dependencies.models.runs
import exports.models.forms
import exports.models.packages
import prepare.models.codes
import prepare.models.functions
import prepare.models.guidance
import prepare.models.jobs
import prepare.models.reminders
import prepare.models.reports
import risks.models.bodies
import risks.models.offers
import risks.models.risks
import risks.models.scenarios
from prepare.db import IMMEDIATE, Base, Instant, db, require_plain_order
from prepare.models.lists import Several

#: Reading these modules has told the metadata of every table.
RECORDS = (
    continuity.models.contents,
    continuity.models.comments,
    continuity.models.plans,
    continuity.models.snoozes,
    continuity.models.transfers,
    dependencies.models.needs,
    dependencies.models.reserves,
    exports.models.forms,
    exports.models.packages,
    prepare.models.codes,
    prepare.models.functions,
    prepare.models.jobs,
    prepare.models.reminders,
    prepare.models.reports,
    prepare.models.guidance,
    risks.models.risks,
)


def render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write stored words as plain text columns, so that a vocabulary grows without a migration; moments as moments."""
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Several):
        return "sa.Text()"
    return False


@contextmanager
def unbound(connection: Connection) -> Iterator[None]:
    """One transaction in which SQLite lets a table be made anew while others point at it; they are checked at its end.

    Source: sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes".
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield
            if is_sqlite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise RuntimeError(f"records point at what is no longer there: {lost[:5]}")
    finally:
        if is_sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys=ON")


def migrate() -> None:
    """Run the wanted revisions inside one transaction, which may take its time."""
    with db.engine.execution_options(**{IMMEDIATE: True}).connect() as connection, unbound(connection):
        require_plain_order(connection)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render,
            compare_type=True,
        )
        context.run_migrations()


migrate()
