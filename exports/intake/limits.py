"""How large a file may be that is taken in, and why one is refused.

The child process that reads files imports this and little else, so that it starts at once.
"""

from dataclasses import dataclass, field
from typing import Any

MOST_BYTES = 10 << 20
MOST_UNPACKED = 64 << 20
#: How many times larger than the file its parts may be: real workbooks stay below 30.
MOST_RATIO = 100
MOST_PARTS = 1_000
MOST_DEPTH = 64
MOST_ROWS = 20_000
#: Rows that a sheet may name, empty ones too: formatted empty rows are common.
MOST_NAMED_ROWS = 60_000
MOST_COLUMNS = 100
LONGEST_CELL = 32_767
MOST_MERGES = 2_000
MOST_STYLES = 5_000

MEMORY_BYTES = 512 << 20
CPU_SECONDS = 30
WALL_SECONDS = 40


class Unfit(Exception):
    """A file that is not taken in; `code` says why, `cells` where."""

    def __init__(self, code: str, cells: list[tuple[str, str]] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.cells = cells or []


@dataclass
class Noted:
    """What was seen in a file beside its values: code → the (sheet, cell) where it stands, in order."""

    seen: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, code: str, sheet: str = "", cell: str = "") -> None:
        """Note it; the same place is noted once."""
        places = self.seen.setdefault(code, [])
        if (sheet or cell) and (sheet, cell) not in places[-1:]:
            places.append((sheet, cell))

    def as_json(self) -> list[Any]:
        """Code and places, in the order in which they were seen."""
        return [[code, places] for code, places in self.seen.items()]
