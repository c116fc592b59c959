"""Pages of the house: sign-in, start page, functions, organisations, people, trail."""

from flask import Blueprint

from prepare.access import Action
from prepare.insets import Inset, MenuItem
from prepare.texts import N_
from prepare.views.guidance_tasks import guidance_to_see_to
from prepare.views.rounds import STEPS

__all__ = ["INSETS", "MENU", "STEPS", "TASKS", "bp"]

bp = Blueprint("prepare", __name__, template_folder="../templates")
MENU = (
    MenuItem(0, N_("My work"), "prepare.start", Action.VIEW_START),
    MenuItem(8, N_("Guidance"), "prepare.guidance", Action.VIEW_GUIDANCE),
    MenuItem(10, N_("Functions"), "prepare.functions", Action.VIEW_FUNCTION),
    MenuItem(80, N_("Organisations"), "prepare.organisations", Action.VIEW_ORGANISATION),
    MenuItem(85, N_("People"), "prepare.people", Action.VIEW_USER),
    MenuItem(90, N_("Trail"), "prepare.trail", Action.VIEW_TRAIL),
)
INSETS: tuple[Inset, ...] = ()
TASKS = (guidance_to_see_to,)
