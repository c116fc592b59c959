"""Recovery order: which fault to repair first, and in which order functions come back after that."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from dependencies.analysing import scenarios
from dependencies.analysing.recovery_order import MOST_TRIES, RecoveryOrder, recovery_order
from dependencies.graph import FunctionFacts
from dependencies.investment import PER_HOUR
from dependencies.outcome import in_hours
from dependencies.recovery_order import Deadline, Return, Source
from dependencies.tracing import TooFar
from dependencies.views import told
from dependencies.views.blueprint import bp
from dependencies.views.sensitivity import to_the_minute
from prepare import actor
from prepare.access import Action
from prepare.gate.opening import opens_page
from prepare.texts import _, hours, name_of, named, ngettext, number

MOST_ROWS = 300
MOST_NAMED = 4  #: functions of one deadline that are named one by one


@bp.get("/recovery-order/")
@opens_page(Action.VIEW_ANALYSIS)
def recovery_order_page() -> ResponseReturnValue:
    """What to repair first in a scenario."""
    scope = actor.current().scope
    try:
        now = scenarios.graph()
        courses = {course.code: course for course in scenarios.courses(scope, now)}
        chosen = courses.get(request.args.get("scenario", ""), next(iter(courses.values()), None))
        found = recovery_order(scope, now, chosen, most=MOST_TRIES) if chosen else None
    except TooFar as far:
        title = _("Recovery order")
        return render_template("dependencies/too_far.html", title=title, why=far, command="recovery-order")
    return render_template(
        "dependencies/recovery_order.html",
        scenarios=[(course.code, f"{course.code} {name_of(course.scenario)}") for course in courses.values()],
        course=chosen,
        **(_told(found) if found else {}),
    )


def _told(found: RecoveryOrder) -> dict[str, Any]:
    """The order in words."""
    return {
        "sources": [_source(found, source) for source in found.sources],
        "rows": [_return(found, one) for one in found.returns[:MOST_ROWS]],
        "hidden": max(0, len(found.returns) - MOST_ROWS),
    }


def _source(found: RecoveryOrder, source: Source) -> SimpleNamespace:
    function = found.shown(source.hit.place)
    return SimpleNamespace(
        name=told.name(function),
        url=told.url(function),
        organisation=named(function.card, "organisation") if function.card else "",
        starts=told.at(source.hit.start),
        planned=to_the_minute(source.hit.end),
        latest=to_the_minute(source.latest.minute) if source.latest else None,
        is_too_late=source.is_too_late,
        why=_why(found, source.latest),
        further=to_the_minute(source.further.minute) if source.further else None,
        why_further=_why(found, source.further),
        waiting=len(source.waiting),
        waiting_names=_names(found, source.waiting),
        costs=number(source.weighted / PER_HOUR, 0),
    )


def _why(found: RecoveryOrder, deadline: Deadline | None) -> str:
    """Who is past its MTPD when the deadline is missed."""
    if deadline is None:
        return ""
    return _("Later, this is out for longer than is tolerable: %(names)s", names=_names(found, deadline.harmed))


def _names(found: RecoveryOrder, places: Iterable[int]) -> str:
    ordered = found.gravest(places)
    names = [told.name(found.shown(place)) for place in ordered[:MOST_NAMED]]
    more = len(ordered) - len(names)
    return ", ".join(names) + (" " + ngettext("and %(n)s more", "and %(n)s more", more) if more else "")


def _return(found: RecoveryOrder, one: Return) -> SimpleNamespace:
    """How a function comes back, as a row of the table."""
    function = found.shown(one.place)
    return SimpleNamespace(
        name=told.name(function),
        url=told.url(function),
        criticality=found.function(one.place).criticality,
        back=_("not within a year") if one.back_min is None else to_the_minute(one.back_min),
        step=one.step,
        why=_waited(found, one),
        by_hand=", ".join(told.name(supplier) for supplier in found.suppliers(one)),
    )


def _restart(function: FunctionFacts) -> str:
    """How long the function takes to restart; what nobody has said is told as unknown."""
    if function.restart_min is None:
        return _("restart time unknown")
    return _("restart %(time)s", time=hours(in_hours(function.restart_min)))


def _waited(found: RecoveryOrder, one: Return) -> str:
    """What it waited for last, and how long it then took to restart."""
    if one.back_min is None:
        return _("It does not recover by itself.")
    if one.need is None:
        return _("Repaired itself.")
    restart = _restart(found.now.network.functions[one.place])
    names = ", ".join(told.name(found.shown(place)) for place in one.waited_for)
    if not names:
        return _("%(need)s is bridged by hand; %(restart)s.", need=one.need.name, restart=restart)
    if any(one.need.name == name_of(card) for place in one.waited_for if (card := found.shown(place).card)):
        return _("Waits for %(names)s; %(restart)s.", names=names, restart=restart)
    return _("Waits for %(names)s (%(need)s); %(restart)s.", names=names, need=one.need.name, restart=restart)
