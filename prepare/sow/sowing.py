"""Writing many records at once, and remembering which code became which record."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, insert

from prepare.db import db
from prepare.sow.files import Files
from prepare.texts import search_key, sort_key


@dataclass
class Sowing:
    """One loading of the demo city: its files, the records that were written, and how many of each."""

    files: Files
    counts: Counter[str] = field(default_factory=Counter)
    #: table → code → id of the record
    ids: dict[str, dict[str, int]] = field(default_factory=dict)

    def write(self, model: Any, rows: Iterable[Mapping[str, Any]], *, by: str = "code") -> list[int]:
        """Write one record per row; their ids stay to be found by the column `by`. All rows have the same columns."""
        listed = [dict(row) for row in rows]
        statement = insert(model).returning(model.id, sort_by_parameter_order=True)
        written = list(db.session.scalars(statement, listed))
        self.counts[model.__tablename__] += len(written)
        known = self.ids.setdefault(model.__tablename__, {})
        known.update({row[by]: one for row, one in zip(listed, written, strict=True) if by in row})
        return written

    def link(self, table: Table, rows: list[dict[str, int]]) -> None:
        """Write rows of a table that only links two records."""
        if rows:
            db.session.execute(insert(table), rows)

    def remember(self, model: Any, names: Iterable[str], written: Iterable[int]) -> None:
        """Let records that have no code of their own be found by these names."""
        self.ids.setdefault(model.__tablename__, {}).update(zip(names, written, strict=True))

    def id_of(self, model: Any, code: str) -> int:
        """The id of the record with this code. Raises KeyError when the files name a record that they do not hold."""
        return self.ids[model.__tablename__][code]


def folded(code: str, texts: Mapping[str, str | None]) -> dict[str, str]:
    """The columns by which a record is sorted and searched; `texts` are its names in three languages."""
    given = [text for text in texts.values() if text]
    return {"search_text": search_key(" ".join([code, *given])), "sort_name": sort_key(given[0])}
