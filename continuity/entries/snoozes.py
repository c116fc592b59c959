"""A finding that is put aside, as a person says it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class SnoozeEntry:
    """Why the finding is put aside, and the last day on which it stays so."""

    reason: str | None = None
    until: date | None = None
