"""How Alembic reaches the models and the database of the running application."""

from alembic import context

import continuity.models
import dependencies.models
import prepare.models.codes
import prepare.models.functions
import risks.models  # noqa: F401 - reading the models registers their tables
from prepare.db import IMMEDIATE, Base, db


def migrate() -> None:
    """Run the wanted revisions inside one transaction."""
    with db.engine.execution_options(**{IMMEDIATE: True}).begin() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
        context.run_migrations()


migrate()
