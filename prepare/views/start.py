"""The first page, "My work": what waits for me, how far my round has come, and how things stand."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor, workload
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.insets import StartPage, Task, TaskKind, insets
from prepare.queries import functions as queries
from prepare.rounds import Round, Stage, Stand
from prepare.texts import _, number
from prepare.views import bp
from prepare.views.rounds import my_round
from prepare.views.side_by_side import side_by_side
from prepare.views.standing import standing_in
from prepare.views.tasks import every_task
from prepare.vocabulary import Criticality, FunctionState, Role


@bp.get("/")
@opens_page(Action.VIEW_START)
def start() -> ResponseReturnValue:
    """What waits for this person, the round, key figures, and what other packages add."""
    shared = _shared()
    return render_template(
        "prepare/start.html",
        groups=[_told(group) for group in _groups()],
        round=_round(my_round()),
        standing_in=standing_in(),
        sectors=side_by_side(),
        shared=shared,
        figures=[] if shared else _figures(),
        insets=list(insets(StartPage())),
    )


def _groups() -> list[workload.Group]:
    who, wanted = actor.current(), request.args.get("all")
    decides = who.holds(Role.SECTOR_DIRECTOR, Role.CENTRAL, Role.LEADERSHIP)
    kinds = workload.DECIDING if decides else workload.WORKING
    return workload.grouped(every_task(), kinds=kinds, whole=next((k for k in TaskKind if k == wanted), None))


def _told(group: workload.Group) -> SimpleNamespace:
    return SimpleNamespace(
        kind=group.kind,
        tasks=[_task(task) for task in group.tasks],
        total=number(group.total),
        hidden=group.hidden,
        minutes=workload.in_words(group.minutes) if group.minutes else None,
        url=url_for("prepare.start", all=group.kind.value, _anchor=group.kind.value),
    )


def _task(task: Task) -> SimpleNamespace:
    return SimpleNamespace(
        task=task, late=task.is_late(on=today()), minutes=workload.in_words(task.minutes) if task.minutes else None
    )


def _round(told: Round | None) -> SimpleNamespace | None:
    """The round as the page draws it."""
    if told is None:
        return None
    stages = [_stage(stage) for stage in told.stages]
    left = workload.in_words(told.minutes) if told.minutes else None
    return SimpleNamespace(stages=stages, minutes=left, done=told.done, of=len(stages), complete=told.is_complete)


def _stage(stage: Stage) -> SimpleNamespace:
    step, able = stage.step, may(actor.current(), stage.step.action)
    return SimpleNamespace(
        label=_(step.label),
        why=_(step.why) if stage.stand is Stand.NEXT else "",
        others=_(step.others) if stage.tally.left and not able else "",
        url=url_for(step.endpoint),
        stand=stage.stand.value,
        done=number(stage.tally.done),
        total=number(stage.tally.total) if stage.tally.total else None,
        minutes=workload.in_words(stage.minutes) if stage.minutes else None,
    )


def _shared() -> SimpleNamespace | None:
    """What a partner's person has been shown; None for everybody else."""
    who = actor.current()
    if not who.roles or who.roles - {Role.PARTNER}:
        return None
    return SimpleNamespace(functions=len(who.shared_functions), interfaces=len(who.shared_interfaces))


def _figures() -> list[SimpleNamespace]:
    scope = actor.current().scope
    classes: Counter[Criticality | None] = Counter()
    states: Counter[FunctionState] = Counter()
    for criticality, state, count in db.session.execute(queries.per_class_and_state(scope)):
        classes[criticality] += count
        states[state] += count
    if not classes:
        return []
    vital, waiting = classes[Criticality.K1], states[FunctionState.DRAFT] + states[FunctionState.SUBMITTED]
    return [
        _figure(sum(classes.values()), _("functions registered"), None, "info"),
        _figure(
            vital,
            _("vital (K1)"),
            _("an outage over 24 hours is intolerable"),
            "bad" if vital else None,
            criticality="K1",
        ),
        _figure(classes[Criticality.K2], _("critical (K2)"), None, "warn", criticality="K2"),
        _figure(waiting, _("not in force yet"), _("drafts and submitted functions"), "warn" if waiting else "ok"),
    ]


def _figure(count: int, label: str, detail: str | None, tone: str | None, **filters: Any) -> SimpleNamespace:
    url = url_for("prepare.functions", **filters)
    return SimpleNamespace(value=number(count), label=label, detail=detail, tone=tone, url=url)
