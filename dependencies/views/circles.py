"""Mutual dependencies: functions that need each other, and what must be started by hand."""

from types import SimpleNamespace

from flask import render_template
from flask.typing import ResponseReturnValue

from dependencies.analysing import mutual, scenarios
from dependencies.analysing.mutual import SeenCircle, SeenStart
from dependencies.analysing.view import view
from dependencies.reduction import Shown
from dependencies.tracing import TooFar
from dependencies.views import told
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.gate.opening import opens_page
from prepare.texts import _
from prepare.views.paging import PAGE_SIZE, paging

MOST_MEMBERS = 100  #: functions of a circle that are listed; a giant one says nothing by its length


@bp.get("/circles/")
@opens_page(Action.VIEW_ANALYSIS)
def circles() -> ResponseReturnValue:
    """Functions that need each other."""
    try:
        seen = view(actor.current().scope, scenarios.graph())
    except TooFar as far:
        title = _("Mutual dependencies")
        return render_template("dependencies/too_far.html", title=title, why=far, command="circles")
    found = mutual.circles(seen)
    at = paging(len(found))
    return render_template(
        "dependencies/circles.html",
        circles=[_circle(one) for one in found[at.offset : at.offset + PAGE_SIZE]],
        at=at,
        locked=sum(one.is_locked for one in found),
        needs=len(seen.network.need),
    )


def _circle(one: SeenCircle) -> SimpleNamespace:
    return SimpleNamespace(
        size=len(one.functions),
        is_locked=one.is_locked,
        bridges=[told.bridge(bridge) for bridge in one.bridges[:MOST_MEMBERS]],
        more_bridges=max(0, len(one.bridges) - MOST_MEMBERS),
        starts=[_start(start) for start in one.starts[:MOST_MEMBERS]],
        more_starts=max(0, len(one.starts) - MOST_MEMBERS),
    )


def _start(start: SeenStart) -> SimpleNamespace:
    return SimpleNamespace(**vars(_named(start.function)), by_hand=start.by_hand, without=", ".join(start.without))


def _named(function: Shown) -> SimpleNamespace:
    return SimpleNamespace(name=told.name(function), url=told.url(function))
