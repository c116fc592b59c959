"""Every single loss and the single points of failure: the list, and one of them with what has been decided."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies.analysing import keystones as losses
from dependencies.analysing import scenarios
from dependencies.analysing.keystones import SeenBuffer, SeenKeystone
from dependencies.analysing.view import view
from dependencies.keystones import HORIZON_H
from dependencies.outcome import in_hours
from dependencies.reduction import Shown
from dependencies.tracing import TooFar
from dependencies.views import told
from dependencies.views.blueprint import bp
from dependencies.vocabulary import Handling
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.gate.opening import opens, opens_page
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.texts import _, hours, name_of, named, number
from prepare.views import choosing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Criticality

WORST = 10  #: losses that are drawn as bars
MOST_CODES = 6  #: vital functions that a row names
MOST_FALLS = 200
TONES = {Handling.UNTREATED: "bad", Handling.TREATED: "info", Handling.ACCEPTED: "warn", Handling.BOUNDARY: None}


@bp.get("/keystones/")
@opens_page(Action.VIEW_ANALYSIS)
def keystones() -> ResponseReturnValue:
    """What the loss of each function alone takes down, the gravest first."""
    try:
        seen = view(actor.current().scope, scenarios.graph())
    except TooFar as far:
        return _too_far(far)
    every = [one for one in losses.every(seen, on=today()) if one.keystone.lost]
    points = [one for one in every if one.keystone.is_single_point]
    choices = _choices()
    wanted = _wanted(choices)
    inside = [
        one for one in (every if wanted.all else points) if not one.is_boundary and _matches(one, wanted, choices)
    ]
    at = paging(len(inside))
    return render_template(
        "dependencies/keystones.html",
        rows=[_row(one) for one in inside[at.offset : at.offset + PAGE_SIZE]],
        boundary=[_row(one) for one in every if one.is_boundary],
        bars=_bars([one for one in points if not one.is_boundary][:WORST]),
        figures=_figures(points),
        at=at,
        wanted=wanted,
        organisations=[(code, name_of(one)) for code, one in choices.items() if one.parent_id],
        criticalities=[(c.value, f"{c.value} {c.label}") for c in Criticality],
        handlings=[one for one in Handling if one is not Handling.BOUNDARY],
    )


def _too_far(far: TooFar) -> str:
    title = _("Single points of failure")
    return render_template("dependencies/too_far.html", title=title, why=far, command="keystones")


def _choices() -> Mapping[str, Organisation]:
    return {**choosing.organisations(), **choosing.organisations(own=False)}


def _wanted(choices: Mapping[str, Organisation]) -> SimpleNamespace:
    chosen = request.args.get("organisation", "")
    return SimpleNamespace(
        all=request.args.get("all") == "1",
        organisation=chosen if chosen in choices else "",
        criticality=word(Criticality, request.args.get("criticality")),
        handling=word(Handling, request.args.get("handling")),
    )


def _matches(one: SeenKeystone, wanted: SimpleNamespace, choices: Mapping[str, Organisation]) -> bool:
    card = one.function.card
    below = not wanted.organisation or (card and card.path.startswith(choices[wanted.organisation].path))
    of_class = not wanted.criticality or (card and card.criticality is wanted.criticality)
    return bool(below and of_class and wanted.handling in (None, one.handling))


def _figures(points: Sequence[SeenKeystone]) -> SimpleNamespace:
    inside = [one for one in points if not one.is_boundary]
    vital = {felled.place for one in inside for felled in one.keystone.fatal}
    return SimpleNamespace(
        points=len(inside),
        untreated=sum(one.handling is Handling.UNTREATED for one in inside),
        hidden=sum(one.handling is None for one in inside),
        vital=len(vital),
    )


def _bars(worst: Sequence[SeenKeystone]) -> list[SimpleNamespace]:
    """The worst losses as bars; the longest is 100 wide."""
    most = max((one.keystone.lost for one in worst), default=1)
    return [
        SimpleNamespace(
            row=_row(one),
            width=round(100 * one.keystone.lost / most, 1),
            vital_width=round(100 * len(one.keystone.fatal) / most, 1),
        )
        for one in worst
    ]


def _row(one: SeenKeystone) -> SimpleNamespace:
    card, found = one.function.card, one.keystone
    return SimpleNamespace(
        name=told.name(one.function),
        url=url_for("dependencies.keystone", ref=card.ref) if card and one.function.opens else None,
        organisation=named(card, "organisation") if card else "",
        criticality=card.criticality if card else None,
        vital=[_link(one.seen.shown(felled.place)) for felled in found.fatal[:MOST_CODES]],
        more_vital=max(0, len(found.fatal) - MOST_CODES),
        fatal=len(found.fatal),
        early=len(found.early),
        lost=found.lost,
        first=told.at(found.first),
        weighted=number(found.weighted_h, 0),
        consumers=one.consumers,
        handling=one.handling,
        tone=TONES[one.handling] if one.handling else None,
        lapsed=one.has_lapsed,
        decision=one.decision,
    )


def _link(function: Shown) -> SimpleNamespace:
    return SimpleNamespace(code=function.code, name=told.name(function), url=told.url(function))


@bp.get("/keystones/<uuid:ref>")
@opens(Function, Action.VIEW_ANALYSIS)
def keystone(function: Function) -> ResponseReturnValue:
    """One function: what falls with it and when, who could buffer that, and what has been decided."""
    try:
        seen = view(actor.current().scope, scenarios.graph())
    except TooFar as far:
        return _too_far(far)
    one = losses.one(seen, function, on=today())
    if one is None:
        abort(404)
    falls = losses.falls(seen, one.keystone.place)
    buffers = losses.buffers(seen, one.keystone.place) if one.keystone.fatal else []
    return render_template(
        "dependencies/keystone.html",
        function=function,
        row=_row(one),
        falls=[_fall(fall) for fall in falls[:MOST_FALLS]],
        more_falls=max(0, len(falls) - MOST_FALLS),
        buffers=[_buffer(buffer) for buffer in buffers],
        tried_some=len(buffers) == losses.most_buffers(seen),
        betweenness=None if one.betweenness is None else number(100 * one.betweenness, 2),
        horizon_h=HORIZON_H,
    )


def _fall(fall: losses.Fall) -> SimpleNamespace:
    card = fall.function.card
    return SimpleNamespace(
        **vars(_link(fall.function)),
        organisation=named(card, "organisation"),
        criticality=card.criticality if card else None,
        at=told.at(fall.minute),
        is_fatal=fall.is_fatal,
    )


def _buffer(buffer: SeenBuffer) -> SimpleNamespace:
    return SimpleNamespace(
        **vars(_link(buffer.function)),
        need=buffer.need,
        tolerance=hours(in_hours(buffer.tolerance)),
        spared=[_link(function) for function in buffer.spared],
    )
