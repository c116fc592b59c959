"""The steps of the round that this package describes, and the round of the acting person."""

from collections.abc import Collection, Iterable, Mapping

from flask import g

from prepare import actor, rounds
from prepare.access import Action, may
from prepare.actor import Scope
from prepare.clock import today
from prepare.db import db
from prepare.duties import Duty, lacking
from prepare.insets import steps
from prepare.loading import guidance
from prepare.models.organisations import Organisation
from prepare.queries import sectors as queries
from prepare.rounds import FEWEST_FUNCTIONS, Round, Step, Tally, at_least
from prepare.texts import N_
from prepare.vocabulary import Role

NONE = (0, 0, 0, 0, 0)
MOST = 200  #: organisations of one person whose rounds are added up


def _holders(_scope: Scope, organisations: Collection[Organisation]) -> dict[int, Tally]:
    return {one.id: Tally(len(Duty) - len(lacking(one)), len(Duty)) for one in organisations if one.holds_duties}


def _functions(scope: Scope, organisations: Collection[Organisation]) -> dict[int, Tally]:
    return {
        one: at_least(in_force + others, FEWEST_FUNCTIONS)
        for one, (in_force, others, *_rest) in figures(scope, organisations).items()
    }


def _basics(scope: Scope, organisations: Collection[Organisation]) -> dict[int, Tally]:
    told = figures(scope, organisations)
    return {one: Tally(complete, vital) for one, (_in_force, _others, vital, complete, _missing) in told.items()}


def figures(scope: Scope, organisations: Collection[Organisation]) -> dict[int, tuple[int, int, int, int, int]]:
    """What each of the organisations keeps, as `queries.functions` counts it; asked once for a page."""
    ids = tuple(one.id for one in organisations)
    kept = g.setdefault("figures_of_functions", {})
    if (scope, ids) not in kept:
        rows = db.session.execute(queries.functions(scope, ids))
        kept[scope, ids] = dict.fromkeys(ids, NONE) | {one: tuple(counts) for one, *counts in rows}
    found: dict[int, tuple[int, int, int, int, int]] = kept[scope, ids]
    return found


def _answers(scope: Scope, organisations: Collection[Organisation]) -> dict[int, Tally]:
    told = guidance.standings(scope, [one.id for one in organisations], on=today())
    return {one: Tally(standing.total - standing.fresh, standing.total) for one, standing in told.items()}


STEPS = (
    Step(
        1,
        N_("Duty holders"),
        N_("In a disruption everybody knows whom to call."),
        5,
        "prepare.organisations",
        _holders,
        Action.STAFF_ORGANISATION,
        N_("The director or the unit names them."),
        begins=False,
    ),
    Step(
        2,
        N_("Functions listed"),
        N_("What must keep running is known before something stops."),
        10,
        "prepare.functions",
        _functions,
    ),
    Step(
        3,
        N_("Facts of vital functions"),
        N_("They tell how long the city manages without, and what is restored first."),
        25,
        "prepare.functions",
        _basics,
    ),
    Step(
        7,
        N_("Answers to the guidance"),
        N_("They tell the city what holds, and where help is needed."),
        4,
        "prepare.guidance",
        _answers,
        Action.ANSWER_GUIDANCE,
    ),
)


def my_organisations() -> list[Organisation]:
    """The organisations in which the acting person works, with their contacts and deputies; asked once for a page."""
    who = actor.current()
    paths = [grant.path for grant in who.grants if grant.role in (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR)]
    if "my_organisations" not in g:
        rows = db.session.scalars(queries.held_at(who.scope, paths).limit(MOST)) if paths else ()
        g.my_organisations = list(rows)
    found: list[Organisation] = g.my_organisations
    return found


def my_round() -> Round | None:
    """How far the organisations in which the acting person works have come; None for those who work in none."""
    mine = my_organisations()
    able = {step for step in steps() if may(actor.current(), step.action)}
    return rounds.of(_added(standings(mine).values()), able=able) if mine else None


def standings(organisations: Collection[Organisation]) -> dict[int, dict[Step, Tally]]:
    """How far each of the organisations has come in each step: id → step → tally."""
    scope = actor.current().scope
    counted = {step: step.count(scope, organisations) for step in steps()}
    return {one.id: {step: tallies.get(one.id, Tally()) for step, tallies in counted.items()} for one in organisations}


def _added(standings: Iterable[Mapping[Step, Tally]]) -> dict[Step, Tally]:
    total: dict[Step, Tally] = dict.fromkeys(steps(), Tally())
    for standing in standings:
        for step, tally in standing.items():
            total[step] += tally
    return total
