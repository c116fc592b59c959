"""What the cascade of a risk's scenario does to the functions that the risk affects."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from dependencies import consequences, tracing
from dependencies.analysing import scenarios
from dependencies.consequences import Consequence
from dependencies.outcome import Trace
from dependencies.tracing import Loaded
from dependencies.vocabulary import State
from prepare.actor import Scope
from prepare.criticality import Impacts
from prepare.db import db
from prepare.models.functions import BiaImpact, Function
from prepare.queries import functions as function_queries
from prepare.vocabulary import ImpactCategory
from risks.models import scales
from risks.models.risks import Risk

MINUTES = 60


@dataclass(frozen=True)
class Told:
    """What the cascade says of a risk, on the risk scale in force."""

    found: Consequence
    computed: int | None  #: step of impact on the risk scale
    down: int  #: functions of the risk's organisation that go down
    affected: int  #: functions of the risk that may be read

    def differs(self, assessed: int | None) -> bool:
        """Whether the assessed impact wants a second look."""
        return consequences.differs(assessed, self.computed)


def of_risks(scope: Scope, risks: Collection[Risk], now: Loaded | None = None) -> dict[int, Told]:
    """What the cascade says of each of these risks that has a scenario: id of the risk → what it says.

    Only functions in the scope are told of; `now` is the graph if it is at hand. Raises TooFar when the graph is too
    large to be computed while somebody waits.
    """
    linked = [risk for risk in risks if risk.scenario_id is not None and risk.functions]
    if not linked:
        return {}
    now = now or scenarios.graph()
    hits = tracing.hits_of_all({risk.scenario_id for risk in linked if risk.scenario_id})
    traces = {
        one: scenarios.traced(now, tuple(hit for hit in found if hit.function in now.network.place))
        for one, found in hits.items()
    }
    readable = _readable(scope, {f.id for risk in linked for f in risk.functions})
    impacts = _impacts(readable.keys())
    own = _own(scope, {risk.organisation_id for risk in linked})
    return {risk.id: _told(risk, traces[risk.scenario_id or 0], readable, impacts, own) for risk in linked}


def _told(
    risk: Risk, trace: Trace, readable: Mapping[int, Function], impacts: Mapping[int, Impacts], own: Mapping[int, int]
) -> Told:
    down = {one.function.id: one.longest_min / MINUTES for one in trace.outcomes if one.state is State.DOWN}
    affected = [f.id for f in risk.functions if f.id in readable]
    found = consequences.consequence({one: down[one] for one in affected if one in down}, impacts)
    computed = None if found.step is None else consequences.on_scale(found.step, len(scales.in_force().impacts))
    mine = sum(1 for one in down if own.get(one) == risk.organisation_id)
    return Told(found, computed, mine, len(affected))


def _readable(scope: Scope, ids: Collection[int]) -> dict[int, Function]:
    rows = function_queries.functions(scope).where(Function.id.in_(ids))
    return {function.id: function for function in db.session.scalars(rows)}


def _own(scope: Scope, organisations: Collection[int]) -> dict[int, int]:
    """The functions of these organisations that may be read: id → organisation."""
    rows = function_queries.functions(scope).where(Function.organisation_id.in_(organisations))
    columns = rows.with_only_columns(Function.id, Function.organisation_id, maintain_column_froms=True)
    return {row[0]: row[1] for row in db.session.execute(columns.order_by(None))}


def _impacts(ids: Iterable[int]) -> dict[int, Impacts]:
    found: dict[int, dict[ImpactCategory, tuple[int, ...]]] = {}
    for row in db.session.scalars(select(BiaImpact).where(BiaImpact.function_id.in_(list(ids)))):
        found.setdefault(row.function_id, {})[row.category] = row.steps
    return dict(found)
