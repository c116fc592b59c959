"""The time-to-impact matrix: after how many hours each scenario takes each function down, and how bad that is."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dependencies.cascade import ENGINE
from dependencies.graph import FunctionFacts
from dependencies.outcome import Outcome, Trace, in_hours
from dependencies.vocabulary import State, Verdict
from prepare.vocabulary import Criticality


@dataclass(frozen=True)
class Row:
    """One function and what each scenario does to it; a scenario that leaves it alone is not among `outcomes`."""

    function: FunctionFacts
    outcomes: Mapping[str, Outcome]  #: by the scenario's code

    @property
    def soonest_min(self) -> int | None:
        """The minute of the first loss in any scenario; None if it is never down."""
        return min((o.down_at_min for o in self.outcomes.values() if o.state is State.DOWN), default=None)


@dataclass(frozen=True)
class Count:
    """What one scenario does to a group of functions."""

    down: int = 0
    mtpd_exceeded: int = 0
    degraded: int = 0
    first_min: int | None = None  #: when the first of them goes down


@dataclass(frozen=True)
class ClassRow:
    """The functions of one criticality class together (None: not classified)."""

    criticality: Criticality | None
    functions: int
    counts: Mapping[str, Count]  #: by the scenario's code


def matrix(functions: Iterable[FunctionFacts], traces: Mapping[str, Trace]) -> list[Row]:
    """The rows of these functions, in their order; `traces` are the scenarios' by code."""
    found: dict[int, dict[str, Outcome]] = {}
    for code, trace in traces.items():
        for outcome in trace.outcomes:
            found.setdefault(outcome.function.id, {})[code] = outcome
    return [Row(function, found.get(function.id, {})) for function in functions]


def by_class(rows: Collection[Row], scenarios: Collection[str]) -> list[ClassRow]:
    """The rows counted together, class by class; those that are not classified stand last."""
    groups: dict[Criticality | None, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.function.criticality, []).append(row)
    order = [*Criticality, None]
    return [
        ClassRow(criticality, len(groups[criticality]), {code: _count(groups[criticality], code) for code in scenarios})
        for criticality in order
        if criticality in groups
    ]


def _count(rows: Iterable[Row], scenario: str) -> Count:
    outcomes = [row.outcomes[scenario] for row in rows if scenario in row.outcomes]
    down = [outcome for outcome in outcomes if outcome.state is State.DOWN]
    return Count(
        len(down),
        sum(outcome.verdict is Verdict.MTPD_EXCEEDED for outcome in down),
        len(outcomes) - len(down),
        min((outcome.down_at_min for outcome in down), default=None),
    )


def first_cause(outcome: Outcome) -> FunctionFacts | None:
    """The supplier whose loss the function felt first; None when the scenario hits the function itself."""
    return outcome.chain[-2].function if len(outcome.chain) > 1 else None


def ordered(rows: Iterable[Row], by: str) -> list[Row]:
    """The rows by what befalls them soonest, in any scenario ("") or in the one with this code.

    Those that nothing befalls stand last; equals stand by class, then by code.
    """

    def key(row: Row) -> tuple[bool, int, str, str]:
        outcome = row.outcomes.get(by)
        at = row.soonest_min if not by else outcome.down_at_min if outcome else None
        return at is None, at or 0, row.function.criticality or "K9", row.function.code

    return sorted(rows, key=key)


def as_json(
    rows: Collection[Row], traces: Mapping[str, Trace], *, code_of: Callable[[FunctionFacts], str | None]
) -> dict[str, Any]:
    """The matrix as `prepare impact-times --json` prints it; times in hours from the start of the scenario.

    `code_of` gives the code of a function on a chain, or None when the reader may not know it.
    """
    return {
        "graph_revision": next((trace.revision for trace in traces.values()), None),
        "engine": ENGINE,
        "scenarios": list(traces),
        "functions": [
            {
                "code": row.function.code,
                "organisation": row.function.organisation,
                "criticality": row.function.criticality,
                "impacts": {code: _cell(outcome, code_of) for code, outcome in row.outcomes.items()},
            }
            for row in rows
        ],
        "classes": [
            {
                "criticality": row.criticality,
                "functions": row.functions,
                "scenarios": {code: _counted(count) for code, count in row.counts.items()},
            }
            for row in by_class(rows, list(traces))
        ],
    }


def _cell(outcome: Outcome, code_of: Callable[[FunctionFacts], str | None]) -> dict[str, Any]:
    cause = first_cause(outcome)
    return {
        "state": outcome.state.value,
        "hours": in_hours(outcome.down_at_min),
        "status": outcome.verdict.value,
        "is_hit": cause is None,
        "first_cause": code_of(cause) if cause else None,
        "chain": [code_of(step.function) for step in outcome.chain],
    }


def _counted(count: Count) -> dict[str, Any]:
    return {
        "down": count.down,
        "mtpd_exceeded": count.mtpd_exceeded,
        "degraded": count.degraded,
        "first_h": in_hours(count.first_min),
    }
