"""The steps of the round that this package describes, and the round of the acting person."""

from collections.abc import Collection, Iterable, Mapping

from prepare import actor, rounds
from prepare.access import Action, may
from prepare.actor import Scope
from prepare.db import db
from prepare.insets import steps
from prepare.models.organisations import Organisation
from prepare.queries import sectors as queries
from prepare.rounds import FEWEST_FUNCTIONS, Round, Step, Tally, at_least
from prepare.texts import N_
from prepare.vocabulary import Role

MOST = 200  #: organisations of one person whose rounds are added up


def _holders(scope: Scope, organisations: Collection[int], /) -> dict[int, Tally]:
    rows = db.session.execute(queries.duties(scope, organisations))
    return {one: Tally(sum(named), len(named)) for one, *named in rows}


def _functions(scope: Scope, organisations: Collection[int], /) -> dict[int, Tally]:
    found = {one: Tally(0, FEWEST_FUNCTIONS) for one in organisations}
    for one, in_force, others, *_rest in db.session.execute(queries.functions(scope, organisations)):
        found[one] = at_least(in_force + others, FEWEST_FUNCTIONS)
    return found


def _basics(scope: Scope, organisations: Collection[int], /) -> dict[int, Tally]:
    rows = db.session.execute(queries.functions(scope, organisations))
    return {one: Tally(complete, vital) for one, _in_force, _others, vital, complete, _missing in rows}


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
)


def my_round() -> Round | None:
    """How far the organisations in which the acting person works have come; None for those who work in none."""
    who = actor.current()
    paths = [grant.path for grant in who.grants if grant.role in (Role.SECTOR_CONTACT, Role.SECTOR_DIRECTOR)]
    if not paths:
        return None
    mine = list(db.session.scalars(queries.held_at(who.scope, paths).limit(MOST)))
    able = {step for step in steps() if may(who, step.action)}
    return rounds.of(_added(standings(mine).values()), able=able) if mine else None


def standings(organisations: Collection[Organisation]) -> dict[int, dict[Step, Tally]]:
    """How far each of the organisations has come in each step: id → step → tally."""
    ids, scope = [one.id for one in organisations], actor.current().scope
    counted = {step: step.count(scope, ids) for step in steps()}
    return {one: {step: tallies.get(one, Tally()) for step, tallies in counted.items()} for one in ids}


def _added(standings: Iterable[Mapping[Step, Tally]]) -> dict[Step, Tally]:
    total: dict[Step, Tally] = dict.fromkeys(steps(), Tally())
    for standing in standings:
        for step, tally in standing.items():
            total[step] += tally
    return total
