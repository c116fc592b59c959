"""Pages of plans."""

from continuity.models.plans import Plan
from continuity.views import edits, gaps, plans, start, states
from continuity.views.blueprint import bp
from prepare.access import Action
from prepare.insets import Inset, MenuItem, StartPage
from prepare.models.functions import Function
from prepare.texts import N_
from prepare.views.history import keep_history

__all__ = ["GAPS", "INSETS", "MENU", "bp", "edits", "plans", "states"]

MENU = (MenuItem(50, N_("Plans"), "continuity.plans", Action.VIEW_PLAN),)
PARTS = ("plan_version", "plan_section")
keep_history(bp, Plan, "continuity.plan", lambda plan: dict.fromkeys(PARTS, plan.code))

INSETS = (
    Inset(50, Function, "continuity/_function.html", plans.plans_of),
    Inset(50, StartPage, "continuity/_start.html", start.plans_to_do),
)
GAPS = (gaps.missing_plan,)
