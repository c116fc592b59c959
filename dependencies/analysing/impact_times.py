"""The time-to-impact matrix of a reader's functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dependencies import tracing
from dependencies.analysing.scenarios import Course, courses, opened, traced
from dependencies.graph import FunctionFacts
from dependencies.impact_times import Row, as_json, matrix
from dependencies.outcome import Trace
from dependencies.reduction import Card, Shown, as_shown
from dependencies.tracing import Loaded
from prepare.actor import Scope


@dataclass(frozen=True)
class Matrix:
    """The functions that the reader may open, against the scenarios that the reader may trace."""

    courses: list[Course]
    traces: Mapping[str, Trace]  #: by the scenario's code, in the order of `courses`
    rows: list[Row]  #: by code
    cards: Mapping[int, Card]  #: of every function in the graph, by id: only `shown` may name them
    scope: Scope

    def shown(self, function: FunctionFacts) -> Shown:
        """The function as the reader may see it."""
        return as_shown(self.scope, self.cards[function.id])

    def code_of(self, function: FunctionFacts) -> str | None:
        """The function's code, or None when the reader may not know it."""
        return self.shown(function).code

    def as_json(self) -> dict[str, Any]:
        """As `prepare impact-times --json` prints it."""
        return as_json(self.rows, self.traces, code_of=self.code_of)


def impact_times(scope: Scope, now: Loaded, codes: Sequence[str] = ()) -> Matrix:
    """The matrix over all scenarios of the scope, or over those with these codes.

    Raises RuleBroken when there is none with one of the codes.
    """
    chosen = courses(scope, now, codes)
    cards = tracing.cards(now.network.place)
    open_ = opened(scope, cards.values())
    traces = {course.code: traced(now, course.hits) for course in chosen}
    functions = sorted((f for f in now.network.functions if f.id in open_), key=lambda f: f.code)
    return Matrix(chosen, traces, matrix(functions, traces), cards, scope)
