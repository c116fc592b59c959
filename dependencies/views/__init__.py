"""Pages of needs, interfaces and traced disruptions."""

from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import ContactPoint, InformationFlow, Interface, InterfaceTask
from dependencies.models.losses import LossDecision
from dependencies.models.needs import Dependency, Need
from dependencies.models.reserves import Reserve, ReserveClaim
from dependencies.views import (
    accords,
    agreement_calendar,
    agreement_cover,
    agreement_edits,
    agreement_tasks,
    agreements,
    alternatives,
    analyses,
    answering,
    circles,
    compare,
    confirmations,
    dependants,
    graph,
    impact_times,
    interface_edits,
    interface_parts,
    interface_steps,
    interfaces,
    investments,
    keystones,
    links,
    losses,
    needs,
    partners,
    police,
    recovery_order,
    recovery_times,
    redundancy,
    reserve_claims,
    reserve_scenarios,
    reserves,
    risks,
    runs,
    sensitivity,
    signing,
    trace,
    uncertainty,
)
from dependencies.views.blueprint import bp
from dependencies.views.function import known, missing_needs, supplied_by, used_by
from dependencies.views.rounds import STEPS
from prepare.access import Action
from prepare.insets import Inset, MenuGroup, MenuItem, StartPage
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.texts import N_
from prepare.views.history import keep_history
from risks.models.risks import Risk
from risks.models.scenarios import Scenario
from risks.views import sources
from risks.vocabulary.measures import MeasureSource

__all__ = [
    "GAPS",
    "INSETS",
    "KNOWN",
    "KNOWN_OVER",
    "MENU",
    "STEPS",
    "TASKS",
    "agreement_calendar",
    "agreement_cover",
    "agreement_edits",
    "agreement_tasks",
    "agreements",
    "alternatives",
    "analyses",
    "answering",
    "bp",
    "circles",
    "compare",
    "confirmations",
    "dependants",
    "graph",
    "impact_times",
    "interface_edits",
    "interface_parts",
    "interface_steps",
    "interfaces",
    "investments",
    "keystones",
    "links",
    "losses",
    "needs",
    "partners",
    "police",
    "recovery_order",
    "recovery_times",
    "redundancy",
    "reserve_claims",
    "reserve_scenarios",
    "reserves",
    "risks",
    "runs",
    "sensitivity",
    "signing",
    "trace",
    "uncertainty",
]

#: The first words of the addresses of the analyses.
ANALYSES = ("circles", "compare", "impact-times", "investments", "keystones", "recovery-order", "recovery-times")
MENU = (
    MenuItem(MenuGroup.DISRUPTIONS, 0, N_("Disruptions"), "dependencies.trace", Action.TRACE_SCENARIO),
    MenuItem(MenuGroup.DISRUPTIONS, 5, N_("Graph"), "dependencies.graph", Action.VIEW_FUNCTION),
    MenuItem(
        MenuGroup.DISRUPTIONS,
        20,
        N_("Analyses"),
        "dependencies.analyses",
        Action.VIEW_ANALYSIS,
        (*ANALYSES, "redundancy", "sensitivity", "uncertainty"),
    ),
    MenuItem(
        MenuGroup.COOPERATION,
        0,
        N_("Interfaces"),
        "dependencies.interfaces",
        Action.VIEW_INTERFACE,
        ("interface-tasks", "shares"),
    ),
    MenuItem(MenuGroup.COOPERATION, 10, N_("Confirmations"), "dependencies.confirmations", Action.VIEW_CONFIRMATION),
    MenuItem(
        MenuGroup.FUNCTIONS, 10, N_("Reserves"), "dependencies.reserves", Action.VIEW_RESERVE, ("reserve-claims",)
    ),
    MenuItem(MenuGroup.COOPERATION, 20, N_("Agreements"), "dependencies.agreements", Action.VIEW_AGREEMENT),
)
keep_history(bp, Need, "dependencies.need")
keep_history(bp, Dependency, "dependencies.need", whole="need")
keep_history(bp, LossDecision, "dependencies.keystone", whole="function")
keep_history(bp, Agreement, "dependencies.agreement")
keep_history(bp, Reserve, "dependencies.reserve")
keep_history(bp, ReserveClaim, "dependencies.reserve", whole="reserve")
keep_history(bp, Interface, "dependencies.interface", interface_parts.of_interface)
for _part in (ContactPoint, InterfaceTask, InformationFlow):
    keep_history(bp, _part, "dependencies.interface", whole="interface")
sources.lead_to(MeasureSource.INTERFACE, Interface, "dependencies.interface")

INSETS = (
    Inset(10, Risk, "dependencies/_risk_cascade.html", risks.cascade_of),
    Inset(20, Risk, "dependencies/_risk_interfaces.html", risks.interfaces_of),
    Inset(10, Function, "dependencies/_needs.html", supplied_by),
    Inset(11, Function, "dependencies/_dependants.html", used_by),
    Inset(30, Interface, "dependencies/_interface_cover.html", agreement_cover.cover_of_interface),
    Inset(5, Interface, "dependencies/_accords.html", accords.of_interface),
    Inset(6, Interface, "dependencies/_interface_disruptions.html", partners.disruptions_of),
    Inset(60, Interface, "dependencies/_sharing.html", partners.sharing_of),
    Inset(61, Interface, "dependencies/_links.html", links.links_of),
    Inset(60, Organisation, "dependencies/_shares.html", partners.shares_of),
    Inset(5, StartPage, "dependencies/_partner_start.html", partners.at_start),
    Inset(10, Scenario, "dependencies/_runs.html", runs.runs_of),
    Inset(11, Scenario, "dependencies/_scenario_reserves.html", reserve_scenarios.reserves_in),
    Inset(11, Function, "dependencies/_function_reserves.html", reserve_claims.claims_of),
    Inset(12, Function, "dependencies/_back_at_best.html", recovery_times.back_at_best),
)
GAPS = (missing_needs,)
TASKS = (
    accords.tasks,
    agreement_tasks.agreements_to_decide,
    interface_steps.reviews_to_do,
    reserve_claims.answers_to_give,
)
KNOWN = (known,)
KNOWN_OVER = (partners.known_over,)
