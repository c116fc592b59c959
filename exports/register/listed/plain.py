"""Lists of functions, risks and measures."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import selectinload

from exports.listing.of_prepare import FUNCTIONS
from exports.listing.of_risks import MEASURES, RISKS
from exports.register.listed.keeping import Keeping
from prepare import registration
from prepare.access import Action
from prepare.db import db
from prepare.entries import FunctionEntry
from prepare.errors import RuleBroken
from prepare.models.functions import Function
from prepare.queries import functions as function_queries
from prepare.register import functions as function_register
from risks import measuring, treatment
from risks.entries.measures import MeasureEntry
from risks.entries.risks import RiskEntry
from risks.matrix import Scale
from risks.models import scales
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.queries import measures as measure_queries
from risks.queries import risks as risk_queries
from risks.register import measures as measure_register
from risks.register import risks as risk_register


class Functions(Keeping):
    """The register of functions."""

    listed, entry = FUNCTIONS, FunctionEntry
    adds, edits = Action.ADD_FUNCTION, Action.EDIT_FUNCTION

    def records(self) -> Select[Any]:
        """The city's own functions that are not retired."""
        return function_queries.functions(self.scope)

    @cached_property
    def revised(self) -> set[int]:
        """Ids of the functions to which a change waits."""
        ids = {one.id for ones in self.held.values() for one in ones}
        return set(db.session.scalars(function_queries.revised(self.scope, ids)))

    def entry_of(self, record: Any) -> FunctionEntry:
        """The function with the change that waits."""
        if record.id not in self.revised:
            return registration.of_record(record)
        return function_register.seen_now(record).entry

    def completed(self, values: dict[str, Any], record: Any | None) -> dict[str, Any]:
        """Where a change waits, a list that says what is still in force does not undo it."""
        told = super().completed(values, record)
        if record is None or record.id not in self.revised:
            return told
        held = registration.of_record(record)
        return {name: value for name, value in told.items() if value != getattr(held, name)}

    def problems(self, entry: Any, record: Any | None) -> list[RuleBroken]:
        """As on its page."""
        return registration.problems(entry)

    def add(self, entry: Any, *, on: date) -> Function:
        """Keep a draft."""
        return function_register.add(self.owner, entry)

    def edit(self, record: Any, entry: Any, *, on: date, at: datetime) -> None:
        """Change it, or the change of it that waits."""
        function_register.edit(record, entry, seen=function_register.seen_now(record), at=at)


class Risks(Keeping):
    """The register of risks."""

    listed, entry = RISKS, RiskEntry
    adds, edits = Action.ADD_RISK, Action.ASSESS_RISK

    @cached_property
    def scale(self) -> Scale:
        """The city's scale."""
        return scales.in_force()

    def records(self) -> Select[Any]:
        """Risks that are not closed."""
        affected = selectinload(Risk.functions).joinedload(Function.organisation, innerjoin=True)
        return risk_queries.risks(self.scope).options(affected, selectinload(Risk.scenario))

    def entry_of(self, record: Any) -> RiskEntry:
        """The risk without what the person may not read."""
        return risk_register.seen_now(record).entry

    def problems(self, entry: Any, record: Any | None) -> list[RuleBroken]:
        """As on its page."""
        return treatment.problems(entry, self.scale)

    def add(self, entry: Any, *, on: date) -> Risk:
        """Keep a new one."""
        return risk_register.add(self.owner, entry, on=on)

    def edit(self, record: Any, entry: Any, *, on: date, at: datetime) -> None:
        """Assess it anew."""
        risk_register.assess(record, entry, seen=risk_register.seen_now(record), on=on)


class Measures(Keeping):
    """The register of measures."""

    listed, entry = MEASURES, MeasureEntry
    adds, edits = Action.ADD_MEASURE, Action.EDIT_MEASURE

    def records(self) -> Select[Any]:
        """Measures in whatever state."""
        return measure_queries.measures(self.scope).options(selectinload(Measure.risks))

    def entry_of(self, record: Any) -> MeasureEntry:
        """The measure without the risks that the person may not read."""
        return measure_register.seen_now(record).entry

    def problems(self, entry: Any, record: Any | None) -> list[RuleBroken]:
        """As on its page."""
        return measuring.problems(entry)

    def add(self, entry: Any, *, on: date) -> Measure:
        """Keep a new one."""
        return measure_register.add(self.owner, entry)

    def edit(self, record: Any, entry: Any, *, on: date, at: datetime) -> None:
        """Change it."""
        measure_register.edit(record, entry, seen=measure_register.seen_now(record))
