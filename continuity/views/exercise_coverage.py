"""What has been exercised and what has not: by class, interfaces and plans, each count with its rows."""

from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from continuity import coverage
from continuity.queries import exercised as queries
from continuity.queries import plans as plan_queries
from continuity.views.blueprint import bp
from continuity.vocabulary.exercises import ExerciseKind
from dependencies import queries as dependency_queries
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.models.functions import Function
from prepare.months import months_after
from prepare.texts import name_of
from prepare.views import choosing
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Criticality

#: What the page can list: functions of a class that were or were not exercised in time, interfaces, plans.
LISTS = ("K1-lacking", "K1-done", "K2-lacking", "K2-done", "interfaces", "plans")
YEAR_MONTHS = 12


@bp.get("/exercises/coverage")
@opens_page(Action.VIEW_EXERCISE)
def exercise_coverage() -> ResponseReturnValue:
    """How much of what is vital has been exercised; ?show=K1-lacking, interfaces or plans lists what a count counts."""
    scope, on, owners = actor.current().scope, today(), choosing.organisations()
    owner = owners.get(request.args.get("organisation", ""))
    path = owner.path if owner else ""
    first = {one: coverage.first_day(one, on=on) for one in coverage.MONTHS}
    rows = queries.functions(scope, organisation=path)
    counted = {one: tuple(rest) for one, *rest in db.session.execute(queries.counts(rows, first))}
    interfaces, plans = queries.interfaces_never(scope), queries.plans_never(scope, organisation=path)
    show = request.args.get("show", "")
    show = show if show in LISTS else "K1-lacking"
    return render_template(
        "continuity/exercise_coverage.html",
        shares=coverage.shares(counted),
        interface_count=db.session.scalar(dependency_queries.interfaces_counted(interfaces)) or 0,
        plan_count=db.session.scalar(plan_queries.counted(plans)) or 0,
        kinds=_kinds(scope, on),
        show=show,
        organisation=owner.code if owner else "",
        organisations=[(code, name_of(one)) for code, one in owners.items()],
        **_listed(show, rows, first, interfaces, plans),
    )


def _listed(show: str, rows: Any, first: Any, interfaces: Any, plans: Any) -> dict[str, Any]:
    """One page of what the chosen count counts: functions, interfaces or plans."""
    if show == "interfaces":
        at = paging(db.session.scalar(dependency_queries.interfaces_counted(interfaces)) or 0)
        found = db.session.scalars(interfaces.limit(PAGE_SIZE).offset(at.offset)).unique().all()
        return {"at": at, "interfaces": found}
    if show == "plans":
        at = paging(db.session.scalar(plan_queries.counted(plans)) or 0)
        found = db.session.scalars(plans.limit(PAGE_SIZE).offset(at.offset)).all()
        return {"at": at, "plans": found}
    criticality = Criticality(show[:2])
    kept = queries.since(
        rows.where(Function.criticality == criticality), first[criticality], kept=show.endswith("done")
    )
    at = paging(db.session.scalar(queries.functions_counted(kept)) or 0)
    found = db.session.execute(kept.limit(PAGE_SIZE).offset(at.offset)).all()
    return {"at": at, "functions": [SimpleNamespace(function=one, last_on=last_on) for one, last_on in found]}


def _kinds(scope: Any, on: Any) -> list[SimpleNamespace]:
    """Exercises and trainings held within a year by kind, with how many people took part as far as that is known."""
    found = db.session.execute(queries.by_kind(scope, from_day=months_after(on, -YEAR_MONTHS)))
    held = {kind: (count, people, without) for kind, count, people, without in found}
    return [
        SimpleNamespace(label=kind.label, count=held[kind][0], people=held[kind][1], uncounted=held[kind][2])
        for kind in ExerciseKind
        if kind in held
    ]
