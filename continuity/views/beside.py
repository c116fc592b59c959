"""What the register knows, beside the section that speaks of it: shown, never typed again."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from flask import url_for

from continuity import losses
from continuity.models.plans import Plan
from continuity.queries import beside as queries
from continuity.queries import plans as plan_queries
from continuity.vocabulary.plans import Section
from dependencies.analysing import completeness, recovery, scenarios
from dependencies.analysing.impact_times import Matrix, impact_times
from dependencies.analysing.view import view
from dependencies.outcome import Outcome
from dependencies.tracing import TooFar
from dependencies.views import recovery_times, told
from dependencies.vocabulary import State
from prepare import actor
from prepare.db import db
from prepare.models.functions import Function
from prepare.texts import name_of

#: The most rows of each list; the rest is said as a number.
MOST = 15

Facts = SimpleNamespace


def facts(section: Section, plan: Plan, rows: Sequence[Any]) -> Facts | None:
    """What the register knows for a section under which these rows stand; None where it knows nothing that belongs."""
    tell = TOLD.get(section)
    return tell(plan, rows) if tell else None


def _functions(plan: Plan) -> Sequence[Function]:
    return db.session.scalars(plan_queries.functions_of(actor.current().scope, plan)).all()


def _objectives(plan: Plan, _rows: Sequence[Any]) -> Facts:
    """Functions with their objectives, capability, and what their suppliers let them achieve."""
    functions = _functions(plan)
    try:
        seen = view(actor.current().scope, scenarios.graph())
        places = [seen.network.place[one.id] for one in functions if one.id in seen.network.place]
        found = {one.facts.id: recovery_times.row(one) for one in recovery.told(seen, places)}
    except TooFar:
        found = {}
    rows = [SimpleNamespace(function=one, achieved=found.get(one.id)) for one in functions]
    return Facts(kind="objectives", rows=rows[:MOST], more=max(0, len(rows) - MOST))


def _minimum(plan: Plan, _rows: Sequence[Any]) -> Facts:
    rows = _functions(plan)
    return Facts(kind="minimum", rows=rows[:MOST], more=max(0, len(rows) - MOST))


def _cascade(plan: Plan, _rows: Sequence[Any]) -> Facts:
    """Which scenarios take the plan's functions down, and at which hour, the soonest first."""
    try:
        matrix = impact_times(actor.current().scope, scenarios.graph())
    except TooFar:
        return Facts(kind="cascade", rows=[], more=0, is_far=True)
    covered = {one.id for one in _functions(plan)}
    found = [
        (outcome, code)
        for row in matrix.rows
        if row.function.id in covered
        for code, outcome in row.outcomes.items()
        if outcome.state is State.DOWN
    ]
    found.sort(key=lambda pair: (pair[0].down_at_min, pair[1], pair[0].function.code))
    rows = [_loss(matrix, outcome, code) for outcome, code in found[:MOST]]
    return Facts(kind="cascade", rows=rows, more=max(0, len(found) - MOST), is_far=False)


def _loss(matrix: Matrix, outcome: Outcome, code: str) -> SimpleNamespace:
    scenario = next(course.scenario for course in matrix.courses if course.code == code)
    function = matrix.shown(outcome.function)
    return SimpleNamespace(
        at=told.at(outcome.down_at_min),
        name=told.name(function),
        scenario=f"{code} {name_of(scenario)}",
        url=url_for("dependencies.trace", scenario=code, why=outcome.function.code),
        verdict=outcome.verdict,
        tone=told.TONES[outcome.verdict],
    )


def _losses(plan: Plan, strategies: Sequence[Any]) -> Facts:
    """What the functions need, how long they manage without, and for which losses no strategy is written."""
    scope = actor.current().scope
    needs = db.session.scalars(queries.needs(scope, plan)).all()
    kinds = [losses.lost_with(one.kind) for need in needs for one in need.in_force]
    covered = [strategy.lost_resource for strategy in strategies]
    rows = [
        SimpleNamespace(
            need=need,
            suppliers=[name_of(one.supplier) if _may_name(one.supplier) else None for one in need.in_force],
        )
        for need in needs
    ]
    lacking = losses.without_strategy(kinds, covered)
    return Facts(kind="losses", rows=rows[:MOST], more=max(0, len(rows) - MOST), lacking=lacking)


def _interfaces(plan: Plan, _rows: Sequence[Any]) -> Facts:
    rows = db.session.scalars(queries.interfaces(actor.current().scope, plan).limit(MOST + 1)).all()
    reach = completeness.reach([one.id for one in rows[:MOST]])
    shown = [SimpleNamespace(interface=one, is_reached=reach.get(one.id, False)) for one in rows[:MOST]]
    return Facts(kind="interfaces", rows=shown, more=max(0, len(rows) - MOST))


def _exercises(plan: Plan, _rows: Sequence[Any]) -> Facts:
    rows = db.session.scalars(queries.exercises(actor.current().scope, plan).limit(MOST + 1)).all()
    last = max((version.last_exercised_on for version in plan.versions if version.last_exercised_on), default=None)
    return Facts(kind="exercises", rows=rows[:MOST], more=max(0, len(rows) - MOST), last=last)


TOLD: dict[Section, Callable[[Plan, Sequence[Any]], Facts]] = {
    Section.OBJECTIVES: _objectives,
    Section.ACTIVATION: _interfaces,
    Section.FIRST_HOUR: _cascade,
    Section.STRATEGIES: _losses,
    Section.MINIMUM_LEVEL: _minimum,
    Section.INTERFACES: _interfaces,
    Section.EXERCISES: _exercises,
}


def _may_name(function: Function) -> bool:
    return actor.current().scope.names(function.id, function.owner_path, function.confidentiality)
