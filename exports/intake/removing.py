"""Taking out of use what a workbook asks to be removed, each by the act of its own register."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from continuity.entries.comments import WithdrawalEntry
from continuity.register import steps
from dependencies.register import needs
from exports.intake.taking import Looked
from prepare.register import functions, resources
from risks.entries.reasons import ReasonEntry
from risks.register import measures, risk_states


@dataclass(frozen=True)
class Removing:
    """What a workbook takes out of use on a day; nothing is ever deleted."""

    looked: Looked
    on: date

    def parts(self) -> None:
        """Remove needs, resources, risks, measures and versions of plans."""
        for record, _reason in self._records("needs"):
            needs.retire_need(record)
        for record, _reason in self._records("resources"):
            resources.retire(record)
        for record, reason in self._records("risks"):
            risk_states.close(record, ReasonEntry(state_reason=reason), on=self.on)
        for record, reason in self._records("measures"):
            measures.cancel(record, ReasonEntry(state_reason=reason))
        for record, reason in self._records("plans"):
            steps.withdraw(record, WithdrawalEntry(state_reason=reason))

    def functions(self) -> None:
        """Retire functions."""
        for record, _reason in self._records("functions"):
            functions.retire(record)

    def _records(self, table: str) -> Iterator[tuple[Any, str | None]]:
        """The records of a table that are to be removed, each with the reason that was given."""
        for one in self.looked.plan.removals:
            if one.table == table:
                yield self.looked.held.records[table][one.key], one.after
