"""A step that others will ask about wants its reason."""

from typing import Protocol

from prepare.errors import RuleBroken
from prepare.texts import N_


class WithReason(Protocol):
    """What carries a reason."""

    @property
    def state_reason(self) -> str | None:
        """Why."""


def reason_problems(entry: WithReason) -> list[RuleBroken]:
    """Something is closed, cancelled or taken up again for a reason that others can read later."""
    if entry.state_reason and entry.state_reason.strip():
        return []
    return [RuleBroken(N_("Give the reason."), field="state_reason")]
