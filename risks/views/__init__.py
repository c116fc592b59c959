"""Pages of the risk register, of the scenarios and of local safety planning."""

from prepare.access import Action
from prepare.insets import Inset, MenuGroup, MenuItem, SharedPage
from prepare.models.codes import CodeItem
from prepare.models.functions import Function
from prepare.texts import N_
from prepare.views.history import keep_history
from risks.models.bodies import Body, Decision, Meeting
from risks.models.inputs import ResidentInput
from risks.models.measures import Measure
from risks.models.national_programmes import NationalProgramme
from risks.models.networks import Network
from risks.models.objectives import Objective
from risks.models.phenomena import Phenomenon, Signal
from risks.models.practices import GoodPractice
from risks.models.programmes import Programme
from risks.models.risks import Risk
from risks.models.safety_plans import SafetyPlan
from risks.models.scales import RiskScale
from risks.models.scenarios import Scenario
from risks.views import (
    areas,
    bodies,
    codelists,
    decisions,
    double_work,
    follow_up,
    inputs,
    matrix,
    measure_board,
    measure_calendar,
    measure_edits,
    measure_steps,
    measures,
    meetings,
    national_programmes,
    networks,
    objectives,
    overlaps,
    phenomena,
    practices,
    programmes,
    risk_states,
    risk_tasks,
    risks,
    safety,
    safety_plan_edits,
    safety_plans,
    scales,
    scenario_edits,
    scenarios,
    sharing,
    signals,
    sources,
    waiting,
)
from risks.views.blueprint import bp
from risks.views.function import risks_of
from risks.views.measure_sections import measures_of_function
from risks.views.measure_tasks import measures_to_do
from risks.views.rounds import STEPS
from risks.vocabulary.measures import MeasureSource

__all__ = [
    "INSETS",
    "MENU",
    "STEPS",
    "TASKS",
    "areas",
    "bodies",
    "bp",
    "codelists",
    "decisions",
    "double_work",
    "follow_up",
    "inputs",
    "matrix",
    "measure_board",
    "measure_calendar",
    "measure_edits",
    "measure_steps",
    "measures",
    "meetings",
    "national_programmes",
    "networks",
    "objectives",
    "overlaps",
    "phenomena",
    "practices",
    "programmes",
    "risk_states",
    "risk_tasks",
    "risks",
    "safety",
    "safety_plan_edits",
    "safety_plans",
    "scales",
    "scenario_edits",
    "scenarios",
    "sharing",
    "signals",
]


MENU = (
    MenuItem(MenuGroup.RISKS, 0, N_("Risks"), "risks.risks", Action.VIEW_RISK, ("risk-scales", "code-lists")),
    MenuItem(MenuGroup.RISKS, 10, N_("Measures"), "risks.measures", Action.VIEW_MEASURE),
    MenuItem(MenuGroup.RISKS, 20, N_("Local safety"), "risks.safety", Action.VIEW_SAFETY),
    MenuItem(MenuGroup.DISRUPTIONS, 10, N_("Scenarios"), "risks.scenarios", Action.VIEW_SCENARIO),
)
keep_history(bp, CodeItem, "risks.code")
keep_history(bp, Risk, "risks.risk")
keep_history(bp, Phenomenon, "risks.phenomenon", lambda phenomenon: {"indicator": phenomenon.code})
keep_history(bp, Signal, "risks.signal")
keep_history(bp, ResidentInput, "risks.resident_input")
keep_history(bp, GoodPractice, "risks.practice", lambda practice: {"practice_adoption": practice.code})
keep_history(bp, Measure, "risks.measure")
keep_history(bp, RiskScale, "risks.scale", lambda scale: {"risk_scale_step": scale.code})
keep_history(
    bp, Network, "risks.network", lambda network: dict.fromkeys(("network_member", "network_request"), network.code)
)
SCENARIO_PARTS = ("scenario_hit", "scenario_run", "scenario_offer", "scenario_copy")
keep_history(bp, Scenario, "risks.scenario", lambda scenario: dict.fromkeys(SCENARIO_PARTS, scenario.code))
keep_history(bp, Body, "risks.body", room="safety/bodies")
keep_history(bp, Meeting, "risks.meeting", room="safety/meetings")
sources.lead_to(MeasureSource.MEETING, Meeting, "risks.meeting")
keep_history(bp, Decision, "risks.meeting", whole="meeting", room="safety/decisions")

keep_history(bp, NationalProgramme, "risks.national_programmes", lambda programme: {"national_line": programme.code})
keep_history(bp, Objective, "risks.objectives")
keep_history(bp, Programme, "risks.programme")
keep_history(bp, SafetyPlan, "risks.safety_plan", lambda plan: {"safety_priority": plan.code})
sources.lead_to(MeasureSource.SAFETY_PLAN, SafetyPlan, "risks.safety_plan")

INSETS = (
    Inset(20, Function, "risks/_function.html", risks_of),
    Inset(21, Function, "risks/_measures.html", measures_of_function),
    Inset(90, Scenario, "risks/_scenario_sharing.html", sharing.of_scenario),
    Inset(10, SharedPage, "risks/_shared_practices.html", sharing.practices_shared),
    Inset(20, SharedPage, "risks/_shared_scenarios.html", sharing.scenarios_shared),
)
TASKS = (risk_tasks.waiting_risks, measures_to_do, waiting.meetings_to_see_to)
