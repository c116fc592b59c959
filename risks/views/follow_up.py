"""The follow-up of a safety plan: how far its measures have come, and what of it has reached budgets and plans."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from prepare.access import Action
from prepare.gate.opening import opens
from prepare.insets import insets
from risks import safety_planning
from risks.models.safety_plans import SafetyPlan
from risks.views import safety_plans
from risks.views.blueprint import bp
from risks.views.objectives import told


@dataclass(frozen=True)
class FollowUp:
    """Stands for the follow-up of a plan, so that insets can name it like a record.

    What residents were asked and what was made of their answers belongs here:
    `Inset(…, FollowUp, template, facts)`, whose facts are asked with this object.
    """

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
        insets=list(insets(FollowUp(plan))),
        **vars(content),
    )
