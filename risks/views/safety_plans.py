"""Safety plans: the list with its archive, and a plan as a document."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.queries.pages import page
from prepare.registration import Gap
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import CodeList
from risks import safety_planning
from risks.entries.safety_plans import PriorityEntry, of_plan
from risks.models.measures import Measure
from risks.models.safety_plans import SafetyPlan, SafetyPriority
from risks.queries import measures as measure_queries
from risks.queries import safety_plans as queries
from risks.views import choices
from risks.views.blueprint import bp
from risks.views.measures import row_of
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureSource
from risks.vocabulary.safety import SafetyPlanKind, SafetyPlanState


@bp.get("/safety/plans/")
@opens_page(Action.VIEW_SAFETY)
def safety_plans() -> ResponseReturnValue:
    """The plans by level, those in force and drafts; ?old=1 opens the archive."""
    args, old = request.args, request.args.get("old") == "1"
    wanted = SimpleNamespace(
        q=args.get("q", "")[:200],
        level=word(SteeringLevel, args.get("level")),
        kind=word(SafetyPlanKind, args.get("kind")),
        area=args.get("area", "")[:20],
        state=word(SafetyPlanState, args.get("state")),
    )
    found = queries.safety_plans(actor.current().scope, **vars(wanted), old=old)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, SafetyPlan.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template(
        "risks/safety_plans.html",
        rows=stretched(rows),
        at=at,
        old=old,
        wanted=wanted,
        areas=dict(choices.codes(CodeList.AREA, with_code=False)),
        levels=SteeringLevel,
        kinds=SafetyPlanKind,
        states=SafetyPlanState,
    )


def stretched(plans: Sequence[SafetyPlan]) -> list[SimpleNamespace]:
    """Plans with the place of their period between the earliest and the latest day: .left and .width in per cent."""
    days = [day for plan in plans for day in (plan.period_from, plan.period_to) if day]
    first, last = min(days, default=today()), max([*days, today()])
    found = []
    for plan in plans:
        left, width = safety_planning.stretch(plan.period_from, plan.period_to, first=first, last=last)
        known = bool(plan.period_from or plan.period_to)
        found.append(SimpleNamespace(plan=plan, left=left, width=width, known=known))
    return found


@bp.get("/safety/plans/<uuid:ref>")
@opens(SafetyPlan, Action.VIEW_SAFETY)
def safety_plan(plan: SafetyPlan) -> ResponseReturnValue:
    """One plan as a document: purpose, priorities with their measures, who takes part, and the plans before it."""
    content = contents(plan)
    return render_template(
        "risks/safety_plan.html",
        plan=plan,
        areas=dict(choices.codes(CodeList.AREA, with_code=False)),
        gaps=safety_planning.plan_gaps(of_plan(plan)) if plan.state in safety_planning.OPEN else [],
        chain=chain(plan),
        is_open=plan.state in safety_planning.OPEN,
        may_add_measure=may(actor.current(), Action.ADD_MEASURE),
        **vars(content),
    )


def contents(plan: SafetyPlan) -> SimpleNamespace:
    """A plan's priorities with the measures under them that may be read, and how they have come on in all.

    `.priorities` have .priority, .measures and .progress; `.unplaced` are measures of the plan under no priority;
    `.hidden` is how many more there are outside the person's view.
    """
    scope, on = actor.current().scope, today()
    placed: dict[int, list[Measure]] = defaultdict(list)
    for measure, priority in db.session.execute(queries.measures(scope, plan.id)):
        placed[priority].append(measure)
    every = {one.id: one for some in placed.values() for one in some}
    hidden = (db.session.scalar(queries.linked(plan)) or 0) - len(every)
    own = db.session.scalars(measure_queries.of_source(scope, MeasureSource.SAFETY_PLAN, [plan.code])).all()
    unplaced = [one for one in own if one.id not in every]
    return SimpleNamespace(
        priorities=[
            _told(one, placed[one.id], on=on) for one in db.session.scalars(queries.priorities(scope, plan.id))
        ],
        unplaced=[row_of(one) for one in unplaced],
        progress=safety_planning.progress([*every.values(), *unplaced], on=on),
        hidden=hidden,
    )


def _told(priority: SafetyPriority, measures: Sequence[Measure], *, on: date) -> SimpleNamespace:
    progress = safety_planning.progress(measures, on=on)
    return SimpleNamespace(
        priority=priority,
        measures=[row_of(measure) for measure in measures],
        progress=progress,
        pieces=safety_planning.pieces(progress.states),
        gaps=_gaps(priority, measures),
    )


def _gaps(priority: SafetyPriority, measures: Sequence[Measure]) -> list[Gap]:
    told = {name: getattr(priority, name) for name in ("name_fi", "theme", "target_groups")}
    return safety_planning.priority_gaps(PriorityEntry(**told, measures=tuple(one.code for one in measures)))


def chain(plan: SafetyPlan) -> list[SafetyPlan]:
    """The plans that came before this one and after it, from the oldest to the newest, this one among them."""
    every = {one.id: one for one in db.session.scalars(queries.every(actor.current().scope))}
    before: list[Any] = []
    at = every.get(plan.predecessor_id or 0)
    while at is not None and at not in before:
        before.insert(0, at)
        at = every.get(at.predecessor_id or 0)
    after: list[SafetyPlan] = []
    last = plan
    while following := [one for one in every.values() if one.predecessor_id == last.id and one not in (plan, *after)]:
        last = following[0]
        after.append(last)
    return [*before, plan, *after]
