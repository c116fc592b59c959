"""The hub of local safety planning: what is kept here, in the order in which the work goes, with how much there is."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from types import SimpleNamespace

from flask import render_template
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.actor import Scope
from prepare.gate.opening import opens_page
from prepare.texts import N_, _
from prepare.vocabulary import Labelled
from risks.views import counts, figures
from risks.views.blueprint import bp


class Part(Labelled):
    """The parts of the hub, in the order in which the work goes."""

    PICTURE = "picture", N_("What is going on")
    PLANS = "plans", N_("What is planned")
    TOGETHER = "together", N_("Who works together")
    LEARNING = "learning", N_("What has been learnt")


@dataclass(frozen=True)
class Section:
    """A page of local safety planning on the hub.

    `says` is one sentence of what it is for, `figure` gives how much of it the scope holds ("3 in force"), by one
    query; None where nothing is kept yet.
    """

    part: Part
    endpoint: str
    title: str
    says: str
    figure: Callable[[Scope], str | None]


#: Every page of local safety planning; one entry for each.
SECTIONS: tuple[Section, ...] = (
    Section(
        Part.PLANS,
        "risks.safety_plans",
        N_("Safety plans"),
        N_("Plans of the city, of its areas and of residents themselves: priorities, measures, follow-up."),
        figures.safety_plans,
    ),
    Section(
        Part.PLANS,
        "risks.measure_board",
        N_("Measures"),
        N_("What is done, by whom and by when, wherever it was decided: on a board, in a calendar, in a list."),
        figures.open_measures,
    ),
    Section(
        Part.PLANS,
        "risks.objectives",
        N_("Objectives of the council term"),
        N_("What the council wants to be better, and how far it has come."),
        figures.objectives,
    ),
    Section(
        Part.PLANS,
        "risks.programmes",
        N_("Programmes across sectors"),
        N_("What sectors already do about the same matters."),
        figures.programmes,
    ),
    Section(
        Part.PLANS,
        "risks.double_work",
        N_("Possible double work"),
        N_("Where programmes and plans are about the same, in the same area and for the same people."),
        figures.compared,
    ),
    Section(
        Part.PLANS,
        "risks.national_programmes",
        N_("National programmes"),
        N_("What the state proposes, and the city's plans may answer to."),
        figures.national_programmes,
    ),
    Section(
        Part.TOGETHER,
        "risks.bodies",
        N_("Bodies and meetings"),
        N_("Who meets to steer and follow safety work, how often, and whether the meetings have been held."),
        figures.bodies,
    ),
    Section(
        Part.PICTURE,
        "risks.areas",
        N_("Areas"),
        N_("What is known and done in each part of the city, and which parts are left without."),
        counts.areas,
    ),
    Section(
        Part.PICTURE,
        "risks.phenomena",
        N_("Phenomena"),
        N_("What changes the safety of the city or of an area, where it is going, and who follows it."),
        counts.of_phenomena,
    ),
    Section(
        Part.PICTURE,
        "risks.signals",
        N_("Signals"),
        N_("What partners, sectors and residents have noticed, and what waits to be linked."),
        counts.of_signals,
    ),
    Section(
        Part.PICTURE,
        "risks.inputs",
        N_("Residents' voice"),
        N_("What residents have said about safety, and what became of it."),
        counts.of_inputs,
    ),
    Section(
        Part.LEARNING,
        "risks.practices",
        N_("Good practices"),
        N_("What has worked here, and what other municipalities share, told so that it can be done again."),
        counts.of_practices,
    ),
    Section(
        Part.TOGETHER,
        "risks.networks",
        N_("Networks"),
        N_("Who works together for safety and wellbeing, where and for whom."),
        counts.of_networks,
    ),
    Section(
        Part.LEARNING,
        "risks.code_lists",
        N_("Code lists"),
        N_("Areas, threats and other classes by which everything is told apart and put together."),
        counts.areas,
    ),
)

#: Pages that packages to the right add to the hub.
FURTHER: list[Section] = []


@bp.get("/safety/")
@opens_page(Action.VIEW_SAFETY)
def safety() -> ResponseReturnValue:
    """Where local safety planning begins."""
    return render_template("risks/safety.html", parts=_parts(actor.current().scope))


def _parts(scope: Scope) -> list[SimpleNamespace]:
    ordered = sorted((*SECTIONS, *FURTHER), key=lambda section: list(Part).index(section.part))
    return [
        SimpleNamespace(key=part.value, title=part.label, cards=[_card(scope, section) for section in sections])
        for part, sections in groupby(ordered, key=lambda section: section.part)
    ]


def _card(scope: Scope, section: Section) -> SimpleNamespace:
    return SimpleNamespace(
        endpoint=section.endpoint, title=_(section.title), says=_(section.says), figure=section.figure(scope)
    )
