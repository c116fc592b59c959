"""Writing very many records in order: in portions, under keys that are given beforehand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from prepare.db import db

PORTION = 5_000  #: rows that are held in memory at a time


@dataclass
class Bulk:
    """Counts what was written and knows the next key of every table; the tables are empty at first."""

    counts: Counter[str] = field(default_factory=Counter)

    def write(self, model: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows in portions. Rows of a record bring their key `id`; all have the same columns."""
        table: sa.Table = getattr(model, "__table__", model)
        portion: list[Mapping[str, Any]] = []
        for row in rows:
            portion.append(row)
            if len(portion) == PORTION:
                self._send(table, portion)
                portion = []
        if portion:
            self._send(table, portion)

    def _send(self, table: sa.Table, rows: list[Mapping[str, Any]]) -> None:
        db.session.connection().execute(table.insert(), rows)
        self.counts[table.name] += len(rows)

    def settle(self) -> None:
        """Let the database go on after the given keys, and learn what it holds, so that it finds good ways to it."""
        connection = db.session.connection()
        if connection.dialect.name == "postgresql":
            for name in self.counts:
                if "id" in sa.inspect(connection).get_pk_constraint(name)["constrained_columns"]:
                    table = connection.dialect.identifier_preparer.quote(name)
                    sequence = sa.func.pg_get_serial_sequence(table, "id")
                    connection.execute(sa.select(sa.func.setval(sequence, self.counts[name])))
        connection.exec_driver_sql("ANALYZE")
