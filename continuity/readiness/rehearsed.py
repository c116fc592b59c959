"""When things were last tested in an exercise that was held."""

from datetime import date
from typing import Any

from sqlalchemy import Column, Subquery, func, select

from continuity.models.exercises import Exercise
from continuity.vocabulary.exercises import HELD


def last_held(tested: Column[Any], on: date) -> Subquery:
    """(tested, held_on): when each was last tested, up to the day `on`; `tested` is a column beside `exercise_id`."""
    rows = select(tested.label("tested"), func.max(Exercise.held_on).label("held_on"))
    rows = rows.join(Exercise, Exercise.id == tested.table.c.exercise_id)
    return rows.where(Exercise.state.in_(HELD), Exercise.held_on <= on).group_by(tested).subquery()


def newest(*days: date | None) -> date | None:
    """The newest of the days that are known."""
    return max((day for day in days if day is not None), default=None)
