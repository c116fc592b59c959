"""Redundancy that is not: needs with several ways that one loss takes all of."""

from types import SimpleNamespace

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from dependencies.analysing import redundancy as readings
from dependencies.analysing import scenarios
from dependencies.analysing.redundancy import SeenCause, SeenDefeat, SeenWay
from dependencies.analysing.view import view
from dependencies.reduction import Shown
from dependencies.tracing import TooFar
from dependencies.views import told
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.gate.opening import opens_page
from prepare.texts import _, named
from prepare.views.paging import PAGE_SIZE, paging


@bp.get("/redundancy/")
@opens_page(Action.VIEW_ANALYSIS)
def redundancy() -> ResponseReturnValue:
    """Needs that are met in several ways, all of which hang on the same thing."""
    try:
        seen = view(actor.current().scope, scenarios.graph())
    except TooFar as far:
        title = _("False redundancy")
        return render_template("dependencies/too_far.html", title=title, why=far, command="redundancy")
    found = readings.defeated(seen)
    at = paging(len(found))
    shown = readings.told(seen, found[at.offset : at.offset + PAGE_SIZE])
    return render_template(
        "dependencies/redundancy.html",
        rows=[_row(one) for one in shown],
        at=at,
        several=readings.several_ways(seen),
        causes=len({one.cause.place for one in found}),
    )


def _row(one: SeenDefeat) -> SimpleNamespace:
    return SimpleNamespace(
        consumer=_named(one.consumer),
        organisation=named(one.consumer.card, "organisation"),
        criticality=one.consumer.card.criticality if one.consumer.card else None,
        need=one.need.name,
        required=one.need.min_required,
        count=len(one.need.alternatives),
        cause=_cause(one.cause),
        down_at=told.at(one.down_min),
        ways=[_way(way) for way in one.ways],
        others=[_cause(other) for other in one.others],
        hangs_on_itself=one.hangs_on_itself,
    )


def _named(function: Shown) -> SimpleNamespace:
    return SimpleNamespace(code=function.code or "…", name=told.name(function), url=told.url(function))


def _cause(cause: SeenCause) -> SimpleNamespace:
    card = cause.function.card
    page = url_for("dependencies.keystone", ref=card.ref) if card and cause.function.opens else None
    return SimpleNamespace(**{**vars(_named(cause.function)), "url": page}, at=told.at(cause.minute))


def _way(way: SeenWay) -> SimpleNamespace:
    steps = [
        SimpleNamespace(**vars(_named(step.function)), at=told.at(step.minute) if step.function.card else None)
        for step in way.steps
    ]
    return SimpleNamespace(**vars(_named(way.function)), at=told.at(way.minute), steps=steps)
