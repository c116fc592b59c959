"""How Alembic reaches the models and the database of the running application."""

from typing import Literal

from alembic import context
from sqlalchemy import Enum

import continuity.models.plans
import continuity.models.situations
import dependencies.models
import prepare.models.codes
import prepare.models.functions
import risks.models.bodies
import risks.models.risks
import risks.models.scenarios
from prepare.db import IMMEDIATE, Base, Instant, db, require_plain_order
from prepare.models.lists import Several

#: Reading these modules has told the metadata of every table.
RECORDS = (
    continuity.models.plans,
    dependencies.models,
    prepare.models.codes,
    prepare.models.functions,
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


def migrate() -> None:
    """Run the wanted revisions inside one transaction, which may take its time."""
    with db.engine.execution_options(**{IMMEDIATE: True}).begin() as connection:
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
