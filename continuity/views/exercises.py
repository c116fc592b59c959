"""Exercises: the list, and the page of one of them."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from continuity import exercising as rules
from continuity import tracing
from continuity.entries.situations import of_observation
from continuity.models.exercises import Exercise
from continuity.queries import exercises as queries
from continuity.queries.exercises import Wanted
from continuity.situations import is_settled
from continuity.views.blueprint import bp
from continuity.vocabulary.exercises import ExerciseKind, ExerciseState
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.models.functions import Function
from prepare.queries.pages import page
from prepare.texts import name_of
from prepare.views import choosing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from risks.queries import measures as measure_queries
from risks.views import choices
from risks.vocabulary.measures import MeasureSource

#: The states through which an exercise goes, in their order.
WAY = tuple(state for state in ExerciseState if state is not ExerciseState.CANCELLED)
MOST_NAMED = 12  #: injects that the page of an exercise shows


@bp.get("/exercises/")
@opens_page(Action.VIEW_EXERCISE)
def exercises() -> ResponseReturnValue:
    """The programme: exercises that lie ahead first, then those that were held."""
    scope, asked = actor.current().scope, wanted()
    found = queries.newest_first(queries.exercises(scope, asked.wanted))
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, Exercise.id, offset=at.offset, limit=PAGE_SIZE)).unique().all()
    return render_template("continuity/exercises.html", rows=told(rows), at=at, asked=asked, **filter_choices())


def wanted() -> SimpleNamespace:
    """What the address asks for: `.wanted`, the organisation's code, and whether anything is asked."""
    args, owners = request.args, choosing.organisations()
    owner = owners.get(args.get("organisation", ""))
    asked = Wanted(
        q=args.get("q", "")[:200],
        organisation=owner.path if owner else "",
        kind=word(ExerciseKind, args.get("kind")),
        state=word(ExerciseState, args.get("state")),
        scenario=args.get("scenario", "")[:20],
    )
    return SimpleNamespace(wanted=asked, organisation=owner.code if owner else "", owners=owners, any=asked != Wanted())


def filter_choices() -> dict[str, Any]:
    """Choices of the filters."""
    owners = choosing.organisations()
    return {
        "organisations": [(code, name_of(one)) for code, one in owners.items()],
        "kinds": list(ExerciseKind),
        "states": list(ExerciseState),
        "scenarios": choices.scenarios(),
    }


def told(rows: Sequence[Exercise]) -> list[SimpleNamespace]:
    """Exercises as they are listed, each with how many of its observations are still open, by one query."""
    scope, on = actor.current().scope, today()
    counts = {
        one: (left, all_) for one, left, all_ in db.session.execute(queries.observed(scope, [row.id for row in rows]))
    }
    return [
        SimpleNamespace(
            exercise=one,
            open=counts.get(one.id, (0, 0))[0],
            observed=counts.get(one.id, (0, 0))[1],
            unprepared=rules.is_unprepared(one.state, one.planned_on, on=on),
            past=rules.is_past(one.state, one.planned_on, on=on),
        )
        for one in rows
    ]


@bp.get("/exercises/<uuid:ref>")
@opens(Exercise, Action.VIEW_EXERCISE)
def exercise(exercise: Exercise) -> ResponseReturnValue:
    """One exercise: what is rehearsed with whom, what is put before them, what was measured and observed."""
    who = actor.current()
    injects = db.session.scalars(queries.injects(who.scope, exercise)).all()
    observations = db.session.scalars(queries.observations(who.scope, exercise)).all()
    seen = [SimpleNamespace(record=one, settled=is_settled(of_observation(one))) for one in observations]
    measures = measure_queries.of_source(who.scope, MeasureSource.EXERCISE, [exercise.code])
    return render_template(
        "continuity/exercise.html",
        exercise=exercise,
        steps=_steps(exercise),
        plans=_shown(exercise.plans),
        functions=_named(exercise.functions),
        interfaces=_shown(exercise.interfaces),
        scenario=tracing.scenario_of(who.scope, exercise),
        injects=injects[:MOST_NAMED],
        inject_count=len(injects),
        measurements=db.session.scalars(queries.measurements(who.scope, exercise)).all(),
        observations=seen,
        open_gaps=sum(1 for one in seen if not one.settled),
        measures=db.session.scalars(measures).all(),
        past=rules.is_past(exercise.state, exercise.planned_on, on=today()),
    )


def _steps(exercise: Exercise) -> list[SimpleNamespace]:
    if exercise.state not in WAY:
        return []
    reached = WAY.index(exercise.state)
    return [
        SimpleNamespace(label=state.label, done=place <= reached, now=place == reached)
        for place, state in enumerate(WAY)
    ]


def _shown(records: Sequence[Any]) -> SimpleNamespace:
    """Those of the records that may be read, and how many more there are."""
    found = [one for one in records if actor.readable(actor.current(), one)]
    return SimpleNamespace(rows=found, hidden=len(records) - len(found))


def _named(functions: Sequence[Function]) -> SimpleNamespace:
    """Functions that may be named, each with whether its page opens, and how many more there are."""
    who = actor.current()
    found = [
        SimpleNamespace(record=one, opens=actor.readable(who, one))
        for one in functions
        if who.scope.names(one.id, one.owner_path, one.confidentiality)
    ]
    return SimpleNamespace(rows=found, hidden=len(functions) - len(found))
