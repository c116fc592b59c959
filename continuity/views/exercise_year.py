"""The programme of a year as a picture: a row for each organisation, a column for each month."""

import re
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity.models.exercises import Exercise
from continuity.queries import exercises as queries
from continuity.views.blueprint import bp
from continuity.views.exercises import filter_choices, told, wanted
from continuity.vocabulary.exercises import AHEAD, ExerciseState
from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.texts import _, day, month, name_of

YEAR = re.compile("(19|20|21)[0-9]{2}")
MOST = 300  #: exercises of a year that the picture shows
MOST_UNDATED = 20
#: What a mark looks like; its words say the same.
SIGNS = {"planned": "○", "held": "●", "past": "✕", "cancelled": "–"}


@bp.get("/exercises/year")
@opens_page(Action.VIEW_EXERCISE)
def exercise_year() -> ResponseReturnValue:
    """The exercises of one year, by default of this one; ?year=2027."""
    scope, asked, on = actor.current().scope, wanted(), today()
    text = request.args.get("year", "")
    year = int(text) if YEAR.fullmatch(text) else on.year
    rows = queries.of_year(scope, date(year, 1, 1), date(year + 1, 1, 1), wanted=asked.wanted).limit(MOST)
    found = db.session.scalars(rows).unique().all()
    undated = db.session.scalars(queries.undated(scope, wanted=asked.wanted).limit(MOST_UNDATED)).unique().all()
    return render_template(
        "continuity/exercise_year.html",
        year=year,
        before=year - 1,
        after=year + 1,
        months=[_month(year, number, on) for number in range(1, 13)],
        rows=_rows(found, on),
        listed=told(found),
        undated=undated,
        legend=_legend(),
        asked=asked,
        **filter_choices(),
    )


def _month(year: int, number: int, on: date) -> SimpleNamespace:
    first = date(year, number, 1)
    return SimpleNamespace(name=month(first), is_past=first < on.replace(day=1))


def _rows(found: Sequence[Exercise], on: date) -> list[SimpleNamespace]:
    keepers = {one.organisation.code: one.organisation for one in found}
    cells: dict[str, list[list[SimpleNamespace]]] = {code: [[] for _month in range(12)] for code in keepers}
    for one in found:
        if one.day is not None:
            cells[one.organisation.code][one.day.month - 1].append(_mark(one, on))
    ordered = sorted(keepers.values(), key=lambda one: (one.sort_name, one.code))
    return [SimpleNamespace(name=name_of(one), cells=cells[one.code]) for one in ordered]


def _mark(exercise: Exercise, on: date) -> SimpleNamespace:
    kind = _kind(exercise, on)
    text = f"{day(exercise.day)} {name_of(exercise)}, {exercise.state.label}"
    return SimpleNamespace(kind=kind, sign=SIGNS[kind], text=text, url=url_for("continuity.exercise", ref=exercise.ref))


def _kind(exercise: Exercise, on: date) -> str:
    if exercise.state is ExerciseState.CANCELLED:
        return "cancelled"
    if exercise.state in AHEAD:
        return "past" if exercise.day is not None and exercise.day < on else "planned"
    return "held"


def _legend() -> list[tuple[str, str]]:
    return [
        (SIGNS["planned"], _("Lies ahead")),
        (SIGNS["held"], _("Was held")),
        (SIGNS["past"], _("Day has gone by, nothing recorded")),
        (SIGNS["cancelled"], ExerciseState.CANCELLED.label),
    ]
