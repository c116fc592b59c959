"""Recovery order: which fault to repair first, and in which order functions come back after that."""

from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from dependencies.analysing import recovery_words, scenarios
from dependencies.analysing.recovery_order import MOST_TRIES, RecoveryOrder, recovery_order
from dependencies.analysing.worded import to_the_minute
from dependencies.investment import PER_HOUR
from dependencies.recovery_order import Return, Source
from dependencies.tracing import TooFar
from dependencies.views import told
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.gate.opening import opens_page
from prepare.texts import _, name_of, named, number

MOST_ROWS = 300


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
        why=recovery_words.why(found, source.latest),
        further=to_the_minute(source.further.minute) if source.further else None,
        why_further=recovery_words.why(found, source.further),
        waiting=len(source.waiting),
        waiting_names=recovery_words.names(found, source.waiting),
        costs=number(source.weighted / PER_HOUR, 0),
    )


def _return(found: RecoveryOrder, one: Return) -> SimpleNamespace:
    """How a function comes back, as a row of the table."""
    function = found.shown(one.place)
    return SimpleNamespace(
        name=told.name(function),
        url=told.url(function),
        criticality=found.function(one.place).criticality,
        back=_("not within a year") if one.back_min is None else to_the_minute(one.back_min),
        step=one.step,
        why=recovery_words.waited(found, one),
        by_hand=", ".join(told.name(supplier) for supplier in found.suppliers(one)),
    )
