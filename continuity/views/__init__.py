"""Pages of plans and of situations."""

from continuity.models.exercises import Exercise
from continuity.models.plans import Plan
from continuity.models.readiness import ReadinessSnapshot
from continuity.models.reviews import SituationReview
from continuity.models.situations import Observation, Situation
from continuity.models.snoozes import FindingSnooze
from continuity.models.transfers import Transfer, TransferItem
from continuity.readiness import checks
from continuity.views import (
    asks,
    comparison,
    edits,
    exercise_coverage,
    exercise_edits,
    exercise_insets,
    exercise_steps,
    exercise_year,
    exercises,
    finding_insets,
    findings,
    gaps,
    injects,
    kuja,
    observations,
    parts,
    plan_editor,
    plan_tasks,
    plans,
    readiness,
    readiness_kept,
    readiness_strip,
    reading,
    remarks,
    reviews,
    sections,
    situation_steps,
    situations,
    states,
    transfer_edits,
    transfer_insets,
    transfer_items,
    transfers,
    versions,
    waiting,
)
from continuity.views.blueprint import bp
from continuity.views.rounds import STEPS
from dependencies.models.interfaces import Interface
from prepare.access import Action
from prepare.insets import Inset, MenuGroup, MenuItem, SharedPage, StartPage
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
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
    "asks",
    "bp",
    "comparison",
    "edits",
    "exercise_coverage",
    "exercise_edits",
    "exercise_steps",
    "exercise_year",
    "exercises",
    "finding_insets",
    "findings",
    "injects",
    "kuja",
    "observations",
    "parts",
    "plan_editor",
    "plans",
    "readiness",
    "readiness_kept",
    "reading",
    "remarks",
    "reviews",
    "sections",
    "situation_steps",
    "situations",
    "states",
    "transfer_edits",
    "transfer_items",
    "transfers",
    "versions",
]

#: The first words of the addresses of what a plan holds.
CONTENTS = ("strategies", "action-cards", "level-tasks", "plan-documents")
MENU = (
    MenuItem(MenuGroup.READINESS, 0, N_("Readiness"), "continuity.readiness", Action.VIEW_READINESS),
    MenuItem(MenuGroup.READINESS, 10, N_("Findings"), "continuity.findings", Action.VIEW_FINDING, ("finding-snoozes",)),
    MenuItem(MenuGroup.PLANS, 0, N_("Plans"), "continuity.plans", Action.VIEW_PLAN, CONTENTS),
    MenuItem(MenuGroup.PLANS, 10, N_("Exercises"), "continuity.exercises", Action.VIEW_EXERCISE),
    MenuItem(
        MenuGroup.DISRUPTIONS, 30, N_("Situations"), "continuity.situations", Action.VIEW_SITUATION, ("observations",)
    ),
    MenuItem(MenuGroup.COOPERATION, 30, N_("Transfers"), "continuity.transfers", Action.VIEW_TRANSFER),
)
EXERCISE_PARTS = ("exercise_inject", "exercise_measurement")
PARTS = ("plan_version", "plan_section", "plan_comment", "strategy", "action_card", "level_task", "plan_document")
keep_history(bp, Plan, "continuity.plan", lambda plan: dict.fromkeys(PARTS, plan.code))
keep_history(bp, Exercise, "continuity.exercise", lambda one: dict.fromkeys(EXERCISE_PARTS, one.code))
keep_history(bp, Situation, "continuity.situation", lambda one: {"picture_entry": one.code})
keep_history(
    bp,
    SituationReview,
    "continuity.situation_review",
    lambda one: {"needed_decision": one.code},
    room="safety/reviews",
)
keep_history(bp, FindingSnooze, "continuity.findings")
keep_history(bp, Transfer, "continuity.transfer")
keep_history(bp, TransferItem, "continuity.transfer_item", room="transfers/items")
sources.lead_to(MeasureSource.TRANSFER, TransferItem, "continuity.transfer_item")
keep_history(bp, Observation, "continuity.observation")
sources.lead_to(MeasureSource.EXERCISE, Exercise, "continuity.exercise")
keep_history(bp, ReadinessSnapshot, "continuity.readiness_snapshot", room="readiness/snapshots")
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
    *(Inset(48, kind, "continuity/_findings.html", finding_insets.of_record) for kind in finding_insets.SUBJECTS),
    Inset(50, Function, "continuity/_function.html", plans.plans_of),
    Inset(55, Plan, "continuity/_exercises.html", exercise_insets.of_record),
    Inset(55, Interface, "continuity/_exercises.html", exercise_insets.of_record),
    Inset(55, Function, "continuity/_exercises.html", exercise_insets.of_record),
    Inset(55, Scenario, "continuity/_exercises.html", exercise_insets.of_scenario),
    Inset(60, Scenario, "continuity/_scenario.html", situations.of_scenario),
    Inset(40, SharedPage, "continuity/_shared_comparison.html", comparison.compared),
    Inset(70, Organisation, "continuity/_transfers_of.html", transfer_insets.of_organisation),
    Inset(70, Function, "continuity/_transfers_of.html", transfer_insets.of_function),
    Inset(5, StartPage, "continuity/_readiness_strip.html", readiness_strip.strip),
)
CHECKS = (checks.counted,)
GAPS = (gaps.missing_plan,)
TASKS = (
    plan_tasks.plans_to_do,
    waiting.comments_to_answer,
    exercise_insets.exercises_to_see_to,
    waiting.situations_to_see_to,
    transfer_insets.transfers_to_see_to,
)
