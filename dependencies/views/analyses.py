"""The analyses of the dependency graph: one question each, and the page that answers it."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from dependencies import queries
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.texts import N_


@dataclass(frozen=True)
class Analysis:
    """A question to the graph: its title, what it is good for, and the page that answers it."""

    title: str
    purpose: str
    endpoint: str


#: In the order in which they are read.
ANALYSES = (
    Analysis(
        N_("Trace a disruption"),
        N_("What goes down when, why, and when it is back."),
        "dependencies.trace",
    ),
    Analysis(
        N_("Compare two disruptions"),
        N_("What differs before and after a measure, or between last year and this year."),
        "dependencies.compare",
    ),
    Analysis(
        N_("Dependency graph"),
        N_("Who needs whom, in layers from suppliers to those who need them."),
        "dependencies.graph",
    ),
    Analysis(
        N_("Time to impact"),
        N_("Which scenario takes which function down, after how many hours, and how bad that is."),
        "dependencies.impact_times_page",
    ),
    Analysis(
        N_("Duration sensitivity"),
        N_("What a scenario does when it lasts longer, and at which duration the picture tips."),
        "dependencies.sensitivity_page",
    ),
    Analysis(
        N_("Single points of failure"),
        N_("Which single losses take vital functions down in time to hurt, and what has been decided about each."),
        "dependencies.keystones",
    ),
    Analysis(
        N_("False redundancy"),
        N_("Needs with several ways that all hang on the same thing, so that one loss takes them all."),
        "dependencies.redundancy",
    ),
    Analysis(
        N_("Achievable recovery times"),
        N_("Which functions can keep their RTO through everything that they need, and what holds the others up."),
        "dependencies.recovery_times",
    ),
    Analysis(
        N_("Mutual dependencies"),
        N_("Functions that need each other, what must be started by hand, and in which order."),
        "dependencies.circles",
    ),
    Analysis(
        N_("How sure are we"),
        N_("How far a disruption may reach when times and dependencies are unsure, and what to confirm first."),
        "dependencies.uncertainty",
    ),
    Analysis(
        N_("Recovery order"),
        N_("Which fault must be repaired first, by when, and in which order functions come back."),
        "dependencies.recovery_order_page",
    ),
    Analysis(
        N_("Best next investment"),
        N_("Which measure saves most hours of outage over the scenarios, and what to do after it."),
        "dependencies.investments_page",
    ),
    Analysis(
        N_("Reserves"),
        N_("Which generators, premises or people are counted on more than once, and who would be left without."),
        "dependencies.reserves",
    ),
)


@bp.get("/analyses/")
@opens_page(Action.VIEW_ANALYSIS)
def analyses() -> ResponseReturnValue:
    """What can be asked of the dependency graph."""
    needs = db.session.scalar(queries.needs_counted(actor.current().scope)) or 0
    return render_template("dependencies/analyses.html", analyses=ANALYSES, needs=needs)
