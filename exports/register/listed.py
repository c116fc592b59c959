"""How the registers that take lists find, check, add and change their records: as their pages do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select

from prepare import registration
from prepare.access import Action
from prepare.entries import FunctionEntry
from prepare.errors import RuleBroken
from prepare.models.organisations import Organisation
from prepare.queries import functions as function_queries
from prepare.register import functions as function_register
from risks import measuring, treatment
from risks.entries.measures import MeasureEntry
from risks.entries.risks import RiskEntry
from risks.models import scales
from risks.queries import measures as measure_queries
from risks.queries import risks as risk_queries
from risks.register import measures as measure_register
from risks.register import risks as risk_register


@dataclass(frozen=True)
class Keeping:
    """How the records of a register are found, held against their rules, added and changed."""

    entry: type[Any]
    records: Callable[[Any], Select[Any]]
    problems: Callable[[Any], list[RuleBroken]]
    seen: Callable[[Any], Any]
    add: Callable[[Organisation, Any, date], Any]
    edit: Callable[[Any, Any, Any, date, datetime], Any]
    adds: Action
    edits: Action
    named: Callable[[Any, Sequence[str]], Select[Any]] | None = None  #: the records that its codes may name


KEEPING = {
    "functions": Keeping(
        FunctionEntry,
        function_queries.functions,
        registration.problems,
        function_register.seen_now,
        lambda owner, entry, _on: function_register.add(owner, entry),
        lambda one, entry, seen, _on, at: function_register.edit(one, entry, seen=seen, at=at),
        Action.ADD_FUNCTION,
        Action.EDIT_FUNCTION,
    ),
    "risks": Keeping(
        RiskEntry,
        risk_queries.risks,
        lambda entry: treatment.problems(entry, scales.in_force()),
        risk_register.seen_now,
        lambda owner, entry, on: risk_register.add(owner, entry, on=on),
        lambda one, entry, seen, on, _at: risk_register.assess(one, entry, seen=seen, on=on),
        Action.ADD_RISK,
        Action.ASSESS_RISK,
        function_queries.in_force,
    ),
    "measures": Keeping(
        MeasureEntry,
        measure_queries.measures,
        measuring.problems,
        measure_register.seen_now,
        lambda owner, entry, _on: measure_register.add(owner, entry),
        lambda one, entry, seen, _on, _at: measure_register.edit(one, entry, seen=seen),
        Action.ADD_MEASURE,
        Action.EDIT_MEASURE,
        risk_queries.named,
    ),
}
