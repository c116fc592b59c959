"""How Alembic reaches the models and the database of the running application."""

from alembic import context

import risks.models  # noqa: F401 - reading the models registers their tables
from prepare.db import Base, db


def migrate() -> None:
    """Run the wanted revisions inside one transaction."""
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


migrate()
