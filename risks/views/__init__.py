"""Pages of the risk register and of the scenarios."""

from prepare.access import Action
from prepare.insets import Inset, MenuItem
from prepare.models.functions import Function
from prepare.texts import N_
from prepare.views.history import keep_history
from risks.models.risks import Risk
from risks.models.scenarios import Scenario
from risks.views import risks, scenario_edits, scenarios
from risks.views.blueprint import bp
from risks.views.function import risks_of

__all__ = ["INSETS", "MENU", "bp", "risks", "scenario_edits", "scenarios"]

MENU = (
    MenuItem(20, N_("Risks"), "risks.risks", Action.VIEW_RISK),
    MenuItem(25, N_("Scenarios"), "risks.scenarios", Action.VIEW_SCENARIO),
)
keep_history(bp, Risk, "risks.risk")
keep_history(
    bp, Scenario, "risks.scenario", lambda scenario: {"scenario_hit": scenario.code, "scenario_run": scenario.code}
)

INSETS = (Inset(20, Function, "risks/_function.html", risks_of),)
