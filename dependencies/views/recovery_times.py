"""How soon functions can be back at best: the list, and what a function's page shows of it."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from dependencies.analysing import recovery, scenarios
from dependencies.analysing.recovery import Question, SeenRecovery, SeenStep
from dependencies.analysing.view import View, view
from dependencies.network import Place
from dependencies.outcome import in_hours
from dependencies.reduction import Shown
from dependencies.tracing import TooFar
from dependencies.views import told
from dependencies.views.blueprint import bp
from dependencies.vocabulary import RtoStatus
from prepare import actor
from prepare.access import Action, may
from prepare.gate.opening import opens, opens_page
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.texts import _, hours, name_of, named
from prepare.views import choosing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Criticality, FunctionState

MOST_ASKED = 10  #: unknown recovery times that are listed
MOST_BLOCKERS = 4  #: of them in a row
TONES = {RtoStatus.GAP: "bad", RtoStatus.UNKNOWN: "warn", RtoStatus.OK: "ok"}


@bp.get("/recovery-times/")
@opens_page(Action.VIEW_ANALYSIS)
def recovery_times() -> ResponseReturnValue:
    """Which functions can keep their RTO through everything that they need."""
    try:
        seen = view(actor.current().scope, scenarios.graph())
    except TooFar as far:
        return _too_far(far)
    every, choices = recovery.places(seen), choosing.organisations()
    wanted = _wanted(choices)
    inside = [place for place in every if _matches(seen, place, wanted, choices)]
    at, asked = paging(len(inside)), recovery.questions(seen)
    return render_template(
        "dependencies/recovery_times.html",
        rows=[row(one) for one in recovery.told(seen, inside[at.offset : at.offset + PAGE_SIZE])],
        at=at,
        figures=_figures(seen, every),
        questions=[_question(one) for one in asked[:MOST_ASKED]],
        more_questions=max(0, len(asked) - MOST_ASKED),
        wanted=wanted,
        organisations=[(one.code, name_of(one)) for one in choices.values() if one.parent_id],
        criticalities=[(c.value, f"{c.value} {c.label}") for c in Criticality],
        statuses=RtoStatus,
    )


def _too_far(far: TooFar) -> str:
    title = _("Achievable recovery times")
    return render_template("dependencies/too_far.html", title=title, why=far, command="rto")


def _wanted(choices: Mapping[str, Organisation]) -> SimpleNamespace:
    chosen = request.args.get("organisation", "")
    return SimpleNamespace(
        organisation=chosen if chosen in choices else "",
        criticality=word(Criticality, request.args.get("criticality")),
        status=word(RtoStatus, request.args.get("status")),
    )


def _matches(seen: View, place: Place, wanted: SimpleNamespace, choices: Mapping[str, Organisation]) -> bool:
    card, status = seen.card(place), recovery.recovery(seen).status(place)
    below = not wanted.organisation or card.path.startswith(choices[wanted.organisation].path)
    return below and wanted.criticality in (None, card.criticality) and wanted.status in (None, status)


def _figures(seen: View, every: list[Place]) -> SimpleNamespace:
    statuses = [recovery.recovery(seen).status(place) for place in every]
    return SimpleNamespace(**{status.value: statuses.count(status) for status in RtoStatus})


def _question(one: Question) -> SimpleNamespace:
    return SimpleNamespace(**vars(_named(one.function)), count=one.count, is_own=one.function.is_own)


def _named(function: Shown) -> SimpleNamespace:
    return SimpleNamespace(
        code=function.code or "…",
        name=told.name(function),
        url=told.url(function),
        organisation=named(function.card, "organisation") if function.card else "",
    )


def row(one: SeenRecovery) -> SimpleNamespace:
    """What one function can achieve, in words."""
    return SimpleNamespace(
        **vars(_named(one.function)),
        criticality=one.facts.criticality,
        rto=hours(in_hours(one.facts.rto_min)),
        own=hours(in_hours(one.own)),
        achievable=hours(in_hours(one.achievable)),
        at_least=hours(in_hours(one.at_least)) if one.achievable is None and one.at_least else None,
        gap=hours(in_hours(one.gap)) if one.gap else None,
        status=one.status,
        tone=TONES[one.status],
        exceeds_mtpd=one.exceeds_mtpd,
        misses_by_itself=one.misses_by_itself,
        is_held_up=one.is_held_up,
        steps=[_step(step) for step in one.steps],
        blocked_by=[_named(function) for function in one.blocked_by[:MOST_BLOCKERS]],
        more_blockers=max(0, len(one.blocked_by) - MOST_BLOCKERS),
    )


def _step(step: SeenStep) -> SimpleNamespace:
    at = None if step.minute is None else hours(in_hours(step.minute))
    return SimpleNamespace(**vars(_named(step.function)), at=at)


@bp.get("/recovery-times/<uuid:ref>")
@opens(Function, Action.VIEW_ANALYSIS)
def recovery_time(function: Function) -> ResponseReturnValue:
    """How soon one function can be back at best, and why not sooner."""
    try:
        seen = view(actor.current().scope, scenarios.graph())
    except TooFar as far:
        return _too_far(far)
    place = seen.network.place.get(function.id)
    if place is None:
        abort(404)
    (one,) = recovery.told(seen, [place])
    return render_template("dependencies/recovery_time.html", function=function, row=row(one))


def back_at_best(function: Function) -> dict[str, Any] | None:
    """Where a function's page fetches how soon it can be back; only the city's own have an objective."""
    tells = function.owner_is_own and function.state is not FunctionState.RETIRED
    return {} if tells and may(actor.current(), Action.VIEW_ANALYSIS, function) else None
