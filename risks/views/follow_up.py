"""The follow-up of a safety plan: how far its measures have come, and what of it has reached budgets and plans."""

from dataclasses import dataclass
from types import SimpleNamespace

from flask import render_template
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens
from prepare.insets import insets
from risks import safety_planning
from risks.models.safety_plans import SafetyPlan
from risks.queries import inputs as input_queries
from risks.views import places, safety_plans
from risks.views.blueprint import bp
from risks.views.objectives import told

MOST_SHOWN = 20  #: pieces of residents' input


@dataclass(frozen=True)
class FollowUp:
    """Stands for the follow-up of a plan, so that insets of packages to the right can name it like a record."""

    plan: SafetyPlan


@bp.get("/safety/plans/<uuid:ref>/follow-up")
@opens(SafetyPlan, Action.VIEW_SAFETY)
def safety_follow_up(plan: SafetyPlan) -> ResponseReturnValue:
    """How far a plan has come, priority by priority."""
    content = safety_plans.contents(plan)
    served = {one.priority.objective.id: one.priority.objective for one in content.priorities if one.priority.objective}
    rows = [row for one in content.priorities for row in one.measures] + content.unplaced
    late = {row.measure.id: row for row in rows if row.late}
    return render_template(
        "risks/safety_follow_up.html",
        plan=plan,
        pieces=safety_planning.pieces(content.progress.states),
        late=sorted(late.values(), key=lambda row: -row.late),
        objectives=[told(objective) for objective in served.values()],
        asked=_asked(plan, content, rows),
        insets=list(insets(FollowUp(plan))),
        **vars(content),
    )


def _asked(plan: SafetyPlan, content: SimpleNamespace, rows: list[SimpleNamespace]) -> SimpleNamespace:
    """What residents said that was used in the plan, its priorities or measures; and how much in its area waits."""
    scope, areas = actor.current().scope, places.load()
    codes = {plan.code, *(one.priority.code for one in content.priorities), *(row.measure.code for row in rows)}
    used = db.session.scalars(input_queries.used_for(scope, codes).limit(MOST_SHOWN)).all()
    waiting = input_queries.inputs(scope, areas=areas.within(plan.area) if plan.area else (), used=False)
    return SimpleNamespace(
        used=used, waiting=db.session.scalar(input_queries.counted(waiting)) or 0, area=plan.area or None
    )
