"""A code of a list as people enter it, and a new edition of a list."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class CodeEntry:
    """A code's names and place; an area says by its code which area it lies in."""

    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    parent: str | None = None
    rank: int | None = None


@dataclass(frozen=True, kw_only=True)
class EditionEntry:
    """A new edition of an issued list: what it is called, and its codes, one on each line."""

    edition: str
    lines: str


COLUMNS = tuple(field.name for field in fields(CodeEntry) if field.name not in ("parent", "rank"))


def of_record(item: Any) -> CodeEntry:
    """The entry that a code's record holds."""
    parent = item.parent.code if item.parent else None
    return CodeEntry(**{name: getattr(item, name) for name in COLUMNS}, parent=parent, rank=item.rank)
