"""A reason, where a step of a record's life wants one."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ReasonEntry:
    """Why something is closed, cancelled or taken up again."""

    state_reason: str | None = None
