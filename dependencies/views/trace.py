"""The trace page: a scenario, or one function that is out for some hours; what follows, when and why."""

from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies import queries, tracing
from dependencies.forms.disruptions import TraceForm
from dependencies.hits import written
from dependencies.outcome import Hit
from dependencies.tracing import TooFar
from dependencies.views import result, why
from dependencies.views.blueprint import bp
from dependencies.views.supposed import Supposed
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.gate.opening import opens_page
from prepare.models.functions import Function
from prepare.texts import _, hours, name_of
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries

MOST_MATCHES = 20
MOST_REACHED = 6_000  #: functions on the way of a disruption that are computed while somebody waits: some seconds


@bp.get("/trace/")
@opens_page(Action.TRACE_SCENARIO)
def trace() -> ResponseReturnValue:
    """Trace a disruption over time."""
    found = answer()
    return redirect(found) if isinstance(found, str) else render_template("dependencies/trace.html", **found)


def answer() -> dict[str, Any] | str:
    """What the page shows of what its address asks for; an address where the question is written shorter."""
    scenarios = list(db.session.scalars(scenario_queries.scenarios(actor.current().scope)))
    form, supposed = TraceForm(formdata=request.args), Supposed()
    form.scenario.offer([(s.code, f"{s.code} {name_of(s)}") for s in scenarios])
    page: dict[str, Any] = {"form": form, "scenarios": scenarios, "supposed": supposed}
    try:
        found = _asked(form, supposed, scenarios)
    except TooFar as far:
        found = {"too_far": far}
    return found if isinstance(found, str) else page | found


def _asked(form: TraceForm, supposed: Supposed, scenarios: list[Scenario]) -> dict[str, Any] | str:
    """What the page is asked for; an address where the question is written shorter."""
    if supposed.asked:
        return _of_hits(supposed)
    if any(request.args.get(name) for name in ("scenario", "function", "hours")) and form.validate():
        scenario = next((s for s in scenarios if s.code == form.scenario.data), None)
        return _of_scenario(scenario) if scenario else _of_function(form)
    return {}


def _of_hits(supposed: Supposed) -> dict[str, Any] | str:
    entries = supposed.entries()
    if entries is None:
        return {}
    try:
        hits = tracing.hits_from(actor.current().scope, entries)
    except RuleBroken as broken:
        supposed.refuse(broken.every)
        return {}
    if supposed.is_typed:
        return url_for(".trace", hit=[written(entry) for entry in entries])
    return {"result": _result(supposed.title(entries), "", hits)}


def _of_scenario(scenario: Scenario) -> dict[str, Any]:
    title = f"{scenario.code} {name_of(scenario)}"
    lead = _("%(time)s from beginning to end", time=hours(scenario.duration_h))
    return {"result": _result(title, lead, tracing.hits_of(scenario)), "scenario": scenario}


def _of_function(form: TraceForm) -> dict[str, Any]:
    """The trace of one function, or the functions that the words may mean."""
    words, lasts = str(form.function.data or ""), float(form.hours.data or 0)
    found = _matches(words)
    if len(found) != 1:
        if not found:
            form.function.errors = [_("No function matches.")]
        return {"matches": found[:MOST_MATCHES], "more_matches": len(found) > MOST_MATCHES, "lasts": form.hours.data}
    title = _("%(function)s is out for %(time)s", function=f"{found[0].code} {name_of(found[0])}", time=hours(lasts))
    return {"result": _result(title, "", tracing.outage_of(found[0], lasts))}


def _matches(words: str) -> list[Function]:
    scope = actor.current().scope
    if exact := list(db.session.scalars(queries.named(scope, [words.strip().upper()]))):
        return exact
    return list(db.session.scalars(queries.suppliers(scope, words, consumer="", limit=MOST_MATCHES + 1)))


def _result(title: str, lead: str, hits: list[Hit]) -> SimpleNamespace:
    scope = actor.current().scope
    seen = tracing.run_near(scope, hits, most=MOST_REACHED)
    explain = partial(tracing.why, scope, hits, most=MOST_REACHED)
    missed, short = len(hits) - len(seen.hits), tracing.short_needs(scope)
    return result.of(seen, title=title, lead=lead, missed=missed, short=short, why=why.asked(seen, explain))
