"""Pages of plans and of situations."""

from continuity.models.plans import Plan
from continuity.models.reviews import SituationReview
from continuity.models.situations import Observation, Situation
from continuity.models.transfers import TransferItem
from continuity.readiness import checks
from continuity.views import (
    edits,
    gaps,
    observations,
    plan_tasks,
    plans,
    reading,
    remarks,
    reviews,
    situation_steps,
    situations,
    states,
    transfers,
    versions,
    waiting,
)
from continuity.views.blueprint import bp
from continuity.views.rounds import STEPS
from prepare.access import Action
from prepare.insets import Inset, MenuItem
from prepare.models.functions import Function
from prepare.texts import N_
from prepare.views.history import keep_history
from risks.models.scenarios import Scenario
from risks.views import safety, sources
from risks.views.safety import Part, Section
from risks.vocabulary.measures import MeasureSource

__all__ = [
    "CHECKS",
    "GAPS",
    "INSETS",
    "MENU",
    "STEPS",
    "TASKS",
    "bp",
    "edits",
    "observations",
    "plans",
    "reading",
    "remarks",
    "reviews",
    "situation_steps",
    "situations",
    "states",
    "transfers",
    "versions",
]

MENU = (
    MenuItem(50, N_("Plans"), "continuity.plans", Action.VIEW_PLAN),
    MenuItem(60, N_("Situations"), "continuity.situations", Action.VIEW_SITUATION),
)
PARTS = ("plan_version", "plan_section", "plan_comment")
keep_history(bp, Plan, "continuity.plan", lambda plan: dict.fromkeys(PARTS, plan.code))
keep_history(bp, Situation, "continuity.situation", lambda one: {"picture_entry": one.code})
keep_history(bp, SituationReview, "continuity.situation_review", room="safety/reviews")
keep_history(bp, TransferItem, "continuity.transfer", room="transfers")
keep_history(bp, Observation, "continuity.situation", whole="situation")
sources.lead_to(MeasureSource.SITUATION, Situation, "continuity.situation")

safety.FURTHER.append(
    Section(
        Part.LEARNING,
        "continuity.situation_reviews",
        N_("Situation reviews"),
        N_("What the steering group and the leadership are told at intervals, on one or two sheets."),
        reviews.figure,
    )
)

INSETS = (
    Inset(50, Function, "continuity/_function.html", plans.plans_of),
    Inset(60, Scenario, "continuity/_scenario.html", situations.of_scenario),
)
CHECKS = (checks.counted,)
GAPS = (gaps.missing_plan,)
TASKS = (plan_tasks.plans_to_do, waiting.comments_to_answer, waiting.situations_to_see_to)
