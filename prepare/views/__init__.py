"""Pages of the house: sign-in, start page, functions, organisations, people, trail."""

from flask import Blueprint

from prepare.access import Action
from prepare.insets import Inset, MenuGroup, MenuItem, SharedPage
from prepare.texts import N_
from prepare.views.guidance_tasks import guidance_to_see_to
from prepare.views.members import of_guidance
from prepare.views.rounds import STEPS

__all__ = ["INSETS", "MENU", "STEPS", "TASKS", "bp"]

bp = Blueprint("prepare", __name__, template_folder="../templates")
MENU = (
    MenuItem(MenuGroup.WORK, 0, N_("My work"), "prepare.start", Action.VIEW_START),
    MenuItem(MenuGroup.FUNCTIONS, 0, N_("Functions"), "prepare.functions", Action.VIEW_FUNCTION, ("resources",)),
    MenuItem(MenuGroup.READINESS, 20, N_("Guidance"), "prepare.guidance", Action.VIEW_GUIDANCE),
    MenuItem(MenuGroup.REPORTS, 40, N_("Jobs"), "prepare.jobs", Action.VIEW_JOB),
    MenuItem(MenuGroup.UPKEEP, 0, N_("Organisations"), "prepare.organisations", Action.VIEW_ORGANISATION, ("shared",)),
    MenuItem(MenuGroup.UPKEEP, 10, N_("People"), "prepare.people", Action.VIEW_USER, ("users", "rights")),
    MenuItem(MenuGroup.UPKEEP, 20, N_("Trail"), "prepare.trail", Action.VIEW_TRAIL),
)
INSETS: tuple[Inset, ...] = (Inset(30, SharedPage, "prepare/_shared_guidance.html", of_guidance),)
TASKS = (guidance_to_see_to,)
