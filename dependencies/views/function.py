"""What this package adds to a function's page and to the start page."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from dependencies import queries
from dependencies.models.needs import Dependency, Need
from dependencies.views.shown import shown
from prepare import actor
from prepare.access import Action, may
from prepare.db import db
from prepare.entries import FunctionEntry
from prepare.models.functions import Function
from prepare.registration import VITAL, Gap, Weight
from prepare.texts import N_

MOST_DEPENDANTS = 50  #: rows of "Who depends on this"; a hub of a large city has more


def supplied_by(function: Function) -> dict[str, Any]:
    """What the function needs, and whether a need may be added."""
    needs = db.session.scalars(queries.needs_of(actor.current().scope, function)).all()
    return {
        "needs": [need_row(need) for need in needs],
        "may_add": may(actor.current(), Action.ADD_NEED, function),
        "may_trace": may(actor.current(), Action.TRACE_SCENARIO),
    }


def need_row(need: Need) -> SimpleNamespace:
    """A need with its alternatives as the person may see them."""
    alternatives = [SimpleNamespace(dependency=d, supplier=shown(d.supplier)) for d in need.in_force]
    return SimpleNamespace(need=need, alternatives=alternatives)


def used_by(function: Function) -> dict[str, Any]:
    """Who depends on the function, and what the supplier has said of it."""
    found = queries.dependants_of(actor.current().scope, function)
    rows = db.session.scalars(found.limit(MOST_DEPENDANTS + 1)).all()
    more = (db.session.scalar(queries.counted(found)) or 0) - MOST_DEPENDANTS if len(rows) > MOST_DEPENDANTS else 0
    return {"dependants": [dependant_row(row) for row in rows[:MOST_DEPENDANTS]], "more": more}


def dependant_row(dependency: Dependency) -> SimpleNamespace:
    """A dependency with its consumer as the person may see it, and whether this person answers for the supplier."""
    answers = may(actor.current(), Action.DELIVER_CONFIRMATION, dependency)
    return SimpleNamespace(dependency=dependency, consumer=shown(dependency.need.consumer), may_answer=answers)


def known(paths: list[str], listed: list[str], commons: Collection[str]) -> set[int]:
    """The functions whose names the organisations at these paths know only since their own depend on them.

    What stands below the paths `listed`, and the `commons`, they know already.
    """
    return set(db.session.scalars(queries.known(paths, listed, commons)))


NO_NEEDS = Gap(
    None,
    N_("What the function needs, or that it needs nothing"),
    N_("Without them nobody sees what would bring the function down."),
    page="dependencies.add_need",
)
NO_WORKAROUND = Gap(
    "workaround",
    N_("How the function manages without “%(name)s”"),
    N_("A time that nothing makes true is a hope: somebody must know the stock, battery or procedure."),
    Weight.EXPECTED,
    "dependencies.edit_need",
)


def missing_needs(entries: Mapping[int, FunctionEntry]) -> dict[int, list[Gap]]:
    """A vital function names what it needs, or says that it needs nobody (E11), and how it manages meanwhile (W7)."""
    vital = [one for one, entry in entries.items() if entry.criticality in VITAL]
    found: dict[int, list[Gap]] = {one: [] for one in vital}
    named = set()
    for consumer_id, ref, name, untold in db.session.execute(queries.told_needs(actor.current().scope, vital)):
        named.add(consumer_id)
        found[consumer_id] += [replace(NO_WORKAROUND, ref=ref, name=name)] if untold else []
    for one in found.keys() - named:
        found[one] += [] if entries[one].no_dependencies else [NO_NEEDS]
    return found
