"""The trace page: a scenario, or one function that is out for some hours; what follows, when and why."""

from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from dependencies import queries, tracing
from dependencies.forms import TraceForm
from dependencies.outcome import Hit
from dependencies.tracing import TooFar
from dependencies.views import result
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.models.functions import Function
from prepare.texts import _, hours, name_of
from risks import queries as risk_queries
from risks.models import Scenario

MOST_MATCHES = 20
MOST_REACHED = 6_000  #: functions on the way of a disruption that are computed while somebody waits: some seconds


@bp.get("/trace/")
@opens_page(Action.TRACE_SCENARIO)
def trace() -> ResponseReturnValue:
    """Trace a disruption over time."""
    scope = actor.current().scope
    scenarios = list(db.session.scalars(risk_queries.scenarios(scope)))
    form = TraceForm(formdata=request.args)
    form.scenario.offer([(s.code, f"{s.code} {name_of(s)}") for s in scenarios])
    page: dict[str, Any] = {"form": form, "scenarios": scenarios, "matches": [], "result": None, "too_far": None}
    asked = any(request.args.get(name) for name in ("scenario", "function", "hours"))
    if asked and form.validate():
        scenario = next((s for s in scenarios if s.code == form.scenario.data), None)
        try:
            page |= _of_scenario(scenario) if scenario else _of_function(form)
        except TooFar as far:
            page["too_far"] = far
    return render_template("dependencies/trace.html", **page)


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
    return result.of(seen, title=title, lead=lead, missed=len(hits) - len(seen.hits), short=tracing.short_needs(scope))
